// A company declares its hours, is refused what the law of arithmetic refuses, and the facilitator validates the rest.
import assert from 'node:assert/strict';
import { assertAccessible, settled, textOf } from '../lib.mjs';

const fields = (page) => page.getByLabel(/^Heures du placement/);
const send = (page) => page.getByRole('button', { name: 'Envoyer les déclarations' });

// The first placement of the page whose hours of the shown month are not validated yet.
async function openRow(page) {
  const rows = page.locator('table.grid tbody tr');
  for (let i = 0; i < (await rows.count()); i++) if (!/validées/.test(await textOf(rows.nth(i)))) return rows.nth(i);
  throw new Error('every placement of the month is validated');
}

export default {
  'a company sees what it owes': async (world) => {
    const page = await world.signedIn('company', 'obligations');
    assert.ok((await page.locator('.obligation').count()) > 0);
    assert.match(await textOf(page.locator('.obligation').first()), /Dues .* h .*Restantes|Dues .* h .*Au-delà/);
  },

  'hours that no month has are refused in French, under their field': async (world) => {
    const page = await world.signedIn('company', 'declarer');
    const row = await openRow(page);
    await row.getByRole('textbox').fill('745');
    await send(page).click();
    await row.getByRole('alert').waitFor();
    assert.match(await row.getByRole('alert').innerText(), /744/);
    assert.equal(await row.getByRole('textbox').getAttribute('aria-invalid'), 'true');
    assert.match(await textOf(page.locator('.said')), /1 ligne à corriger/);
    await assertAccessible(page, 'refused hours');
  },

  'what is not a number is told before anything is sent': async (world) => {
    const page = await world.signedIn('company', 'declarer');
    await fields(page).first().fill('beaucoup');
    await send(page).click();
    assert.match(await page.getByRole('alert').first().innerText(), /nombre d’heures/);
  },

  'a company declares the hours of the month': async (world) => {
    const page = await world.signedIn('company', 'declarer');
    const row = await openRow(page);
    await row.getByRole('textbox').fill('120,50');
    await send(page).click();
    await page.getByText('1 déclaration enregistrée.').waitFor();
    await row.getByText(/120,50\sh déclarées/).waitFor();
    assert.equal(await row.getByRole('textbox').inputValue(), '');
  },

  'the facilitator validates them': async (world) => {
    const page = await world.signedIn('facilitator', 'heures');
    const rows = page.locator('table.grid tbody tr');
    await rows.first().waitFor();
    const before = await rows.count();
    await assertAccessible(page, 'hours to validate');
    await page
      .getByRole('button', { name: /^Valider/ })
      .last()
      .click();
    await page.getByText(/validées pour le placement/).waitFor();
    await page.waitForFunction((n) => document.querySelectorAll('table.grid tbody tr').length === n, before - 1);
    await settled(page);
  },
};
