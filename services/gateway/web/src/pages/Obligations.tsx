// « Mes obligations »: what a company owes and by when, contract by contract: done, left, what it takes a month, the next
// date; the one next thing on top.
import type { JSX } from 'preact';
import { DaySteps } from '../components/DaySteps.tsx';
import { More } from '../components/More.tsx';
import { ObligationCard } from '../components/ObligationCard.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { ProgressBar, ProgressLegend } from '../components/Progress.tsx';
import { TimeBar } from '../components/TimeBar.tsx';
import { listOf } from '../api.ts';
import { today } from '../form/typed.ts';
import { day, dayGap, dayNamed, hours, hoursRounded, hundredths, plural } from '../format.ts';
import { hrefOf, usePages, useQuery } from '../hooks.ts';
import type { CompanyLine, ProgressView, StatementLine } from '../types.ts';

const LIMIT = 100;
const TOTAL_LIMIT = 500; // the most that one page holds; its total is of that page
const WITHIN_DAYS = 60;
const MONTH_DAYS = 365.25 / 12;
const FULL_TIME = 15167; // hundredths of an hour, a month at 35 hours a week

const LIGHTS: Record<string, [words: string, tone: string]> = {
  LIGHT_GREEN: ['Dans les temps', 'badge-good'],
  LIGHT_ORANGE: ['Un peu en retard', 'badge-warn'],
  LIGHT_RED: ['En retard', 'badge-bad'],
};

function Light({ progress, left }: { progress?: ProgressView; left: number }): JSX.Element | null {
  const [words, tone] = left <= 0 ? ['Tout est fait', 'badge-good'] : (LIGHTS[progress?.light ?? ''] ?? []);
  return words ? <span class={`badge-state ${tone}`}>{words}</span> : null;
}

// What is left, by when, and what that makes a month.
export function paceOf(left: number, endsOn: string | undefined, now: string): string {
  if (left <= 0) return 'Plus rien n’est dû.';
  if (!endsOn) return `Il reste ${hoursRounded(left)} à faire.`;
  const days = dayGap(now, endsOn);
  if (days <= 0) return `Il restait ${hoursRounded(left)} à faire le ${dayNamed(endsOn)}, à la fin du contrat.`;
  const monthly = left / Math.max(1, days / MONTH_DAYS);
  const people = Math.max(1, Math.round(monthly / FULL_TIME));
  const about = monthly < FULL_TIME / 2 ? 'moins d’un mi-temps' : `environ ${plural(people, 'personne')} à temps plein`;
  return `Il reste ${hoursRounded(left)} à faire d’ici le ${dayNamed(endsOn)} : ${hoursRounded(monthly)} par mois, ${about}.`;
}

function NextDate({ statements, obligationId }: { statements: StatementLine[]; obligationId: string }): JSX.Element | null {
  const [first, ...others] = [...statements].sort((a, b) => ((a.dueOn ?? '') < (b.dueOn ?? '') ? -1 : 1));
  if (!first) return null;
  const late = first.daysLate ?? 0;
  return (
    <p>
      {late > 0 ? <span class="due due-late">En retard de {plural(late, 'jour')} : </span> : <strong>Prochaine date : </strong>}
      <a href={hrefOf(['obligations', obligationId])}>
        documents de la période finie le {day(first.periodEnd)}, à envoyer avant le {day(first.dueOn)}
      </a>
      {others.length > 0 && <span class="quiet"> (et {plural(others.length, 'autre période', 'autres périodes')})</span>}
    </p>
  );
}

interface Around {
  progress: Map<string, ProgressView>;
  statements: Map<string, StatementLine[]>;
}

function useAround(): Around {
  const progress = useQuery('contracts/Progress', { page: { limit: TOTAL_LIMIT } }).data?.lines ?? [];
  const late = useQuery('contracts/LateStatements', { page: { limit: TOTAL_LIMIT }, withinDays: WITHIN_DAYS }).data?.lines ?? [];
  const statements = new Map<string, StatementLine[]>();
  for (const line of late) statements.set(line.obligationId ?? '', [...(statements.get(line.obligationId ?? '') ?? []), line]);
  return { progress: new Map(progress.map((p) => [p.obligationId ?? '', p])), statements };
}

function Contract({ line, around, now }: { line: CompanyLine; around: Around; now: string }): JSX.Element | null {
  const o = line.obligation;
  if (!o) return null;
  const progress = around.progress.get(o.obligationId);
  const left = hundredths(o.remaining);
  const expected = progress?.expected && left > 0 ? ` ${hours(progress.expected)} étaient attendues à ce jour.` : '';
  return (
    <ObligationCard
      obligation={o}
      title={line.object || (line.contractNumber ? `Contrat ${line.contractNumber}` : 'Contrat')}
      subtitle={[(line.buyerName ?? '').replaceAll("'", '’'), `lot ${o.lot ?? 1}`].filter(Boolean).join(', ')}
      href={hrefOf(['obligations', o.obligationId])}
      aside={line.ended ? <span class="badge-state">Terminé</span> : <Light progress={progress} left={left} />}
    >
      <p class="pace">
        {paceOf(left, progress?.endsOn, now)}
        {expected}
      </p>
      <TimeBar from={progress?.startsOn} until={progress?.endsOn} over={line.ended} />
      <NextDate statements={around.statements.get(o.obligationId) ?? []} obligationId={o.obligationId} />
    </ObligationCard>
  );
}

function Total(): JSX.Element | null {
  const ledger = useQuery('contracts/CompanyLedger', { page: { limit: TOTAL_LIMIT } }).data;
  if (!ledger?.total || (ledger.lines?.length ?? 0) < 2) return null;
  return (
    <Panel title={ledger.next ? `En tout, pour ${TOTAL_LIMIT} obligations` : 'En tout'} className="panel-hero">
      <ProgressBar figures={ledger.total} tall />
      <ProgressLegend figures={ledger.total} />
    </Panel>
  );
}

export function Obligations(): JSX.Element {
  const pages = usePages(listOf('contracts/CompanyLedger', {}, (r) => r.lines), LIMIT);
  const around = useAround();
  const now = today();
  return (
    <>
      <PageHead title="Mes obligations" lead="Ce que doit votre entreprise et pour quand, contrat par contrat.">
        <a class="btn btn-primary" href="#/declarer">
          Déclarer les heures du mois
        </a>
      </PageHead>
      <DaySteps calm="Rien n’attend de vous aujourd’hui." />
      <Total />
      <Panel title="Par contrat">
        <Wait state={pages} has={pages.items.length > 0} empty="Votre entreprise n’a pas d’obligation suivie ici.">
          {pages.items.map((line) => (
            <Contract key={line.obligation?.obligationId} line={line} around={around} now={now} />
          ))}
          <More pages={pages} />
        </Wait>
      </Panel>
    </>
  );
}
