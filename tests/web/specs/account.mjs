// Signing in and out.
import assert from 'node:assert/strict';
import { assertAccessible, settled } from '../lib.mjs';

const field = (page) => page.getByLabel('Jeton d’accès');
const enter = (page) => page.getByRole('button', { name: 'Se connecter' });

export default {
  'the link with a token signs in, and the token leaves the address bar': async (world) => {
    const page = await world.signedIn('facilitator');
    assert.ok(!page.url().includes('jeton'), page.url());
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'La région en un coup d’œil');
    await page.reload();
    await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
  },

  'the form signs in': async (world) => {
    const page = await world.page();
    await page.goto(world.region.url);
    await field(page).fill(`  ${world.region.tokens.coordinator} `);
    await enter(page).click();
    await settled(page);
    await page.getByText('Coordination régionale').waitFor();
  },

  'a wrong token is refused in French, on the field': async (world) => {
    const page = await world.page();
    await page.goto(world.region.url);
    await field(page).fill('pas-un-jeton');
    await enter(page).click();
    await page.getByRole('alert').waitFor();
    assert.match(await page.getByRole('alert').innerText(), /jeton/i);
    assert.equal(await field(page).getAttribute('aria-invalid'), 'true');
    assert.ok(await field(page).evaluate((e) => e === document.activeElement), 'the field has the focus');
    assert.equal(await page.evaluate(() => sessionStorage.length), 0, 'nothing is kept');
    await assertAccessible(page, 'wrong token');
  },

  'an empty form asks for the token': async (world) => {
    const page = await world.page();
    await page.goto(world.region.url);
    await enter(page).click();
    assert.match(await page.getByRole('alert').innerText(), /Saisissez/);
  },

  'signing out forgets the token': async (world) => {
    const page = await world.signedIn('facilitator');
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await field(page).waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    await page.reload();
    await field(page).waitFor();
  },

  'a session that ends goes back to the sign-in page with the reason': async (world) => {
    const page = await world.signedIn('facilitator');
    const refusal = { code: 'NOT_AUTHENTICATED', text: 'Ce jeton a expiré.' };
    await page.route('**/api/contracts/**', (route) => route.fulfill({ status: 401, json: { refusal } }));
    await page.getByRole('link', { name: 'Besoins' }).click();
    await page.getByText('Ce jeton a expiré.').waitFor();
    await field(page).waitFor();
  },
};
