// The pages of contracts: figures as sentences and points, what is asked and in which order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextOf } from '../src/pages/AgreementsPage.tsx';
import { yearToShow } from '../src/pages/ProgrammePage.tsx';
import { lower, wordIn } from '../src/contract/words.ts';
import { inOrder, requestOf } from '../src/components/Contracts.tsx';
import { rungOf } from '../src/contract/ControlPart.tsx';
import { sentenceOf } from '../src/contract/ledger.ts';
import { reasonOf } from '../src/contract/Light.tsx';
import { hrefOfDate, nextDate, todayText } from '../src/contract/next.ts';
import { paceSeries } from '../src/contract/PaceChart.tsx';
import { papersOf } from '../src/contract/papers.ts';
import { partsOf } from '../src/contract/parts.tsx';
import { stepOf } from '../src/contract/Stages.tsx';
import { figuresOf } from '../src/contract/WhatIf.tsx';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

test('hours add up month by month', () => {
  const series = paceSeries({
    months: [
      { month: '2026-01', done: '10.50', converted: '1.00', expected: '20.00' },
      { month: '2026-02', done: '-2.00', expected: '40.00' },
    ],
  });
  assert.deepEqual(
    series.map((m) => m.done),
    [1150, 950],
  );
  assert.equal(series[1]!.expected, 4000);
});

test('an entry of the ledger is a sentence, a correction another', () => {
  const entry = { number: 2, from: 'DUE', to: 'DONE', hours: '104.00', month: '2026-10', cause: 'Heures validées' } as const;
  assert.equal(plain(sentenceOf(entry)), '104 h d’octobre 2026 sont faites (heures validées).');
  assert.match(plain(sentenceOf({ ...entry, hours: '-4.00' })), /^4 h d’octobre 2026 sont retirées/);
  assert.equal(plain(sentenceOf({ from: 'CLAUSE', to: 'DUE', hours: '833.00' })), '833 h sont dues.');
  assert.match(plain(sentenceOf({ from: 'DONE', to: 'CLAUSE', hours: '1.00' })), /« Réalisées » à « Clause »/);
});

test('a light says why', () => {
  assert.match(plain(reasonOf({ owed: '100.00', done: '40.00', expected: '50.00' })), /il en manque 10 h \(80 % de l’attendu\)/);
  assert.match(plain(reasonOf({ owed: '100.00', done: '60.00', expected: '50.00' })), /10 h d’avance/);
  assert.match(reasonOf({ owed: '100.00', done: '100.00', expected: '50.00' }), /Toutes les heures/);
  assert.match(reasonOf({ owed: '100.00' }), /Rien n’est encore attendu/);
});

test('the list asks what the address says, and nothing else', () => {
  const query = { words: ' peinture ', year: '2026', followed: 'oui', light: 'LIGHT_RED', tri: 'retard', buyerSiret: '12' };
  assert.deepEqual(requestOf(query), { light: 'LIGHT_RED', words: 'peinture', year: 2026, followed: true });
  assert.deepEqual(requestOf({}), {});
});

test('the most behind come first, what expects nothing last', () => {
  const line = (contractId: string, done: string, expected: string, light?: 'LIGHT_RED' | 'LIGHT_TOO_EARLY') => ({ contractId, done, expected, light });
  const lines = [
    line('none', '0.00', '0.00'),
    line('early', '0.00', '5.00', 'LIGHT_TOO_EARLY'),
    line('good', '9.00', '10.00', 'LIGHT_RED'),
    line('bad', '1.00', '10.00', 'LIGHT_RED'),
  ];
  assert.deepEqual(
    inOrder(lines, 'retard').map((c) => c.contractId),
    ['bad', 'good', 'early', 'none'],
  );
  assert.deepEqual(inOrder(lines, undefined), lines);
});

test('the next date is the first that nobody has kept, and leads to its act where the role may', () => {
  const late = { on: '2026-08-10', state: 'LATE', act: 'contracts.RecordStatement', aboutId: 'o-1' } as const;
  const lines = [{ on: '2026-12-10', state: 'COMING' } as const, late, { on: '2026-07-10', state: 'KEPT' } as const];
  assert.equal(nextDate(lines), late);
  assert.equal(hrefOfDate('FACILITATOR', 'c-1', late), '#/obligations/o-1/agir/contracts.RecordStatement');
  assert.equal(hrefOfDate('AUDITOR', 'c-1', late), undefined);
  const question = { on: '2026-12-10', act: 'contracts.DraftAnswer', aboutId: 'q-1' };
  assert.equal(hrefOfDate('FACILITATOR', 'c-1', question), '#/contrats/c-1/agir/contracts.DraftAnswer?questionId=q-1');
  assert.equal(todayText(new Date(2026, 0, 5)), '2026-01-05');
});

test('parts, steps and rungs follow what is known', () => {
  const contract = { contractId: 'c-1' };
  const names = (role: 'FACILITATOR' | 'COMPANY', facts: Parameters<typeof partsOf>[1]) => partsOf(role, facts).map((p) => p.name);
  assert.deepEqual(names('FACILITATOR', { contract }), ['', 'clause', 'consultation', 'pieces', 'publication', 'histoire']);
  assert.ok(names('COMPANY', { contract, control: [{}] }).includes('controle'));
  assert.ok(!names('COMPANY', { contract, control: [{}] }).includes('publication'));
  assert.equal(stepOf('SUSPENDED'), stepOf('IN_EXECUTION'));
  assert.equal(stepOf('DECLINED'), -1);
  assert.ok(rungOf('CASE_CLOSED') > rungOf('BUYER_DECIDED'));
});

test('a document is offered where there is something to print, and to whom may read it', () => {
  const contract = { contractId: 'c-1', clauses: [{ clauseId: 'k-1', lot: 2 }] };
  const keys = (role: 'FACILITATOR' | 'COMPANY') => papersOf(role, 'c-1', { contract, control: [{}] }, []).map((p) => p.key);
  assert.ok(keys('FACILITATOR').includes('CCAP-2'));
  assert.deepEqual(keys('COMPANY'), ['bilan']);
});

test('a method is varied by the figures that it calculates with', () => {
  const given = { amount: '100.00', labourShare: '0.5', insertionRate: '0.05', hourlyCost: '30.00', chosenHours: '10.00' };
  assert.deepEqual(
    figuresOf('FORMULA', given).map((f) => f.name),
    ['amount', 'labourShare', 'insertionRate', 'hourlyCost'],
  );
  assert.deepEqual(
    figuresOf('FIXED_HOURS', given).map((f) => f.name),
    ['chosenHours'],
  );
});

test('a word of a reply is the one of its description, wherever it stands', () => {
  const state = { name: 'state', fields: [], options: [['OPEN', 'Ouvert']], unsaid: 'Non renseigné' };
  const shapes = [{ name: 'lines', fields: [state], options: [], unsaid: '' }] as unknown as Parameters<typeof wordIn>[0];
  assert.equal(wordIn(shapes, 'lines.state', 'OPEN'), 'Ouvert');
  assert.equal(wordIn(shapes, 'lines.state', undefined), 'Non renseigné');
  assert.equal(wordIn(shapes, 'lines.state', 'NEWER'), 'NEWER');
  assert.equal(wordIn(shapes, 'nowhere', 'X'), 'X');
  assert.equal(lower('Obligatoire'), 'obligatoire');
  assert.equal(lower('ESS'), 'ESS');
});

test('from October on the programme of the year to come is shown', () => {
  assert.equal(yearToShow(new Date(2026, 8, 30)), 2026);
  assert.equal(yearToShow(new Date(2026, 9, 1)), 2027);
});

test('an agreement waits for its signature, then for its renewal when its term is near', () => {
  assert.equal(nextOf({ agreementId: 'a', state: 'AGREEMENT_DRAFT' }), 'contracts.SignAgreement');
  assert.equal(nextOf({ agreementId: 'a', state: 'AGREEMENT_IN_FORCE', warning: 'À décider' }), 'contracts.RenewAgreement');
  assert.equal(nextOf({ agreementId: 'a', state: 'AGREEMENT_IN_FORCE' }), undefined);
});
