// A table as a workbook (XLSX, ECMA-376): one sheet, its titles bold and kept in sight, figures and days as such.
import { strToU8, zipSync } from 'fflate';

export type SheetKind = 'text' | 'number' | 'money' | 'share' | 'integer' | 'day';
export interface SheetColumn {
  title: string;
  kind: SheetKind;
}
export type SheetCell = string | number | null; // a day as « 2026-12-01 »

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

// In the order of cellXfs below; 1 is the titles'.
const STYLES: Record<SheetKind, number> = { text: 0, number: 2, money: 3, share: 4, integer: 5, day: 6 };
const FORMATS = [0, 0, 4, 164, 10, 3, 14]; // of the standard, but for euros

const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu; // no character of XML 1.0
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escaped = (text: string): string => text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (c) => ENTITIES[c]!);

// « A », … « Z », « AA ».
export function columnName(index: number): string {
  const before = Math.floor(index / 26);
  return (before ? columnName(before - 1) : '') + String.fromCharCode(65 + (index % 26));
}

// Days since the last of 1899, as spreadsheets count.
export const serialOf = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / 86400e3) + 25569;

function cellOf(at: string, value: SheetCell, style: number, isDay: boolean): string {
  if (value === null || value === '') return '';
  if (typeof value === 'number') return `<c r="${at}" s="${style}"><v>${value}</v></c>`;
  if (isDay) return `<c r="${at}" s="${style}"><v>${serialOf(value)}</v></c>`;
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

function sheetXml(columns: SheetColumn[], rows: SheetCell[][]): string {
  const names = columns.map((_, i) => columnName(i));
  const row = (cells: string[], number: number) => `<row r="${number}">${cells.join('')}</row>`;
  const head = row(
    columns.map((c, i) => cellOf(`${names[i]}1`, c.title, 1, false)),
    1,
  );
  const body = rows.map((cells, r) =>
    row(
      columns.map(({ kind }, i) => cellOf(`${names[i]}${r + 2}`, cells[i] ?? null, STYLES[kind], kind === 'day')),
      r + 2,
    ),
  );
  const widths = columns
    .map((c, i) => `<col min="${i + 1}" max="${i + 1}" width="${c.kind === 'text' ? 28 : 16}" customWidth="1"/>`)
    .join('');
  return (
    `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${widths}</cols><sheetData>${head}${body.join('')}</sheetData>` +
    `<autoFilter ref="A1:${names.at(-1)}${rows.length + 1}"/></worksheet>`
  );
}

const stylesXml =
  `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.00\\ &quot;€&quot;"/></numFmts>` +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>' +
  `<cellXfs count="${FORMATS.length}">` +
  FORMATS.map((f, i) => `<xf numFmtId="${f}" fontId="${i === 1 ? 1 : 0}" applyNumberFormat="1" applyFont="1"/>`).join('') +
  '</cellXfs></styleSheet>';

const related = (pairs: [type: string, target: string][]): string =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">` +
  pairs.map(([type, to], i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/${type}" Target="${to}"/>`).join('') +
  '</Relationships>';

const typesXml =
  `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
  `<Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>` +
  `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`;

// The name of a sheet holds 31 characters, and none of []:*?/\.
const sheetName = (title: string): string => title.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31);

export function workbookOf(title: string, columns: SheetColumn[], rows: SheetCell[][]): Blob {
  const parts: Record<string, string> = {
    '[Content_Types].xml': typesXml,
    '_rels/.rels': related([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml':
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
      `<sheet name="${escaped(sheetName(title))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': related([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['styles', 'styles.xml'],
    ]),
    'xl/styles.xml': stylesXml,
    'xl/worksheets/sheet1.xml': sheetXml(columns, rows),
  };
  const zipped = zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
  return new Blob([zipped as Uint8Array<ArrayBuffer>], { type: `${TYPES}.sheet` });
}
