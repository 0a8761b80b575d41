// A contract at a glance: its hours against the time, its light and why, the next date and the act that settles it.
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { ErrorBox } from '../components/Panel.tsx';
import { actTitle, mayAsk } from '../desk/methods.ts';
import { day, hours, hoursOf, hundredths, typographic } from '../format.ts';
import { hrefOf, useDesk, useQuery } from '../hooks.ts';
import { calendarState } from '../labels.ts';
import type { ContractFacts } from '../types.ts';
import { Light, reasonOf } from './Light.tsx';
import { hrefOfDate, nextDate, todayText } from './next.ts';
import { PaceChart } from './PaceChart.tsx';
import type { Milestone } from './PaceChart.tsx';
import { Stages } from './Stages.tsx';

const POLL_MS = 15000;
const RANKS = ['LIGHT_RED', 'LIGHT_ORANGE', 'LIGHT_TOO_EARLY', 'LIGHT_UNKNOWN', 'LIGHT_GREEN'];

// The worst of all obligations, as in the list of contracts.
export function worstLight(facts: ContractFacts): string | undefined {
  const lights = (facts.control ?? []).map((c) => c.progress?.light ?? 'LIGHT_UNKNOWN');
  return lights.sort((a, b) => RANKS.indexOf(a) - RANKS.indexOf(b))[0];
}

export function milestonesOf(facts: ContractFacts): Milestone[] {
  return (facts.control ?? []).flatMap((c) =>
    (c.progress?.promises ?? [])
      .filter((p) => p.dueOn)
      .map((p) => ({ on: p.dueOn!, text: promiseText(p.kind, p.promised) })),
  );
}

const PROMISES: Record<string, string> = {
  TRAINING_PROMISE: 'formation promise',
  TUTORING_PROMISE: 'tutorat promis',
  OTHER_PROMISE: 'engagement de l’offre',
};
const promiseText = (kind: string | undefined, promised: string | undefined): string =>
  [PROMISES[kind ?? ''] ?? 'engagement de l’offre', promised && hours(promised)].filter(Boolean).join(', ');

// Hours are owed, and nothing says when their statements are due: what to do about it.
function NoDate({ facts }: { facts: ContractFacts }): JSX.Element {
  const { session } = useDesk();
  const act = 'contracts.PutControlPlan';
  const clause = facts.contract?.clauses?.find((c) => (c.obligations?.length ?? 0) > 0);
  const hasPlan = (facts.control ?? []).some((c) => c.plan);
  if (!clause || hasPlan || facts.file?.stage === 'ENDED') return <p class="quiet">Aucune échéance n’attend.</p>;
  return (
    <>
      <p class="quiet">Aucun plan de contrôle n’est posé : les relevés n’ont pas encore de dates.</p>
      {mayAsk(session.role, act) && <a href={hrefOf(['clauses', clause.clauseId, 'agir', act])}>{actTitle(act)}</a>}
    </>
  );
}

// The date, and the act that settles it.
function Next({ contractId, facts }: { contractId: string; facts: ContractFacts }): JSX.Element {
  const { session } = useDesk();
  const next = nextDate(facts.calendar ?? []);
  if (!next) return <NoDate facts={facts} />;
  const href = hrefOfDate(session.role, contractId, next);
  const tone = (next.state ?? '').toLowerCase();
  return (
    <>
      <p class="next-date">
        <strong class={`due due-${tone}`}>{day(next.on)}</strong>{' '}
        <span class={`due due-${tone}`}>{calendarState(next.state)}</span>
      </p>
      <p>{typographic(next.what)}</p>
      {href && (
        <a class="btn btn-primary" href={href}>
          {actTitle(next.act!)}
        </a>
      )}
    </>
  );
}

// Only where one is due, and to whom may see to it.
function WithoutAgreement({ facts }: { facts: ContractFacts }): JSX.Element | null {
  const { session } = useDesk();
  const { contract, file, withoutAgreement } = facts;
  const isOver = file?.stage === 'ENDED' || file?.stage === 'DECLINED';
  if (!withoutAgreement || isOver || contract?.record?.kind === 'PRIVATE') return null;
  if (!['FACILITATOR', 'COORDINATOR', 'BUYER'].includes(session.role)) return null;
  return (
    <p class="note-warn">
      <strong>Sans convention</strong> : aucune convention de l’acheteur ne couvre ce suivi.{' '}
      {mayAsk(session.role, 'contracts.PutAgreement') && (
        <a href={hrefOf(['conventions', 'agir', 'contracts.PutAgreement'])}>Rédiger un projet</a>
      )}
    </p>
  );
}

function Figures({ facts }: { facts: ContractFacts }): JSX.Element {
  const all = (facts.control ?? []).map((c) => c.progress);
  const sum = (name: 'owed' | 'done' | 'expected') => all.reduce((total, p) => total + hundredths(p?.[name]), 0);
  const text = (n: number) => (n / 100).toFixed(2);
  const pace = { owed: text(sum('owed')), done: text(sum('done')), expected: text(sum('expected')) };
  return (
    <>
      <dl class="legend">
        <div>
          <dt>Dues</dt>
          <dd>{hours(pace.owed)}</dd>
        </div>
        <div>
          <dt>Faites</dt>
          <dd>{hours(pace.done)}</dd>
        </div>
        <div>
          <dt>Restantes</dt>
          <dd>{hoursOf(Math.max(0, sum('owed') - sum('done')))}</dd>
        </div>
      </dl>
      <p>{reasonOf(pace)}</p>
    </>
  );
}

export function Glance({ contractId, facts }: { contractId: string; facts: ContractFacts }): JSX.Element {
  const id = useId();
  const isOwed = (facts.control?.length ?? 0) > 0;
  const pace = useQuery('contracts/ContractPace', { contractId }, POLL_MS);
  return (
    <section class="panel glance" aria-labelledby={id}>
      <h2 id={id} class="visually-hidden">
        En un coup d’œil
      </h2>
      <Stages value={facts.file?.stage} />
      <WithoutAgreement facts={facts} />
      <div class={isOwed ? 'glance-columns' : ''}>
        {isOwed && (
          <div>
            {pace.error && <ErrorBox error={pace.error} />}
            {pace.data && <PaceChart pace={pace.data} today={todayText()} milestones={milestonesOf(facts)} />}
            {!pace.data && !pace.error && <p class="quiet">Chargement…</p>}
          </div>
        )}
        <div class="glance-side">
          {isOwed && (
            <div>
              <h3>Avancement</h3>
              <p>
                <Light value={worstLight(facts)} />
              </p>
              <Figures facts={facts} />
            </div>
          )}
          <div>
            <h3>Prochaine échéance</h3>
            <Next contractId={contractId} facts={facts} />
          </div>
        </div>
      </div>
    </section>
  );
}
