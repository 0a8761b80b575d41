// The grid of a month: what is typed and pasted, kept and told; the sheet in order; rows on their way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api } from '../src/api.ts';
import { Grid, asBefore, paste, problemOf, totalOf } from '../src/hours/grid.ts';
import { sendBack, sendMonth, validate } from '../src/hours/send.ts';
import { inOrder, narrowed } from '../src/hours/sheet.ts';
import type { MonthLine } from '../src/types.ts';

const line = (n: number, more: Partial<MonthLine> = {}): MonthLine => ({
  placementId: `0192f0c1-7a3b-7001-8f00-00000000000${n}`,
  employerReference: `R${n}`,
  territory: '59',
  ...more,
});
const LINES = [1, 2, 3].map((n) => line(n));
const ids = LINES.map((l) => l.placementId);

class Shelf {
  private readonly kept = new Map<string, string>();
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
  removeItem = (key: string) => void this.kept.delete(key);
}

test('hours are judged as they are typed, but not before they are whole', () => {
  const bounds = { least: 0, most: 744 };
  for (const typed of ['', '151', '151,', '151h', '151h4', '151,67', '151h40']) assert.equal(problemOf(typed, bounds, false), '', typed);
  assert.match(problemOf('151,', bounds, true), /nombre d’heures/);
  assert.match(problemOf('beaucoup', bounds, false), /nombre d’heures/);
  assert.match(problemOf('745', bounds, false), /0 à 744/);
});

test('what is typed is kept for its month until it is taken, and only its row hears of it', () => {
  const shelf = new Shelf();
  const october = new Grid(shelf, 'october');
  const heard: string[] = [];
  october.hear(ids[0]!, () => heard.push('first'));
  october.hear(ids[1]!, () => heard.push('second'));
  october.set([[ids[0]!, { hours: '151,67' }]]);
  october.set([[ids[0]!, { training: '7' }]]);
  assert.deepEqual(heard, ['first', 'first']);
  assert.deepEqual(new Grid(shelf, 'november').filled(), []);
  const again = new Grid(shelf, 'october');
  assert.deepEqual(again.filled(), [[ids[0], { hours: '151,67', training: '7' }]]);
  assert.equal(totalOf(again.filled()), 15867);
  again.judge([[ids[0]!, { isGood: true, text: 'Envoyée.' }, true]]);
  assert.deepEqual(new Grid(shelf, 'october').filled(), []);
  assert.equal(again.verdict(ids[0]!)?.text, 'Envoyée.');
});

test('a column goes down from its cell, references go to their lines, and what finds no line is told', () => {
  const from = { id: ids[1]!, column: 'hours' as const };
  assert.deepEqual(paste('10\n20,5\n30', LINES, from), {
    changes: [
      [ids[1], { hours: '10' }],
      [ids[2], { hours: '20,5' }],
    ],
    unknown: [],
    beyond: 1,
  });
  assert.deepEqual(paste('Heures\r\n10\t7\r\n', LINES, from).changes, [[ids[1], { hours: '10', training: '7' }]]);
  assert.deepEqual(paste('Matricule;Heures\nr 3;12\nR9;1\nR1;8;2', LINES, from), {
    changes: [
      [ids[2], { hours: '12' }],
      [ids[0], { hours: '8', training: '2' }],
    ],
    unknown: ['R9'],
    beyond: 0,
  });
  assert.deepEqual(paste('7\n8', LINES, { id: ids[0]!, column: 'training' }).changes, [
    [ids[0], { training: '7' }],
    [ids[1], { training: '8' }],
  ]);
});

test('the month before is taken where nothing is typed, training apart', () => {
  const grid = new Grid(new Shelf(), 'k');
  grid.set([[ids[1]!, { hours: '1' }]]);
  const lines = [line(1, { before: '158.67', beforeTraining: '7.00' }), line(2, { before: '100.00' }), line(3)];
  assert.deepEqual(asBefore(lines, grid), [[ids[0], { hours: '151,67', training: '7' }]]);
});

test('the sheet is put in order and narrowed; what was just decided on stays', () => {
  const lines = [
    line(2, { before: '9.00', state: 'HOURS_STATED', employer: 'a' }),
    line(1, { before: '10.00', state: 'HOURS_VOUCHED_FOR', employer: 'a', warnings: [{ code: 'TWICE' }] }),
    line(3, { state: 'HOURS_TO_CHECK', employer: 'b' }),
  ];
  const told = (some: MonthLine[]) => some.map((l) => l.employerReference).join(' ');
  assert.equal(told(inOrder(lines, 'reference')), 'R1 R2 R3');
  assert.equal(told(inOrder(lines, '-avant')), 'R1 R2 R3');
  assert.equal(told(inOrder(lines, 'avant')), 'R3 R2 R1');
  assert.equal(told(narrowed(lines, {})), 'R2 R3');
  assert.equal(told(narrowed(lines, {}, new Set([lines[1]!.placementId]))), 'R2 R1 R3');
  assert.equal(told(narrowed(lines, { etat: 'toutes', employeur: 'a', avertissements: 'oui' })), 'R1');
});

interface Asked {
  path: string;
  body: Record<string, never>;
}
function answering(answer: (path: string, body: never) => [status: number, body: object]): { api: Api; asked: Asked[] } {
  const asked: Asked[] = [];
  const api = new Api(
    't',
    async (request) => {
      const path = new URL(request.url).pathname.slice(4);
      const body = (await request.json()) as Asked['body'];
      asked.push({ path, body });
      const [status, told] = answer(path, body as never);
      return new Response(JSON.stringify(told), { status, headers: { 'Content-Type': 'application/json' } });
    },
    'http://x',
  );
  return { api, asked };
}

test('a month goes in one request for each territory, and each row has its verdict', async () => {
  const { api, asked } = answering((_, { list }: { list: { rows: { number: number; cells: string[] }[] } }) => [
    200,
    {
      reply: {
        report: {
          batchId: 'b',
          rows: list.rows.map(({ number, cells }) =>
            cells[1] === '700' ? { number, outcome: 'ROW_REJECTED', errors: [{ text: 'trop' }] } : { number, outcome: 'ROW_CREATED' },
          ),
        },
      },
    },
  ]);
  const cell = (hours: string, training = '') => ({ hours, training });
  const typed = [
    { line: line(1), cell: cell('151h40') },
    { line: line(2), cell: cell('700') },
    { line: line(3, { territory: '62', submitted: '100.00' }), cell: cell('', '7') },
  ];
  const sent = await sendMonth(api, { name: '2026-10', isOfOthers: false }, typed);
  assert.deepEqual(asked.map((a) => a.path), ['tracking/ImportHours', 'tracking/ImportHours']);
  assert.deepEqual(
    asked.map(({ body }) => (body.list as unknown as { rows: { cells: string[] }[] }).rows.map((r) => r.cells.slice(1))),
    [[['151.67', ''], ['700', '']], [['100.00', '7']]],
  );
  assert.deepEqual(
    sent.judged.map(([id, { isGood, text }, isTaken]) => [id, isGood, text, isTaken]),
    [
      [ids[0], true, 'Envoyée.', true],
      [ids[1], false, 'trop', false],
      [ids[2], true, 'Envoyée.', true],
    ],
  );
});

test('what others signed goes in a list for each employer, which says whose it is', async () => {
  const { api, asked } = answering(() => [200, { reply: { report: {} } }]);
  const typed = ['e1', 'e2', 'e1'].map((employer, i) => ({ line: line(i + 1, { employer }), cell: { hours: '7', training: '' } }));
  await sendMonth(api, { name: '2026-10', isOfOthers: true }, typed);
  assert.deepEqual(
    asked.map(({ body }) => [body.sender, (body.list as unknown as { rows: unknown[] }).rows.length]),
    [['e1', 2], ['e2', 1]],
  );
});

test('decisions go together, and each refusal is told of its line', async () => {
  const { api, asked } = answering(() => [
    200,
    { reply: { verdicts: [{ placementId: ids[0], hours: '10.00' }, { placementId: ids[1], refusal: { text: 'changé' } }] } },
  ]);
  const decided = await validate(api, '2026-10', [{ line: line(1, { version: '4' }) }, { line: line(2), hours: '9', reason: 'absence' }]);
  assert.deepEqual(decided.done.map((l) => l.placementId), [ids[0]]);
  assert.deepEqual([...decided.refused], [[ids[1], 'changé']]);
  assert.deepEqual((asked[0]!.body as unknown as { decisions: object[] }).decisions, [
    { placementId: ids[0], version: '4' },
    { placementId: ids[1], hours: '9', reason: 'absence' },
  ]);
});

test('where one is refused the others are sent back all the same', async () => {
  const { api } = answering((_, { placementId }: { placementId: string }) =>
    placementId === ids[0] ? [409, { code: 'WRONG_STATE', detail: 'déjà renvoyées' }] : [200, { reply: {} }],
  );
  const decided = await sendBack(api, '2026-10', LINES, 'EVIDENCE', '');
  assert.deepEqual(decided.done.map((l) => l.placementId), ids.slice(1));
  assert.deepEqual([...decided.refused], [[ids[0], 'déjà renvoyées']]);
});
