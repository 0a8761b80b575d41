// A company declares its hours, is refused what the law of arithmetic refuses, and the facilitator validates the rest.
import assert from 'node:assert/strict';
import { assertAccessible, settled, textOf } from '../lib.mjs';

const send = (page) => page.getByRole('button', { name: 'Envoyer les déclarations' });
const hoursOf = (row) => row.getByRole('textbox', { name: /^Heures du mois/ });

// The first placement of the page whose hours of the shown month are not validated yet.
async function openRow(page) {
  const rows = page.locator('tr[data-line]');
  await rows.first().waitFor();
  for (let i = 0; i < (await rows.count()); i++) if (!/validées/.test(await textOf(rows.nth(i)))) return rows.nth(i);
  throw new Error('every placement of the month is validated');
}

// The newest month in which a statement waits.
async function waitingMonth(world) {
  const now = new Date();
  for (let back = 0; back < 6; back++) {
    const month = new Date(Date.UTC(now.getFullYear(), now.getMonth() + 1 - back, 1)).toISOString().slice(0, 7);
    for await (const { lines = [] } of world.pages('facilitator', 'tracking/MonthSheet', { month }))
      if (lines.some((l) => l.state === 'HOURS_STATED')) return month;
  }
  throw new Error('no hours wait');
}

const inDays = (n) => new Date(Date.now() + n * 86400e3).toISOString().slice(0, 10);

// A commune of the territory of an obligation: INSEE codes begin with the département.
async function communeOf(world) {
  const { obligations } = await world.ask('company', 'contracts/Obligations');
  return `${obligations[0].territories[0]}001`;
}

export default {
  'a company sees what it owes': async (world) => {
    const page = await world.signedIn('company', 'obligations');
    await page.locator('.obligation').first().waitFor();
    assert.match(await textOf(page.locator('.obligation').first()), /Dues .* h .*Restantes|Dues .* h .*Au-delà/);
  },

  'hours that no month has are refused in French, under their field': async (world) => {
    const page = await world.signedIn('company', 'declarer');
    const row = await openRow(page);
    await hoursOf(row).fill('745');
    await row.getByRole('alert').waitFor();
    assert.match(await row.getByRole('alert').innerText(), /744/);
    assert.equal(await hoursOf(row).getAttribute('aria-invalid'), 'true');
    await send(page).click();
    assert.match(await textOf(page.locator('.alert-danger')), /1 ligne à corriger/);
    assert.equal(await textOf(page.locator('.said')), '');
    await assertAccessible(page, 'refused hours');
  },

  'what is not a number is told before anything is sent': async (world) => {
    const page = await world.signedIn('company', 'declarer');
    const row = await openRow(page);
    await hoursOf(row).fill('beaucoup');
    assert.match(await row.getByRole('alert').innerText(), /nombre d’heures/);
  },

  'a company declares the hours of the month': async (world) => {
    const page = await world.signedIn('company', 'declarer');
    const row = page.locator(`[data-line="${await (await openRow(page)).getAttribute('data-line')}"]`);
    await hoursOf(row).fill('7,50');
    await send(page).click();
    await page.getByText(/^1\s+déclaration enregistrée/).waitFor();
    await row.getByText(/^7,50\sh$/).waitFor();
    assert.equal(await hoursOf(row).inputValue(), '');
  },

  'a need is refused under the field that is wrong, then declared': async (world) => {
    const page = await world.signedIn('company', 'besoin');
    await page.getByLabel('Intitulé du poste').fill('Aide-maçon');
    await page.getByLabel('Métier, par son code ROME').fill('maçon');
    await page.getByLabel('Nombre de postes').fill('2');
    await page.getByLabel('Date de début').fill(inDays(21));
    await page.getByLabel(/^Commune/).fill(await communeOf(world));
    const declare = page.getByRole('button', { name: 'Déclarer le besoin' });
    await declare.click();
    await page.getByRole('alert').waitFor();
    assert.match(await page.getByRole('alert').innerText(), /ROME/);
    const trade = page.getByLabel('Métier, par son code ROME');
    assert.ok(await trade.evaluate((e) => e === document.activeElement), 'the wrong field has the focus');
    await assertAccessible(page, 'refused need');
    await trade.fill('f1703');
    await declare.click();
    await page.getByText(/^Besoin déclaré/).waitFor();
    const { needs } = await world.ask('facilitator', 'contracts/Needs', { page: { limit: 500 } });
    assert.ok(needs.some((n) => n.title === 'Aide-maçon' && n.romeCode === 'F1703' && n.positions === 2));
  },

  'the facilitator validates them': async (world) => {
    const page = await world.signedIn('facilitator', `heures?mois=${await waitingMonth(world)}`);
    const first = page.locator('tr[data-line]', { has: page.getByRole('button', { name: /^Valider/ }) }).first();
    const row = page.locator(`[data-line="${await first.getAttribute('data-line')}"]`);
    await assertAccessible(page, 'hours to validate');
    await row.getByRole('button', { name: /^Valider/ }).click();
    const dialog = page.getByRole('dialog'); // a warning wants a reason
    await dialog.or(page.getByText(/^1\s+ligne validée/)).first().waitFor();
    if (await dialog.count()) {
      await dialog.getByLabel('Motif').fill('vu avec l’entreprise');
      await dialog.getByRole('button', { name: 'Valider', exact: true }).click();
    }
    await row.getByText(/h validées/).waitFor();
    await settled(page);
  },
};
