// The reference says of a method what its description says, in words; nothing is lost on the way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matching, objectsIn, operationsOf, rowsOf } from '../src/reference.ts';
import type { OpenApi } from '../src/reference.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const description: OpenApi = {
  paths: {
    '/v1/tracking/SubmitHours': {
      post: {
        operationId: 'tracking.SubmitHours',
        summary: "Déclare les heures d'un mois",
        description: 'Qui le peut : COMPANY (entreprise).',
        tags: ['tracking'],
        parameters: [{ name: 'Idempotency-Key', in: 'header' }],
        requestBody: { content: { 'application/json': { schema: ref('tracking.SubmitHours'), example: { hours: '1.00' } } } },
        responses: {
          '200': { content: { 'application/json': { schema: { properties: { reply: ref('tracking.Reply') } } } } },
          '404': { $ref: '#/components/responses/404' },
        },
        'x-guichet-refusals': [{ code: 'WRONG_STATE', field: 'month', text: 'Déjà validées.' }],
      },
    },
  },
  components: {
    responses: { '404': { description: "Introuvable (NOT_FOUND). N'existe pas." } },
    schemas: {
      'tracking.SubmitHours': {
        required: ['hours'],
        properties: {
          hours: { ...ref('types.Hours'), title: 'Heures', 'x-guichet-least': '0.00', 'x-guichet-most': '744.00', examples: ['100.00'] },
          modalities: { type: 'array', items: ref('types.Modality'), maxItems: 3 },
          part: ref('tracking.Part'),
        },
      },
      'tracking.Reply': { properties: {} },
      'tracking.Part': { properties: { parts: { type: 'array', items: ref('tracking.Part') }, other: ref('tracking.Other') } },
      'tracking.Other': { properties: { note: { type: 'string', maxLength: 60 } } },
      'types.Hours': { type: 'string' },
      'types.Modality': { type: 'string', enum: ['NONE', 'DIRECT'], 'x-guichet-labels': { DIRECT: 'embauche directe' } },
    },
  },
};

test('a method: what is asked, what is answered, what is refused', () => {
  const [one] = operationsOf(description);
  assert.deepEqual([one!.name, one!.verb, one!.title], ['tracking/SubmitHours', 'POST', 'Déclare les heures d’un mois']);
  assert.deepEqual([one!.request, one!.reply, one!.example], ['tracking.SubmitHours', 'tracking.Reply', { hours: '1.00' }]);
  assert.deepEqual(one!.refusals, [{ code: 'WRONG_STATE', field: 'month', text: 'Déjà validées.' }]);
  assert.deepEqual(one!.statuses, [['404', 'Introuvable (NOT_FOUND). N’existe pas.']]);
});

test('a field: its unit, its bounds, its values, its example', () => {
  const [hours, modalities, part] = rowsOf(description, 'tracking.SubmitHours');
  assert.deepEqual(
    [hours!.title, hours!.kind, hours!.bounds, hours!.required, hours!.example],
    ['Heures', 'heures, à deux décimales', 'de 0.00 à 744.00', true, '100.00'],
  );
  assert.deepEqual([modalities!.kind, modalities!.bounds], ['liste : une de ces valeurs', '3 éléments au plus']);
  assert.deepEqual(modalities!.values, [['DIRECT', 'embauche directe']]);
  assert.deepEqual([part!.kind, part!.inside], ['objet', 'tracking.Part']);
});

test('objects are told once each, and one that holds itself comes to an end', () => {
  assert.deepEqual(objectsIn(description, 'tracking.SubmitHours'), ['tracking.Part', 'tracking.Other']);
  assert.deepEqual(rowsOf(description, 'tracking.Nothing'), []);
});

test('what is sought is found whatever its accents', () => {
  const all = operationsOf(description);
  assert.equal(matching(all, 'DECLARE mois').length, 1);
  assert.equal(matching(all, 'submithours').length, 1);
  assert.equal(matching(all, 'contrat').length, 0);
});
