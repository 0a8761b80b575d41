// The pure parts of the components: chart, progress, search, feed, network, months, roles, session.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { announcement } from '../src/components/Alerts.tsx';
import { kindBars } from '../src/components/Breakdowns.tsx';
import { extentOf, frameOf } from '../src/components/Chart.tsx';
import { monthSeries } from '../src/components/MonthChart.tsx';
import { lagOf } from '../src/components/Network.tsx';
import { remainingText, segments } from '../src/components/Progress.tsx';
import { territories, territory } from '../src/departments.ts';
import * as labels from '../src/labels.ts';
import { recentMonths } from '../src/months.ts';
import { sumsOf } from '../src/pages/BuyerFigures.tsx';
import { changeOfDay } from '../src/pages/Today.tsx';
import type { DayItem } from '../src/types.ts';
import { viewsOf } from '../src/roles.ts';
import { takeFragmentToken, storedToken, storeToken, forgetToken } from '../src/session.ts';

test('a series has every month, holes as zero', () => {
  const series = monthSeries(
    [
      { month: '2026-03', hours: '10.50' },
      { month: '2025-12', hours: '2.00' },
    ],
    4,
  );
  assert.deepEqual(series, [
    { month: '2025-12', hundredths: 200 },
    { month: '2026-01', hundredths: 0 },
    { month: '2026-02', hundredths: 0 },
    { month: '2026-03', hundredths: 1050 },
  ]);
  assert.deepEqual(monthSeries([], 12), []);
  assert.equal(monthSeries([{ month: '2026-03' }], 12, '2025-12')[0]?.month, '2025-01');
});

test('a chart reaches from zero to a round number that no mark passes, stacked or not', () => {
  const bars = (values: number[]) => ({ label: 'a', kind: 'bar' as const, values });
  const both = [bars([1, 7]), { ...bars([2, 30]), label: 'b' }];
  assert.deepEqual(extentOf(both, false), [0, 30]);
  assert.deepEqual(extentOf(both, true), [0, 37]);
  assert.deepEqual(extentOf([bars([0, 0])], false), [0, 1]);
  assert.deepEqual(extentOf([{ label: 'c', kind: 'line', values: [null, 12] }], true), [0, 12]);
  const frame = frameOf(640, 12, [0, 221050], String);
  assert.equal(frame.marks.at(-1), 250000);
  assert.ok(frame.y(221050) > frame.y(250000) && frame.y(0) === 236);
  assert.ok(frame.x(0) > frame.left && frame.x(11) < 640);
});

test('a bar of progress is full, never more', () => {
  assert.deepEqual(segments({ due: '100.00', done: '50.00', converted: '25.00' }), { done: 500, converted: 250 });
  assert.deepEqual(segments({ due: '100.00', done: '150.00', converted: '50.00' }), { done: 750, converted: 250 });
  assert.deepEqual(segments({}), { done: 0, converted: 0 });
  assert.match(remainingText({ due: '10.00', done: '12.00', remaining: '-2.00' }), /^2\sh au-delà du dû$/);
  assert.match(remainingText({ due: '10.00', waived: '1.00', remaining: '4.00' }), /^4\sh restantes$/);
  assert.match(remainingText({ remaining: '4.00', surplus: '6.00' }), /^4\sh restantes, 6\sh au-delà du dû$/);
});

test('only new alerts are announced, and none at first', () => {
  const list = [
    { noticeId: 'b', title: 'Deux' },
    { noticeId: 'a', title: 'Un' },
  ];
  assert.equal(announcement(null, list), '');
  assert.equal(announcement(new Set(['a', 'b']), list), '');
  assert.equal(announcement(new Set(['a']), list), 'Nouvelle alerte : Deux');
  assert.match(announcement(new Set(), list), /^2\snouvelles alertes$/);
});

test('the lag of an instance is what its sources hold and it has not', () => {
  const sources = [
    { position: '3', head: '10' },
    { position: '5', head: '5' },
    { position: '8', head: '7' },
  ];
  assert.equal(lagOf({ instance: 'x', sources }), 7);
  assert.equal(lagOf({ instance: 'x' }), 0);
});

test('the months that one may speak of are the last ones, newest first', () => {
  assert.deepEqual(recentMonths(3, new Date(2026, 0, 9)), ['2026-01', '2025-12', '2025-11']);
});

test('labels are French, and an unknown value shows as it came', () => {
  assert.equal(labels.social('RESERVED'), 'Marché réservé');
  assert.equal(labels.social('NEWER'), 'NEWER');
  assert.equal(labels.state(undefined), 'injoignable');
  assert.equal(territory('59'), 'Nord (59)');
  assert.equal(territory('2A'), 'Corse-du-Sud (2A)');
  assert.equal(territory('*'), 'Toute la région');
  assert.equal(territories(['59', '62']), 'Nord (59), Pas-de-Calais (62)');
  assert.equal(territories(['09', '11', '12', '30', '31']), '5 départements');
});

test('a role is shown its own views', () => {
  assert.equal(viewsOf('FACILITATOR')[0]?.path, 'aujourdhui');
  assert.ok(!viewsOf('COORDINATOR').some((v) => v.path === 'heures'));
  assert.equal(viewsOf('PRESCRIBER')[0]?.path, 'aujourdhui');
  assert.deepEqual(viewsOf('ROLE_NONE'), []);
});

test('a token in the fragment is kept for the tab and leaves the address bar', () => {
  const kept = new Map<string, string>();
  const store = {
    getItem: (k: string) => kept.get(k) ?? null,
    setItem: (k: string, v: string) => void kept.set(k, v),
    removeItem: (k: string) => void kept.delete(k),
  };
  const seen: string[] = [];
  const history = { replaceState: (_: unknown, __: string, url: string) => void seen.push(url) } as unknown as History;
  const place = (hash: string) => ({ location: { hash, pathname: '/', search: '' }, history });
  assert.equal(takeFragmentToken(place('#/contrats')), null);
  assert.equal(takeFragmentToken(place('#jeton=')), null);
  assert.deepEqual([seen, kept.size], [[], 0]);
  assert.equal(takeFragmentToken(place('#jeton=a-b_c')), 'a-b_c');
  assert.deepEqual(seen, ['/']);
  assert.equal(storedToken(store), null, 'it is kept once it has opened a session');
  storeToken(store, 'a-b_c');
  assert.equal(storedToken(store), 'a-b_c');
  forgetToken(store);
  assert.equal(storedToken(store), null);
});

test('the largest kinds of partners are named, the others summed', () => {
  const counts = ['ACI', 'EI', 'AI', 'ETTI', 'GEIQ', 'ESAT', 'EA'].map((kind, i) => ({ kind, open: 10 * (i + 1) }));
  const bars = kindBars([...counts, { kind: 'PJJ', open: 0 }, { kind: 'SPIP' }]);
  assert.deepEqual(
    bars.map((b) => b.value),
    [70, 60, 50, 40, 30, 30],
  );
  assert.equal(bars[0]?.label, 'Entreprise adaptée');
  assert.equal(bars.at(-1)?.label, 'Autres');
  assert.deepEqual(kindBars([]), []);
});

test('what changed in a day is told in one sentence, and nothing the first time', () => {
  const item = (waitId: string) => ({ waitId, title: `Chose ${waitId}` }) as DayItem;
  assert.equal(changeOfDay(null, [item('a')]), '');
  assert.equal(changeOfDay(new Set(['a']), [item('a')]), '');
  assert.equal(
    changeOfDay(new Set(['a', 'b']), [item('a'), item('c')]),
    'Votre journée a changé : une nouvelle chose à faire : Chose c ; 1\u00a0chose n’attend plus.',
  );
});

test('hours of a contract are the sums of its obligations, and no surplus pays for another', () => {
  const one = { contractId: 'a', due: '100.00', done: '150.50', converted: '0.00', remaining: '-50.50', territories: ['31'] };
  const two = { contractId: 'a', due: '10.00', done: '0.00', converted: '2.00', remaining: '8.00', territories: ['31', '32'] };
  const [sum, none] = sumsOf([one, two] as never, [{ contractId: 'a', object: 'Halle', number: '7', notifiedOn: '2026-01-01' }] as never);
  assert.equal(none, undefined);
  assert.deepEqual([sum!.due, sum!.done, sum!.converted, sum!.remaining], [11000, 15050, 200, 800]);
  assert.deepEqual([sum!.title, sum!.territories], ['Halle', ['31', '32']]);
});
