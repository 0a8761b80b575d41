// The control of a contract: the dates of each company's statements, and for each case the ladder: the step that is
// reached, the next one and from when.
import type { JSX } from 'preact';
import { Facts } from '../components/Facts.tsx';
import type { Fact } from '../components/Facts.tsx';
import { Panel } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import { RowActs } from '../desk/Acts.tsx';
import { actTitle, mayAsk } from '../desk/methods.ts';
import { asAct, THINGS } from '../desk/places.ts';
import { ABSENT, day, money, plural, typographic } from '../format.ts';
import { hrefOf, useDesk } from '../hooks.ts';
import type { Case, ContractFacts, Control } from '../types.ts';
import { Light, reasonOf } from './Light.tsx';
import { PaceBar } from './PaceBar.tsx';
import { capital, useWord } from './words.ts';
import type { Word } from './words.ts';

const LADDER = [
  'CASE_OPEN',
  'COMPANY_REMINDED',
  'BUYER_TOLD',
  'NOTICE_DRAFTED',
  'NOTICE_SERVED',
  'DECISION_PROPOSED',
  'BUYER_DECIDED',
];

// The act that leads on from a step; the daemon says from when.
const NEXT: Record<string, string> = {
  CASE_OPEN: 'contracts.RecordReminder',
  COMPANY_REMINDED: 'contracts.WarnBuyer',
  BUYER_TOLD: 'contracts.DraftFormalNotice',
  NOTICE_DRAFTED: 'contracts.ServeFormalNotice',
  NOTICE_SERVED: 'contracts.ProposePenalty',
  DECISION_PROPOSED: 'contracts.DecideCase',
  BUYER_DECIDED: 'contracts.CloseCase',
  CATCHING_UP: 'contracts.CloseCase',
};

// The day on which each step was reached.
function daysOf({ case: c }: Case): Record<string, string | undefined> {
  return {
    CASE_OPEN: c?.openedOn,
    COMPANY_REMINDED: c?.reminders?.at(-1)?.sentOn,
    BUYER_TOLD: c?.warnedOn,
    NOTICE_DRAFTED: c?.draftedOn,
    NOTICE_SERVED: c?.servedOn,
    DECISION_PROPOSED: c?.proposal?.proposedOn,
    BUYER_DECIDED: c?.decision?.decidedOn,
  };
}

// A plan to catch up follows the decision; a case that is closed has no step that waits.
export const rungOf = (step: string | undefined): number =>
  step === 'CATCHING_UP' || step === 'CASE_CLOSED' ? LADDER.length : LADDER.indexOf(step ?? '');

function Ladder({ value, word }: { value: Case; word: Word }): JSX.Element {
  const at = rungOf(value.case?.step);
  const days = daysOf(value);
  return (
    <ol class="ladder">
      {LADDER.map((step, i) => {
        const isReached = days[step] !== undefined || i <= at;
        return (
          <li key={step} class={i === at ? 'is-now' : isReached ? 'is-over' : ''} aria-current={i === at ? 'step' : undefined}>
            <span>{capital(word('control.cases.case.step', step))}</span>
            <small>{days[step] ? day(days[step]) : isReached ? '' : 'à venir'}</small>
          </li>
        );
      })}
    </ol>
  );
}

function CaseActs({ value: { case: c }, title }: { value: Case; title: string }): JSX.Element {
  const { session } = useDesk();
  const path = ['dossiers', c?.caseId ?? ''];
  const next = NEXT[c?.step ?? ''];
  const others = Object.values(THINGS.dossiers!.acts)
    .flat()
    .filter((a) => asAct(a).method !== next);
  return (
    <div class="row-buttons">
      {next && mayAsk(session.role, next) && (
        <a class="btn btn-sm btn-primary" href={hrefOf([...path, 'agir', next])}>
          {actTitle(next)}
        </a>
      )}
      <RowActs acts={others} path={path} query={{}} of={title} />
    </div>
  );
}

function CaseBlock({ value, word }: { value: Case; word: Word }): JSX.Element {
  const c = value.case ?? {};
  const isOpen = c.step !== 'CASE_CLOSED';
  const title = capital(word('control.cases.case.ground', c.ground));
  return (
    <article class="obligation">
      <h3>
        <a href={hrefOf(['dossiers', c.caseId ?? ''])}>{title}</a>
      </h3>
      <p class="quiet">
        {[
          `ouvert le ${day(c.openedOn)}`,
          c.periodEnd && `période close le ${day(c.periodEnd)}`,
          !isOpen && `clos le ${day(c.closedOn)} : ${word('control.cases.case.outcome', c.outcome)}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <Ladder value={value} word={word} />
      {isOpen && value.nextAction && (
        <p>
          <strong>Ensuite</strong> : {typographic(value.nextAction)}
          {value.nextOn ? `, à partir du ${day(value.nextOn)}` : ', dès maintenant'}.
        </p>
      )}
      {c.decision && (
        <p>
          Décision de l’acheteur : {word('control.cases.case.decision.choice', c.decision.choice)}
          {c.decision.amount && `, ${money(c.decision.amount)}`}.
        </p>
      )}
      {isOpen && <CaseActs value={value} title={title} />}
    </article>
  );
}

function Statements({ control, word }: { control: Control; word: Word }): JSX.Element | null {
  const rows = control.statements ?? [];
  if (rows.length === 0) return null;
  return (
    <Table
      caption={`Relevés, ${control.progress?.contractorName ?? ''}`}
      rows={rows}
      rowKey={(s) => s.periodEnd ?? ''}
      columns={[
        { title: 'Période close le', cell: (s) => day(s.periodEnd) },
        { title: 'Reçu le', cell: (s) => day(s.receivedOn, 'pas encore') },
        { title: 'Complet le', cell: (s) => day(s.completeOn, 'pas encore') },
        { title: 'Relances', cell: (s) => (s.reminders ?? []).map((r) => day(r.sentOn)).join(', ') || 'aucune' },
        { title: 'Pièces', cell: (s) => (s.documents ?? []).map((d) => word('control.statements.documents', d)).join(', ') || '–' },
      ]}
    />
  );
}

function planFacts({ plan, attestedOn, responsible }: Control, word: Word): Fact[] {
  return [
    ['Relevés', plan ? capital(word('control.plan.frequency', plan.frequency)) : 'aucun plan de contrôle n’est posé'],
    ['À remettre', plan?.dueDay ? `le ${plan.dueDay} du mois qui suit` : ABSENT],
    ['Retard', plan?.perDayLate ? `${money(plan.perDayLate)} par jour` : 'sans pénalité'],
    ['Plafond', money(plan?.cap, 'aucun')],
    ['Responsable dans l’entreprise', responsible?.name || ABSENT],
    ['Attestation', attestedOn ? `délivrée le ${day(attestedOn)}` : 'pas encore délivrée'],
  ];
}

function Company({ control, word }: { control: Control; word: Word }): JSX.Element {
  const p = control.progress ?? {};
  const cases = control.cases ?? [];
  const open = cases.filter((c) => c.case?.step !== 'CASE_CLOSED').length;
  return (
    <Panel title={p.contractorName || 'Titulaire'} aside={<Light value={p.light} />}>
      <PaceBar pace={p} />
      <p>{reasonOf(p)}</p>
      <Facts facts={planFacts(control, word)} />
      <Statements control={control} word={word} />
      <RowActs
        acts={THINGS.obligations!.acts['Le suivi et le contrôle']!}
        path={['obligations', control.obligationId ?? '']}
        query={{}}
        of={p.contractorName ?? ''}
      />
      <p class="quiet">
        {cases.length === 0
          ? 'Aucun dossier de contrôle n’a été ouvert.'
          : `${plural(cases.length, 'dossier de contrôle', 'dossiers de contrôle')}, ${open} à suivre.`}
      </p>
      {cases.map((c) => (
        <CaseBlock key={c.case?.caseId} value={c} word={word} />
      ))}
    </Panel>
  );
}

export function ControlPart({ facts }: { facts: ContractFacts }): JSX.Element {
  const word = useWord('contracts/ContractFacts');
  return (
    <>
      {(facts.control ?? []).map((c) => (
        <Company key={c.obligationId} control={c} word={word} />
      ))}
    </>
  );
}
