// « Chiffres »: the same figures as reporting tells, beside the year before; a figure leads to the rows that it counts; files.
import assert from 'node:assert/strict';
import { assertAccessible, plain, settled, textOf } from '../lib.mjs';

const year = new Date().getFullYear();
const row = (page, table, name) =>
  page.getByRole('table', { name: table, exact: true }).getByRole('row').filter({ has: page.getByText(name, { exact: true }) });

export default {
  'figures are those of reporting, beside the year before, and lead to their rows': async (world) => {
    const page = await world.signedIn('facilitator', 'chiffres');
    const now = await world.ask('facilitator', 'reporting/Consolidation', { year });
    const before = await world.ask('facilitator', 'reporting/Consolidation', { year: year - 1 });
    const cells = row(page, 'Chiffres clés', 'Contrats').getByRole('cell');
    assert.equal(await textOf(cells.nth(1)), `${now.contracts ?? 0}`);
    assert.equal(await textOf(cells.nth(2)), `${before.contracts ?? 0}`);
    await page.getByText('Voir ces chiffres en tableau').first().click();
    const month = now.byMonth.find((m) => m.hours);
    await page.getByRole('table', { name: 'Heures réalisées par mois' }).getByRole('row').nth(11).waitFor();
    assert.ok(month.hours);
    await assertAccessible(page, 'figures with their tables');

    const { placements } = now.byModality.find((m) => m.placements);
    const line = page.getByRole('table', { name: 'Par modalité' }).getByRole('row').nth(1);
    const told = Number(plain(await line.getByRole('cell').nth(3).innerText()).split(' ')[0]);
    assert.ok(placements > 0 && told > 0);
    await line.getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: 'Parcours' }).waitFor();
    await settled(page);
    await page.getByText('Seulement les lignes dont :').waitFor();
    const counted = /sur (\d+)|^(\d+) lignes?/.exec(await textOf(page.locator('.paging p')));
    assert.equal(Number(counted[1] ?? counted[2]), told); // as many rows as the figure says
    await page.getByRole('button', { name: /^Retirer : Modalité/ }).click();
    await page.waitForURL((url) => !url.hash.includes('modality'));
  },

  'figures keep their year and territory in the address, and are taken as files': async (world) => {
    const page = await world.signedIn('coordinator', 'chiffres');
    await page.getByRole('combobox', { name: 'Territoire' }).selectOption('31');
    await page.getByRole('combobox', { name: 'Année' }).selectOption(`${year - 1}`);
    await page.waitForURL(new RegExp(`annee=${year - 1}&territoire=31`));
    await page.reload();
    await settled(page);
    assert.equal(await page.getByRole('combobox', { name: 'Année' }).inputValue(), `${year - 1}`);
    for (const [name, end] of [
      ['Emporter en CSV', 'csv'],
      ['Emporter en XLSX', 'xlsx'],
    ]) {
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
      assert.equal(file.suggestedFilename(), `Chiffres ${year - 1} 31.${end}`);
    }
  },

  'a buyer sees the hours of its own contracts, each leading to its contract': async (world) => {
    const { obligations } = await world.ask('buyer', 'contracts/Obligations', { page: { limit: 500 } });
    const page = await world.signedIn('buyer', 'chiffres');
    const ids = new Set(obligations.map((o) => o.contractId));
    const rows = page.getByRole('table', { name: 'Heures par contrat', exact: true }).locator('tbody tr');
    await rows.first().waitFor();
    assert.equal(await rows.count(), ids.size);
    const owed = obligations.reduce((sum, o) => sum + Math.round(Number(o.due) * 100), 0) / 100;
    const told = owed.toLocaleString('fr-FR', { minimumFractionDigits: owed % 1 ? 2 : 0 });
    assert.ok(plain(await page.locator('.panel-hero').innerText()).includes(plain(told)), `${told} hours are owed`);
    await assertAccessible(page, 'figures of a buyer');
    const [first] = [...ids];
    await page.locator(`a[href="#/contrats/${first}"]`).last().click();
    await page.waitForURL(/#\/contrats\//);
  },
};
