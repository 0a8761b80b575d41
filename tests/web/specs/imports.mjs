// A list of hours given as a file: seen before it is recorded, recorded, taken back; what was not taken comes back as a
// file. By pointer, by keyboard, on a phone.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { PHONE, assertAccessible, assertFits, textOf } from '../lib.mjs';

const SMALL = { width: 360, height: 740 };
const NOBODY = '0192f0c1-0000-7001-8f00-000000000000';

async function all(world, role, method, name) {
  const found = [];
  for (let after = ''; ; ) {
    const { [name]: items = [], next = '' } = await world.ask(role, method, { page: { limit: 100, ...(after && { after }) } });
    found.push(...items);
    if (!next) return found;
    after = next;
  }
}

// A month of a placement of the company that nothing was declared for yet, in its first territory.
async function freeMonth(world) {
  const placements = await all(world, 'company', 'tracking/Placements', 'placements');
  for (let back = 1; back < 12; back++) {
    const date = new Date();
    date.setDate(1);
    date.setMonth(date.getMonth() - back);
    const month = `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`;
    for (const p of placements) {
      const runs = p.startsOn.slice(0, 7) < month && (p.endedOn ?? p.endsOn ?? '9999').slice(0, 7) > month;
      if (runs && !(p.months ?? []).some((m) => m.month === month)) return { placementId: p.placementId, obligationId: p.obligationId, month };
    }
  }
  throw new Error('hours of every month are declared');
}

const lines = (rows) => rows.map((cells) => `${cells.join(';')}\r\n`).join('');
const preview = (page) => page.getByRole('button', { name: 'Voir l’aperçu' });
const record = (page) => page.getByRole('button', { name: /^Enregistrer/ });
const row = (page, number) => 
  page.locator('tbody tr').filter({ has: page.locator('td[data-label="Ligne"]', { hasText: new RegExp(`^${number}$`) }) });

async function give(page, text, name = 'releve.csv') {
  await page
    .getByLabel('Fichier de la liste')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text, 'utf8') });
}

// Whoever acts in the whole region says where; others choose among their own.
async function sayTerritory(world, page, free) {
  const field = page.getByLabel('Département des parcours');
  await field.waitFor();
  if (await field.evaluate((e) => e.tagName === 'SELECT')) return;
  const { territories } = await world.ask('company', 'contracts/ObligationById', { obligationId: free.obligationId });
  await field.fill(territories[0]);
}

async function previewed(world, page, free) {
  await sayTerritory(world, page, free);
  await give(
    page,
    lines([
      ['Parcours', 'Mois', 'Heures', 'Remarque'],
      [free.placementId, free.month, '61,5', 'rien'],
      [NOBODY, free.month, '12', 'à "revoir"'],
    ]),
  );
  await preview(page).click();
  await page.getByText(/^Aperçu : .*1\sécartée/).waitFor();
}

export default {
  'a list is seen before it is recorded, recorded, and taken back': async (world) => {
    const free = await freeMonth(world);
    const page = await world.signedIn('company', 'importer');
    await previewed(world, page, free);
    assert.match(await textOf(page.locator('.said')), /1\snouvelle, 1\sécartée\. Rien n’est encore enregistré/);
    await row(page, 3).getByText('À corriger').waitFor();
    assert.equal(await page.getByLabel('Prendre la ligne 3').count(), 0, 'what is rejected cannot be chosen');
    assert.ok(await page.getByLabel('Prendre la ligne 2').isChecked());
    await assertAccessible(page, 'a preview');
    await page.setViewportSize(PHONE);
    await assertFits(page, 'a preview on a phone');
    await page.setViewportSize(SMALL);
    await assertFits(page, 'a preview on a small phone');
    await assertAccessible(page, 'a preview on a phone');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /^Télécharger les rejets/ }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'releve-rejets.csv');
    const rejects = (await readFile(await download.path(), 'utf8')).split('\r\n');
    assert.equal(rejects[0], 'Parcours;Mois;Heures;Remarque;Motif du rejet');
    assert.match(rejects[1], new RegExp(`^${NOBODY};${free.month};12;"à ""revoir""";"?Parcours : .+`));
    assert.equal(rejects.length, 3);
    await record(page).click();
    await page.getByText(/^Import terminé : 1\snouvelle, 1\sécartée/).waitFor();
    await page.getByLabel(/Motif/).fill('mauvais fichier');
    await page.getByRole('button', { name: /^Annuler cet import/ }).click();
    await page.getByText(/^Import annulé : 1\sligne reprise/).first().waitFor();
    await assertAccessible(page, 'an import that was taken back');
  },

  'a list that was imported before is taken back': async (world) => {
    const page = await world.signedIn('company', 'importer');
    await previewed(world, page, await freeMonth(world));
    await record(page).click();
    await page.getByText(/^Import terminé/).waitFor();
    await page.reload();
    const past = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Imports précédents' }) });
    const first = past.locator('tbody tr').first();
    await first.getByText('releve.csv').first().waitFor();
    await first.getByRole('button', { name: /^Annuler…/ }).click();
    await assertAccessible(page, 'imports of before');
    const cancel = first.getByRole('button', { name: /^Annuler cet import/ });
    await cancel.click();
    await first.getByRole('alert').waitFor(); // without a reason it is refused
    await first.getByLabel(/Motif/).fill('mauvais mois');
    await page.setViewportSize(SMALL);
    await assertFits(page, 'imports of before on a small phone');
    await cancel.click();
    await past.getByText(/^Import annulé : 1\sligne reprise/).waitFor();
    await first.getByText(/^Annulé le/).waitFor();
  },

  'what is no list is refused in French, and another file may follow': async (world) => {
    const page = await world.signedIn('company', 'importer');
    await preview(page).click();
    await page.getByText('Choisissez le fichier de votre liste.').waitFor();
    await give(page, '%PDF-1.4', 'releve.pdf');
    await preview(page).click();
    assert.match(await page.getByRole('alert').innerText(), /PDF/);
    await assertAccessible(page, 'a refused file');
    await previewed(world, page, await freeMonth(world));
    assert.equal(await page.getByRole('alert').count(), 0);
  },

  'a list whose file is too large is not sent': async (world) => {
    const page = await world.signedIn('company', 'importer');
    await give(page, 'a'.repeat(4 * 1024 * 1024 + 1));
    await preview(page).click();
    assert.match(await page.getByRole('alert').innerText(), /4 Mio/);
    assert.ok(await page.getByLabel('Fichier de la liste').evaluate((e) => e === document.activeElement));
  },

  'columns of a list that nobody could guess are told': async (world) => {
    const free = await freeMonth(world);
    const page = await world.signedIn('company', 'importer');
    await give(page, lines([['Qui', 'Quand', 'Combien'], [free.placementId, free.month, '10'], [NOBODY, free.month, '5']]));
    await sayTerritory(world, page, free);
    await preview(page).click();
    await page.getByText('Dites quelles colonnes contiennent quoi.').waitFor();
    const choose = (label, column) => page.getByLabel(label, { exact: true }).selectOption(column);
    await choose('Parcours', 'Qui');
    await choose('Mois', 'Quand');
    await choose('Heures', 'Combien');
    await page.getByRole('button', { name: 'Refaire l’aperçu' }).click();
    await page.getByText(/^Aperçu : 1\snouvelle, 1\sécartée/).waitFor();
    assert.equal(await page.getByLabel('Heures', { exact: true }).inputValue(), 'Combien');
  },

  'a row of a list that is left out is not recorded': async (world) => {
    const free = await freeMonth(world);
    const page = await world.signedIn('company', 'importer');
    await previewed(world, page, free);
    await page.getByLabel('Prendre la ligne 2').uncheck();
    assert.ok(await record(page).isDisabled(), 'nothing is chosen');
    await page.getByLabel('Prendre la ligne 2').check();
    assert.match(await textOf(record(page)), /1\sligne/);
  },

  'a list goes in by keyboard alone': async (world) => {
    const free = await freeMonth(world);
    const page = await world.signedIn('company', 'importer');
    await previewed(world, page, free);
    const said = await page.evaluate(() => document.activeElement?.className);
    assert.equal(said, 'said', 'the result of the preview has the focus');
    const names = [];
    for (let i = 0; i < 30; i++) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent);
      names.push(name.trim());
      if (/^Enregistrer/.test(name.trim())) break;
    }
    assert.ok(names.includes('Prendre la ligne 2'), names.join(', '));
    await page.keyboard.press('Enter');
    await page.getByText(/^Import terminé/).waitFor();
    await page.getByLabel(/Motif/).fill('essai');
    await page.getByLabel(/Motif/).press('Enter');
    await page.getByText(/^Import annulé/).first().waitFor();
  },

  'a list of another kind asks its own fields': async (world) => {
    const page = await world.signedIn('facilitator', 'importer');
    await page.getByLabel('Ce que contient la liste').selectOption('programme');
    await page.getByLabel('SIRET de l’acheteur').fill('123');
    assert.match(await page.getByLabel('Année du programme').inputValue(), /^20\d\d$/);
    await give(page, lines([['Intitulé', 'Montant estimé'], ['Réfection d’un gymnase', '450 000']]), 'programme.csv');
    await preview(page).click();
    await page.getByRole('alert').waitFor();
    const siret = page.getByLabel('SIRET de l’acheteur');
    assert.ok(await siret.evaluate((e) => e === document.activeElement), 'the wrong field has the focus');
    await siret.fill('21310555400017');
    await page.getByLabel('Nom de l’acheteur').fill('Ville d’essai');
    await preview(page).click();
    await page.getByText(/^Aperçu : 1\snouvelle/).waitFor();
    await assertAccessible(page, 'a preview of a programme');
  },

  'a list of partners says of which kind they are': async (world) => {
    const page = await world.signedIn('operator', 'importer');
    await page.getByLabel('Ce que contient la liste').selectOption('partenaires');
    const territory = page.getByLabel(/^Département/);
    await territory.waitFor();
    await give(page, lines([['Nom', 'SIRET', 'Code INSEE'], ['Les Jardins d’essai', '21310555400017', '31555']]), 'partenaires.csv');
    await page.getByLabel(/^Source/).fill('réseau d’essai');
    await page.getByLabel(/^Type/).selectOption('');
    await preview(page).click();
    assert.match(await page.getByRole('alert').innerText(), /type d.organisation/); // neither the list nor the form says it
    await page.getByLabel(/^Type/).first().selectOption('ACI');
    await preview(page).click();
    await page.getByText(/^Aperçu : 1\snouvelle/).waitFor();
  },

  'a prescriber gives a list of persons, whose names are in no address': async (world) => {
    const page = await world.signedIn('prescriber', 'importer');
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    const territory = page.getByLabel(/^Département/);
    await territory.waitFor();
    if (await territory.evaluate((e) => e.tagName !== 'SELECT')) await territory.fill('31');
    const name = `Zorglub${[...`${Date.now()}`].map((d) => 'abcdefghij'[d]).join('')}`; // names hold no digits
    await give(page, lines([['Nom', 'Prénom', 'Date de naissance'], [name, 'Anne', '12/03/1990'], ['Trouillefou', '', '']]), 'personnes.csv');
    await preview(page).click();
    await page.getByText(/^Aperçu : 1\snouvelle, 1\sécartée/).waitFor();
    await assertAccessible(page, 'a preview of persons');
    await record(page).click();
    await page.getByText(/^Import terminé : 1\snouvelle, 1\sécartée/).waitFor();
    assert.ok(asked.some((url) => url.includes('PreviewBeneficiaries')));
    assert.ok(!asked.some((url) => /zorglub|trouillefou/i.test(decodeURIComponent(url))));
  },

  'a facilitator says whose list it is': async (world) => {
    const page = await world.signedIn('facilitator', 'importer');
    const free = await freeMonth(world);
    await give(page, lines([['Parcours', 'Mois', 'Heures'], [free.placementId, free.month, '7']]));
    await sayTerritory(world, page, free);
    await preview(page).click();
    await page.getByRole('alert').waitFor();
    const sender = page.getByLabel(/Organisation dont c’est la liste/);
    assert.ok(await sender.evaluate((e) => e === document.activeElement), 'the wrong field has the focus');
    await page.waitForFunction((e) => e.options.length > 1, await sender.elementHandle());
    await sender.selectOption({ index: 1 });
    await preview(page).click();
    await page.getByText(/^Aperçu : /).waitFor();
  },
};
