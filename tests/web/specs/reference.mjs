// The reference of the interface: whoever is signed in finds a method by a word, and reads what it asks and refuses.
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, assertAccessible, assertFits } from '../lib.mjs';

export default {
  'a method is found by a word, and read': async (world) => {
    const page = await world.signedIn('company', 'interface', { viewport: DESKTOP });
    await page.getByRole('heading', { name: 'Interface pour les programmes' }).waitFor();
    await page.getByLabel('Chercher une demande').fill('heures mois');
    await page.getByRole('status').getByText(/demandes?\./).waitFor();
    await page.getByLabel('Chercher une demande').fill('SubmitHours');
    await page.getByRole('link', { name: 'Déclare les heures d’un mois' }).click();
    await page.getByText('/v1/tracking/SubmitHours').first().waitFor();
    const asked = page.getByRole('table', { name: 'Champs de la demande' });
    const row = await asked.getByRole('row', { name: /^hours/ }).innerText();
    assert.match(row, /obligatoire/);
    assert.match(row, /de 0\.00 à 744\.00/);
    assert.ok(await page.getByRole('cell', { name: 'WRONG_STATE' }).count(), 'its own refusals');
    assert.match(await page.getByLabel('Exemple de demande').innerText(), /POST \/v1\/tracking\/SubmitHours/);
    for (const viewport of [DESKTOP, PHONE]) {
      await page.setViewportSize(viewport);
      await assertFits(page, `the reference at ${viewport.width} px`);
      await assertAccessible(page, `the reference at ${viewport.width} px`);
    }
    await page.getByRole('link', { name: 'Toutes les demandes' }).click();
    await page.getByLabel('Chercher une demande').waitFor();
  },

  'what a role may not ask is not in its reference': async (world) => {
    const page = await world.signedIn('prescriber', 'interface');
    await page.getByLabel('Chercher une demande').fill('DeclareNeed');
    await page.getByText('Aucune demande ne correspond').waitFor();
  },
};
