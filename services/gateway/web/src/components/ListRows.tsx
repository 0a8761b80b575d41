// What becomes of each row of a list: its verdict with the reasons, and, before it is recorded, whether it is taken.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { plural } from '../format.ts';
import type { Kind } from '../kinds.ts';
import { labelOfOutcome } from '../labels.ts';
import { headerOf, reasonsOf } from '../tables.ts';
import type { Given } from '../imports.ts';
import type { ListColumn, RowOutcome, RowVerdict } from '../types.ts';
import { Table } from './Table.tsx';
import type { Column } from './Table.tsx';

const SHOWN = 100;
const TAKEABLE: RowOutcome[] = ['ROW_CREATED', 'ROW_UPDATED', 'ROW_DOUBTFUL'];
const FILTERS: RowOutcome[] = ['ROW_CREATED', 'ROW_UPDATED', 'ROW_UNCHANGED', 'ROW_DOUBTFUL', 'ROW_REJECTED', 'ROW_NOT_CHOSEN'];
const TONES: Partial<Record<RowOutcome, string>> = {
  ROW_CREATED: 'state-good',
  ROW_UPDATED: 'state-good',
  ROW_DOUBTFUL: 'state-doubtful',
  ROW_REJECTED: 'state-bad',
};

export const isTakeable = (v: RowVerdict): boolean => TAKEABLE.includes(v.outcome ?? 'ROW_EMPTY');
export const isTakenByItself = (v: RowVerdict): boolean => isTakeable(v) && v.outcome !== 'ROW_DOUBTFUL';

export interface ListRowsProps {
  kind: Kind;
  given: Given;
  mapping: ListColumn[];
  rows: RowVerdict[];
  done: boolean; // recorded, so nothing can be chosen any more
  chosen?: Set<number>;
  onChoose?: (numbers: number[], taken: boolean) => void;
}

// « Mois 11/2026 · Heures 12,5 »
function useCells({ kind, given, mapping }: ListRowsProps): (number: number) => string {
  const columns = headerOf(given.table, given.header);
  const labels = new Map(kind.columns);
  const shown = mapping.map((m) => [labels.get(m.field) ?? m.field, columns.indexOf(m.column)] as const);
  const rows = new Map(given.table.rows.map((r) => [r.number, r.cells ?? []]));
  return (number) =>
    shown
      .map(([label, i]) => [label, rows.get(number)?.[i] ?? ''] as const)
      .filter(([, cell]) => cell)
      .map(([label, cell]) => `${label} ${cell}`)
      .join(' · ');
}

function Verdict({ row, done }: { row: RowVerdict; done: boolean }): JSX.Element {
  return (
    <>
      <span class={`state ${TONES[row.outcome ?? 'ROW_EMPTY'] ?? ''}`}>{labelOfOutcome(row.outcome, done)}</span>
      {reasonsOf(row).map((reason) => (
        <span key={reason} class="sub">
          {reason}
        </span>
      ))}
    </>
  );
}

function columnsOf(props: ListRowsProps, cells: (number: number) => string): Column<RowVerdict>[] {
  const { chosen, onChoose, done } = props;
  const shown: Column<RowVerdict>[] = [
    { title: 'Ligne', cell: (r) => `${r.number}` },
    {
      title: 'Ce qu’elle dit',
      cell: (r) => (
        <span class="row-says">
          {r.title && <strong>{r.title}</strong>}
          <span class="sub">{cells(r.number)}</span>
        </span>
      ),
    },
    { title: done ? 'Résultat' : 'Verdict', cell: (r) => <Verdict row={r} done={done} /> },
  ];
  if (!chosen || !onChoose) return shown;
  const box = (r: RowVerdict) =>
    isTakeable(r) ? (
      <input
        type="checkbox"
        class="form-check-input"
        aria-label={`Prendre la ligne ${r.number}`}
        checked={chosen.has(r.number)}
        onChange={(e) => onChoose([r.number], e.currentTarget.checked)}
      />
    ) : (
      <span aria-hidden="true">–</span>
    );
  return [{ title: 'Prendre', cell: box }, ...shown];
}

export function ListRows(props: ListRowsProps): JSX.Element {
  const { rows, done, onChoose } = props;
  const [filter, setFilter] = useState<string>('');
  const [most, setMost] = useState(SHOWN);
  const cells = useCells(props);
  const told = rows.filter((r) => (r.outcome ?? 'ROW_EMPTY') !== 'ROW_EMPTY');
  const wanted = told.filter((r) => !filter || r.outcome === filter);
  const doubtful = told.filter((r) => r.outcome === 'ROW_DOUBTFUL').map((r) => r.number);
  const count = (outcome: RowOutcome) => told.filter((r) => r.outcome === outcome).length;
  return (
    <>
      <div class="filters list-filters">
        <label>
          Lignes montrées
          <select class="form-select" value={filter} onChange={(e) => setFilter(e.currentTarget.value)}>
            <option value="">Toutes ({told.length})</option>
            {FILTERS.filter((o) => count(o) > 0).map((o) => (
              <option key={o} value={o}>
                {labelOfOutcome(o, done)} ({count(o)})
              </option>
            ))}
          </select>
        </label>
        {onChoose && doubtful.length > 0 && (
          <button type="button" class="btn btn-outline-primary" onClick={() => onChoose(doubtful, true)}>
            Prendre aussi {plural(doubtful.length, 'ligne')} à confirmer
          </button>
        )}
      </div>
      <Table
        caption={done ? 'Ce qui a été fait de chaque ligne' : 'Ce qui serait fait de chaque ligne'}
        rows={wanted.slice(0, most)}
        rowKey={(r) => `${r.number}`}
        columns={columnsOf(props, cells)}
      />
      {wanted.length > most && (
        <button type="button" class="btn btn-outline-primary mt" onClick={() => setMost(most + SHOWN)}>
          Afficher plus de lignes
        </button>
      )}
    </>
  );
}
