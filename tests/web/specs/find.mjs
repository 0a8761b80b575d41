// One search over things and actions: from the head of any page, by keyboard, by kind, nothing that the account may not see.
import assert from 'node:assert/strict';
import { assertAccessible, settled, textOf } from '../lib.mjs';

const panel = (page, name) => page.getByRole('region', { name, exact: true });

export default {
  'the head of a page finds a contract by its words, an organisation and a person by her reference': async (world) => {
    const { contracts } = await world.ask('facilitator', 'contracts/Contracts', { page: { limit: 50 } });
    const contract = contracts.find((c) => /\s\S{5,}/.test(c.object ?? ''));
    const page = await world.signedIn('facilitator', 'besoins');
    const field = page.getByRole('searchbox', { name: /^Chercher un contrat/ });
    await field.fill(contract.object);
    await field.press('Enter');
    await panel(page, 'Contrats').getByRole('link').first().waitFor();
    assert.ok(!page.url().includes(encodeURIComponent(contract.object.split(' ')[0]).slice(0, 8)), 'the words are in no address');
    await page.waitForFunction(() => document.activeElement?.id === 'finder');
    await page.keyboard.press('ArrowDown');
    const first = panel(page, 'Contrats').getByRole('link').first();
    await page.waitForFunction((a) => a === document.activeElement, await first.elementHandle());
    await settled(page);
    await assertAccessible(page, 'what was found');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1 }).filter({ hasText: contract.object.slice(0, 10) }).first().waitFor();

    const { organisations } = await world.ask('facilitator', 'directory/Organisations', { page: { limit: 1 } });
    const { beneficiaries } = await world.ask('facilitator', 'tracking/Beneficiaries', { page: { limit: 5 } });
    await page.locator('h1').click();
    await page.keyboard.press('/');
    await page.waitForFunction(() => document.activeElement?.id === 'finder');
    await page.locator('#finder').fill(organisations[0].organisation.name);
    await panel(page, 'Organisations').getByRole('link').first().waitFor();
    const reference = beneficiaries[0].beneficiaryId.slice(-6).toUpperCase();
    await page.locator('#finder').fill(reference);
    await panel(page, 'Personnes, par leur référence').getByRole('link', { name: `Personne ${reference}` }).waitFor();
    await page.getByRole('link', { name: /déjà connue/ }).waitFor();
  },

  'a company finds nothing that is not its own': async (world) => {
    const { contracts } = await world.ask('facilitator', 'contracts/Contracts', { page: { limit: 1 } });
    const asked = [];
    const prepare = (p) => p.on('request', (r) => asked.push(new URL(r.url()).pathname));
    const page = await world.signedIn('company', 'tout', { prepare });
    await page.locator('#finder').fill(contracts[0].object);
    await page.getByText(/Aucune action/).waitFor();
    await page.waitForRequest(/FindOrganisations|Needs|Obligations/);
    assert.equal(asked.filter((path) => /contracts\/Contracts|Beneficiaries/.test(path)).length, 0);
    assert.match(await textOf(page.locator('.said')), /Aucune action/);
  },
};
