// Any list of things: filters and order kept in the address, read page by page, taken as a file; each line leads to its
// thing, or straight to the form that was sought.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { List as ListSource } from '../api.ts';
import { More } from '../components/More.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ErrorBox, Panel, Wait } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import type { Column } from '../components/Table.tsx';
import { handOver } from '../files.ts';
import { monthOf, plural } from '../format.ts';
import type { Shape } from '../form/shape.ts';
import { readForm } from '../form/typed.ts';
import type { TypedGroup } from '../form/typed.ts';
import { changeQuery, hrefOf, useDesk, useLoaded, usePages } from '../hooks.ts';
import { Acts } from './Acts.tsx';
import { Filters } from './ListFilters.tsx';
import { actTitle } from './methods.ts';
import { LISTS, THINGS } from './places.ts';
import type { ListOf } from './places.ts';
import { Cell, tellingColumns } from './RecordView.tsx';
import { shapesFor } from './read.ts';
import type { Asked, Value } from './read.ts';
import { at, columnsOf, isNumber, isTold, told } from './told.ts';
import type { Told } from './told.ts';

const STEP = 50;
const SHOWN = 7; // columns
const OWN = ['tri', 'pour']; // of the address, and no filter

export const isFilter = (s: Shape): boolean =>
  s.name !== 'page' &&
  ['territory', 'choice', 'boolean', 'month', 'integer', 'siret', 'text'].includes(s.kind) &&
  !s.isList;

// A filter without which the daemon answers nothing has a value from the start.
function firstValues({ needs = {} }: ListOf): Record<string, string> {
  const values = { year: `${new Date().getFullYear()}`, month: monthOf(new Date()), siret: '' };
  return Object.fromEntries(Object.entries(needs).map(([name, kind]) => [name, values[kind]]));
}

function typedIn(shapes: Shape[], query: Record<string, string>): TypedGroup {
  return Object.fromEntries(
    shapes
      .filter((s) => query[s.name] !== undefined)
      .map((s) => [s.name, s.kind === 'boolean' ? query[s.name] === 'oui' : query[s.name]!]),
  );
}

function requestOf(shapes: Shape[], query: Record<string, string>): Value {
  const { request } = readForm(
    shapes.map((s) => ({ ...s, required: false })),
    typedIn(shapes, query),
  );
  return Object.fromEntries(Object.entries(request).filter(([, v]) => v !== false));
}

// The columns that the table names, and of those the ones that tell something in any line.
function shownColumns({ columns }: ListOf, fields: Shape[], lines: Value[]): Told[] {
  if (!columns) return tellingColumns(fields, lines, []).slice(0, SHOWN);
  const all = columnsOf(fields);
  return columns.flatMap((path) => all.filter((c) => c.path === path));
}

// Numbers by their size, days by their order, all else by its words.
function inOrder(lines: Value[], columns: Told[], order: string): Value[] {
  const column = columns.find((c) => c.path === order.replace(/^-/, ''));
  if (!column) return lines;
  const sign = order.startsWith('-') ? -1 : 1;
  const isCount = isNumber(column.shape);
  const isText = !isCount && !['day', 'instant', 'month'].includes(column.shape.kind);
  const valueOf = (line: Value) => {
    const value = at(line, column.path);
    return isCount
      ? Number(value ?? 0)
      : isText
        ? isTold(value)
          ? told(column.shape, value)
          : ''
        : String(value ?? '');
  };
  return [...lines].sort((a, b) => {
    const [x, y] = [valueOf(a), valueOf(b)];
    return sign * (typeof x === 'number' ? x - (y as number) : x.localeCompare(y as string, 'fr'));
  });
}

// What a spreadsheet would take for a formula is text.
const cellOf = (text: string): string => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

function takeCsv(title: string, columns: Told[], lines: Value[]): void {
  const rows = lines.map((line) =>
    columns.map((c) => (isTold(at(line, c.path)) ? told(c.shape, at(line, c.path)) : '')),
  );
  const text = [columns.map((c) => c.shape.label), ...rows].map((row) => row.map(cellOf).join(';')).join('\r\n');
  handOver(new Blob([`\ufeff${text}\r\n`], { type: 'text/csv' }), `${title}.csv`);
}

function hrefOfLine(list: ListOf, line: Value, query: Record<string, string>): string | undefined {
  const { id, inside, read } = THINGS[list.opens]!;
  const ids = id.map(
    (name) => at(line, inside && isTold(at(line, inside)) ? `${inside}.${name}` : name) ?? at(line, `contract.${name}`),
  );
  if (!ids.every(isTold)) return undefined;
  const path = [list.opens, ids.join('~')];
  const filters = read ? {} : Object.fromEntries(Object.entries(query).filter(([name]) => !OWN.includes(name)));
  return query.pour ? hrefOf([...path, 'agir', query.pour], filters) : hrefOf(path, filters);
}

function tableColumns(list: ListOf, shown: Told[], query: Record<string, string>): Column<Value>[] {
  return shown.map(({ path, shape }, i): Column<Value> => {
    const parent = path.split('.').slice(0, -1).join('.');
    return {
      title: shape.label,
      number: isNumber(shape),
      cell: (line) => {
        const href = i === 0 ? hrefOfLine(list, line, query) : undefined;
        const value = at(line, path);
        if (href) return <a href={href}>{isTold(value) ? told(shape, value) : `Ouvrir ${THINGS[list.opens]!.one}`}</a>;
        return <Cell shape={shape} value={value} beside={(at(line, parent) ?? {}) as Value} />;
      },
    };
  });
}

interface LinesProps {
  list: ListOf;
  asked: Asked;
  query: Record<string, string>;
}

function Order({ columns, order }: { columns: Told[]; order: string }): JSX.Element {
  return (
    <label>
      Ordre
      <select
        class="form-select"
        value={order}
        onChange={(e) => changeQuery({ ...queryNow(), tri: e.currentTarget.value })}
      >
        <option value="">Celui du réseau</option>
        {columns.flatMap(({ path, shape }) => [
          <option key={path} value={path}>
            {shape.label}
          </option>,
          <option key={`-${path}`} value={`-${path}`}>
            {shape.label}, à l’envers
          </option>,
        ])}
      </select>
    </label>
  );
}

const queryNow = (): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(location.hash.split('?')[1] ?? ''));

// A list that needs a filter which nobody can guess.
function Unasked({
  list,
  filters,
  query,
  missing,
}: {
  list: ListOf;
  filters: Shape[];
  query: Record<string, string>;
  missing: Shape[];
}): JSX.Element {
  return (
    <Panel title={list.title}>
      <div class="filters list-tools">
        <Filters shapes={filters} typed={typedIn(filters, query)} />
      </div>
      <p class="quiet">Indiquez d’abord : {missing.map((s) => s.label).join(', ')}.</p>
    </Panel>
  );
}

function List({ list, asked, query }: LinesProps): JSX.Element {
  const filters = asked.request.filter(isFilter);
  const all = { ...firstValues(list), ...query };
  const missing = filters.filter((s) => list.needs?.[s.name] && !all[s.name]);
  if (missing.length > 0) return <Unasked list={list} filters={filters} query={all} missing={missing} />;
  return <Lines list={list} asked={asked} query={query} />;
}

function Lines({ list, asked, query }: LinesProps): JSX.Element {
  const filters = asked.request.filter(isFilter);
  const fields = asked.reply.find((s) => s.name === list.items)?.fields ?? [];
  const source: ListSource<Value> = {
    method: list.method,
    request: requestOf(filters, { ...firstValues(list), ...query }),
    pick: (reply) => (reply as Value)[list.items] as Value[] | undefined,
  };
  const pages = usePages(source, STEP);
  const columns = useMemo(() => shownColumns(list, fields, pages.items), [list, fields, pages.items]);
  const lines = inOrder(pages.items, columns, query.tri ?? '');
  const isNarrowed = Object.keys(query).some((name) => !OWN.includes(name));
  return (
    <Panel
      title={list.title}
      aside={
        lines.length > 0 && (
          <button
            type="button"
            class="btn btn-sm btn-outline-primary"
            onClick={() => takeCsv(list.title, columns, lines)}
          >
            Emporter en CSV
          </button>
        )
      }
    >
      <div class="filters list-tools">
        <Filters shapes={filters} typed={typedIn(filters, { ...firstValues(list), ...query })} />
        {lines.length > 1 && <Order columns={columns} order={query.tri ?? ''} />}
      </div>
      <Wait
        state={pages}
        has={lines.length > 0}
        empty={isNarrowed ? 'Rien ne répond à ces filtres : élargissez-les.' : list.empty}
      >
        <Table
          caption={list.title}
          rows={lines}
          rowKey={(line) => JSON.stringify(line)}
          columns={tableColumns(list, columns, { ...firstValues(list), ...query })}
        />
        <p class="pager" role="status">
          {plural(lines.length, 'ligne affichée', 'lignes affichées')}
          {pages.more ? '' : ', c’est toute la liste'}
        </p>
        <More pages={pages} />
      </Wait>
    </Panel>
  );
}

export function ListPage({ name, query }: { name: string; query: Record<string, string> }): JSX.Element {
  const { api } = useDesk();
  const list = LISTS[name]!;
  const thing = THINGS[list.opens]!;
  const asked = useLoaded(`shapes ${list.method}`, () => shapesFor(api, list.method));
  const begins = list.opens === name ? thing.begins : undefined;
  return (
    <>
      <PageHead
        title={list.title}
        lead={query.pour ? `${actTitle(query.pour)} : choisissez ${thing.one}.` : list.lead}
      />
      {begins && <Acts acts={begins} path={[name]} />}
      {asked.error && <ErrorBox error={asked.error} />}
      {asked.data && <List key={name} list={list} asked={asked.data} query={query} />}
    </>
  );
}
