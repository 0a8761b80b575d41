// Identity providers on the page: the buttons, what became of who comes back, her own code, and binding. The gateway's
// own part is tests/security's; here its answers are given, so that no provider is needed.
import assert from 'node:assert/strict';
import { PHONE, assertAccessible, assertFits, settled } from '../lib.mjs';

const PROVIDERS = [{ name: 'proconnect', label: 'ProConnect', start: '/v1/oidc/proconnect/start' }];

const provided = (page) => page.route('**/v1/oidc', (route) => route.fulfill({ json: { providers: PROVIDERS } }));

async function comeBack(world, word, options = {}) {
  const page = await world.page({ prepare: provided, ...options });
  await page.goto(`${world.region.url}/#/connexion?motif=${word}`);
  await page.getByLabel('Nom de compte').waitFor();
  return page;
}

export default {
  'who comes back unknown reads what to do, and the way to the provider is a link': async (world) => {
    const page = await comeBack(world, 'inconnu', { viewport: PHONE });
    await page.getByText('Cette identité n’est liée à aucun compte').waitFor();
    const link = page.getByRole('link', { name: 'Se connecter avec ProConnect' });
    assert.equal(await link.getAttribute('href'), PROVIDERS[0].start);
    assert.ok(!page.url().includes('motif'), page.url());
    await settled(page);
    await assertAccessible(page, 'back from a provider');
    await assertFits(page, 'back from a provider');
    await page.reload();
    await link.waitFor();
    assert.equal(await page.getByText('Cette identité n’est liée').count(), 0); // said once
  },

  'a word that is not ours is not shown': async (world) => {
    const page = await comeBack(world, 'constructor');
    assert.equal(await page.locator('.sign-in .alert').count(), 0);
  },

  'her own code ends the way, and a wrong one is told at its field': async (world) => {
    const page = await comeBack(world, 'code');
    const asked = [];
    await page.route('**/v1/oidc/code', (route) => {
      asked.push(route.request().postDataJSON());
      return route.fulfill({ status: 401, json: { status: 401, code: 'NOT_AUTHENTICATED', detail: 'Ce code n’est pas le bon.', field: 'code' } });
    });
    const field = page.getByLabel('Code de votre téléphone');
    await page.getByRole('button', { name: 'Terminer la connexion' }).click();
    await page.getByText('Saisissez le code').waitFor();
    await field.fill('123456');
    await page.getByRole('button', { name: 'Terminer la connexion' }).click();
    await page.getByText('Ce code n’est pas le bon.').waitFor();
    assert.deepEqual(asked, [{ code: '123456' }]);
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    await settled(page);
    await assertAccessible(page, 'code after a provider');
  },

  'an identity is bound from one\'s own access, by a request and then the provider\'s address': async (world) => {
    const page = await world.signedIn('buyer', 'acces', { prepare: provided });
    await page.route('**/v1/oidc/proconnect/bind', (route) => {
      assert.equal(route.request().method(), 'POST');
      return route.fulfill({ json: { address: `${world.region.url}/#/acces?a=b` } });
    });
    await page.getByRole('heading', { name: 'Identités liées' }).waitFor();
    await settled(page);
    await assertAccessible(page, 'identities');
    await page.getByRole('button', { name: 'Lier une identité de ProConnect' }).click();
    await page.waitForURL('**/#/acces?a=b');
  },
};
