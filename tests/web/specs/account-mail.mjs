// Mail to who has an account, on a real network: invited, signed in by a link, an address confirmed; what a mail scanner
// does with such links; on a desk and on a phone.
import assert from 'node:assert/strict';
import { PHONE, assertAccessible, assertFits, settled } from '../lib.mjs';

const PASSWORD = 'quatre mots sans lien';
const FIGURES = ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'];
const PICTURES = process.env.GUICHET_PICTURES;
const BUYER_ORGANISATION = '0192f0c1-7a3b-7000-8f00-000000000077';

let made = 0;

async function picture(page, name) {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
}

// Made by the operator, and invited; the link of the mail.
async function invited(world) {
  const name = `acheteur.courriel.${++made}`, address = `${name}@exemple.fr`;
  const told = await world.region.ctl(
    'user', 'add', name, '--role', 'BUYER', '--organisation', BUYER_ORGANISATION, '--territory', '31', '--mail', address,
  );
  assert.match(told.stdout, /invitation part/);
  assert.doesNotMatch(told.stdout, /jeton=/);
  return { name, address, url: linkOf(await world.region.mailbox.wait(address, 'rejoindre Guichet')) };
}

function linkOf(text) {
  return /http:\S+\/e\/\S+/.exec(text)[0];
}

// As a person reads the words of a form, and writes the figures.
async function confirm(page, act) {
  const label = page.locator(`label[for=${act}-nombre]`);
  const words = (await label.innerText()).split(' : ')[1].split(', ');
  await page.locator(`#${act}-nombre`).fill(words.map((word) => FIGURES.indexOf(word)).join(''));
}

async function accept(page, url) {
  await page.goto(url);
  await page.locator('#motdepasse').fill(PASSWORD);
  await page.locator('#encore').fill(PASSWORD);
  await confirm(page, 'faire');
  await page.getByRole('button', { name: 'Choisir ce mot de passe et entrer' }).click();
  await page.getByRole('link', { name: 'mon accès', exact: true }).waitFor();
}

export default {
  'account mail: an invitation is read, and opens an account by a password that she chooses': async (world) => {
    const { name, url } = await invited(world);
    const scanner = await world.page();
    for (const value of ['1234', '0000', PASSWORD]) {
      await scanner.goto(url);
      await scanner.evaluate((text) => {
        for (const input of document.querySelectorAll('input:not([type=hidden]):not([readonly])')) input.value = text;
        for (const form of document.forms) form.noValidate = true;
      }, value);
      await scanner.locator('button').first().click();
      await scanner.getByText('Rien n\'a été fait').first().waitFor();
    }
    const phone = await world.page({ viewport: PHONE });
    await phone.goto(url);
    await phone.getByText(name).first().waitFor();
    await assertAccessible(phone, 'invitation');
    await assertFits(phone, 'invitation');
    await picture(phone, 'invitation-telephone');
    const page = await world.page();
    await page.goto(url);
    await picture(page, 'invitation');
    await page.locator('#motdepasse').fill(PASSWORD);
    await page.locator('#encore').fill('autre chose');
    await confirm(page, 'faire');
    await page.getByRole('button', { name: 'Choisir ce mot de passe et entrer' }).click();
    await page.getByText('Les deux mots de passe ne sont pas les mêmes').first().waitFor();
    await assertAccessible(page, 'an invitation that was filled in wrongly');
    await accept(page, url);
    await phone.goto(url);
    await phone.getByRole('heading', { name: 'Ce lien n\'ouvre plus rien' }).waitFor();
    await assertAccessible(phone, 'a link that opens nothing');
  },

  'account mail: who forgot her password signs in by a link of her mail, and sets another': async (world) => {
    const { name, address, url } = await invited(world);
    await accept(await world.page(), url);
    const page = await world.page({ viewport: PHONE });
    await page.goto(world.region.url);
    await page.getByText('Recevoir un lien de connexion').click();
    await page.getByRole('button', { name: 'Recevoir un lien' }).click();
    await page.getByText('Saisissez votre adresse électronique').waitFor();
    await page.getByLabel('Adresse électronique').fill('personne');
    await page.getByRole('button', { name: 'Recevoir un lien' }).click();
    await page.getByText('comme prenom.nom@exemple.fr').waitFor();
    await page.getByLabel('Adresse électronique').fill(address);
    await page.getByRole('button', { name: 'Recevoir un lien' }).click();
    await page.getByText('C’est demandé').waitFor();
    await settled(page);
    await assertAccessible(page, 'asking for a link');
    await assertFits(page, 'asking for a link');
    await picture(page, 'lien-telephone');
    const link = linkOf(await world.region.mailbox.wait(address, 'pour vous connecter'));
    await page.goto(link);
    await assertAccessible(page, 'a link to sign in by');
    await assertFits(page, 'a link to sign in by');
    await picture(page, 'connexion-par-lien');
    await confirm(page, 'faire');
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await page.getByRole('link', { name: 'mon accès', exact: true }).click();
    await page.getByText('votre mot de passe actuel n’est pas demandé').waitFor();
    await page.locator('input[autocomplete=new-password]').fill('cinq mots encore sans lien');
    await page.getByRole('button', { name: 'Changer le mot de passe' }).click();
    await page.getByLabel('Mot de passe actuel').waitFor();
    assert.match(await world.region.mailbox.wait(address, 'a été choisi ou changé'), new RegExp(name));
  },

  'account mail: an address is given and confirmed in « Mon accès », which tells who signed in': async (world) => {
    const { url } = await invited(world);
    const page = await world.page(), other = `ailleurs.${made}@exemple.fr`;
    await accept(page, url);
    await page.getByRole('link', { name: 'mon accès', exact: true }).click();
    await page.getByLabel('Nouvelle adresse').fill(other);
    await page.getByRole('button', { name: 'Envoyer un lien de confirmation' }).click();
    await page.getByText('pour confirmer cette adresse').waitFor();
    await page.getByText('sur invitation').waitFor();
    await settled(page);
    await assertAccessible(page, 'own access with an address');
    await picture(page, 'mon-acces');
    await page.setViewportSize(PHONE);
    await assertFits(page, 'own access with an address');
    await picture(page, 'mon-acces-telephone');
    const opened = await world.page();
    await opened.goto(linkOf(await world.region.mailbox.wait(other, 'arrivent à cette adresse')));
    await confirm(opened, 'faire');
    await opened.getByRole('button', { name: 'Confirmer cette adresse' }).click();
    await opened.getByText('C\'est confirmé').waitFor();
    await assertAccessible(opened, 'a confirmed address');
    await page.reload();
    await page.getByText(`Vos courriels arrivent à ${other}`).waitFor();
  },

  'account mail: an operator sees who was invited, invites again, and reads who signed in': async (world) => {
    const { name, url } = await invited(world);
    const page = await world.signedIn('operator', 'comptes');
    const line = page.getByRole('row').filter({ hasText: name });
    await line.getByText('Invitation envoyée').waitFor();
    await line.getByRole('button', { name: 'Renvoyer l’invitation' }).click();
    await page.getByText('une invitation part à son adresse').waitFor();
    await settled(page);
    await assertAccessible(page, 'accounts with invitations');
    await picture(page, 'comptes');
    const old = await world.page();
    await old.goto(url);
    await old.getByRole('heading', { name: 'Ce lien n\'ouvre plus rien' }).waitFor();
    await line.getByRole('button', { name: 'Annuler' }).click();
    await line.getByText('Invitation annulée').waitFor();
    await page.getByRole('button', { name: 'Connexions de acheteur.courriel.1', exact: true }).click();
    await page.getByRole('heading', { name: 'Connexions de acheteur.courriel.1' }).waitFor();
    await page.getByText('sur invitation').first().waitFor();
    await page.setViewportSize(PHONE);
    await assertFits(page, 'accounts with invitations');
    await picture(page, 'comptes-telephone');
  },
};
