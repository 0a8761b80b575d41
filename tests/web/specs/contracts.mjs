// The pages of contracts, by clicks: the list, one at a glance, what if, a document, a need.
import assert from 'node:assert/strict';
import { settled, textOf } from '../lib.mjs';

const part = (page, name) => page.getByRole('navigation', { name: 'Parties du contrat' }).getByRole('link', { name });

async function contractWhere(world, role, request, holds = () => true) {
  const { contracts } = await world.ask(role, 'contracts/Contracts', { ...request, page: { limit: 200 } });
  const found = contracts.find(holds);
  assert.ok(found, `a contract of ${JSON.stringify(request)}`);
  return found;
}

export default {
  'the list is filtered in the address, and Back leads out of it': async (world) => {
    const page = await world.signedIn('facilitator', 'contrats');
    await page.locator('.row-link').first().waitFor();
    await page.getByLabel('Feu').selectOption({ label: 'Rouge' });
    await page.waitForFunction(() => location.hash.includes('light=LIGHT_RED'));
    await settled(page);
    const lights = await page.locator('.rows-open .light').allInnerTexts();
    assert.ok(lights.length > 0 && lights.every((t) => t.trim() === 'rouge'), lights.join());
    await page.getByLabel('Ordre').selectOption({ label: 'Par objet' });
    await page.waitForFunction(() => location.hash.includes('tri=objet'));
    const titles = await page.locator('.row-link').allInnerTexts();
    assert.deepEqual(
      titles,
      [...titles].sort((a, b) => a.localeCompare(b, 'fr')),
    );
    await page.reload();
    await page.locator('.rows-open .light-red').first().waitFor();
    await page.getByRole('button', { name: 'Effacer' }).click();
    await page.waitForFunction(() => !location.hash.includes('light'));
  },

  'a contract at a glance: its picture, its figures, its next date and the act': async (world) => {
    const late = await contractWhere(world, 'facilitator', { light: 'LIGHT_RED' }, (c) => c.nextOn);
    const page = await world.signedIn('facilitator', `contrats/${late.contractId}`);
    await page.locator('.glance .chart-line').first().waitFor({ state: 'attached' });
    await page.locator('.chart-today').waitFor({ state: 'attached' });
    assert.match(await textOf(page.locator('.glance .light')), /rouge/);
    await page.getByText('Voir ces chiffres en tableau').click();
    const pace = await world.ask('facilitator', 'contracts/ContractPace', { contractId: late.contractId });
    const table = page.getByRole('table', { name: 'Heures du contrat par mois' });
    assert.equal(await table.getByRole('row').count(), pace.months.length + 1);
    await page.locator('.glance .btn-primary').click();
    await page.getByRole('heading', { level: 1, name: 'Noter les documents reçus pour une période' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Fiche du contrat' }).waitFor();
  },

  'what if: the service calculates, and nothing is recorded': async (world) => {
    const one = await contractWhere(world, 'facilitator', { words: 'Entretien des façades' }, (c) => c.clauses > 0);
    const page = await world.signedIn('facilitator', `contrats/${one.contractId}?partie=clause`);
    await page.getByText('Et si les chiffres changeaient ?').first().click();
    const result = page.locator('.what-if-result strong').first();
    await result.waitFor();
    const before = await textOf(result);
    const slider = page.getByRole('slider', { name: 'Coût horaire' }).first();
    await slider.focus();
    await page.keyboard.press('End'); // twice as dear: half of the hours
    await page.waitForFunction((was) => document.querySelector('.what-if-result strong').textContent !== was, await result.textContent());
    assert.notEqual(await textOf(result), before);
    assert.match(await textOf(page.locator('.what-if-result').first()), /− /);
    const facts = await world.ask('facilitator', 'contracts/ContractFacts', { contractId: one.contractId });
    assert.equal(facts.contract.clauses[0].calibration.hourlyCost, '30.00');
  },

  'a document is read as a sheet, and stands alone on paper': async (world) => {
    const one = await contractWhere(world, 'facilitator', { words: 'Entretien des façades' }, (c) => c.clauses > 0);
    const page = await world.signedIn('facilitator', `contrats/${one.contractId}?partie=pieces`);
    await page.getByRole('link', { name: 'Bilan de la clause' }).click();
    const sheet = page.getByRole('article', { name: 'Bilan de la clause' });
    await sheet.getByText(/bilan de la clause sociale/).first().waitFor();
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('header.top, .parts').first().isVisible(), false);
    assert.ok(await sheet.isVisible());
  },

  'a need is seen from its contract, changed and closed': async (world) => {
    const one = await contractWhere(world, 'facilitator', { words: 'Entretien des façades' }, (c) => c.clauses > 0);
    const { needs } = await world.ask('facilitator', 'contracts/ContractFacts', { contractId: one.contractId });
    const page = await world.signedIn('facilitator', `contrats/${one.contractId}`);
    await part(page, 'Besoins et parcours').click();
    await page.getByRole('link', { name: needs[0].title }).first().click();
    await page.getByRole('heading', { level: 1, name: needs[0].title }).waitFor();
    await page.locator('.panel-acts').getByRole('link').first().waitFor();
    assert.ok((await page.locator('.panel-acts').getByRole('link').count()) >= 2);
  },
};
