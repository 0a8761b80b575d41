// How a person stands, in words.
import { day } from '../format.ts';
import type { Beneficiary, Proposal, WaitingPerson } from '../types.ts';

const STANDING: Record<string, [words: string, tone: string]> = {
  NOT_DECIDED: ['À décider', 'badge-warn'],
  WAITING: ['En attente', 'badge-warn'],
  ELIGIBLE: ['Éligible', 'badge-good'],
  ELIGIBLE_LATER: ['Éligible plus tard', 'badge-good'],
  REFUSED: ['Refusée', 'badge-bad'],
  SUSPENDED: ['Suspendue', 'badge-bad'],
  LAPSED: ['Terminée', 'badge-bad'],
  NOT_ELIGIBLE: ['Pas éligible', 'badge-bad'],
};
export const standingOf = (standing: string | undefined): [words: string, tone: string] =>
  STANDING[standing ?? ''] ?? ['Non renseignée', ''];

const text = (words: string | undefined): string => (words ?? '').replaceAll("'", '’');

// Where a person is, for who referred her: what goes on, or that nothing does.
export function whereSheIs(line: Beneficiary, waiting?: WaitingPerson, proposal?: Proposal): string {
  if (proposal) {
    const company = text(proposal.companyName);
    return `Proposée pour « ${text(proposal.needTitle)} »${company ? ` chez ${company}` : ''}. ${text(proposal.nextAction)}.`;
  }
  if (waiting?.state === 'WAITING_FOR_DECISION') return `Attend une décision sur son éligibilité, depuis le ${day(waiting.since)}.`;
  if (waiting?.state === 'WAITING_FOR_NEED') return `Éligible, attend un besoin depuis le ${day(waiting.since)}.`;
  if (line.standing === 'NOT_ELIGIBLE') return 'N’est pas éligible, ou ne l’est plus.';
  return (line.placements ?? 0) > 0 ? 'En parcours.' : 'Suivie par le facilitateur.';
}
