// What the data protection officer is shown: who opened files and who took some out, accounts, and nothing of business.
import assert from 'node:assert/strict';

export default {
  'the data protection officer sees who opened files and who took some out': async (world) => {
    const page = await world.signedIn('data_protection', '');
    await page.getByRole('heading', { level: 1, name: 'Dossiers ouverts' }).waitFor();
    await page.getByRole('heading', { name: /^Ouvertures/ }).waitFor();
    await page.getByRole('heading', { name: /^Fichiers emportés/ }).waitFor();
    await page.waitForFunction(() => !document.body.innerText.includes('Chargement…'));
    assert.equal(await page.locator('.alert-danger').count(), 0);
    await page.getByText('Délégué à la protection des données').first().waitFor();
  },

  'nothing of business is offered to her, nor behind its address': async (world) => {
    const page = await world.signedIn('data_protection', 'lectures');
    const offered = page.getByRole('navigation').getByRole('link');
    await page.getByRole('link', { name: 'Comptes' }).waitFor();
    for (const name of ['La région', 'Contrats', 'Besoins', 'Heures à valider', 'Importer', 'Changements'])
      assert.equal(await offered.filter({ hasText: name }).count(), 0, name);
    for (const path of ['contrats', 'besoins', 'heures', 'importer']) {
      const other = await world.signedIn('data_protection', path);
      await other.getByRole('heading', { level: 1, name: 'Dossiers ouverts' }).waitFor();
    }
  },

  'the daemons refuse her what the page does not offer': async (world) => {
    const { url, tokens } = world.region;
    for (const method of ['contracts/Contracts', 'contracts/Needs', 'tracking/Placements', 'tracking/HoursByMonth']) {
      const answer = await fetch(`${url}/v1/${method}`, { headers: { Authorization: `Bearer ${tokens.data_protection}` } });
      assert.equal(answer.status, 403, method);
    }
  },
};
