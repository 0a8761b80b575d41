// What the law has everybody be told: at the foot of every page, without signing in, without a script, on a phone too.
import assert from 'node:assert/strict';
import { PHONE, assertAccessible, assertFits } from '../lib.mjs';

const PAGES = {
  'Accessibilité : partiellement conforme': ['Déclaration d’accessibilité', /partiellement conforme[^]*Défenseur des droits/],
  'Mentions légales': ['Mentions légales', /Éditeur[^]*Région d’essai[^]*Hébergeur/],
  'Données personnelles': ['Données personnelles', /24 mois[^]*Vos droits[^]*CNIL/],
  'Aide et contact': ['Aide et contact', /Mot de passe oublié[^]*Au clavier[^]*aide@region-essai\.example/],
};
const plain = (text) => text.replace(/[\u00a0\u202f]/g, ' ');

// The links at the foot of a page that is shown.
async function footOf(page) {
  const links = page.getByRole('navigation', { name: 'À propos' }).getByRole('link');
  await links.first().waitFor();
  return Promise.all((await links.all()).map(async (link) => [plain(await link.innerText()), await link.getAttribute('href')]));
}

export default {
  'about: each page is read by who is not signed in, without a script': async (world) => {
    const start = await world.page();
    await start.goto(world.region.url);
    const foot = await footOf(start);
    assert.deepEqual(foot.map(([label]) => label), Object.keys(PAGES));
    const context = await world.browser.newContext({ locale: 'fr-FR', viewport: PHONE });
    world.contexts.push(context);
    const page = await context.newPage();
    for (const [label, href] of foot) {
      const [title, words] = PAGES[label];
      const answer = await page.goto(`${world.region.url}${href}`);
      assert.match(answer.headers()['content-security-policy'], /default-src 'none'/);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      assert.match(plain(await page.locator('main').innerText()), words);
      assert.deepEqual((await footOf(page)).map(([, to]) => to), foot.map(([, to]) => to));
      await assertAccessible(page, label);
      await assertFits(page, label);
    }
    assert.equal((await page.goto(`${world.region.url}/a-propos/rien`)).status(), 404);
  },

  'about: the foot is that of every page, signed in or with a link': async (world) => {
    const page = await world.signedIn('facilitator', '');
    const signedIn = await footOf(page);
    await page.goto(`${world.region.url}/l/renvoi`);
    assert.deepEqual(await footOf(page), signedIn);
    await page.goto(`${world.region.url}/l/${'A'.repeat(43)}`);
    assert.deepEqual(await footOf(page), signedIn);
    await page.getByRole('link', { name: 'Aide et contact' }).click();
    await page.getByRole('link', { name: 'Aller à Guichet' }).click(); // she is still signed in
    await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
  },
};
