// A table that becomes a list of cards on a phone. The roles are written out because the phone's layout
// (display: block) would otherwise take them away from screen readers.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export type Direction = 'ascending' | 'descending';

export interface Column<T> {
  title: string;
  cell: (row: T) => ComponentChildren;
  number?: boolean; // aligned on the right
  hideTitle?: boolean; // for a column of buttons: said to screen readers only
  sorted?: Direction;
  onSort?: () => void; // its title is a button that puts the rows in its order
}

// Rows that are chosen, for what is done to several at once; of each that failed, why.
export interface Choice<T> {
  chosen: ReadonlySet<string>;
  choose: (keys: string[], on: boolean) => void;
  nameOf: (row: T) => string;
  problems: ReadonlyMap<string, string>;
}

export interface TableProps<T> {
  caption: string; // said to screen readers; the panel's heading shows it
  rows: T[];
  rowKey: (row: T) => string;
  columns: Column<T>[];
  compact?: boolean; // few short columns: stays a table on a phone
  choice?: Choice<T>;
}

const ARROWS = { ascending: ' ▲', descending: ' ▼' };

function Title<T>({ column: { title, hideTitle, sorted, onSort } }: { column: Column<T> }): JSX.Element {
  if (!onSort) return <span class={hideTitle ? 'visually-hidden' : undefined}>{title}</span>;
  return (
    <button type="button" class="sorter" onClick={onSort}>
      {title}
      <span aria-hidden="true">{sorted ? ARROWS[sorted] : ''}</span>
    </button>
  );
}

function All<T>({ rows, rowKey, choice }: Pick<TableProps<T>, 'rows' | 'rowKey'> & { choice: Choice<T> }): JSX.Element {
  const ref = useRef<HTMLInputElement>(null);
  const keys = rows.map(rowKey);
  const count = keys.filter((key) => choice.chosen.has(key)).length;
  const some = count > 0 && count < keys.length;
  useEffect(() => {
    if (ref.current) ref.current.indeterminate = some;
  }, [some]);
  return (
    <label class="chooser">
      <input
        ref={ref}
        type="checkbox"
        class="form-check-input"
        checked={count > 0 && !some}
        onChange={(e) => choice.choose(keys, e.currentTarget.checked)}
      />
      <span class="visually-hidden">Choisir les lignes de cette page</span>
    </label>
  );
}

function One<T>({ row, id, choice }: { row: T; id: string; choice: Choice<T> }): JSX.Element {
  return (
    <label class="chooser">
      <input
        type="checkbox"
        class="form-check-input"
        checked={choice.chosen.has(id)}
        onChange={(e) => choice.choose([id], e.currentTarget.checked)}
      />
      <span class="visually-hidden">Choisir {choice.nameOf(row)}</span>
    </label>
  );
}

function Row<T>({ row, id, columns, choice }: Pick<TableProps<T>, 'columns' | 'choice'> & { row: T; id: string }): JSX.Element {
  const problem = choice?.problems.get(id);
  return (
    <tr role="row" class={choice?.chosen.has(id) ? 'chosen' : undefined}>
      {choice && (
        <td role="cell" class="choosing">
          <One row={row} id={id} choice={choice} />
        </td>
      )}
      {columns.map((c, i) => (
        <td
          key={c.title}
          role="cell"
          class={c.number ? 'number' : undefined}
          data-label={c.hideTitle ? undefined : c.title}
        >
          <div class="cell">
            {c.cell(row)}
            {i === 0 && problem && <p class="row-problem">{problem}</p>}
          </div>
        </td>
      ))}
    </tr>
  );
}

export function Table<T>({ caption, rows, rowKey, columns, compact = false, choice }: TableProps<T>): JSX.Element {
  return (
    <table class={compact ? 'grid grid-compact' : 'grid'} role="table">
      <caption class="visually-hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {choice && (
            <th role="columnheader" scope="col" class="choosing">
              <All rows={rows} rowKey={rowKey} choice={choice} />
            </th>
          )}
          {columns.map((c) => (
            <th
              key={c.title}
              role="columnheader"
              scope="col"
              class={c.number ? 'number' : undefined}
              aria-sort={c.sorted}
            >
              <Title column={c} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <Row key={rowKey(row)} id={rowKey(row)} row={row} columns={columns} choice={choice} />
        ))}
      </tbody>
    </table>
  );
}
