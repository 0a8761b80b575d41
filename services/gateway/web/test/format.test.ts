import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as f from '../src/format.ts';

// Intl writes narrow no-break spaces between thousands; the tests read them as plain ones.
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

test('hours show two decimals only where there are some', () => {
  assert.equal(plain(f.hours('151.67')), '151,67 h');
  assert.equal(plain(f.hours('3500.00')), '3 500 h');
  assert.equal(plain(f.hours('7.50')), '7,50 h');
  assert.equal(plain(f.hours(undefined)), '0 h');
  assert.equal(plain(f.hours('-12.00')), '-12 h');
});

test('hours are added as whole hundredths', () => {
  assert.equal(f.hundredths('0.10') + f.hundredths('0.20'), f.hundredths('0.30'));
  assert.equal(f.hundredths('151.67'), 15167);
  assert.equal(f.hundredths(undefined), 0);
});

test('what a person types becomes the text form of hours', () => {
  assert.equal(f.parseHours('151,67'), '151.67');
  assert.equal(f.parseHours(' 1 607 h '), '1607');
  assert.equal(f.parseHours('0'), '0');
  for (const wrong of ['', 'douze', '-3', '1,234', '12:30', '1e3', '12345678']) assert.equal(f.parseHours(wrong), null);
});

test('what was formatted can be typed back', () => {
  for (const text of ['0.00', '7.50', '151.67', '1607.00', '999999.99'])
    assert.equal(Number(f.parseHours(f.hours(text))), Number(text));
});

test('money keeps its cents only where there are some', () => {
  assert.equal(plain(f.money('82238.00')), '82 238 €');
  assert.equal(plain(f.money('845250.50')), '845 250,50 €');
  assert.equal(f.money(undefined), f.ABSENT);
  assert.equal(f.money('', 'inchangé'), 'inchangé');
});

test('days and months are read as they are written, whatever the time zone', () => {
  assert.equal(f.day('2026-11-22'), '22/11/2026');
  assert.equal(f.day('2026-01-01'), '01/01/2026');
  assert.equal(f.day(undefined), f.ABSENT);
  assert.equal(f.day('22 novembre'), f.ABSENT);
  assert.equal(f.month('2026-11'), 'novembre 2026');
  assert.equal(f.ofMonth('2026-10'), 'd’octobre 2026');
  assert.equal(f.ofMonth('2026-05'), 'de mai 2026');
  assert.equal(f.dayInWords('2026-12-01'), 'Mardi 1er décembre 2026');
  assert.equal(f.dayInWords('2026-11-30'), 'Lundi 30 novembre 2026');
  assert.equal(f.month(undefined), f.ABSENT);
});

test('months are counted across years', () => {
  assert.equal(f.shiftMonth('2026-01', -1), '2025-12');
  assert.equal(f.shiftMonth('2025-12', 1), '2026-01');
  assert.equal(f.shiftMonth('2026-11', -23), '2024-12');
  assert.equal(f.monthOf(new Date(2026, 10, 22)), '2026-11');
});

test('shares and percentages', () => {
  assert.equal(plain(f.share('0.05')), '5 %');
  assert.equal(plain(f.share('0.125')), '12,5 %');
  assert.equal(plain(f.percent(51, 100)), '51 %');
  assert.equal(plain(f.percent(999, 1000)), '99 %', 'never 100 % before all is done');
  assert.equal(f.percent(0, 0), '–');
});

test('a feed says how long ago', () => {
  const now = new Date('2026-11-22T15:00:00Z');
  assert.equal(f.ago('2026-11-22T14:59:40Z', now), 'à l’instant');
  assert.equal(plain(f.ago('2026-11-22T14:48:00Z', now)), 'il y a 12 min');
  assert.equal(plain(f.ago('2026-11-22T11:00:00Z', now)), 'il y a 4 h');
  assert.match(f.ago('2026-11-20T12:00:00Z', now), /^20\/11\/2026 à /);
  assert.equal(f.ago(undefined, now), f.ABSENT);
});

test('identifiers and plurals', () => {
  assert.equal(plain(f.siret('55210055400013')), '552 100 554 00013');
  assert.equal(f.siret('FR123'), 'FR123');
  assert.equal(f.siret(''), f.ABSENT);
  assert.equal(plain(f.plural(0, 'poste')), '0 poste');
  assert.equal(plain(f.plural(1, 'poste')), '1 poste');
  assert.equal(plain(f.plural(1200, 'poste')), '1 200 postes');
});
