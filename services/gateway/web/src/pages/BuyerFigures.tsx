// « Chiffres » of a buyer: the hours of its own contracts, each leading to its contract; the same filters hold for all of it.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { listOf } from '../api.ts';
import { Chart } from '../components/Chart.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ErrorBox, Panel, Wait } from '../components/Panel.tsx';
import { ProgressBar, ProgressLegend } from '../components/Progress.tsx';
import { Table } from '../components/Table.tsx';
import type { Column } from '../components/Table.tsx';
import { LINES_MAX } from '../desk/lines.ts';
import { shapesFor } from '../desk/read.ts';
import { takeCsv, takeSheet } from '../desk/take.ts';
import { territory as territoryName } from '../departments.ts';
import { day, hoursOf, hoursRounded, hundredths, percent } from '../format.ts';
import { changeQuery, hrefOf, useAddress, useDesk, useLoaded } from '../hooks.ts';
import type { ContractLine, Obligation } from '../types.ts';

const PICTURED = 12; // contracts, those that owe most
const FIGURES = ['due', 'done', 'converted', 'remaining'] as const;
type Figure = (typeof FIGURES)[number];

export interface ContractSum extends Record<Figure, number> {
  contractId: string;
  title: string;
  number: string;
  notifiedOn?: string;
  territories: string[];
}

// What is owed under each contract; one obligation's surplus pays no other's debt.
export function sumsOf(obligations: Obligation[], contracts: ContractLine[]): ContractSum[] {
  const known = new Map(contracts.map((c) => [c.contractId, c]));
  const sums = new Map<string, ContractSum>();
  for (const o of obligations) {
    const id = o.contractId ?? '';
    const contract = known.get(id);
    const sum = sums.get(id) ?? {
      contractId: id,
      title: contract?.object || o.contractObject || 'Contrat',
      number: contract?.number ?? '',
      notifiedOn: contract?.notifiedOn,
      territories: [],
      due: 0,
      done: 0,
      converted: 0,
      remaining: 0,
    };
    for (const name of ['due', 'done', 'converted'] as const) sum[name] += hundredths(o[name]);
    sum.remaining += Math.max(0, hundredths(o.remaining));
    sum.territories = [...new Set([...sum.territories, ...(o.territories ?? [])])];
    sums.set(id, sum);
  }
  return [...sums.values()].sort((a, b) => b.due - a.due);
}

interface Asked {
  year: string;
  territory: string;
}

const isAsked = (sum: ContractSum, { year, territory }: Asked): boolean =>
  (!year || (sum.notifiedOn ?? '').startsWith(`${year}-`)) && (!territory || sum.territories.includes(territory));

function Choice({ sums, asked }: { sums: ContractSum[]; asked: Asked }): JSX.Element {
  const years = [...new Set(sums.map((s) => (s.notifiedOn ?? '').slice(0, 4)).filter(Boolean))].sort().reverse();
  const codes = [...new Set(sums.flatMap((s) => s.territories))].sort();
  const field = (label: string, name: 'annee' | 'territoire', value: string, options: [string, string][]) => (
    <label>
      {label}
      <select
        class="form-select"
        value={value}
        onChange={(e) => changeQuery({ annee: asked.year, territoire: asked.territory, [name]: e.currentTarget.value })}
      >
        <option value="">Tout</option>
        {options.map(([v, text]) => (
          <option key={v} value={v}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div class="filters">
      {field('Année de notification', 'annee', asked.year, years.map((y) => [y, y]))}
      {field('Territoire', 'territoire', asked.territory, codes.map((c) => [c, territoryName(c)]))}
    </div>
  );
}

function Files({ sums, labels }: { sums: ContractSum[]; labels: Record<Figure, string> }): JSX.Element {
  const heads = ['Contrat', 'Numéro', 'Notifié le', ...FIGURES.map((f) => labels[f])];
  const csv = () =>
    takeCsv('Chiffres', [
      heads,
      ...sums.map((s) => [s.title, s.number, day(s.notifiedOn, ''), ...FIGURES.map((f) => hoursOf(s[f]))]),
    ]);
  const book = () =>
    takeSheet(
      'Chiffres',
      heads.map((title, i) => ({ title, kind: i < 2 ? ('text' as const) : i === 2 ? ('day' as const) : ('number' as const) })),
      sums.map((s) => [s.title, s.number, s.notifiedOn ?? null, ...FIGURES.map((f) => s[f] / 100)]),
    );
  return (
    <div class="tools">
      <button type="button" class="btn btn-sm btn-outline-primary" onClick={csv}>
        Emporter en CSV
      </button>
      <button type="button" class="btn btn-sm btn-outline-primary" onClick={() => void book()}>
        Emporter en XLSX
      </button>
      <button type="button" class="btn btn-sm btn-outline-primary" onClick={() => window.print()}>
        Imprimer
      </button>
    </div>
  );
}

function Picture({ sums, labels }: { sums: ContractSum[]; labels: Record<Figure, string> }): JSX.Element {
  const shown = sums.slice(0, PICTURED);
  const places = shown.map((s, i) => ({
    key: s.contractId,
    label: s.title,
    tick: s.number.slice(-8) || `${i + 1}`,
    href: hrefOf(['contrats', s.contractId]),
  }));
  return (
    <Panel title={sums.length > PICTURED ? `Les ${PICTURED} contrats qui doivent le plus d’heures` : 'Heures par contrat, en image'}>
      <Chart
        title="Heures dues et faites par contrat"
        placeTitle="Contrat"
        places={places}
        series={[
          { label: labels.due, kind: 'bar', tone: 3, values: shown.map((s) => s.due) },
          { label: 'Faites', kind: 'bar', tone: 0, values: shown.map((s) => s.done + s.converted) },
        ]}
        told={hoursOf}
        axis={hoursRounded}
      />
    </Panel>
  );
}

function Contracts({ sums, labels }: { sums: ContractSum[]; labels: Record<Figure, string> }): JSX.Element {
  const columns: Column<ContractSum>[] = [
    { title: 'Contrat', cell: (s) => <a href={hrefOf(['contrats', s.contractId])}>{s.title}</a> },
    { title: 'Notifié le', cell: (s) => day(s.notifiedOn) },
    ...FIGURES.map((f): Column<ContractSum> => ({ title: labels[f], number: true, cell: (s) => hoursOf(s[f]) })),
    { title: 'Part faite', number: true, cell: (s) => percent(s.done + s.converted, s.due) },
  ];
  return (
    <Panel title="Par contrat">
      <Table caption="Heures par contrat" rows={sums} rowKey={(s) => s.contractId} columns={columns} />
    </Panel>
  );
}

function useSums() {
  const { api } = useDesk();
  return useLoaded('figures of a buyer', async (signal) => {
    const [asked, obligations, contracts] = await Promise.all([
      shapesFor(api, 'contracts/Obligations'),
      api.list(listOf('contracts/Obligations', {}, (r) => r.obligations), LINES_MAX, '', signal),
      api.list(listOf('contracts/Contracts', {}, (r) => r.contracts), LINES_MAX, '', signal),
    ]);
    const fields = asked.reply.find((s) => s.name === 'obligations')?.fields ?? [];
    const labels = Object.fromEntries(FIGURES.map((f) => [f, fields.find((s) => s.name === f)?.label ?? f]));
    return { sums: sumsOf(obligations.items, contracts.items), labels: labels as Record<Figure, string> };
  });
}

export function BuyerFigures(): JSX.Element {
  const { query } = useAddress();
  const asked: Asked = { year: query.annee ?? '', territory: query.territoire ?? '' };
  const state = useSums();
  const { data } = state;
  const sums = useMemo(() => (data?.sums ?? []).filter((s) => isAsked(s, asked)), [data, asked.year, asked.territory]);
  const all = (f: Figure) => sums.reduce((total, s) => total + s[f], 0);
  const figures = Object.fromEntries(FIGURES.map((f) => [f, (all(f) / 100).toFixed(2)])) as Record<Figure, string>;
  return (
    <>
      <PageHead title="Chiffres" lead="Les heures d’insertion de vos contrats.">
        {data && <Choice sums={data.sums} asked={asked} />}
      </PageHead>
      {state.error && !data && <ErrorBox error={state.error} />}
      <Wait
        state={{ ...state, error: null }}
        has={sums.length > 0}
        empty={data?.sums.length ? 'Rien ne répond à ces filtres : élargissez-les.' : 'Aucune heure n’est encore due sous vos contrats.'}
      >
        {data && (
          <>
            <Files sums={sums} labels={data.labels} />
            <Panel title="Heures d’insertion" className="panel-hero">
              <p class="hero-line">
                <strong>{percent(all('done') + all('converted'), all('due'))}</strong> des heures dues sont faites
              </p>
              <ProgressBar figures={figures} tall />
              <ProgressLegend figures={figures} />
            </Panel>
            <Picture sums={sums} labels={data.labels} />
            <Contracts sums={sums} labels={data.labels} />
          </>
        )}
      </Wait>
    </>
  );
}
