// Lists: columns and views that are kept, order by the title, pages, a workbook that the network itself reads, one act on
// several lines; ten thousand of them.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { PHONE, assertAccessible, assertFits, settled, textOf } from '../lib.mjs';

const rows = (page) => page.locator('table.grid tbody tr');
const boxes = (page) => page.locator('tbody .chooser input');
const unfold = (page, name) => page.locator('.tool > summary', { hasText: name }).click();

async function download(page, name) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

// A list of many lines, told page by page as a daemon tells them.
async function tellPlacements(page, count) {
  await page.route('**/v1/tracking/Placements*', (route) => {
    const q = JSON.parse(new URL(route.request().url()).searchParams.get('q') ?? '{}');
    const from = Number(q.page?.after ?? 0);
    const until = Math.min(count, from + (q.page?.limit || 50));
    const placements = Array.from({ length: until - from }, (_, i) => ({
      placementId: `00000000-0000-7000-8000-${String(from + i).padStart(12, '0')}`,
      employerName: `Entreprise ${((from + i) * 7919) % count}`,
      modality: 'DIRECT_HIRE',
      startsOn: '2026-01-01',
      weeklyHours: `${20 + (i % 15)}.00`,
      territory: '31',
    }));
    return route.fulfill({ json: { reply: { placements, ...(until < count && { next: `${until}` }) }, position: 1 } });
  });
}

// From the key or the click until the page is painted.
const painted = (page, act) =>
  page.evaluate(async (what) => {
    const begun = performance.now();
    document.querySelector(what).click();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - begun;
  }, act);

export default {
  'a list: columns and views are kept on this browser, and words that were sought are not': async (world) => {
    const page = await world.signedIn('facilitator', 'parcours');
    await rows(page).first().waitFor();
    await unfold(page, 'Colonnes');
    await page.getByRole('checkbox', { name: 'Tuteur' }).uncheck();
    await page.getByRole('checkbox', { name: 'Référent' }).check();
    await page.getByRole('columnheader', { name: 'Référent' }).waitFor();
    await page.getByRole('columnheader', { name: 'Employeur' }).getByRole('button').click();
    await unfold(page, 'Mes vues');
    await page.getByLabel('Garder cette vue sous le nom').fill('Par employeur');
    await assertAccessible(page, 'columns and views');
    await page.getByRole('button', { name: 'Garder' }).click();
    await page.getByRole('button', { name: 'Par employeur', exact: true }).waitFor();
    await page.goto(`${world.region.url}/#/parcours`);
    await page.reload();
    await rows(page).first().waitFor();
    assert.equal(await page.getByRole('columnheader', { name: 'Tuteur' }).count(), 0);
    await unfold(page, 'Mes vues');
    await page.getByRole('button', { name: 'Par employeur', exact: true }).click();
    await page.waitForURL(/tri=employerName/);
    const header = page.getByRole('columnheader', { name: 'Employeur' });
    assert.equal(await header.getAttribute('aria-sort'), 'ascending');
    await page.getByRole('button', { name: /^Supprimer la vue/ }).click();
    assert.equal(await page.getByRole('button', { name: 'Par employeur', exact: true }).count(), 0);
  },

  'a list taken as a workbook is read by the network as it was shown': async (world) => {
    const page = await world.signedIn('facilitator', 'parcours');
    await rows(page).first().waitFor();
    const shown = await rows(page).count();
    const file = await download(page, 'Emporter en XLSX');
    assert.equal(file.name, 'Parcours.xlsx');
    const response = await fetch(`${world.region.url}/v1/table`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${world.region.tokens.facilitator}`,
        'Content-Type': 'application/octet-stream',
      },
      body: file.bytes,
    });
    assert.equal(response.status, 200);
    const { table } = await response.json();
    assert.equal(table.rows.length, shown + 1);
    assert.equal(table.rows[0].cells[0], 'Employeur');
    const [employer, , starts] = table.rows[1].cells;
    assert.equal(employer, await textOf(rows(page).first().locator('a').first()));
    const day = new Date((Number(starts) - 25569) * 86400e3).toLocaleDateString('fr-FR', { timeZone: 'UTC' });
    assert.equal(day, await textOf(rows(page).first().getByRole('cell').nth(3)));
  },

  'one act on several lines: what failed stays chosen and says why': async (world) => {
    const page = await world.signedIn('facilitator', 'propositions');
    await rows(page).first().waitFor();
    const count = Math.min(3, await rows(page).count());
    for (let i = 0; i < count; i++) await boxes(page).nth(i).check();
    await page.getByText(/^3\slignes choisies/).waitFor();
    await assertAccessible(page, 'chosen lines');
    await page.getByRole('button', { name: /^Retirer/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Jour du retrait').fill('2020-01-01'); // before any of them was made
    await assertAccessible(page, 'one form for several lines');
    await dialog.getByRole('button', { name: /^Enregistrer pour/ }).click();
    await dialog.getByText(/3\srefusées/).waitFor();
    assert.equal(await dialog.locator('.failures li').count(), 3);
    await dialog.getByRole('button', { name: 'Fermer' }).click();
    await page.locator('.row-problem').nth(2).waitFor();
    assert.equal(await page.locator('tr.chosen').count(), 3);
    await assertAccessible(page, 'lines that failed');
    await page.getByRole('button', { name: 'Ne plus rien choisir' }).click();
    assert.equal(await page.locator('tr.chosen, .row-problem').count(), 0);
  },

  'on a phone a list has its order, its choice and its pages': async (world) => {
    const page = await world.signedIn('facilitator', 'parcours', { viewport: PHONE });
    await rows(page).first().waitFor();
    await boxes(page).first().check();
    await page.getByLabel('Ordre').selectOption('startsOn');
    await page.waitForURL(/tri=startsOn/);
    await assertFits(page, 'a list with a chosen line');
    await assertAccessible(page, 'a list on a phone');
  },

  'ten thousand lines are read, put in order and paged without a stutter': async (world) => {
    const page = await world.signedIn('facilitator', '', { prepare: (p) => tellPlacements(p, 10000) });
    await page.goto(`${world.region.url}/#/parcours`);
    await rows(page).nth(49).waitFor();
    await page.getByRole('button', { name: 'Lire toute la liste' }).click();
    await page.getByText(/sur 10\s000/).waitFor();
    const sorting = await painted(page, 'th .sorter');
    await page.waitForURL(/tri=employerName/);
    assert.equal(await textOf(rows(page).first().locator('a').first()), 'Entreprise 0');
    const turning = await painted(page, '.paging nav button:last-child');
    await page.waitForURL(/page=2/);
    assert.equal(await textOf(rows(page).first().locator('a').first()), 'Entreprise 50');
    const choosing = await painted(page, 'tbody .chooser input');
    assert.equal(await rows(page).count(), 50); // as many elements as ever
    console.log(
      `        10,000 lines: ordered in ${sorting.toFixed(0)} ms, a page turned in ${turning.toFixed(0)}, a line chosen in ${choosing.toFixed(0)}`,
    );
    await page.reload();
    await settled(page);
    await page.getByText(/51 à 100/).waitFor(); // the page is in the address
  },
};
