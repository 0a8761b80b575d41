// « Ma journée »: read again when somebody comes back to an old page, and by nobody while nobody is there; what changed is said;
// keys are told by « ? ».
import assert from 'node:assert/strict';
import { assertAccessible, goTo, settled } from '../lib.mjs';

const item = (n) => ({
  waitId: `00000000-0000-7000-8000-00000000000${n}`,
  kind: 'WAIT_HOURS',
  urgency: 'URGENT_TODAY',
  title: `Heures à valider, essai ${n}`,
  text: 'Validez-les.',
  since: '2026-11-30',
  until: '2026-12-01',
});

export default {
  'an idle day asks nothing in five minutes; who comes back reads what changed': async (world) => {
    let asked = 0;
    let items = [item(1)];
    const prepare = async (p) => {
      await p.clock.install();
      await p.route('**/v1/notifications/MyDay*', (route) => {
        asked++;
        return route.fulfill({ json: { reply: { items, today: '2026-12-01', allItems: items.length }, position: 1 } });
      });
    };
    const page = await world.signedIn('facilitator', 'aujourdhui', { prepare });
    await page.getByText('Heures à valider, essai 1').first().waitFor();
    let requests = 0;
    page.on('request', () => requests++);
    const before = asked;
    await page.clock.runFor(5 * 60000);
    assert.equal(asked, before);
    assert.equal(requests, 0, 'nothing at all is asked by the page itself');
    items = [item(1), item(2)];
    await page.mouse.move(200, 200);
    await page.mouse.move(220, 220);
    await page.getByText(/Votre journée a changé : une nouvelle chose à faire : .*essai 2/).waitFor();
    await assertAccessible(page, 'a day that changed');
    assert.equal(asked, before + 1);
    await page.getByRole('button', { name: 'Mettre en pause' }).click();
    await page.clock.runFor(2 * 60000);
    await page.mouse.move(300, 300);
    await page.getByRole('button', { name: 'Reprendre' }).waitFor();
    assert.equal(asked, before + 1, 'nothing is asked while it is paused');
  },

  '« ? » shows the keys, and Escape puts the focus back': async (world) => {
    const page = await world.signedIn('facilitator', 'region');
    await page.locator('h1').click();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Raccourcis du clavier' });
    await dialog.waitFor();
    await assertAccessible(page, 'the keys');
    await dialog.getByRole('checkbox').uncheck();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    assert.equal(await dialog.count(), 0, 'a key alone does nothing for who turned it off');
    await page.keyboard.press('Control+k');
    await page.waitForFunction(() => document.activeElement?.id === 'finder');
    await page.goto(`${world.region.url}/#/tout`);
    await settled(page);
    await page.locator('#finder').press('?');
    assert.equal(await page.getByRole('dialog').count(), 0, 'a question mark that is typed is one');
  },

  '« ? » shows the keys of the page that is open before those of all': async (world) => {
    const page = await world.signedIn('facilitator', 'region');
    await goTo(page, `${world.region.url}/#/heures`);
    await page.locator('h1').click();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: /Au clavier/ }).waitFor();
    assert.equal(await page.getByRole('dialog').count(), 1);
  },

  'a connection that is cut is said, and that it is back': async (world) => {
    const page = await world.signedIn('facilitator', 'besoins');
    await page.context().setOffline(true);
    await page.getByText(/^La connexion est coupée/).waitFor();
    await assertAccessible(page, 'a cut connection');
    await page.context().setOffline(false);
    await page.getByText(/^La connexion est revenue/).waitFor();
    await page.getByRole('button', { name: 'Fermer' }).click();
    assert.equal(await page.getByText(/^La connexion est/).count(), 0);
  },
};
