// The parts of a form that need no browser: shapes from a description, what is typed, what is wrong, drafts, addresses.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makesSense } from '../src/desk/when.ts';
import { dropAllDrafts, draftKey, keepDraft, loadDraft } from '../src/form/draft.ts';
import { merged, split } from '../src/form/given.ts';
import { shapesOf } from '../src/form/shape.ts';
import type { Shape } from '../src/form/shape.ts';
import { placeOf, readForm, siretHolds, typedOf } from '../src/form/typed.ts';
import type { TypedGroup } from '../src/form/typed.ts';
import { addressOf, hrefOf } from '../src/hooks.ts';
import type { OpenApi } from '../src/reference.ts';
import { matchesWords } from '../src/words.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = (title: string, more = {}) => ({ type: 'string', title, maxLength: 60, ...more });
const all = {
  paths: {},
  components: {
    schemas: {
      'types.Id': { type: 'string' },
      'types.Day': { type: 'string' },
      'types.Hours': { type: 'string' },
      'types.Money': { type: 'string' },
      'types.Share': { type: 'string' },
      'x.Kind': { type: 'string', enum: ['KIND_UNKNOWN', 'ONE'], 'x-guichet-labels': { KIND_UNKNOWN: 'non dit', ONE: 'un' } },
      'x.Lot': { type: 'object', required: ['number'], properties: { number: { type: 'integer', title: 'Numéro' }, share: { ...ref('types.Share'), title: 'Part' } } },
      'x.Act': {
        type: 'object',
        required: ['name', 'done'],
        properties: {
          contractId: { ...ref('types.Id'), title: 'Contrat' },
          name: text('Nom'),
          siret: text('SIRET', { pattern: '^[0-9]{14}$' }),
          done: { ...ref('types.Day'), title: 'Jour', 'x-guichet-day': 'PAST' },
          hours: { ...ref('types.Hours'), title: 'Heures', 'x-guichet-most': '744.00' },
          amount: { ...ref('types.Money'), title: 'Montant' },
          kind: { ...ref('x.Kind'), title: 'Sorte' },
          lots: { type: 'array', items: ref('x.Lot'), title: 'Lots', maxItems: 2 },
          hash: { type: 'string', contentEncoding: 'base64', title: 'Empreinte' },
          seen: { type: ['string', 'integer'], title: 'Version lue' },
        },
      },
    },
  },
} as unknown as OpenApi;
const shapes = shapesOf(all, 'x.Act');
const named = (name: string): Shape => shapes.find((s) => s.name === name)!;

test('what a field is comes from its description', () => {
  assert.deepEqual(
    shapes.map((s) => s.kind),
    ['id', 'text', 'siret', 'day', 'hours', 'money', 'choice', 'group', 'bytes', 'version'],
  );
  assert.deepEqual(named('kind').options, [['ONE', 'Un']]);
  assert.equal(named('kind').unsaid, 'Non dit');
  assert.deepEqual([named('done').isPast, named('hours').most, named('lots').maxItems], [true, 744, 2]);
});

test('what is typed as people write it is sent as the network does', () => {
  const typed: TypedGroup = { name: ' Ana ', siret: '213 105 554 00017', done: '2026-01-31', hours: '151h40', amount: '1 250 000,5', lots: [{ number: '2', share: '12,5' }, {}] };
  const { request, problems } = readForm(shapes, typed);
  assert.deepEqual([...problems], []);
  assert.deepEqual(request, {
    name: 'Ana',
    siret: '21310555400017',
    done: '2026-01-31',
    hours: '151.67',
    amount: '1250000.5',
    lots: [{ number: 2, share: '0.125' }],
  });
});

test('all that is wrong is told at once, each where it is', () => {
  const typed = { siret: '21310555400018', done: '2999-01-01', hours: '800', amount: 'beaucoup', lots: [{ share: '150' }] };
  const { problems } = readForm(shapes, typed);
  assert.deepEqual([...problems.keys()].sort(), ['amount', 'done', 'hours', 'lots[0].number', 'lots[0].share', 'name', 'siret']);
  assert.match(problems.get('hours')!, /744/);
  assert.match(problems.get('done')!, /à venir/);
});

test('a thing that is amended begins as it is, and stays so unless it is changed', () => {
  const known = { name: 'Ana', hours: '151.67', amount: '1250000.00', kind: 'ONE', lots: [{ number: 1, share: '0.05' }] };
  const typed = typedOf(shapes, known);
  assert.deepEqual(typed, { name: 'Ana', hours: '151,67', amount: '1 250 000', kind: 'ONE', lots: [{ number: '1', share: '5' }] });
  const { request } = readForm(shapes, { ...typed, done: '2026-01-31' });
  assert.deepEqual(request, { ...known, amount: '1250000', done: '2026-01-31' });
});

test('ids and versions that the place knows are given and not shown; bytes are neither', () => {
  const { shown, given } = split(shapes, { contractId: 'c' }, '7');
  assert.deepEqual(given, { contractId: 'c', seen: '7' });
  assert.deepEqual(shown.filter((s) => ['contractId', 'seen', 'hash'].includes(s.name)), []);
  assert.deepEqual(merged({ decision: { caseId: 'k' } }, { decision: { choice: 'X' } }), { decision: { caseId: 'k', choice: 'X' } });
});

test('a refusal finds its field, whether the daemon counts the lines or not', () => {
  const fields = ['name', 'lots[0].number', 'lots[1].number', 'record.object'];
  assert.equal(placeOf('lots[1].number', fields), 'lots[1].number');
  assert.equal(placeOf('lots.number', fields), 'lots[0].number');
  assert.equal(placeOf('record', fields), 'record.object');
  assert.equal(placeOf('reason', fields), undefined);
});

test('the key of a SIRET', () => {
  assert.ok(siretHolds('21310555400017') && siretHolds('35600000000048'));
  assert.ok(!siretHolds('21310555400018'));
});

test('a draft is of one account, one act and one thing, holds no secret, and goes when she leaves', () => {
  const kept = new Map<string, string>();
  const store = {
    getItem: (k: string) => kept.get(k) ?? null,
    setItem: (k: string, v: string) => void kept.set(k, v),
    removeItem: (k: string) => void kept.delete(k),
  };
  const key = draftKey('anna', 'x/Act', 'contrats/1');
  keepDraft(store, key, { typed: { name: 'Ana', consentToken: 'secret' } });
  assert.deepEqual(loadDraft(store, key), { typed: { name: 'Ana' } });
  assert.equal(loadDraft(store, draftKey('bob', 'x/Act', 'contrats/1')), null);
  kept.set('guichet.jeton', 't');
  dropAllDrafts({ ...Object.fromEntries(kept), removeItem: store.removeItem } as unknown as Storage);
  assert.deepEqual([...kept.keys()], ['guichet.jeton']);
});

test('an address says the page and what is asked of it', () => {
  const href = hrefOf(['contrats', 'a b', 'agir', 'x.Act'], { lot: '1', empty: '' });
  assert.deepEqual(addressOf(href), { path: ['contrats', 'a b', 'agir', 'x.Act'], query: { lot: '1' } });
});

test('words are sought whatever their accents', () => {
  assert.ok(matchesWords('Déclarer l’éligibilité', 'eligib declarer'));
  assert.ok(!matchesWords('Déclarer', 'declarer besoin'));
});

test('an act that the state has no use for is told from one that it has', () => {
  assert.equal(makesSense('tracking.EndPlacement', { ended: true }), false);
  assert.equal(makesSense('tracking.ReopenPlacement', { ended: true }), true);
  assert.equal(makesSense('tracking.EndPlacement', {}), true); // nothing is known: the daemon says
  assert.equal(makesSense('tracking.SubmitHours', { ended: true }), true);
});
