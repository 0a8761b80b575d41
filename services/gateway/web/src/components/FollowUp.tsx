// Under what a contract is followed: the agreement of its buyer or none, its reservation, the environmental matters
// that were handed over. Nothing where none of it is known, as for a company.
import type { JSX } from 'preact';
import { ABSENT, day, plural } from '../format.ts';
import { involvement, reservationGround } from '../labels.ts';
import type { Agreement, ContractFacts, ReservationCheck, ReservedEntry, Referral } from '../types.ts';
import { Facts } from './Facts.tsx';
import type { Fact } from './Facts.tsx';
import { Panel } from './Panel.tsx';

function agreementFact(agreement: Agreement | undefined, without: boolean | undefined): Fact[] {
  if (without) return []; // whom that concerns reads it at the top of the page
  if (!agreement) return [];
  const ends = agreement.termEndsOn ? `en vigueur jusqu’au ${day(agreement.termEndsOn)}` : '';
  return [['Convention', [agreement.agreement?.carrierName, ends, agreement.warning].filter(Boolean).join(' · ')]];
}

function reservedFact(entry: ReservedEntry, check: ReservationCheck | undefined): Fact {
  const what = entry.lot ? `Lot ${entry.lot} réservé` : 'Contrat réservé';
  const grounds = (entry.grounds ?? []).map(reservationGround).join(', ');
  const part = involvement(entry.involvement) + (entry.followsPersons ? ', avec suivi des personnes' : '');
  return [what, [grounds, entry.holderName, part, check?.text].filter(Boolean).join(' · ') || ABSENT];
}

function referralFact(referrals: Referral[]): Fact[] {
  const pending = referrals.filter((r) => !r.outcome || r.outcome === 'REFERRAL_PENDING');
  if (referrals.length === 0) return [];
  const told = plural(referrals.length, 'question transmise', 'questions transmises');
  return [['Environnement', `${told}, ${pending.length} sans réponse`]];
}

export function FollowUp({ facts }: { facts: ContractFacts }): JSX.Element | null {
  const entries = facts.file?.reserved?.entries ?? [];
  const all = [
    ...agreementFact(facts.agreement, facts.withoutAgreement),
    ...entries.map((entry, i) => reservedFact(entry, facts.reservations?.[i])),
    ...referralFact(facts.referrals ?? []),
  ];
  if (all.length === 0) return null;
  return (
    <Panel title="Cadre du suivi">
      <Facts facts={all} />
    </Panel>
  );
}
