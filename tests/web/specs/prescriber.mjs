// What a prescriber is told, and marks as read.
import assert from 'node:assert/strict';
import { settled } from '../lib.mjs';

export default {
  'a prescriber marks an alert as read': async (world) => {
    const page = await world.signedIn('prescriber', 'alertes');
    const unread = page.locator('.inbox .is-unread');
    await unread.first().waitFor();
    const before = await unread.count();
    await unread
      .first()
      .getByRole('button', { name: /^Marquer comme lue/ })
      .click();
    await page.getByText(/^Marquée comme lue/).waitFor({ state: 'attached' });
    await page.waitForFunction((n) => document.querySelectorAll('.inbox .is-unread').length === n, before - 1);
    await page.getByLabel('À lire seulement').check();
    await page.waitForFunction(() => document.querySelectorAll('.inbox .is-read').length === 0);
    await settled(page);
  },

  'a prescriber sees the needs of the territory': async (world) => {
    const page = await world.signedIn('prescriber', 'besoins');
    const rows = page.getByRole('table', { name: 'Besoins' }).getByRole('row');
    await rows.nth(1).waitFor();
  },

  'a view of another role is not offered, and its address leads home': async (world) => {
    const page = await world.signedIn('prescriber', 'heures');
    await page.getByRole('heading', { level: 1, name: 'Ma journée' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Heures à valider' }).count(), 0);
  },
};
