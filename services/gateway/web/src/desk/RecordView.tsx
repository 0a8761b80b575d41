// Any reply as a record: facts, then a section for each message and each list inside it. Labels and words are those of
// the description.
import type { ComponentChildren, JSX } from 'preact';
import { Facts } from '../components/Facts.tsx';
import type { Fact } from '../components/Facts.tsx';
import { Panel } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import type { Column } from '../components/Table.tsx';
import type { Shape } from '../form/shape.ts';
import { RowActs } from './Acts.tsx';
import { IdLink, thingOf } from './IdLink.tsx';
import type { Thing } from './places.ts';
import { at, columnsOf, isNumber, isRead, isTold, told } from './told.ts';
import type { Told } from './told.ts';

type Value = Record<string, unknown>;

export interface RecordProps {
  shapes: Shape[];
  value: Value;
  rows?: Thing['rows'];
  path: string[]; // of the page, for what its lines do
  hidden?: string[]; // ids that the page itself is of
  columns?: string[]; // of its list
  title?: string; // of the panel with the facts
}

const COLUMNS = 7;
const LONG = 160; // characters: a text of its own and not a fact

// « employerName » beside « employer »: the name is shown, and leads where the id does.
const nameBeside = (name: string, value: Value): string | undefined => {
  const base = name.replace(/(Id|Organisation)$/, '');
  const beside = value[`${base}Name`];
  return typeof beside === 'string' && beside ? beside : undefined;
};
const isName = (shape: Shape, value: Value): boolean => {
  const base = /^(.*)Name$/.exec(shape.name)?.[1];
  return (
    base !== undefined &&
    ['', 'Id', 'Organisation'].some((end) => thingOf(base + end) !== undefined && isTold(value[base + end]))
  );
};

export function Cell({ shape, value, beside }: { shape: Shape; value: unknown; beside: Value }): JSX.Element {
  if (shape.kind === 'id' && !shape.isList && isTold(value))
    return <IdLink shape={shape} id={String(value)} name={nameBeside(shape.name, beside)} />;
  return <span class={shape.kind === 'long' ? 'long-text' : undefined}>{told(shape, value)}</span>;
}

const isFact = (s: Shape): boolean => s.kind !== 'group' && !(s.isList && s.kind === 'id');
const isLong = (s: Shape, v: unknown): boolean =>
  typeof v === 'string' && ['text', 'long'].includes(s.kind) && (v.length > LONG || v.includes('\n'));

function factsOf({ shapes, value, hidden = [] }: RecordProps): Fact[] {
  return shapes
    .filter((s) => isFact(s) && isRead(s) && !hidden.includes(s.name) && isTold(value[s.name]) && !isName(s, value))
    .filter((s) => !isLong(s, value[s.name]) && (s.kind !== 'id' || thingOf(s.name)))
    .map((s): Fact => [s.label, <Cell shape={s} value={value[s.name]} beside={value} />]);
}

function Texts({ shapes, value }: { shapes: Shape[]; value: Value }): JSX.Element {
  return (
    <>
      {shapes
        .filter((s) => isRead(s) && !s.isList && isLong(s, value[s.name]))
        .map((s) => (
          <div key={s.name}>
            <h3 class="text-title">{s.label}</h3>
            <p class="long-text">{told(s, value[s.name])}</p>
          </div>
        ))}
    </>
  );
}

interface LinesProps {
  caption: string;
  fields: Shape[];
  lines: Value[];
  rows?: Thing['rows'];
  path: string[];
  hidden: string[];
  columns?: string[]; // those shown; else all that tell something
}

function columnOf({ path, shape }: Told): Column<Value> {
  const parent = path.split('.').slice(0, -1).join('.');
  return {
    title: shape.label,
    number: isNumber(shape),
    cell: (line) => <Cell shape={shape} value={at(line, path)} beside={at(line, parent) as Value} />,
  };
}

// The columns that tell something.
export function tellingColumns(fields: Shape[], lines: Value[], hidden: string[]): Told[] {
  const seen = new Set<string>();
  return columnsOf(fields).filter(({ path, shape }) => {
    if (shape.kind === 'id' && seen.has(shape.name)) return false; // said already
    if (shape.kind === 'id') seen.add(shape.name);
    if (hidden.includes(shape.name) || (shape.kind === 'id' && (shape.isList || !thingOf(shape.name)))) return false;
    const parent = path.split('.').slice(0, -1).join('.');
    return lines.some((line) => isTold(at(line, path)) && !isName(shape, (at(line, parent) ?? {}) as Value));
  });
}

function rowColumn({ rows = {}, path }: LinesProps): Column<Value> | null {
  const names = Object.keys(rows);
  if (names.length === 0) return null;
  const actsOf = (line: Value) => names.filter((name) => typeof line[name] === 'string');
  return {
    title: 'Agir',
    hideTitle: true,
    cell: (line) =>
      actsOf(line).map((name) => {
        const query = { [name]: String(line[name]) };
        return (
          <RowActs
            key={name}
            acts={rows[name]!}
            path={path}
            query={query}
            of={String(line['number'] ?? line['title'] ?? '')}
          />
        );
      }),
  };
}

function Lines(props: LinesProps): JSX.Element {
  const { caption, fields, lines, hidden } = props;
  const telling = tellingColumns(fields, lines, hidden);
  const columns = props.columns ? props.columns.flatMap((path) => telling.filter((c) => c.path === path)) : telling;
  const acts = rowColumn(props);
  const rest = columns.slice(COLUMNS).filter((c) => c.shape.kind !== 'group');
  const shown = columns.slice(0, COLUMNS).map(columnOf);
  const opened = props.columns && fields.find((s) => s.kind === 'id' && thingOf(s.name) && !hidden.includes(s.name));
  if (opened)
    shown.unshift({
      title: opened.label,
      cell: (line) => <Cell shape={opened} value={line[opened.name]} beside={{}} />,
    });
  if (rest.length > 0)
    shown.push({
      title: 'Détail',
      cell: (line) =>
        rest
          .filter((c) => isTold(at(line, c.path)))
          .map((c) => `${c.shape.label} : ${told(c.shape, at(line, c.path))}`)
          .join(' · '),
    });
  const has =
    acts && lines.some((line) => Object.keys(props.rows ?? {}).some((name) => typeof line[name] === 'string'));
  const all: Column<Value>[] = has ? [...shown, acts] : shown;
  return <Table caption={caption} rows={lines} rowKey={(line) => JSON.stringify(line)} columns={all} />;
}

function Section({
  shape,
  value,
  rows,
  path,
  hidden = [],
  columns,
}: { shape: Shape; value: unknown } & Omit<RecordProps, 'shapes' | 'value'>): ComponentChildren {
  if (!shape.isList)
    return (
      <RecordView
        shapes={shape.fields}
        value={value as Value}
        rows={rows}
        path={path}
        hidden={hidden}
        title={shape.label}
      />
    );
  const lines = value as Value[];
  return (
    <Panel title={shape.label}>
      <Lines
        caption={shape.label}
        fields={shape.fields}
        lines={lines}
        rows={rows}
        path={path}
        hidden={hidden}
        columns={columns}
      />
    </Panel>
  );
}

export function RecordView(props: RecordProps): JSX.Element {
  const { shapes, value, rows, path, hidden, columns, title = 'Fiche' } = props;
  const facts = factsOf(props);
  const sections = shapes.filter(
    (s) =>
      s.kind === 'group' &&
      isRead(s) &&
      !hidden?.includes(s.name) &&
      isTold(value[s.name]) &&
      Object.keys(value[s.name] as object).length > 0,
  );
  const texts = shapes.some((s) => isLong(s, value[s.name]));
  return (
    <>
      {(facts.length > 0 || texts) && (
        <Panel title={title}>
          {facts.length > 0 && <Facts facts={facts} />}
          <Texts shapes={shapes} value={value} />
        </Panel>
      )}
      {sections.map((s) => (
        <Section
          key={s.name}
          shape={s}
          value={value[s.name]}
          rows={rows}
          path={path}
          hidden={hidden}
          columns={columns}
        />
      ))}
    </>
  );
}
