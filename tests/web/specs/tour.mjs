// The guided tour: offered once on the region of demonstration, ten steps a role, each at an element that exists.
import assert from 'node:assert/strict';
import { PHONE, assertAccessible, assertFits, plain, settled } from '../lib.mjs';

const ROLES = ['facilitator', 'coordinator', 'buyer', 'company', 'structure', 'prescriber', 'auditor', 'operator', 'data_protection'];
const head = (page, n) => page.getByRole('heading', { name: new RegExp(`^Visite guidée, étape ${n} sur 10$`) });

async function isPointedAt(page, n, role) {
  await head(page, n).waitFor();
  const to = plain(await page.locator('.tour strong').innerText()).replace(/\.$/, '');
  const marked = page.locator('[data-tour]');
  await marked.waitFor({ timeout: 30000 }).catch(() => {
    throw new Error(`step ${n} of a ${role} points to « ${to} », which is not there: ${page.url()}`);
  });
  assert.equal(await marked.count(), 1);
}

const specs = {
  'the tour is offered once, led by keyboard, and left with Escape': async (world) => {
    const page = await world.signedIn('facilitator', '', { isFirstVisit: true });
    const begin = page.getByRole('button', { name: 'Commencer la visite' });
    await begin.waitFor();
    await assertAccessible(page, 'the tour is offered');
    await begin.focus();
    await page.keyboard.press('Enter');
    await isPointedAt(page, 1, 'facilitator');
    await page.waitForFunction(() => document.activeElement?.id === 'visite');
    for (const key of ['Tab', 'Enter']) await page.keyboard.press(key); // « Précédent » is shut at the first step
    await isPointedAt(page, 2, 'facilitator');
    await settled(page);
    await assertAccessible(page, 'a step of the tour');
    await page.waitForFunction(() => document.activeElement?.id === 'visite');
    await page.keyboard.press('Escape');
    await page.locator('.tour').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
    await settled(page);
    assert.equal(await page.locator('.tour').count(), 0, 'it is offered once');
    await page.getByRole('button', { name: 'visite guidée' }).click();
    await head(page, 1).waitFor();
    await page.setViewportSize(PHONE);
    await assertFits(page, 'a step of the tour on a phone');
  },
};
for (const role of ROLES)
  specs[`the tour of a ${role} points to what exists, ten times`] = async (world) => {
    const page = await world.signedIn(role);
    await page.getByRole('button', { name: 'visite guidée' }).click();
    for (let n = 1; n <= 10; n++) {
      await isPointedAt(page, n, role);
      await page.getByRole('button', { name: n === 10 ? 'Terminer' : 'Suivant', exact: true }).click();
    }
    await page.locator('.tour').waitFor({ state: 'detached' });
  };

export default specs;
