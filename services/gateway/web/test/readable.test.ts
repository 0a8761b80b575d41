// What a refusal says of commands and days.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readable } from '../src/readable.ts';

test('a command is named by what a person sees, a day as people write it', () => {
  assert.equal(
    readable("Impossible à cette étape : il manque un rappel à l'entreprise (RecordReminder)."),
    "Impossible à cette étape : il manque un rappel à l'entreprise («\u00a0Noter une relance de l’entreprise\u00a0»).",
  );
  assert.equal(readable('Ce jour ne peut être avant le 2026-12-01.'), 'Ce jour ne peut être avant le 01/12/2026.');
  assert.equal(readable('Le marché 2026-12 (Lot) reste.'), 'Le marché 2026-12 (Lot) reste.');
});
