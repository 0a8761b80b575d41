// A table that becomes a list of cards on a phone. The roles are written out because the phone's layout
// (display: block) would otherwise take them away from screen readers.
import type { ComponentChildren, JSX } from 'preact';

export interface Column<T> {
  title: string;
  cell: (row: T) => ComponentChildren;
  number?: boolean; // aligned on the right
  hideTitle?: boolean; // for a column of buttons: said to screen readers only
}

export interface TableProps<T> {
  caption: string; // said to screen readers; the panel's heading shows it
  rows: T[];
  rowKey: (row: T) => string;
  columns: Column<T>[];
  compact?: boolean; // few short columns: stays a table on a phone
}

export function Table<T>({ caption, rows, rowKey, columns, compact = false }: TableProps<T>): JSX.Element {
  return (
    <table class={compact ? 'grid grid-compact' : 'grid'} role="table">
      <caption class="visually-hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((c) => (
            <th key={c.title} role="columnheader" scope="col" class={c.number ? 'number' : undefined}>
              <span class={c.hideTitle ? 'visually-hidden' : undefined}>{c.title}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row">
            {columns.map((c) => (
              <td
                key={c.title}
                role="cell"
                class={c.number ? 'number' : undefined}
                data-label={c.hideTitle ? undefined : c.title}
              >
                <div class="cell">{c.cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
