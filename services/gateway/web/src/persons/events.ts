// What happened to a person, as sentences; made of what the daemons tell of her file, without a name.
import type { TimelineEvent } from '../components/Timeline.tsx';
import { day, dayNamed } from '../format.ts';
import { hrefOf } from '../hooks.ts';
import { modality, outcome, workContract } from '../labels.ts';
import type { TradeName } from '../trades.ts';
import type { ContactLine, Eligibility, FollowUpReply, OutcomeView, Pathway, Placement, Proposal } from '../types.ts';

const text = (words: string | undefined): string => (words ?? '').replaceAll("'", '’');
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
const quoted = (words: string | undefined): string => `« ${text(words)} »`;

const WITH: Record<string, string> = {
  WITH_PERSON: 'avec la personne',
  WITH_TUTOR: 'avec son tuteur',
  WITH_REFERENT: 'avec son référent',
  WITH_PRESCRIBER: 'avec son prescripteur',
  WITH_EMPLOYER: 'avec l’employeur',
};
const ACTION: Record<string, string> = {
  ACTION_ASKED: 'demandée',
  ACTION_UNDER_WAY: 'en cours',
  ACTION_DONE: 'faite',
  ACTION_GIVEN_UP: 'abandonnée',
};
export const MOMENTS: Record<string, string> = {
  AT_EXIT: 'À la fin',
  AT_SIX_MONTHS: 'Six mois après',
  AT_TWELVE_MONTHS: 'Douze mois après',
};

// ---- proposals

type ProposalStep = NonNullable<Proposal['steps']>[number];

function proposalText(p: Proposal, s: ProposalStep): string {
  const need = quoted(p.needTitle);
  const company = text(p.companyName) || 'l’entreprise';
  const because = s.outcomeLabel ? ` : ${text(s.outcomeLabel)}` : '';
  switch (s.state) {
    case 'PROPOSAL_PROPOSED':
      return `Proposée pour ${need}, chez ${company}`;
    case 'PROPOSAL_SENT':
      return `Proposition envoyée à ${company}, pour ${need}`;
    case 'PROPOSAL_MET':
      return `Rencontrée par ${company}`;
    case 'PROPOSAL_NO_SHOW':
      return `N’est pas venue au rendez-vous de ${company}`;
    case 'PROPOSAL_TAKEN':
      return `Choisie par ${company}, pour ${need}`;
    case 'PROPOSAL_NOT_TAKEN':
      return `Pas retenue par ${company}${because}`;
    case 'PROPOSAL_POSTPONED':
      return `Proposition reportée au ${dayNamed(s.until)}${because}`;
    case 'PROPOSAL_WITHDRAWN':
      return `Proposition retirée, pour ${need}${because}`;
    case 'PROPOSAL_EXPIRED':
      return `Proposition restée sans réponse de ${company}`;
    case 'PROPOSAL_PLACED':
      return `Embauchée à la suite de la proposition pour ${need}`;
    default:
      return `Proposition pour ${need}`;
  }
}

const proposalEvents = (p: Proposal): TimelineEvent[] =>
  (p.steps ?? [])
    .filter((s) => s.happenedOn)
    .map((s) => ({
      on: s.happenedOn!,
      tone: 'proposal',
      text: proposalText(p, s),
      href: hrefOf(['propositions', p.proposalId ?? '']),
      struck: s.replaced,
    }));

// ---- eligibility

export function decisionText(d: NonNullable<Eligibility['decisions']>[number]): string {
  const span = d.validUntil ? ` du ${day(d.validFrom)} au ${day(d.validUntil)}` : '';
  switch (d.state) {
    case 'DECISION_TO_CONFIRM':
      return 'Décision sur son éligibilité : elle attend l’accord d’une autre personne';
    case 'DECISION_TURNED_DOWN':
      return 'Décision sur son éligibilité, refusée à la relecture';
    default:
      return d.eligible ? `Jugée éligible${span}` : 'Jugée non éligible';
  }
}

function eligibilityEvents(e: Eligibility | null, periods: NonNullable<Pathway['eligible']>): TimelineEvent[] {
  if (!e?.decisions?.length)
    return periods
      .filter((p) => p.from)
      .map((p) => ({ on: p.from!, tone: 'eligibility', text: `Éligible jusqu’au ${dayNamed(p.until)}` }));
  const decisions = e.decisions
    .filter((d) => d.decidedOn)
    .map((d): TimelineEvent => ({
      on: d.decidedOn!,
      tone: 'eligibility',
      text: decisionText(d),
      struck: d.state === 'DECISION_STRUCK' || d.state === 'DECISION_TURNED_DOWN',
    }));
  const suspensions = (e.suspensions ?? [])
    .filter((s) => s.suspendedFrom)
    .map((s): TimelineEvent => ({
      on: s.suspendedFrom!,
      tone: 'eligibility',
      text: `Éligibilité suspendue${s.suspendedUntil ? ` jusqu’au ${dayNamed(s.suspendedUntil)}` : ''}`,
    }));
  return [...decisions, ...suspensions];
}

// ---- placements

type PlacementOf = NonNullable<Pathway['placements']>[number];

function placementEvents(p: PlacementOf, whole: Placement | undefined, trade: TradeName): TimelineEvent[] {
  const href = hrefOf(['parcours', p.placementId ?? '']);
  const employer = text(p.employerName) || 'son employeur';
  const kind = [modality(p.modality).toLowerCase(), workContract(p.workContract)].filter(Boolean).join(', ');
  const begun: TimelineEvent = {
    on: p.startsOn ?? '',
    tone: 'placement',
    text: p.continuesPlacementId ? `Continue son parcours chez ${employer}` : `Commence chez ${employer}`,
    note: `${trade(p.romeCode)} · ${kind}`,
    href,
  };
  const changed = (whole?.terms ?? []).slice(1).map((t): TimelineEvent => ({
    on: t.changedOn ?? '',
    tone: 'placement',
    text: t.isCorrection ? `Contrat chez ${employer} corrigé` : `Le contrat chez ${employer} change`,
    note: [t.endsOn ? `jusqu’au ${day(t.endsOn)}` : 'sans date de fin', workContract(t.workContract)].join(' · '),
    href,
  }));
  const ended: TimelineEvent[] = p.endedOn
    ? [
        {
          on: p.endedOn,
          tone: 'outcome',
          text: `Fin chez ${employer}`,
          note: p.continuedBy ? 'Le parcours continue avec un autre contrat.' : p.outcome && `Issue : ${outcome(p.outcome).toLowerCase()}`,
          href,
        },
      ]
    : [];
  return [begun, ...changed, ...ended, ...(whole?.outcomes ?? []).flatMap((o) => outcomeEvents(o, href))];
}

function outcomeEvents(o: OutcomeView, href: string): TimelineEvent[] {
  if (!o.knownOn || o.at === 'AT_EXIT') return [];
  return [{ on: o.knownOn, tone: 'outcome', text: `${MOMENTS[o.at ?? ''] ?? ''} : ${outcomeText(o).toLowerCase()}`, href }];
}

export function outcomeText(o: OutcomeView): string {
  if (!o.notReached) return outcome(o.outcome);
  return `Pas jointe${o.attempts ? `, ${o.attempts} essai${o.attempts > 1 ? 's' : ''}` : ''}`;
}

// ---- follow-up

export function contactText(c: ContactLine): string {
  if (c.presence === 'STILL_THERE') return 'Son employeur dit qu’elle est toujours là';
  if (c.presence === 'GONE') return 'Son employeur dit qu’elle est partie';
  const who = WITH[c.contact?.metWith ?? ''] ?? '';
  const result = c.resultLabel ? ` : ${text(c.resultLabel)}` : '';
  return `${capital(text(c.kindLabel) || 'contact')} ${who}${result}`.replace(/\s+:/, ' :');
}

const VISITS: Record<string, string> = {
  VISIT_PLANNED: 'Visite prévue',
  VISIT_DUE: 'Visite à faire',
  VISIT_MISSED: 'Visite prévue, qui n’a pas eu lieu',
};

export function followUpEvents(f: FollowUpReply | null): TimelineEvent[] {
  const contacts = (f?.contacts ?? []).map((c): TimelineEvent => ({
    on: c.contact?.happenedOn ?? '',
    tone: 'contact',
    text: contactText(c),
    note: c.recordedBy && `Noté par ${c.recordedBy}`,
    struck: c.withdrawn,
    line: c.withdrawn || c.presence ? undefined : ['contactId', c.contactId ?? ''],
  }));
  const actions = (f?.actions ?? []).map((a): TimelineEvent => ({
    on: a.endedOn ?? a.beganOn ?? a.askedOn ?? '',
    tone: 'contact',
    text: `${capital(text(a.kindLabel))} : ${ACTION[a.state ?? ''] ?? ''}`,
    note: a.endedOn || a.beganOn ? `Demandée le ${day(a.askedOn)}` : undefined,
    line: ['actionId', a.actionId ?? ''],
  }));
  const visits = (f?.visits ?? [])
    .filter((v) => VISITS[v.state ?? ''])
    .map((v): TimelineEvent => ({
      on: v.plannedOn ?? '',
      tone: 'contact',
      text: VISITS[v.state ?? '']!,
      href: hrefOf(['parcours', v.placementId ?? '']),
    }));
  return [...contacts, ...actions, ...visits];
}

// ---- all of it

export interface Known {
  pathway: Pathway | null;
  eligibility: Eligibility | null;
  followUp: FollowUpReply | null;
  placements: Map<string, Placement>; // those that were read whole
  prescriber: string; // its name; '': not known yet
  trade: TradeName;
}

export function eventsOf({ pathway, eligibility, followUp, placements, prescriber, trade }: Known): TimelineEvent[] {
  const referred: TimelineEvent[] = pathway?.referredOn
    ? [
        {
          on: pathway.referredOn,
          tone: 'file',
          text: prescriber ? `Orientée par ${prescriber}` : 'Orientée',
          href: pathway.needId ? hrefOf(['besoins', pathway.needId]) : undefined,
          note: pathway.needId ? 'Pour un besoin précis' : undefined,
        },
      ]
    : [];
  return [
    ...referred,
    ...eligibilityEvents(eligibility, pathway?.eligible ?? []),
    ...(pathway?.proposals ?? []).flatMap(proposalEvents),
    ...(pathway?.placements ?? []).flatMap((p) => placementEvents(p, placements.get(p.placementId ?? ''), trade)),
    ...followUpEvents(followUp),
  ].filter((e) => e.on);
}
