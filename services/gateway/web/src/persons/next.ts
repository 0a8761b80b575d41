// Who acts next for a person: what the daemons say of her eligibility, her proposals, her placements and her follow-up,
// each with the act that settles it, where the reader may give it.
import type { Step } from '../components/NextSteps.tsx';
import { month } from '../format.ts';
import { hrefOf } from '../hooks.ts';
import type { Eligibility, FollowUpReply, Pathway, Placement, Proposal, Role, Session } from '../types.ts';
import { actFor, placementSteps } from './placementNext.ts';
import { mayAsk } from '../desk/methods.ts';

const ACTORS: Record<string, string> = {
  FACILITATOR_ACTS: 'Le facilitateur',
  PRESCRIBER_ACTS: 'Le prescripteur',
  COMPANY_ACTS: 'L’entreprise',
  STRUCTURE_ACTS: 'La structure',
};
const text = (words: string | undefined): string => (words ?? '').replaceAll("'", '’');
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

// The form that moves a proposal on, by its state.
const MOVES: Record<string, string[]> = {
  PROPOSAL_PROPOSED: ['tracking.SendProposal'],
  PROPOSAL_SENT: ['tracking.AnswerProposal'],
  PROPOSAL_MET: ['tracking.AnswerProposal'],
  PROPOSAL_NO_SHOW: ['tracking.ResumeProposal'],
  PROPOSAL_POSTPONED: ['tracking.ResumeProposal'],
  PROPOSAL_EXPIRED: ['tracking.ResumeProposal'],
  PROPOSAL_TAKEN: ['tracking.OpenPlacement'],
};

export function proposalStep(role: Role, p: Proposal): Step | null {
  if (!p.nextActor || p.nextActor === 'NOBODY_ACTS') return null;
  const path = ['propositions', p.proposalId ?? ''];
  const act = (MOVES[p.state ?? ''] ?? []).map((method) => actFor(role, path, method)).find(Boolean);
  return {
    what: capital(text(p.nextAction)),
    who: ACTORS[p.nextActor],
    why: `Pour « ${text(p.needTitle)} », chez ${text(p.companyName) || 'l’entreprise'}.`,
    since: p.since,
    by: p.actBy,
    late: p.late,
    act,
    page: hrefOf(path),
  };
}

function eligibilityStep(role: Role, id: string, e: Eligibility): Step[] {
  const path = ['personnes', id];
  const who = e.nextActor ? capital(text(e.nextActor)) : undefined;
  const common = { who, by: e.nextBefore, why: e.reasonLabel ? `${capital(text(e.reasonLabel))}. ${capital(text(e.remedy))}` : undefined };
  const waiting = e.decisions?.find((d) => d.state === 'DECISION_TO_CONFIRM');
  const suspended = e.suspensions?.at(-1);
  switch (e.nextAction) {
    case 'DECIDE': {
      const may = mayAsk(role, 'tracking.DecideEligibility');
      const act = may ? { href: hrefOf([...path, 'eligibilite']), label: 'Décider pas à pas' } : undefined;
      return [{ ...common, what: 'Décider de son éligibilité', act }];
    }
    case 'CONFIRM':
      return [
        {
          ...common,
          what: 'Relire la décision sur son éligibilité',
          why: 'Qui décide ne relit pas : il faut un second regard, d’un autre compte.',
          since: waiting?.decidedOn,
          act: actFor(role, path, 'tracking.ConfirmEligibility', { decisionId: waiting?.decisionId }),
        },
      ];
    case 'RENEW':
      return [{ ...common, what: 'Prolonger son éligibilité, ou en décider de nouveau', act: actFor(role, path, 'tracking.ExtendEligibility') }];
    case 'END_SUSPENSION':
      return [
        {
          ...common,
          what: 'Mettre fin à la suspension, ou annuler la décision',
          since: suspended?.suspendedFrom,
          act: actFor(role, path, 'tracking.ResumeEligibility', { suspensionId: suspended?.suspensionId }),
        },
      ];
    case 'CHECK_HOURS':
      return (e.toCheck ?? []).slice(0, 3).map((m) => ({
        ...common,
        what: `Revoir les heures de ${month(m.month)}, qu’aucune décision ne couvre plus`,
        act: actFor(role, ['parcours', m.placementId ?? ''], 'tracking.ValidateHours', { month: m.month }),
      }));
    default:
      return [];
  }
}

function followUpSteps(role: Role, id: string, f: FollowUpReply, open: Set<string>): Step[] {
  const visits = (f.visits ?? [])
    .filter((v) => ['VISIT_DUE', 'VISIT_MISSED'].includes(v.state ?? '') && open.has(v.placementId ?? ''))
    .map((v): Step => ({
      what: 'Faire la visite prévue',
      who: 'Le facilitateur',
      by: v.plannedOn,
      late: v.state === 'VISIT_MISSED',
      act: actFor(role, ['parcours', v.placementId ?? ''], 'tracking.RecordContact'),
    }));
  const actions = (f.actions ?? [])
    .filter((a) => a.state === 'ACTION_ASKED')
    .map((a): Step => ({
      what: `${capital(text(a.kindLabel))} : dire où en est la demande`,
      who: 'Le facilitateur',
      since: a.askedOn,
      act: actFor(role, ['personnes', id], 'tracking.MoveAction', { actionId: a.actionId }),
    }));
  return [...visits, ...actions];
}

const OVER = ['PROPOSAL_NOT_TAKEN', 'PROPOSAL_WITHDRAWN', 'PROPOSAL_EXPIRED', 'PROPOSAL_PLACED'];

export interface OfPerson {
  id: string;
  role: Role;
  eligibility: Eligibility | null;
  pathway: Pathway | null;
  followUp: FollowUpReply | null;
  placements: Placement[]; // those that were read whole
  session: Session;
  today: string;
}

// What waits on those that go on, each with whose it is.
const ofPlacements = ({ placements, session, today }: OfPerson): Step[] =>
  placements
    .filter((p) => !p.ended)
    .flatMap((p) => placementSteps(p, session, today).map((s) => ({ ...s, why: s.why ?? `Chez ${text(p.employerName)}.` })));

export function nextSteps(person: OfPerson): Step[] {
  const { id, role, eligibility, pathway, followUp } = person;
  const placements = pathway?.placements ?? [];
  const proposals = pathway?.proposals ?? [];
  const open = new Set(placements.filter((p) => !p.endedOn).map((p) => p.placementId ?? ''));
  const steps = [
    ...(eligibility ? eligibilityStep(role, id, eligibility) : []),
    ...proposals.flatMap((p) => proposalStep(role, p) ?? []),
    ...(followUp ? followUpSteps(role, id, followUp, open) : []),
    ...ofPlacements(person),
    ...placements
      .filter((p) => p.endedOn && !p.continuedBy && (!p.outcome || p.outcome === 'OUTCOME_UNKNOWN'))
      .map((p): Step => ({
        what: 'Dire ce qu’elle est devenue à la fin du parcours',
        who: 'Le facilitateur',
        why: `Chez ${text(p.employerName)}.`,
        since: p.endedOn,
        act: actFor(role, ['parcours', p.placementId ?? ''], 'tracking.RecordOutcome'),
        page: hrefOf(['parcours', p.placementId ?? '']),
      })),
  ];
  const goesOn = open.size > 0 || proposals.some((p) => !OVER.includes(p.state ?? ''));
  if (!goesOn && pathway && eligibility?.standing === 'ELIGIBLE')
    steps.push({
      what: 'La proposer pour un besoin',
      who: 'Le facilitateur ou son prescripteur',
      why: 'Elle est éligible, et rien n’avance pour elle.',
      act: actFor(role, ['personnes', id], 'tracking.ProposeBeneficiary'),
    });
  return steps;
}
