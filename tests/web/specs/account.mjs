// Signing in and out.
import assert from 'node:assert/strict';
import { TIME_ZONE, assertAccessible, assertFits, focusOn, settled } from '../lib.mjs';

const field = (page) => page.getByLabel('Jeton d’accès');
const more = (page) => page.getByText('J’ai un jeton d’accès');
const enter = (page) => page.getByRole('button', { name: 'Entrer avec ce jeton' });

export default {
  'the link with a token signs in, and the token leaves the address bar': async (world) => {
    const page = await world.signedIn('facilitator');
    assert.ok(!page.url().includes('jeton'), page.url());
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Ma journée');
    await page.reload();
    await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
  },

  'the form signs in': async (world) => {
    const page = await world.page();
    await page.goto(world.region.url);
    await more(page).click();
    await field(page).fill(`  ${world.region.tokens.coordinator} `);
    await enter(page).click();
    await settled(page);
    await page.getByText('Coordination régionale').waitFor();
  },

  'the page says until when the token is good, and warns in good time': async (world) => {
    const page = await world.signedIn('facilitator');
    const { tokenEnds } = await world.session('facilitator');
    const ends = new Date(tokenEnds).toLocaleDateString('fr-FR', { timeZone: TIME_ZONE });
    await page.getByText(`Jeton valable jusqu’au ${ends}`).waitFor();
    assert.equal(await page.getByText('prend fin le').count(), 0, 'no warning months before');
    const session = { ...(await world.session('facilitator')), tokenEnds: new Date(Date.now() + 3.5 * 86400e3) };
    await page.route('**/v1/session', (route) => route.fulfill({ json: session }));
    await page.reload();
    await page.getByText(/Votre jeton d’accès prend fin le .*, dans 4\sjours/).waitFor();
    await settled(page);
    await assertAccessible(page, 'a token that ends soon');
    await assertFits(page, 'a token that ends soon');

    // Answered here: the specs that follow need the token that stands.
    const token = world.region.tokens.facilitator;
    await page.route('**/v1/accounts/RenewToken', (route) => route.fulfill({ json: { reply: { token } } }));
    await page.unroute('**/v1/session');
    await page.getByRole('button', { name: 'Renouveler mon jeton' }).click();
    await page.getByText('Voici votre nouveau jeton').waitFor();
    await page.locator('code.token', { hasText: token }).waitFor();
    assert.equal(await page.getByText('prend fin le').count(), 0);
    await assertAccessible(page, 'a new token');
    await page.reload();
    await page.getByText(`Jeton valable jusqu’au ${ends}`).waitFor();
    assert.equal(await page.getByText('Voici votre nouveau jeton').count(), 0, 'shown once');
  },

  'a link with another token asks before it replaces the session': async (world) => {
    const mine = (await world.session('facilitator')).user;
    const other = (await world.session('prescriber')).user;
    const link = `${world.region.url}/#jeton=${world.region.tokens.prescriber}`;
    const kept = (page) => page.evaluate(() => Object.values(sessionStorage).join());
    const page = await world.signedIn('facilitator');
    await page.goto(link); // in the page that is open
    await page.getByRole('heading', { name: 'Changer de compte ?' }).waitFor();
    await page.getByRole('button', { name: `Devenir ${other}` }).waitFor();
    await focusOn(page, { tag: 'H1' });
    await assertAccessible(page, 'the question');
    assert.ok(!page.url().includes('jeton'), page.url());
    assert.equal(await kept(page), world.region.tokens.facilitator, 'nothing has changed yet');
    await page.getByRole('button', { name: `Rester ${mine}` }).click();
    await page.locator('.who').getByText(mine, { exact: true }).waitFor();

    await page.goto('about:blank');
    await page.goto(link); // and in one that is loaded anew
    await page.getByRole('button', { name: `Devenir ${other}` }).click();
    await page.locator('.who').getByText(other, { exact: true }).waitFor();
    assert.equal(await kept(page), world.region.tokens.prescriber);

    await page.goto(`${world.region.url}/#jeton=pas-un-jeton`);
    await page.getByText(/jeton d’accès n’est pas reconnu|n'est pas reconnu/).waitFor();
    assert.equal(await page.getByRole('button', { name: /^Devenir/ }).count(), 0);
    await page.getByRole('button', { name: `Rester ${other}` }).click();
    await page.locator('.who').getByText(other, { exact: true }).waitFor();
  },

  'a session that has ended is nobody’s to keep': async (world) => {
    const page = await world.page();
    await page.goto(world.region.url);
    await more(page).waitFor();
    await page.evaluate(() => sessionStorage.setItem('guichet.jeton', 'fini'));
    await page.goto('about:blank');
    await page.goto(`${world.region.url}/#jeton=${world.region.tokens.prescriber}`);
    await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
  },

  'a wrong token is refused in French, on the field': async (world) => {
    const page = await world.page();
    await page.goto(world.region.url);
    await more(page).click();
    await field(page).fill('pas-un-jeton');
    await enter(page).click();
    await page.getByRole('alert').waitFor();
    assert.match(await page.getByRole('alert').innerText(), /jeton/i);
    assert.equal(await field(page).getAttribute('aria-invalid'), 'true');
    assert.ok(await field(page).evaluate((e) => e === document.activeElement), 'the field has the focus');
    assert.equal(await page.evaluate(() => sessionStorage.length), 0, 'nothing is kept');
    await assertAccessible(page, 'wrong token');
  },

  'an empty form asks for what is missing': async (world) => {
    const page = await world.page();
    await page.goto(world.region.url);
    await more(page).click();
    await enter(page).click();
    assert.match(await page.getByRole('alert').innerText(), /Saisissez/);
    await page.reload();
    await page.getByRole('button', { name: 'Se connecter' }).click();
    assert.match(await page.getByRole('alert').innerText(), /Saisissez votre nom de compte/);
  },

  'signing out forgets the token': async (world) => {
    const page = await world.signedIn('facilitator');
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await more(page).waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    await page.reload();
    await more(page).waitFor();
  },

  'a session that ends goes back to the sign-in page with the reason': async (world) => {
    const page = await world.signedIn('facilitator');
    const problem = { code: 'NOT_AUTHENTICATED', detail: 'Ce jeton a expiré.' };
    await page.route('**/v1/contracts/**', (route) => route.fulfill({ status: 401, json: problem }));
    await page.getByRole('link', { name: 'Besoins' }).click();
    await page.getByText('Ce jeton a expiré.').waitFor();
    await more(page).waitFor();
  },
};
