// Lists: order, pages, which line is which; what is kept of a view; files; one command for several lines.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { Refused } from '../src/api.ts';
import { keepable, loadKept, storeKept, withView, withoutView } from '../src/desk/kept.ts';
import { LINES_MAX, STEP, filtersOf, inOrder, keysOf, narrowed, onlyIn, onlyOf, pageOf, shownColumns } from '../src/desk/lines.ts';
import { LISTS } from '../src/desk/places.ts';
import { csvOf, rowsOf, sheetCell, sheetKind } from '../src/desk/take.ts';
import { AT_ONCE, forEach, givenBy } from '../src/desk/together.ts';
import type { Told } from '../src/desk/told.ts';
import type { Shape, ShapeKind } from '../src/form/shape.ts';
import { columnName, escaped, serialOf, workbookOf } from '../src/sheet.ts';

const shape = (name: string, kind: ShapeKind): Shape => ({
  name,
  label: `Le ${name}`,
  kind,
  isList: false,
  required: false,
  isPast: false,
  anywhere: false,
  lenient: false,
  options: [],
  unsaid: '',
  fields: [],
});
const column = (name: string, kind: ShapeKind): Told => ({ path: name, shape: shape(name, kind) });

test('lines are put in the order of a column: figures by size, days by time, words as in French', () => {
  const columns = [column('hours', 'hours'), column('on', 'day'), column('title', 'text')];
  const lines = [
    { hours: '9.00', on: '2026-02-01', title: 'Été' },
    { hours: '100.00', on: '2025-12-31', title: 'zinc' },
    { on: '2026-01-01', title: 'eau' },
  ];
  const titles = (order: string) => inOrder(lines, columns, order).map((l) => l.title);
  assert.deepEqual(titles('hours'), ['eau', 'Été', 'zinc']);
  assert.deepEqual(titles('-hours'), ['zinc', 'Été', 'eau']);
  assert.deepEqual(titles('on'), ['zinc', 'eau', 'Été']);
  assert.deepEqual(titles('title'), ['eau', 'Été', 'zinc']);
  assert.deepEqual(titles('unknown'), ['Été', 'zinc', 'eau']);
});

test('ten thousand lines are put in order within the time of a frame or two', () => {
  const lines = Array.from({ length: LINES_MAX }, (_, i) => ({ title: `Marché n° ${(i * 7919) % LINES_MAX}` }));
  const sorted = inOrder(lines, [column('title', 'text')], 'title');
  assert.equal(sorted.length, LINES_MAX);
  assert.equal(sorted[2]!.title, 'Marché n° 2'); // numbers in words by their size
});

test('a page that is not there is the last; one that may be there is waited for', () => {
  assert.equal(pageOf(undefined, 0, false), 1);
  assert.equal(pageOf('x', 10, false), 1);
  assert.equal(pageOf('3', STEP, false), 1);
  assert.equal(pageOf('3', STEP * 2 + 1, false), 3);
  assert.equal(pageOf('3', STEP, true), 3);
  assert.equal(pageOf('999999', STEP, true), LINES_MAX / STEP);
});

test('a line is known by its thing, and the second of a thing is another', () => {
  const lines = [{ obligationId: 'a' }, { obligationId: 'b' }, { obligationId: 'a' }];
  assert.deepEqual([...keysOf(LISTS.releves!, lines).values()], ['a', 'b', 'a 1']);
});

test('chosen columns are shown in their order; without any that exists those of the start', () => {
  const offered = ['a', 'b', 'c'].map((name) => column(name, 'text'));
  const of = (columns?: string[], chosen?: string[]) =>
    shownColumns({ ...LISTS.contrats!, columns }, offered, chosen).map((c) => c.path);
  assert.deepEqual(of(['b', 'a']), ['b', 'a']);
  assert.deepEqual(of(['b'], ['c', 'gone']), ['c']);
  assert.deepEqual(of(undefined, ['gone']), ['a', 'b', 'c']);
});

test('a view keeps what was chosen and no words that were typed', () => {
  const filters = [shape('territory', 'territory'), shape('name', 'text')];
  assert.deepEqual(keepable({ territory: '31', name: 'Dupont', tri: '-on', page: '3', pour: 'x' }, filters), {
    territory: '31',
    tri: '-on',
  });
  const all = new Map<string, string>();
  const store = {
    getItem: (k: string) => all.get(k) ?? null,
    setItem: (k: string, v: string) => void all.set(k, v),
    removeItem: (k: string) => void all.delete(k),
  };
  const one = withView({ views: [] }, { name: 'Les miens', query: { territory: '31' } });
  storeKept(store, 'A', 'contrats', withView(one, { name: 'Les miens', query: { territory: '32' } }));
  assert.deepEqual(loadKept(store, 'A', 'contrats').views, [{ name: 'Les miens', query: { territory: '32' } }]);
  assert.deepEqual(loadKept(store, 'B', 'contrats').views, []);
  storeKept(store, 'A', 'contrats', withoutView(one, 'Les miens'));
  assert.equal(all.size, 0);
  store.setItem('guichet.liste A contrats', '{"views":[7,{"name":1}],"columns":"x"}');
  assert.deepEqual(loadKept(store, 'A', 'contrats'), { columns: undefined, views: [] });
});

test('a file in CSV holds no formula, and one in XLSX figures and days as such', async () => {
  const columns = [column('title', 'text'), column('hours', 'hours'), column('on', 'day'), column('part', 'share')];
  const line = { title: '=1+1 & <b>\u0007', hours: '151.67', on: '2026-12-01', part: '0.25' };
  assert.match(csvOf(rowsOf(columns, [line])), /"'=1\+1 & <b>/);
  const book = workbookOf(
    'Parcours : fin/début',
    columns.map((c) => ({ title: c.shape.label, kind: sheetKind(c.shape) })),
    [columns.map((c) => sheetCell(c, line)), columns.map((c) => sheetCell(c, {}))],
  );
  const files = unzipSync(new Uint8Array(await book.arrayBuffer()));
  const sheet = strFromU8(files['xl/worksheets/sheet1.xml']!);
  assert.match(sheet, /<t xml:space="preserve">=1\+1 &amp; &lt;b&gt;<\/t>/);
  assert.match(sheet, /<c r="B2" s="2"><v>151.67<\/v>/);
  assert.match(sheet, /<c r="C2" s="6"><v>46357<\/v>/);
  assert.match(sheet, /<c r="D2" s="4"><v>0.25<\/v>/);
  assert.match(sheet, /<row r="3"><\/row>/);
  assert.match(strFromU8(files['xl/workbook.xml']!), /name="Parcours   fin début"/);
  assert.equal(columnName(27), 'AB');
  assert.equal(serialOf('1900-03-01'), 61);
  assert.equal(escaped('😀 \ud800'), '😀 ');
});

test('each line has its command, a few at a time; what failed says why; who stops leaves the rest', async () => {
  let running = 0;
  let most = 0;
  const lines = Array.from({ length: 20 }, (_, i) => i);
  const act = async (line: number) => {
    most = Math.max(most, ++running);
    await new Promise((done) => setImmediate(done));
    running--;
    if (line % 5 === 0) throw new Refused(409, { detail: `non ${line}` });
  };
  const told: number[] = [];
  const all = await forEach(lines, act, { signal: new AbortController().signal, told: (o) => told.push(o.length) });
  assert.equal(most, AT_ONCE);
  assert.deepEqual(told, lines.map((i) => i + 1));
  assert.deepEqual(
    all.filter((o) => o.error).map((o) => [o.line, o.error!.message]),
    [0, 5, 10, 15].map((i) => [i, `non ${i}`]),
  );
  const stop = new AbortController();
  const some = await forEach(lines, act, { signal: stop.signal, told: (o) => o.length === 6 && stop.abort() });
  assert.ok(some.length >= 6 && some.length <= 6 + AT_ONCE, `${some.length} lines`);
  const signedOut = async () => {
    throw new Refused(401, {});
  };
  const none = await forEach(lines, signedOut, { signal: new AbortController().signal, told: () => undefined });
  assert.ok(none.length <= AT_ONCE);
});

test('a line gives its ids, its version, and the fields that the act names', () => {
  const shapes = [shape('obligationId', 'id'), shape('periodEnd', 'day'), shape('seen', 'version')];
  const giving = { act: { method: 'contracts.RecordReminder', line: ['periodEnd'] }, where: ['case.version', ''] };
  const line = { periodEnd: '2026-06-30', case: { version: '7' } };
  assert.deepEqual(givenBy(shapes, { obligationId: 'a' }, line, giving), {
    obligationId: 'a',
    seen: '7',
    periodEnd: '2026-06-30',
  });
});

test('a figure leads to its rows: those of which the columns say so', () => {
  const query = { territory: '31', tri: 'on', ...onlyOf({ modality: 'DIRECT_HIRE', startsOn: '2026', none: undefined }) };
  assert.deepEqual(onlyIn(query), [
    ['modality', 'DIRECT_HIRE'],
    ['startsOn', '2026'],
  ]);
  assert.deepEqual(filtersOf(query), { territory: '31' });
  const lines = [
    { modality: 'DIRECT_HIRE', startsOn: '2026-03-01', territories: ['31', '32'] },
    { modality: 'DIRECT_HIRE', startsOn: '2025-03-01' },
    { modality: 'TEMPORARY', startsOn: '2026-03-01' },
  ];
  assert.deepEqual(narrowed(lines, onlyIn(query)), [lines[0]]);
  assert.deepEqual(narrowed(lines, [['territories', '32']]), [lines[0]]);
  assert.equal(narrowed(lines, []), lines);
});
