// Which column of a list is what: as it was found, and as the person says otherwise.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Kind } from '../kinds.ts';
import { headerOf } from '../tables.ts';
import type { Tried } from '../imports.ts';
import type { ListColumn } from '../types.ts';
import { Field } from './Field.tsx';

const HEADERS_OFFERED = 20; // rows of the top, one of which names the columns
const NONE = '';

export interface ListColumnsProps {
  kind: Kind;
  tried: Tried;
  busy: boolean;
  onAgain: (header: number, mapping: ListColumn[]) => void;
}

function headerChoices({ given }: Tried): [string, string][] {
  const rows = given.table.rows.filter((r) => r.number <= Math.max(HEADERS_OFFERED, given.header));
  return rows
    .map((r): [string, string] => [`${r.number}`, `${r.number} : ${(r.cells ?? []).filter((c) => c.trim()).join(' | ')}`])
    .filter(([n, text]) => text !== `${n} : `)
    .map(([n, text]) => [n, text.length > 80 ? `${text.slice(0, 80)}…` : text]);
}

export function ListColumns({ kind, tried, busy, onAgain }: ListColumnsProps): JSX.Element {
  const found = Object.fromEntries(tried.mapping.map((m) => [m.field, m.column]));
  const [header, setHeader] = useState(`${tried.given.header}`);
  const [told, setTold] = useState<Record<string, string>>(found);
  const columns = headerOf(tried.given.table, Number(header)).filter((c) => c.trim());
  const another = header !== `${tried.given.header}`;
  const choices = (field: string): [string, string][] => [
    ...(found[field] && !another ? [] : [[NONE, 'Aucune colonne'] as [string, string]]),
    ...[...new Set(columns)].map((c): [string, string] => [c, c]),
  ];
  const again = (event: Event) => {
    event.preventDefault();
    const mapping = Object.entries(told).map(([field, column]) => ({ field, column }));
    onAgain(Number(header), mapping.filter((m) => m.column !== NONE));
  };
  return (
    <form onSubmit={again} noValidate>
      <div class="fields">
        <Field label="Ligne qui porte les titres des colonnes" options={headerChoices(tried)} value={header} onChange={setHeader} />
        {!another &&
          kind.columns.map(([field, label]) => (
            <Field
              key={field}
              label={label}
              options={choices(field)}
              value={told[field] ?? NONE}
              onChange={(column) => setTold({ ...told, [field]: column })}
            />
          ))}
      </div>
      <div class="form-end">
        <button type="submit" class="btn btn-outline-primary" disabled={busy}>
          Refaire l’aperçu
        </button>
      </div>
    </form>
  );
}
