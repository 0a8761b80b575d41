// The region living: what is due and done, month by month, the last alerts, the contracts.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Filters } from '../components/Filters.tsx';
import type { Filter } from '../components/Filters.tsx';
import { Alerts } from '../components/Alerts.tsx';
import { Breakdowns } from '../components/Breakdowns.tsx';
import { NewestContracts } from '../components/Contracts.tsx';
import { MonthChart, monthSeries } from '../components/MonthChart.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { ProgressBar, ProgressLegend } from '../components/Progress.tsx';
import { territories } from '../departments.ts';
import { count, decimal, hundredths, percent, plural } from '../format.ts';
import { useDesk, useQuery } from '../hooks.ts';
import type { Loaded } from '../hooks.ts';
import type { Consolidation } from '../types.ts';

const POLL_MS = 15000;
const MONTHS = 12;

function Card({ title, value, note }: { title: string; value: string; note: string }): JSX.Element {
  return (
    <li class="figure">
      <p class="figure-title">{title}</p>
      <p class="figure-value">{value}</p>
      <p class="figure-note">{note}</p>
    </li>
  );
}

function Figures({ c }: { c: Consolidation }): JSX.Element {
  return (
    <ul class="figures" aria-label="Chiffres clés">
      <Card
        title="Contrats"
        value={count(c.contracts)}
        note={`dont ${plural(c.contractsWithClause ?? 0, 'suivi')} avec clause, ${plural(c.obligations ?? 0, 'obligation')}`}
      />
      <Card title="Personnes" value={count(c.persons)} note={`${plural(c.placements ?? 0, 'placement')}`} />
      <Card title="Équivalents temps plein" value={decimal(c.fullTimeEquivalents)} note="à 1 600 heures par an" />
      <Card
        title="Besoins déclarés"
        value={count(c.needs)}
        note={`${plural(c.positionsWanted ?? 0, 'poste')} à pourvoir`}
      />
    </ul>
  );
}

function HoursPanel({ state }: { state: Loaded<Consolidation> }): JSX.Element {
  const c = state.data;
  const counted = c ? hundredths(c.done) + hundredths(c.converted) : 0;
  return (
    <Panel title="Heures d’insertion" className="panel-hero">
      <Wait state={state} has={c !== null}>
        {c && (
          <>
            <p class="hero-line">
              <strong>{percent(counted, hundredths(c.due))}</strong> des heures dues sont faites
            </p>
            <ProgressBar figures={c} tall />
            <ProgressLegend figures={c} />
          </>
        )}
      </Wait>
    </Panel>
  );
}

function Months({ c, year }: { c: Consolidation; year: number }): JSX.Element {
  const series = monthSeries(c.byMonth ?? [], MONTHS, year ? `${year}-12` : undefined);
  return (
    <Panel title="Heures réalisées par mois" className="panel-chart">
      {series.some((m) => m.hundredths > 0) ? (
        <MonthChart series={series} />
      ) : (
        <p class="quiet">Aucune heure validée sur cette période.</p>
      )}
    </Panel>
  );
}

// The session's own; whoever has the whole region chooses among those that have hours.
function useTerritories(c: Consolidation | null): string[] {
  const own = (useDesk().session.territories ?? []).filter((code) => code !== '*');
  const seen = useRef(new Set<string>());
  c?.byTerritory?.forEach((f) => f.territory && seen.current.add(f.territory));
  return own.length ? own : [...seen.current].sort();
}

export function Region(): JSX.Element {
  const { session } = useDesk();
  const [filter, setFilter] = useState<Filter>({ year: 0, territory: '' });
  const request = {
    ...(filter.year && { year: filter.year }),
    ...(filter.territory && { territory: filter.territory }),
  };
  const state = useQuery('reporting/Consolidation', request, POLL_MS);
  const c = state.data;
  const codes = useTerritories(c);
  return (
    <>
      <PageHead
        title="La région en un coup d’œil"
        lead={territories(session.territories)}
      >
        <Filters filter={filter} codes={codes} onChange={setFilter} />
      </PageHead>
      <HoursPanel state={state} />
      {c && <Figures c={c} />}
      <div class="columns">
        {c && <Months c={c} year={filter.year} />}
        <Alerts />
      </div>
      {c && <Breakdowns c={c} code={filter.territory} />}
      <NewestContracts limit={10} />
    </>
  );
}
