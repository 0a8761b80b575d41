// A list as it is shown: what its address asks, which columns, in which order, which lines make a page, which of them are
// the same when the list is read again.
import { monthOf } from '../format.ts';
import type { Shape } from '../form/shape.ts';
import { readForm } from '../form/typed.ts';
import type { TypedGroup } from '../form/typed.ts';
import { hrefOf } from '../hooks.ts';
import { THINGS } from './places.ts';
import type { ListOf } from './places.ts';
import { tellingColumns } from './RecordView.tsx';
import type { Value } from './read.ts';
import { at, columnsOf, isNumber, isTold, told } from './told.ts';
import type { Told } from './told.ts';

export type Query = Record<string, string>;

const SHOWN = 7; // columns
const OWN = ['tri', 'pour', 'liste', 'page']; // of the address, and no filter

export const isFilter = (s: Shape): boolean =>
  s.name !== 'page' &&
  ['territory', 'choice', 'boolean', 'month', 'integer', 'siret', 'text'].includes(s.kind) &&
  !s.isList;

export const filtersOf = (query: Query): Query =>
  Object.fromEntries(Object.entries(query).filter(([name]) => !OWN.includes(name) && !name.startsWith(ONLY)));

// ---- only lines of which a column says so: « seul.modality=DIRECT_HIRE », by which a figure leads to the rows behind it

const ONLY = 'seul.';

export const onlyIn = (query: Query): [path: string, value: string][] =>
  Object.entries(query)
    .filter(([name]) => name.startsWith(ONLY))
    .map(([name, value]) => [name.slice(ONLY.length), value]);

export const onlyOf = (wanted: Record<string, string | undefined>): Query =>
  Object.fromEntries(
    Object.entries(wanted)
      .filter((pair): pair is [string, string] => !!pair[1])
      .map(([path, value]) => [ONLY + path, value]),
  );

// A day by its year or month, of several values any, all else as it is.
function says(value: unknown, wanted: string): boolean {
  if (Array.isArray(value)) return value.some((v) => says(v, wanted));
  const text = String(value ?? '');
  return text === wanted || (/^\d{4}-\d{2}/.test(text) && text.startsWith(`${wanted}-`));
}

export const narrowed = (lines: Value[], only: [string, string][]): Value[] =>
  only.length ? lines.filter((line) => only.every(([path, wanted]) => says(at(line, path), wanted))) : lines;

// A filter without which the daemon answers nothing has a value from the start.
export function firstValues({ needs = {} }: ListOf): Query {
  const values = { year: `${new Date().getFullYear()}`, month: monthOf(new Date()), siret: '' };
  return Object.fromEntries(Object.entries(needs).map(([name, kind]) => [name, values[kind]]));
}

export function typedIn(shapes: Shape[], query: Query): TypedGroup {
  return Object.fromEntries(
    shapes
      .filter((s) => query[s.name] !== undefined)
      .map((s) => [s.name, s.kind === 'boolean' ? query[s.name] === 'oui' : query[s.name]!]),
  );
}

export function requestOf(shapes: Shape[], query: Query): Value {
  const { request } = readForm(
    shapes.map((s) => ({ ...s, required: false })),
    typedIn(shapes, query),
  );
  return Object.fromEntries(Object.entries(request).filter(([, v]) => v !== false));
}

// ---- columns

// Those that a person may choose: what the table names, and what tells something in any line.
export function offeredColumns({ columns = [] }: ListOf, fields: Shape[], lines: Value[]): Told[] {
  const telling = tellingColumns(fields, lines, []);
  const named = columnsOf(fields).filter((c) => columns.includes(c.path) && !telling.some((t) => t.path === c.path));
  const all = [...named, ...telling];
  const isNamed = ({ path }: Told) => all.some((c) => c.path === `${path.replace(/(Id|Organisation)$/, '')}Name`);
  return all.filter((c) => c.shape.kind !== 'id' || !isNamed(c));
}

export function shownColumns({ columns }: ListOf, offered: Told[], chosen?: string[]): Told[] {
  const paths = chosen ?? columns ?? offered.slice(0, SHOWN).map((c) => c.path);
  const shown = paths.flatMap((path) => offered.filter((c) => c.path === path));
  return shown.length ? shown : offered.slice(0, SHOWN);
}

// ---- order

const collator = new Intl.Collator('fr', { numeric: true });

const isOrderedText = ({ kind }: Shape): boolean => ['day', 'instant', 'month'].includes(kind);

function sortValue({ path, shape }: Told, line: Value): number | string {
  const value = at(line, path);
  if (isNumber(shape)) return Number(value ?? 0);
  if (isOrderedText(shape)) return String(value ?? '');
  return isTold(value) ? told(shape, value) : '';
}

// Numbers by their size, days by their order, all else by its words.
export function inOrder(lines: Value[], columns: Told[], order: string): Value[] {
  const column = columns.find((c) => c.path === order.replace(/^-/, ''));
  if (!column) return lines;
  const sign = order.startsWith('-') ? -1 : 1;
  const compare = isOrderedText(column.shape)
    ? (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0)
    : (x: string, y: string) => collator.compare(x, y);
  return lines
    .map((line) => ({ line, value: sortValue(column, line) }))
    .sort(
      ({ value: x }, { value: y }) => sign * (typeof x === 'number' ? x - (y as number) : compare(x, y as string)),
    )
    .map(({ line }) => line);
}

// ---- pages

export const STEP = 50;
export const LINES_MAX = 10000; // read at most

// The page that the address asks, or the last that there is.
export function pageOf(asked: string | undefined, had: number, more: boolean): number {
  const page = Math.min(Math.max(1, Math.floor(Number(asked) || 1)), LINES_MAX / STEP);
  return more ? page : Math.min(page, Math.max(1, Math.ceil(had / STEP)));
}

// ---- lines

// The ids of the thing that a line leads to; none where it tells them not.
export function idsOf(list: ListOf, line: Value): string[] | undefined {
  const { id, inside } = THINGS[list.opens]!;
  const ids = id.map(
    (name) => at(line, inside && isTold(at(line, inside)) ? `${inside}.${name}` : name) ?? at(line, `contract.${name}`),
  );
  return ids.every(isTold) ? ids.map(String) : undefined;
}

// By what a line is known when the list is read again: the ids of its thing, and which of that thing's lines it is.
export function keysOf(list: ListOf, lines: Value[]): Map<Value, string> {
  const seen = new Map<string, number>();
  return new Map(
    lines.map((line, i): [Value, string] => {
      const id = idsOf(list, line)?.join('~') ?? `${i}`;
      const before = seen.get(id) ?? 0;
      seen.set(id, before + 1);
      return [line, before ? `${id} ${before}` : id];
    }),
  );
}

export function hrefOfLine(list: ListOf, line: Value, query: Query): string | undefined {
  const ids = idsOf(list, line);
  if (!ids) return undefined;
  const path = [list.opens, ids.join('~')];
  const filters = THINGS[list.opens]!.read ? {} : filtersOf(query);
  return query.pour ? hrefOf([...path, 'agir', query.pour], filters) : hrefOf(path, filters);
}

// What a line is called: its first column.
export function nameOfLine(columns: Told[], line: Value): string {
  const [first] = columns;
  const value = first && at(line, first.path);
  return first && isTold(value) ? told(first.shape, value) : '';
}
