// Any list of things: filters, order and page kept in the address, columns and views as somebody likes them, taken as a
// file, acts on several lines at once; each line leads to its thing, or straight to the form that was sought.
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { List as ListSource } from '../api.ts';
import { PageHead } from '../components/PageHead.tsx';
import { Pager } from '../components/Pager.tsx';
import { ErrorBox, Panel, Wait } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import type { Choice, Column } from '../components/Table.tsx';
import type { Shape } from '../form/shape.ts';
import { count } from '../format.ts';
import { addressOf, changeQuery, useDesk, useLoaded, usePages } from '../hooks.ts';
import type { Pages } from '../hooks.ts';
import { Acts } from './Acts.tsx';
import { Filters } from './ListFilters.tsx';
import { ListTools, useKept } from './ListTools.tsx';
import {
  LINES_MAX,
  STEP,
  filtersOf,
  firstValues,
  hrefOfLine,
  inOrder,
  isFilter,
  keysOf,
  nameOfLine,
  narrowed,
  offeredColumns,
  onlyIn,
  pageOf,
  requestOf,
  shownColumns,
  typedIn,
} from './lines.ts';
import type { Query } from './lines.ts';
import { actTitle } from './methods.ts';
import { LISTS, THINGS } from './places.ts';
import type { ListOf } from './places.ts';
import { Cell } from './RecordView.tsx';
import { shapesFor } from './read.ts';
import type { Asked, Value } from './read.ts';
import { Together, useTogether } from './Together.tsx';
import type { Outcome } from './together.ts';
import { at, columnsOf, isNumber, isTold, told } from './told.ts';
import type { Told } from './told.ts';

const change = (changed: Record<string, string>) => changeQuery({ ...addressOf(location.hash).query, page: '', ...changed });

// First upwards, then downwards, then as the network has it.
const nextOrder = (path: string, order: string): string => (order === path ? `-${path}` : order === `-${path}` ? '' : path);

function tableColumns(list: ListOf, shown: Told[], query: Query): Column<Value>[] {
  const order = query.tri ?? '';
  return shown.map(({ path, shape }, i): Column<Value> => {
    const parent = path.split('.').slice(0, -1).join('.');
    return {
      title: shape.label,
      number: isNumber(shape),
      sorted: order === path ? 'ascending' : order === `-${path}` ? 'descending' : undefined,
      onSort: () => change({ tri: nextOrder(path, order) }),
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
  name: string;
  list: ListOf;
  asked: Asked;
  query: Query;
}

// On a phone a table has no titles to press.
function Order({ columns, order }: { columns: Told[]; order: string }): JSX.Element {
  return (
    <label class="order">
      Ordre
      <select class="form-select" value={order} onChange={(e) => change({ tri: e.currentTarget.value })}>
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

// A list that needs a filter which nobody can guess.
function Unasked({
  list,
  filters,
  query,
  missing,
}: {
  list: ListOf;
  filters: Shape[];
  query: Query;
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

function List(props: LinesProps): JSX.Element {
  const { list, asked, query } = props;
  const filters = asked.request.filter(isFilter);
  const all = { ...firstValues(list), ...query };
  const missing = filters.filter((s) => list.needs?.[s.name] && !all[s.name]);
  if (missing.length > 0) return <Unasked list={list} filters={filters} query={all} missing={missing} />;
  return <Lines {...props} />;
}

// The network tells lists in an order of its own, so any other is of what was read.
function PartlyOrdered({ pages }: { pages: Pages<Value> }): JSX.Element {
  return (
    <p class="alert alert-info partly" role="status">
      {pages.items.length < LINES_MAX
        ? 'L’ordre porte sur les lignes lues jusqu’ici, et non sur toute la liste : lisez-la toute (sous le tableau), ou filtrez.'
        : 'L’ordre porte sur les 10 000 premières lignes : filtrez pour qu’il porte sur toutes.'}
    </p>
  );
}

// What was chosen, and why some of it failed; lines are known by their ids when the list is read again.
function useChoice(list: ListOf, lines: Value[], shown: Told[], keys: Map<Value, string>) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map());
  const nameOf = (line: Value) => nameOfLine(shown, line) || THINGS[list.opens]!.one;
  const choice: Choice<Value> = {
    chosen,
    problems,
    nameOf,
    choose: (some, on) => setChosen((old) => new Set(on ? [...old, ...some] : [...old].filter((key) => !some.includes(key)))),
  };
  const over = (outcomes: Outcome<Value>[]) => {
    const failed = outcomes.filter((o) => o.error);
    const done = outcomes.filter((o) => !o.error).map((o) => keys.get(o.line)!);
    setChosen((old) => new Set([...old].filter((key) => !done.includes(key))));
    setProblems(new Map(failed.map((o): [string, string] => [keys.get(o.line)!, o.error!.message])));
  };
  const leave = () => {
    setChosen(new Set());
    setProblems(new Map());
  };
  return { choice, over, leave, chosenLines: lines.filter((line) => chosen.has(keys.get(line)!)) };
}

// Lines of which a column says so: told, and taken back one by one.
function Only({ fields, only, pages }: { fields: Shape[]; only: [string, string][]; pages: Pages<Value> }): JSX.Element {
  const all = columnsOf(fields);
  const wordsOf = (path: string, value: string) => {
    const shape = all.find((c) => c.path === path)?.shape;
    const isWhole = shape && ['choice', 'territory', 'siret'].includes(shape.kind);
    return `${shape?.label ?? path} : ${isWhole ? told({ ...shape, isList: false }, value) : value}`;
  };
  return (
    <div class="only">
      <p role="status">
        {pages.loading ? `Recherche parmi ${count(pages.items.length)} lignes…` : 'Seulement les lignes dont :'}
      </p>
      <ul>
        {only.map(([path, value]) => (
          <li key={path}>
            {wordsOf(path, value)}{' '}
            <button type="button" class="link" onClick={() => change({ [`seul.${path}`]: '' })}>
              Retirer<span class="visually-hidden"> : {wordsOf(path, value)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface ShownProps extends LinesProps {
  pages: Pages<Value>;
  lines: Value[]; // in their order
  shown: Told[];
}

function ShownLines({ list, query, pages, lines, shown }: ShownProps): JSX.Element {
  const isWhole = onlyIn(query).length > 0; // what is shown is of all that was read
  const page = pageOf(query.page, lines.length, pages.more && !isWhole);
  const keys = useMemo(() => keysOf(list, pages.items), [list, pages.items]);
  const acts = useTogether(list);
  const { choice, over, leave, chosenLines } = useChoice(list, lines, shown, keys);
  const wanted = page * STEP;
  const lacks = !isWhole && pages.items.length < wanted && pages.more && !pages.loading && !pages.error;
  useEffect(() => {
    if (lacks) pages.readTo(wanted);
  }, [lacks, wanted]);
  const turn = (to: number) => {
    change({ page: to > 1 ? `${to}` : '' });
    document.getElementById('lignes')?.scrollIntoView();
  };
  return (
    <div id="lignes">
      {query.tri && pages.more && <PartlyOrdered pages={pages} />}
      {acts.length > 0 && (
        <Together
          acts={acts}
          list={list}
          lines={chosenLines}
          known={filtersOf(query)}
          nameOf={choice.nameOf}
          onLeave={leave}
          onOver={(outcomes) => {
            over(outcomes);
            pages.reload();
          }}
        />
      )}
      <Table
        caption={list.title}
        rows={lines.slice(wanted - STEP, wanted)}
        rowKey={(line) => keys.get(line)!}
        columns={tableColumns(list, shown, { ...firstValues(list), ...query })}
        choice={acts.length > 0 && !query.pour ? choice : undefined}
      />
      <Pager
        page={page}
        step={STEP}
        had={lines.length}
        pages={isWhole ? { ...pages, more: false } : pages}
        most={LINES_MAX}
        onPage={turn}
      />
    </div>
  );
}

function Lines(props: LinesProps): JSX.Element {
  const { name, list, asked, query } = props;
  const filters = asked.request.filter(isFilter);
  const fields = asked.reply.find((s) => s.name === list.items)?.fields ?? [];
  const source: ListSource<Value> = {
    method: list.method,
    request: requestOf(filters, { ...firstValues(list), ...query }),
    pick: (reply) => (reply as Value)[list.items] as Value[] | undefined,
  };
  const pages = usePages(source, STEP);
  const [kept, keep] = useKept(name);
  const offered = useMemo(() => offeredColumns(list, fields, pages.items), [list, fields, pages.items]);
  const shown = shownColumns(list, offered, kept.columns);
  const order = query.tri ?? '';
  const only = onlyIn(query);
  const lines = useMemo(
    () => inOrder(narrowed(pages.items, only), offered, order),
    [pages.items, offered, order, JSON.stringify(only)],
  );
  const isNarrowed = Object.keys(filtersOf(query)).length > 0 || only.length > 0;
  const lacks = only.length > 0 && pages.more && !pages.loading && !pages.error && pages.items.length < LINES_MAX;
  useEffect(() => {
    if (lacks) pages.readTo(LINES_MAX);
  }, [lacks]);
  return (
    <Panel title={list.title}>
      <div class="filters list-tools">
        <Filters shapes={filters} typed={typedIn(filters, { ...firstValues(list), ...query })} />
        {lines.length > 1 && <Order columns={offered} order={order} />}
      </div>
      <ListTools
        title={list.title}
        offered={offered}
        shown={shown}
        lines={lines}
        kept={kept}
        onKeep={keep}
        query={query}
        filters={filters}
      />
      {only.length > 0 && <Only fields={fields} only={only} pages={pages} />}
      <Wait
        state={pages}
        has={lines.length > 0}
        empty={isNarrowed ? 'Rien ne répond à ces filtres : élargissez-les.' : list.empty}
      >
        <ShownLines {...props} pages={pages} lines={lines} shown={shown} />
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
      {asked.data && <List key={name} name={name} list={list} asked={asked.data} query={query} />}
    </>
  );
}
