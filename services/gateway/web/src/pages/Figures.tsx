// « Chiffres »: all that reporting knows of a year and a territory, beside the year before; each figure leads to the rows behind it
// where a list tells them. Words are those of the description, and the same filters hold for all of it.
import type { JSX } from 'preact';
import { Chart } from '../components/Chart.tsx';
import { MonthChart, monthSeries } from '../components/MonthChart.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ErrorBox, Panel, Wait } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import type { Column } from '../components/Table.tsx';
import { onlyOf } from '../desk/lines.ts';
import { mayAsk } from '../desk/methods.ts';
import { LISTS } from '../desk/places.ts';
import { shapesFor } from '../desk/read.ts';
import { sheetCell, takeCsv, takeSheet } from '../desk/take.ts';
import { isNumber, told } from '../desk/told.ts';
import { allTerritories, territory as territoryName } from '../departments.ts';
import type { Shape } from '../form/shape.ts';
import { count, hoursOf, hoursRounded, hundredths, shiftMonth } from '../format.ts';
import { changeQuery, hrefOf, useAddress, useDesk, useLoaded } from '../hooks.ts';
import type { Consolidation, Role } from '../types.ts';
import { BuyerFigures } from './BuyerFigures.tsx';

const YEARS_BACK = 6;
const MONTHS = 12;

type Value = Record<string, unknown>;
interface Asked {
  year: number; // 0: all
  territory: string; // '': all
}

// ---- which rows are behind a figure, where a list tells them alike

const DONE = 'parcours';

function behind(role: Role, name: string, key: string, { year, territory }: Asked): string | undefined {
  const inYear = year ? `${year}` : undefined;
  const only = (list: string, wanted: Record<string, string | undefined>) =>
    mayAsk(role, LISTS[list]!.method) ? hrefOf([list], onlyOf(wanted)) : undefined;
  switch (name) {
    case 'placements':
      return only(DONE, { startsOn: inYear, territory });
    case 'byModality':
      return only(DONE, { modality: key, startsOn: inYear, territory });
    case 'byOutcome':
      return only(DONE, { outcome: key, endedOn: inYear, territory });
    case 'byTerritory':
      return hrefOf(['chiffres'], { annee: `${year}`, territoire: key });
    case 'byMonth':
      return mayAsk(role, LISTS.mois!.method) ? hrefOf(['mois'], { month: key, territory }) : undefined;
    case 'contracts':
      return territory ? undefined : only('contrats', { notifiedOn: inYear ?? '' });
    case 'byConsideration':
      return territory ? undefined : only('contrats', { social: key, notifiedOn: inYear });
    case 'obligations':
      return year ? undefined : only('obligations', { territories: territory });
    case 'needs':
      return year ? undefined : only('besoins', { territory });
    case 'organisations':
      return hrefOf(['partenaires']);
    default:
      return undefined;
  }
}

// ---- lines of figures, as all tables and files here have them

interface Line {
  group: string; // the label of a list; '' for the figures of the whole
  name: string; // of what in it: a month, a modality
  key: string;
  shape: Shape; // of the figure
  now: unknown;
  before: unknown;
  href?: string;
}

const lists = (shapes: Shape[]): Shape[] =>
  shapes.filter((s) => s.kind === 'group' && s.isList && s.name !== 'byMoment' && s.fields.length > 1);

const keyed = (reply: Value | undefined, list: Shape): Map<string, Value> =>
  new Map(((reply?.[list.name] ?? []) as Value[]).map((v) => [String(v[list.fields[0]!.name] ?? ''), v]));

type Find = (name: string, key: string) => string | undefined;

function linesOfList(list: Shape, now: Value, before: Value | undefined, find: Find): Line[] {
  const [key, ...figures] = list.fields;
  const then = keyed(before, list);
  const here = keyed(now, list);
  const isMonth = key!.kind === 'month';
  const keys = isMonth ? [...here.keys()] : [...new Set([...here.keys(), ...then.keys()])];
  return keys.flatMap((k) =>
    figures.map(
      (shape): Line => ({
        group: list.label,
        name: k ? told(key!, k) : 'Non renseigné',
        key: k,
        shape,
        now: here.get(k)?.[shape.name],
        before: then.get(isMonth ? shiftMonth(k, -12) : k)?.[shape.name],
        href: find(list.name, k),
      }),
    ),
  );
}

function linesOf(shapes: Shape[], now: Value, before: Value | undefined, find: Find): Line[] {
  const whole = shapes
    .filter((s) => isNumber(s))
    .map(
      (shape): Line => ({
        group: '',
        name: shape.label,
        key: shape.name,
        shape,
        now: now[shape.name],
        before: before?.[shape.name],
        href: find(shape.name, ''),
      }),
    );
  return [...whole, ...lists(shapes).flatMap((list) => linesOfList(list, now, before, find))];
}

// A figure that is not there is none.
const tellFigure = (shape: Shape, value: unknown): string => told(shape, value ?? (shape.kind === 'integer' ? 0 : '0'));

const amount = (shape: Shape, value: unknown): number => (shape.kind === 'hours' ? hundredths(value as string) / 100 : Number(value ?? 0));

// « + 12 », « − 3 »: in the unit of the figure.
function difference({ shape, now, before }: Line): string {
  const by = amount(shape, now) - amount(shape, before);
  if (Math.abs(by) < 0.005) return '=';
  const size = told(shape, shape.kind === 'integer' ? Math.abs(by) : Math.abs(by).toFixed(2));
  return `${by > 0 ? '+' : '−'} ${size}`;
}

const Name = ({ line }: { line: Line }): JSX.Element => (line.href ? <a href={line.href}>{line.name}</a> : <>{line.name}</>);

interface GroupProps {
  title: string;
  lines: Line[];
  year: number;
}

// One figure: beside it that of the year before, and what lies between.
function OneFigure({ title, lines, year }: GroupProps): JSX.Element {
  const columns: Column<Line>[] = [
    { title: 'Chiffre', cell: (l) => <Name line={l} /> },
    { title: year ? `${year}` : 'Toutes les années', number: true, cell: (l) => tellFigure(l.shape, l.now) },
  ];
  if (year)
    columns.push(
      { title: `${year - 1}`, number: true, cell: (l) => tellFigure(l.shape, l.before) },
      { title: 'Écart', number: true, cell: difference },
    );
  return <Table caption={title} rows={lines} rowKey={(l) => l.key} columns={columns} />;
}

// Several figures of each: those of the year before stand below.
function SeveralFigures({ title, lines, year }: GroupProps): JSX.Element {
  const shapes = [...new Map(lines.map((l) => [l.shape.name, l.shape])).values()];
  const firsts = [...new Map(lines.map((l) => [l.key, l])).values()];
  const of = (key: string, shape: Shape) => lines.find((l) => l.key === key && l.shape.name === shape.name)!;
  return (
    <Table
      caption={title}
      rows={firsts}
      rowKey={(l) => l.key}
      columns={[
        { title: 'Lequel', cell: (l) => <Name line={l} /> },
        ...shapes.map(
          (shape): Column<Line> => ({
            title: shape.label,
            number: true,
            cell: ({ key }) => (
              <>
                {tellFigure(shape, of(key, shape).now)}
                {year > 0 && (
                  <small class="sub">
                    {year - 1} : {tellFigure(shape, of(key, shape).before)}
                  </small>
                )}
              </>
            ),
          }),
        ),
      ]}
    />
  );
}

// Months have their picture, and its table.
function Groups({ lines, year }: { lines: Line[]; year: number }): JSX.Element {
  const groups = [...new Set(lines.filter((l) => l.shape && !/^\d{4}-\d{2}$/.test(l.key)).map((l) => l.group))];
  return (
    <div class="figure-groups">
      {groups.map((group) => {
        const own = lines.filter((l) => l.group === group);
        const isSeveral = group !== '' && new Set(own.map((l) => l.shape.name)).size > 1;
        const title = group || 'Chiffres clés';
        const Own = isSeveral ? SeveralFigures : OneFigure;
        return (
          <Panel key={group} title={title}>
            <Own title={title} lines={own} year={year} />
          </Panel>
        );
      })}
    </div>
  );
}

// ---- pictures

function TerritoryChart({ now, before, asked }: { now: Consolidation; before?: Consolidation; asked: Asked }): JSX.Element | null {
  const list = now.byTerritory ?? [];
  if (list.length < 2) return null;
  const of = (c: Consolidation) => {
    const known = new Map((c.byTerritory ?? []).map((t) => [t.territory, hundredths(t.hours)]));
    return list.map((t) => known.get(t.territory) ?? 0);
  };
  const series = [{ label: asked.year ? `${asked.year}` : 'Toutes les années', kind: 'bar' as const, values: of(now), tone: 0 as const }];
  const then = before && { label: `${asked.year - 1}`, kind: 'bar' as const, values: of(before), tone: 3 as const };
  return (
    <Panel title="Heures par territoire, en image">
      <Chart
        title="Heures réalisées par territoire"
        placeTitle="Territoire"
        places={list.map((t) => ({
          key: t.territory ?? '',
          label: t.territory ? territoryName(t.territory) : 'Non renseigné',
          tick: t.territory || '–',
          href: t.territory ? behind('FACILITATOR', 'byTerritory', t.territory, asked) : undefined,
        }))}
        series={then ? [then, ...series] : series}
        told={hoursOf}
        axis={hoursRounded}
      />
    </Panel>
  );
}

function Pictures({ now, before, asked }: { now: Consolidation; before?: Consolidation; asked: Asked }): JSX.Element {
  const { session } = useDesk();
  const end = (year: number) => (year ? `${year}-12` : undefined);
  const series = monthSeries(now.byMonth ?? [], MONTHS, end(asked.year));
  const then = before && monthSeries(before.byMonth ?? [], MONTHS, end(asked.year - 1));
  return (
    <>
      {series.length > 0 && (
        <Panel title="Heures par mois, en image">
          <MonthChart
            series={series}
            before={then?.length === series.length ? then : undefined}
            hrefOf={(month) => behind(session.role, 'byMonth', month, asked) ?? ''}
          />
        </Panel>
      )}
      <TerritoryChart now={now} before={before} asked={asked} />
    </>
  );
}

// What became of those whose placement ended, at three moments.
function Moments({ shapes, now }: { shapes: Shape[]; now: Value }): JSX.Element | null {
  const list = shapes.find((s) => s.name === 'byMoment');
  const lines = (now.byMoment ?? []) as Value[];
  const outcomes = list?.fields.find((f) => f.name === 'byOutcome');
  const [kind] = outcomes?.fields ?? [];
  if (!list || !outcomes || !kind || lines.length === 0) return null;
  const at = list.fields[0]!;
  const counted = (line: Value, outcome: string) =>
    ((line.byOutcome ?? []) as Value[]).find((o) => o.outcome === outcome)?.placements as number | undefined;
  const seen = kind.options.filter(([value]) => lines.some((line) => counted(line, value)));
  const others = list.fields.filter((f) => isNumber(f));
  return (
    <Panel title={list.label}>
      <Table
        caption={list.label}
        rows={lines}
        rowKey={(line) => String(line[at.name])}
        columns={[
          { title: at.label, cell: (line) => told(at, line[at.name]) },
          ...seen.map(([value, label]): Column<Value> => ({ title: label, number: true, cell: (line) => count(counted(line, value)) })),
          ...others.map((f): Column<Value> => ({ title: f.label, number: true, cell: (line) => told(f, line[f.name]) })),
        ]}
      />
    </Panel>
  );
}

// ---- the page

function Choice({ asked, codes }: { asked: Asked; codes: string[] }): JSX.Element {
  const thisYear = new Date().getFullYear();
  const choose = (changed: Partial<Asked>) => {
    const { year, territory } = { ...asked, ...changed };
    changeQuery({ annee: `${year}`, territoire: territory });
  };
  return (
    <div class="filters">
      <label>
        Année
        <select class="form-select" value={asked.year} onChange={(e) => choose({ year: Number(e.currentTarget.value) })}>
          <option value={0}>Toutes</option>
          {Array.from({ length: YEARS_BACK }, (_, i) => thisYear - i).map((y) => (
            <option key={y} value={y}>
              {y}
            </option>
          ))}
        </select>
      </label>
      <label>
        Territoire
        <select class="form-select" value={asked.territory} onChange={(e) => choose({ territory: e.currentTarget.value })}>
          <option value="">Tous</option>
          {codes.map((c) => (
            <option key={c} value={c}>
              {territoryName(c)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function Files({ lines, asked, hasBefore }: { lines: Line[]; asked: Asked; hasBefore: boolean }): JSX.Element {
  const title = `Chiffres ${asked.year || 'de toutes les années'}${asked.territory ? ` ${asked.territory}` : ''}`;
  const heads = ['Ensemble ou répartition', 'Lequel', 'Chiffre', asked.year ? `${asked.year}` : 'Toutes les années'];
  const cellsOf = (l: Line) => [l.group || 'Ensemble', l.name, l.shape.label];
  const cell = (l: Line, value: unknown) => sheetCell({ path: 'v', shape: l.shape }, { v: value }) ?? 0;
  const csv = () =>
    takeCsv(title, [
      [...heads, ...(hasBefore ? [`${asked.year - 1}`] : [])],
      ...lines.map((l) => [...cellsOf(l), tellFigure(l.shape, l.now), ...(hasBefore ? [tellFigure(l.shape, l.before)] : [])]),
    ]);
  const book = () => {
    const columns = [...heads, ...(hasBefore ? [`${asked.year - 1}`] : [])].map((head, i) => ({
      title: head,
      kind: i < 3 ? ('text' as const) : ('number' as const),
    }));
    return takeSheet(
      title,
      columns,
      lines.map((l) => [...cellsOf(l), cell(l, l.now), ...(hasBefore ? [cell(l, l.before)] : [])]),
    );
  };
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

function useFigures({ year, territory }: Asked) {
  const { api } = useDesk();
  const ask = async (of: number, signal: AbortSignal) => {
    const request = { ...(of && { year: of }), ...(territory && { territory }) };
    return (await api.query('reporting/Consolidation', request, signal)).reply;
  };
  return useLoaded(`figures ${year} ${territory}`, async (signal) => {
    const [shapes, now, before] = await Promise.all([
      shapesFor(api, 'reporting/Consolidation'),
      ask(year, signal),
      year ? ask(year - 1, signal) : undefined,
    ]);
    return { shapes: shapes.reply, now, before };
  });
}

export function Figures(): JSX.Element {
  return useDesk().session.role === 'BUYER' ? <BuyerFigures /> : <RegionFigures />;
}

function RegionFigures(): JSX.Element {
  const { session } = useDesk();
  const { query } = useAddress();
  const year = query.annee === undefined ? new Date().getFullYear() : Number(query.annee) || 0;
  const asked: Asked = { year, territory: query.territoire ?? '' };
  const own = (session.territories ?? []).filter((code) => code !== '*');
  const state = useFigures(asked);
  const { data } = state;
  const lines = data
    ? linesOf(data.shapes, data.now as Value, data.before as Value | undefined, (name, key) => behind(session.role, name, key, asked))
    : [];
  return (
    <>
      <PageHead title="Chiffres" lead={`${year || 'Toutes les années'}, ${asked.territory ? territoryName(asked.territory) : 'toute la région'}`}>
        <Choice asked={asked} codes={own.length ? own : allTerritories()} />
      </PageHead>
      {state.error && !data && <ErrorBox error={state.error} />}
      <Wait state={{ ...state, error: null }} has={data !== null}>
        {data && (
          <>
            <Files lines={lines} asked={asked} hasBefore={year > 0} />
            <Pictures now={data.now} before={data.before} asked={asked} />
            <p class="quiet">Un chiffre souligné ouvre les lignes qu’il compte, parmi celles que votre compte peut voir.</p>
            <Groups lines={lines} year={year} />
            <Moments shapes={data.shapes} now={data.now as Value} />
          </>
        )}
      </Wait>
    </>
  );
}
