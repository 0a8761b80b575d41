// A list between its file and a daemon: parts, and the file of what was not taken.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countsOf, recordList, tryList } from '../src/imports.ts';
import type { Tried } from '../src/imports.ts';
import { kindsOf } from '../src/kinds.ts';
import { headerOf, partsOf, rejectsFile, rowsUnder } from '../src/tables.ts';
import type { FileTable, ListRow, RowVerdict, SentList } from '../src/types.ts';
import { Api, Refused } from '../src/api.ts';

const table = (more: Partial<FileTable> = {}): FileTable => ({
  encoding: 'UTF-8',
  separator: ';',
  hasMark: false,
  fileHash: 'AAAA',
  header: 2,
  rows: [
    { number: 1, cells: ['Relevé'] },
    { number: 2, cells: ['Mois', 'Heures', '', ' '] },
    { number: 3, cells: ['11/2026', '12,5'] },
    { number: 4, cells: ['a "b"', ' 7'] },
    { number: 5, cells: [] },
  ],
  ...more,
});
const verdicts: RowVerdict[] = [
  { number: 3, outcome: 'ROW_CREATED' },
  { number: 4, outcome: 'ROW_REJECTED', errors: [{ column: 'Mois', text: 'n’est pas un mois' }, { text: 'et ceci' }] },
  { number: 5, outcome: 'ROW_DOUBTFUL' },
];

test('a header ends with its last title, and rows are those under it', () => {
  assert.deepEqual(headerOf(table(), 2), ['Mois', 'Heures']);
  assert.deepEqual(headerOf(table(), 9), []);
  assert.deepEqual(rowsUnder(table(), 2).map((r) => r.number), [3, 4, 5]);
});

test('parts hold 500 rows at most, and what one request holds; there is always one', () => {
  const rows = (count: number, cell: string): ListRow[] =>
    Array.from({ length: count }, (_, i) => ({ number: i + 1, cells: [cell] }));
  assert.deepEqual(partsOf(rows(1001, 'x')).map((p) => p.length), [500, 500, 1]);
  assert.deepEqual(partsOf([]).map((p) => p.length), [0]);
  const long = partsOf(rows(100, 'é'.repeat(2000)));
  assert.ok(long.length > 3 && long.every((p) => JSON.stringify(p).length < 100 * 1024));
  assert.equal(long.flat().length, 100);
  assert.equal(partsOf(rows(1, 'x'.repeat(120000))).length, 1); // a row is never cut
});

test('rejects are rows as they came, with the reason', () => {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(rejectsFile(table({ hasMark: true }), 2, verdicts));
  assert.deepEqual(text.split('\r\n'), [
    '\ufeffMois;Heures;Motif du rejet',
    '"a ""b""";" 7";"Mois : n’est pas un mois ; et ceci"',
    ';;remplacerait d’autres données déjà enregistrées : choisissez la ligne pour la prendre',
    '',
  ]);
});

test('they are in the encoding that the file was in', () => {
  const rows = [{ number: 2, cells: ['Prénom', '€'] }, { number: 3, cells: ['Zoé', '→ œ'] }];
  const rejected: RowVerdict[] = [{ number: 3, outcome: 'ROW_REJECTED' }];
  const of = (encoding: string) => rejectsFile(table({ encoding, rows, separator: '\t' }), 2, rejected);
  assert.equal(Buffer.from(of('Windows-1252')).toString('latin1'), 'Prénom\t\x80\tMotif du rejet\r\nZoé\t? \x9c\t\r\n');
  assert.deepEqual([...of('UTF-16').slice(0, 4)], [0xff, 0xfe, 0x50, 0]);
  assert.equal(new TextDecoder('utf-16le').decode(of('UTF-16')), 'Prénom\t€\tMotif du rejet\r\nZoé\t→ œ\t\r\n');
});

const kind = kindsOf('COMPANY')[0]!;

// A gateway that takes every row, in one batch; `fail`: the number of the command that nobody answers.
function gateway(sent: SentList[], fail = -1): Api {
  const answer = async (asked: Request) => {
    const request = await asked.json();
    if (sent.length === fail) return Response.json({ code: 'NOT_ALLOWED', detail: 'non' }, { status: 403 });
    sent.push(request.list);
    const rows = request.list.rows.map((r: ListRow) => ({ number: r.number, outcome: 'ROW_CREATED' }));
    return Response.json({ reply: { report: { rows, batchId: 'lot', mapping: [{ column: 'Mois', field: 'month' }] } } });
  };
  return new Api('t', answer, 'http://gateway.test');
}

const long = table({
  header: 1,
  rows: Array.from({ length: 1002 }, (_, i) => ({ number: i + 1, cells: [i ? '1' : 'Heures'] })),
});

async function tried(): Promise<Tried> {
  return tryList(gateway([]), kind, { name: 'a.csv', table: long, header: 1 }, { territory: '59' }, [], () => undefined);
}

test('a preview comes in parts and is one', async () => {
  const whole = await tried();
  assert.equal(whole.rows.length, 1001);
  assert.deepEqual(whole.mapping, [{ column: 'Mois', field: 'month' }]);
  assert.equal(countsOf(whole.rows), '1\u202f001\u00a0nouvelles');
});

test('an import that broke off goes on in its batch', async () => {
  const sent: SentList[] = [];
  const state = { parts: 0, recorded: { rows: [], batchId: '' } };
  const whole = await tried();
  const send = (fail: number) => recordList(gateway(sent, fail), kind, whole, null, false, state, () => undefined);
  await assert.rejects(send(1), Refused);
  assert.equal(state.parts, 1);
  await send(-1);
  assert.deepEqual(sent.map((l) => [l.rows?.length, l.batchId, l.isLast, l.only]), [
    [500, undefined, false, undefined],
    [500, 'lot', false, undefined],
    [1, 'lot', true, undefined],
  ]);
  assert.equal(state.recorded.rows.length, 1001);
});

test('an import that is stopped ends after the part under way, and says how far it came', async () => {
  const sent: SentList[] = [];
  const state = { parts: 0, recorded: { rows: [], batchId: '' } };
  const abort = new AbortController();
  const told = () => abort.abort(); // after the first part
  const stopped = recordList(gateway(sent), kind, await tried(), null, false, state, told, abort.signal);
  await assert.rejects(stopped, { message: /^Import arrêté : 500 lignes sur 1001 sont enregistrées/ });
  assert.equal(sent.length, 1);
  await recordList(gateway(sent), kind, await tried(), null, false, state, () => undefined);
  assert.deepEqual(sent.map((l) => l.batchId), [undefined, 'lot', 'lot']);
});

test('a part that holds no chosen row takes none', async () => {
  const sent: SentList[] = [];
  const state = { parts: 0, recorded: { rows: [], batchId: '' } };
  await recordList(gateway(sent), kind, await tried(), new Set([2, 3]), true, state, () => undefined);
  assert.deepEqual(sent.map((l) => l.only), [[2, 3], [1], [1]]);
  assert.ok(sent.every((l) => l.goOn));
});
