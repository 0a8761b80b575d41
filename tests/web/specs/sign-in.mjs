// Signing in by name, password and telephone, from the token of the first visit on; sessions, and the invented region's
// one click. Against a network of its own: accounts are made, and their ways in changed.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { PHONE, assertAccessible, assertFits, settled } from '../lib.mjs';

const PASSWORD = 'quatre mots sans lien';
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30000;

// What the telephone shows (RFC 6238), `steps` away from now.
function codeOf(secret, steps = 0) {
  const bits = [...secret.replaceAll(' ', '')].map((c) => ALPHABET.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / STEP_MS) + steps));
  const hash = createHmac('sha1', key).update(counter).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}

let made = 0;

// A new account of that role; its token.
async function account(world, role) {
  const name = `${role.toLowerCase()}.essai.${++made}`;
  const told = await world.region.ctl('user', 'add', name, '--role', role, '--territory', '31');
  return { name, token: /#jeton=(\S+)/.exec(told.stdout)[1] };
}

// By the token of the first visit, with a password.
async function firstVisit(world, role, options) {
  const { name, token } = await account(world, role);
  const page = await world.page(options);
  await page.goto(`${world.region.url}/#jeton=${token}`);
  await page.getByRole('link', { name: 'mon accès', exact: true }).click();
  await page.locator('input[autocomplete=new-password]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Choisir ce mot de passe' }).click();
  await page.waitForFunction(() => sessionStorage.length === 0); // the token has made room for a session
  return { name, page };
}

async function signIn(page, name, password) {
  await page.getByLabel('Nom de compte').fill(name);
  await page.getByLabel('Mot de passe').fill(password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
}

async function signOut(page) {
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await page.getByLabel('Nom de compte').waitFor();
}

const cookie = async (page) => (await page.context().cookies()).find((c) => c.name === '__Host-guichet');

export default {
  'a password takes the place of the first token, and no script sees the session': async (world) => {
    const { name, page } = await firstVisit(world, 'OPERATOR');
    await page.getByText('Votre rôle le demande').waitFor(); // nothing else opens before the second factor
    const kept = await cookie(page);
    assert.ok(kept.httpOnly && kept.secure && kept.sameSite === 'Lax' && kept.domain === '127.0.0.1');
    assert.equal(await page.evaluate(() => document.cookie), '');
    await page.reload();
    await page.getByRole('link', { name: `${name} : mon accès` }).waitFor();

    await page.getByRole('button', { name: 'Mettre en place' }).click();
    const secret = await page.locator('code.token').innerText();
    await page.getByRole('img', { name: 'Image à lire avec votre téléphone' }).waitFor();
    await settled(page);
    await assertAccessible(page, 'enrolment');
    await page.getByLabel('Code de votre téléphone').fill('000000');
    await page.getByRole('button', { name: 'Confirmer' }).click();
    await page.getByText('Ce code n\'est pas le bon').waitFor();
    await page.getByLabel('Code de votre téléphone').fill(codeOf(secret));
    await page.getByRole('button', { name: 'Confirmer' }).click();
    await page.getByText('Notez ces codes de secours').waitFor();
    const spare = await page.locator('.recovery-codes li').first().innerText();
    assert.equal(await page.locator('.recovery-codes li').count(), 10);
    await page.getByRole('button', { name: 'Je les ai notés' }).click();
    await page.getByRole('link', { name: 'Comptes' }).click();
    await page.getByRole('heading', { name: 'Comptes', level: 1 }).waitFor();
    assert.notEqual((await cookie(page)).value, kept.value, 'another key once more is opened');

    await signOut(page);
    assert.equal(await cookie(page), undefined);
    await signIn(page, name, 'un autre mot de passe');
    await page.getByText('n\'est pas le bon').waitFor();
    await signIn(page, name, PASSWORD);
    await page.getByLabel('Code de votre téléphone').fill(codeOf(secret, 1)); // one step is used up
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
    await signOut(page);
    await signIn(page, name, PASSWORD);
    await page.getByLabel('Code de votre téléphone').fill(spare);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
  },

  'sessions are listed with browser and place, and ended one by one or all': async (world) => {
    const { name, page } = await firstVisit(world, 'OPERATOR', { viewport: PHONE });
    const other = await world.page();
    await other.goto(world.region.url);
    await signIn(other, name, PASSWORD);
    await other.getByText('Votre rôle le demande').waitFor();
    // both enrol by the same telephone: the first sets it up, the other's session may then go on only by signing in
    await page.getByRole('button', { name: 'Mettre en place' }).click();
    const secret = await page.locator('code.token').innerText();
    await page.getByLabel('Code de votre téléphone').fill(codeOf(secret));
    await page.getByRole('button', { name: 'Confirmer' }).click();
    await page.getByRole('button', { name: 'Je les ai notés' }).click();
    await page.goto(`${world.region.url}/#/acces`);
    const rows = page.getByRole('table', { name: 'Sessions et clés' }).getByRole('row');
    await page.getByText('Chrome, Linux').first().waitFor();
    assert.equal(await rows.count(), 3); // with the heads
    await settled(page);
    await assertAccessible(page, 'own access on a phone');
    await assertFits(page, 'own access on a phone');
    await page.getByRole('button', { name: 'Terminer mes autres sessions' }).click();
    await rows.nth(2).waitFor({ state: 'detached' });
    await other.reload();
    await other.getByLabel('Nom de compte').waitFor();
  },

  'a weak password is refused at its field': async (world) => {
    const { token } = await account(world, 'OPERATOR');
    const page = await world.page();
    await page.goto(`${world.region.url}/#jeton=${token}`);
    await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
    await page.goto(`${world.region.url}/#/acces`);
    const field = page.locator('input[autocomplete=new-password]');
    for (const [weak, why] of [
      ['court', /trop court/],
      ['Football2026!!', /en premier/],
    ]) {
      await field.fill(weak);
      await page.getByRole('button', { name: 'Choisir ce mot de passe' }).click();
      await page.getByText(why).waitFor();
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
    }
  },

  'the invented region is one click away, and no secret stands in an address': async (world) => {
    const page = await world.page();
    await page.goto(world.region.url);
    await page.getByRole('button', { name: 'Prescripteur' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
    assert.ok(!page.url().includes(world.region.tokens.prescriber));
    await page.goto(`${world.region.url}/#entrer=BUYER`); // what scripts/run prints
    await page.locator('.who').getByText('Acheteur').waitFor();
    assert.ok(!page.url().includes('entrer'), page.url());
    await signOut(page);
    await page.reload();
    await page.getByLabel('Nom de compte').waitFor(); // forgotten, though a token of the demo does not end
    const where = await world.region.ctl('where');
    const tokens = await readFile(world.region.tokensFile, 'utf8');
    for (const { token } of Object.values(JSON.parse(tokens))) assert.ok(!where.stdout.includes(token));
  },
};
