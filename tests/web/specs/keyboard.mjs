// The whole way from sign-in to a contract without a mouse.
import assert from 'node:assert/strict';
import { focusOn, settled } from '../lib.mjs';

const focused = (page) =>
  page.evaluate(() => ({
    name: document.activeElement?.textContent?.trim() ?? '',
    tag: document.activeElement?.tagName,
  }));

// The sign-in page has a heading too, and the view that follows puts its own in the focus.
async function signedInNow(page) {
  await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
  await settled(page);
}

async function tabTo(page, wanted, steps = 40) {
  const passed = [];
  for (let i = 0; i < steps; i++) {
    await page.keyboard.press('Tab');
    const { name } = await focused(page);
    if (wanted.test(name)) return;
    passed.push(name.slice(0, 30));
  }
  throw new Error(`${wanted} not reached by Tab; passed ${passed.join(', ')}`);
}

export default {
  'from sign-in to a contract by keyboard alone': async (world) => {
    const page = await world.page();
    await page.goto(world.region.url);
    await page.getByLabel('Nom de compte').waitFor();
    await page.keyboard.press('Tab');
    await focusOn(page, { tag: 'INPUT' });
    await tabTo(page, /^J’ai un jeton d’accès$/, 4);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await focusOn(page, { tag: 'INPUT' });
    await page.keyboard.type(world.region.tokens.facilitator);
    await page.keyboard.press('Enter');
    await signedInNow(page);
    await focusOn(page, { tag: 'H1' }); // the heading of the view has the focus
    await page.reload();
    await signedInNow(page);
    await tabTo(page, /^Aller au contenu$/, 1);
    await page.keyboard.press('Enter');
    await focusOn(page, { tag: 'MAIN' });
    await page.reload();
    await signedInNow(page);
    await tabTo(page, /^Contrats$/, 6);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Contrats' }).waitFor();
    await settled(page);
    await page.locator('.row-link').first().waitFor();
    const title = await page.locator('.row-link').first().innerText();
    await tabTo(page, new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Fiche du contrat' }).waitFor();
  },

  'the focus is always visible': async (world) => {
    const page = await world.signedIn('facilitator', 'contrats');
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab');
      const shown = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement);
        return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
      });
      assert.ok(shown, `stop ${i + 1}: ${(await focused(page)).name}`);
    }
  },
};
