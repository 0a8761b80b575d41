// A list between its file and a daemon: the parts that one request holds, and the rows that were not taken, as a file in
// the sender's own columns, encoding and separator (as common/export/table_write.h writes it).
import type { FileTable, ListRow, RowVerdict } from './types.ts';

export const FILE_BYTES_MAX = 4 * 1024 * 1024;
const PART_ROWS = 500;
const PART_BYTES = 100 * 1024;

export const DOUBTFUL = 'remplacerait d’autres données déjà enregistrées : choisissez la ligne pour la prendre';

// The columns, without what a spreadsheet leaves empty at the right.
export function headerOf(table: FileTable, header: number): string[] {
  const cells = [...(table.rows.find((r) => r.number === header)?.cells ?? [])];
  while (cells.length && !cells[cells.length - 1]!.trim()) cells.pop();
  return cells;
}

export function rowsUnder(table: FileTable, header: number): ListRow[] {
  return table.rows.filter((r) => r.number > header);
}

// What one request holds each; at least one part, which is empty where there are no rows.
export function partsOf(rows: ListRow[]): ListRow[][] {
  const encoder = new TextEncoder();
  const parts: ListRow[][] = [];
  let part: ListRow[] = [];
  let size = 0;
  for (const row of rows) {
    const more = encoder.encode(JSON.stringify(row)).length;
    if (part.length === PART_ROWS || (part.length && size + more > PART_BYTES)) {
      parts.push(part);
      part = [];
      size = 0;
    }
    part.push(row);
    size += more;
  }
  return part.length || !parts.length ? [...parts, part] : parts;
}

// ---- what is not taken

export function isReject(verdict: RowVerdict): boolean {
  return verdict.outcome === 'ROW_REJECTED' || verdict.outcome === 'ROW_DOUBTFUL';
}

export function reasonsOf(verdict: RowVerdict): string[] {
  const errors = (verdict.errors ?? []).map((e) => (e.column ? `${e.column} : ${e.text ?? ''}` : (e.text ?? '')));
  const warnings = (verdict.warnings ?? []).map((w) => `à vérifier : ${w.text ?? ''}`);
  return [...(verdict.outcome === 'ROW_DOUBTFUL' ? [DOUBTFUL] : []), ...errors, ...warnings];
}

function quoted(cell: string): string {
  return /["\r\n;,\t|]|^[ \t]|[ \t]$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'; // from 0x80

function encoded(text: string, encoding: string, hasMark: boolean): Uint8Array<ArrayBuffer> {
  if (encoding === 'UTF-16') return new Uint8Array(Uint16Array.from(`\ufeff${text}`, (c) => c.charCodeAt(0)).buffer);
  if (encoding !== 'Windows-1252') return new TextEncoder().encode((hasMark ? '\ufeff' : '') + text);
  return Uint8Array.from(Array.from(text), (c) => {
    const code = c.codePointAt(0)!;
    const special = WINDOWS_1252.indexOf(c);
    return special >= 0 ? 0x80 + special : code < 0x80 || (code >= 0xa0 && code < 0x100) ? code : 0x3f; // "?"
  });
}

// Corrected, it is a list that can be given again.
export function rejectsFile(table: FileTable, header: number, verdicts: RowVerdict[]): Uint8Array<ArrayBuffer> {
  const columns = headerOf(table, header);
  const rows = new Map(table.rows.map((r) => [r.number, r.cells ?? []]));
  const lines = verdicts.filter(isReject).map((v) => {
    const cells = rows.get(v.number) ?? [];
    return [...columns.map((_, i) => cells[i] ?? ''), reasonsOf(v).join(' ; ')];
  });
  const text = [[...columns, 'Motif du rejet'], ...lines]
    .map((cells) => `${cells.map(quoted).join(table.separator)}\r\n`)
    .join('');
  return encoded(text, table.encoding, table.hasMark);
}
