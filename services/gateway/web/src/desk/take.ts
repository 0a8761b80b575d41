// The lines that are shown, taken as a file: CSV, or a workbook whose figures and days are such.
import { handOver } from '../files.ts';
import type { Shape } from '../form/shape.ts';
import type { SheetCell, SheetColumn, SheetKind } from '../sheet.ts';
import type { Value } from './read.ts';
import { at, isTold, told } from './told.ts';
import type { Told } from './told.ts';

// What a spreadsheet would take for a formula is text.
const quoted = (text: string): string => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

const textOf = ({ path, shape }: Told, line: Value): string => (isTold(at(line, path)) ? told(shape, at(line, path)) : '');

export const csvOf = (rows: string[][]): string =>
  `\ufeff${rows.map((row) => row.map(quoted).join(';')).join('\r\n')}\r\n`;

export const rowsOf = (columns: Told[], lines: Value[]): string[][] => [
  columns.map((c) => c.shape.label),
  ...lines.map((line) => columns.map((c) => textOf(c, line))),
];

const KINDS: Partial<Record<Shape['kind'], SheetKind>> = {
  hours: 'number',
  decimal: 'number',
  money: 'money',
  share: 'share',
  integer: 'integer',
  day: 'day',
};

export const sheetKind = ({ kind, isList }: Shape): SheetKind => (isList ? 'text' : (KINDS[kind] ?? 'text'));

export function sheetCell(column: Told, line: Value): SheetCell {
  const value = at(line, column.path);
  const kind = sheetKind(column.shape);
  if (!isTold(value)) return null;
  if (kind === 'text') return textOf(column, line);
  return kind === 'day' ? String(value) : Number(value);
}

export function takeCsv(title: string, rows: string[][]): void {
  handOver(new Blob([csvOf(rows)], { type: 'text/csv' }), `${title}.csv`);
}

export async function takeSheet(title: string, columns: SheetColumn[], rows: SheetCell[][]): Promise<void> {
  const { workbookOf } = await import('../sheet.ts');
  handOver(workbookOf(title, columns, rows), `${title}.xlsx`);
}

export async function takeWorkbook(title: string, columns: Told[], lines: Value[]): Promise<void> {
  const titles = columns.map((c) => ({ title: c.shape.label, kind: sheetKind(c.shape) }));
  await takeSheet(
    title,
    titles,
    lines.map((line) => columns.map((c) => sheetCell(c, line))),
  );
}
