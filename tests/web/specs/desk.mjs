// The desk on a network: commands of every kind through the one form, on the pages of their things. Nested groups and
// lists, hours and dates as people write them, refusals beside their field, what was typed and not sent after a reload.
import assert from 'node:assert/strict';
import { PHONE, assertAccessible, assertFits, goTo, settled, textOf } from '../lib.mjs';

const inDays = (n) => new Date(Date.now() + n * 86400e3).toISOString().slice(0, 10);
const SIRET = '213 105 554 00017';

// A line of a list, over all partitions of its service.
async function lines(world, role, method, items, request = {}) {
  const found = [];
  for (let after = '', calls = 0; calls < 20; calls++) {
    const reply = await world.ask(role, method, { ...request, page: { limit: 100, ...(after && { after }) } });
    found.push(...(reply[items] ?? []));
    after = reply.next ?? '';
    if (!after) break;
  }
  return found;
}

async function openForm(world, role, path, method, options) {
  const page = await world.signedIn(role, `${path}/agir/${method}`, options);
  await page.getByRole('heading', { name: 'À remplir' }).waitFor();
  await settled(page);
  return page;
}

async function unfold(page) {
  for (const summary of await page.locator('form details:not([open]) > summary').all()) await summary.click();
}

const send = (page) => page.locator('form button[type=submit]').click();
// Done, or what the page says instead.
async function done(page) {
  await page.locator('.said:not(:empty), form .alert-danger, .field-problem').first().waitFor();
  assert.match(await page.locator('.said').innerText(), /^C’est fait : /, await page.locator('main').innerText());
}

// Searched by its words, chosen by the keyboard.
async function choose(page, label, words) {
  const field = page.getByRole('combobox', { name: label });
  await field.click();
  await field.fill(words);
  await page.locator('[role=option]').first().waitFor();
  if (!words) await field.press('ArrowDown');
  await field.press('Enter');
}

const specs = {
  'a contract is opened: a refusal stands beside its nested field, a draft comes back after a reload': async (
    world,
  ) => {
    const page = await openForm(world, 'facilitator', 'contrats', 'contracts.OpenContract');
    await unfold(page);
    await page.getByLabel('Sorte de contrat').selectOption('MARKET');
    await page.getByLabel('SIRET de l’acheteur').fill('213 105 554 00018');
    await page.getByLabel('Nom de l’acheteur').fill('Commune d’essai');
    await page.getByLabel('Montant').first().fill('1 250 000,50');
    const lots = page.getByRole('group', { name: 'Lots' });
    await lots.getByRole('button', { name: /^Ajouter/ }).click();
    await lots.getByLabel('Intitulé du lot').fill('Gros œuvre');
    await lots.getByRole('button', { name: /^Ajouter : Lots$/ }).click();
    await lots.getByLabel('Intitulé du lot').nth(1).fill('Peinture');
    await lots.getByRole('button', { name: /^Monter : Lots, n° 2/ }).click();
    assert.equal(await lots.getByLabel('Intitulé du lot').first().inputValue(), 'Peinture');
    await send(page);
    // all at once: the key of the SIRET, and both numbers of lots
    const summary = page.getByRole('group', { name: 'Ce qui est à corriger' });
    await summary.getByText(/3\schamps sont à corriger/).waitFor();
    await assertAccessible(page, 'all that is wrong');
    await page.reload();
    await page.getByText(/est revenu/).waitFor();
    assert.equal(await page.getByLabel('Nom de l’acheteur').inputValue(), 'Commune d’essai');
    await page.getByLabel('SIRET de l’acheteur').fill(SIRET);
    await page.getByLabel('Numéro du lot').nth(0).fill('2');
    await page.getByLabel('Numéro du lot').nth(1).fill('1');
    await send(page);
    const wrong = page.getByLabel('Objet du contrat'); // the daemon's: « record.object »
    await page.waitForFunction((e) => e === document.activeElement, await wrong.elementHandle());
    assert.match(await page.locator('.field-problem').innerText(), /objet du contrat manque/i);
    await assertAccessible(page, 'a refusal beside a nested field');
    await wrong.fill(`Halle d’essai ${Date.now()}`);
    const places = page.getByRole('group', { name: /^Départements/ });
    await places.getByRole('button', { name: /^Ajouter/ }).click();
    await places.getByRole('combobox').selectOption('31');
    await send(page);
    await done(page);
    await assertAccessible(page, 'what came of it');
    await page
      .getByRole('link', { name: /^n° …|^Halle/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Fiche du contrat' }).waitFor();
    await page.getByText('1 250 000,50').first().waitFor();
  },

  'hours are typed by the clock, and told in hundredths': async (world) => {
    const placements = await lines(world, 'facilitator', 'tracking/Placements', 'placements');
    const month = new Date(new Date().setUTCDate(0)).toISOString().slice(0, 7); // the last one that is over
    const open = placements.find(
      (p) => !p.ended && p.startsOn.slice(0, 7) < month && (p.endsOn ?? '9999').slice(0, 7) > month && !(p.months ?? []).some((m) => m.month === month),
    );
    assert.ok(open, 'no placement whose month is not told yet');
    const page = await openForm(world, 'facilitator', `parcours/${open.placementId}`, 'tracking.SubmitHours');
    await page.getByLabel('Mois des heures').fill(month);
    await page.getByLabel('Heures du mois').fill('800');
    await send(page);
    assert.match(await page.locator('.field-problem').first().innerText(), /744/);
    await page.getByLabel('Heures du mois').fill('31h40');
    await send(page);
    await done(page);
    const { months } = await world.ask('facilitator', 'tracking/PlacementById', { placementId: open.placementId });
    assert.equal(months.find((m) => m.month === month).submitted, '31.67');
  },

  'an obligation: its responsible, an order, a subcontractor, a promise of the buyer': async (world) => {
    const [obligation] = await lines(world, 'facilitator', 'contracts/Obligations', 'obligations');
    const path = `obligations/${obligation.obligationId}`;
    const page = await openForm(world, 'facilitator', path, 'contracts.NameResponsible');
    await page.getByLabel('Nom du responsable').fill('Claire Essai');
    await page.getByLabel('Adresse électronique').fill('claire');
    await page.getByLabel('Téléphone').click();
    assert.match(await page.locator('.field-problem').innerText(), /adresse/); // as one leaves it
    await page.getByLabel('Adresse électronique').fill('claire@exemple.fr');
    await send(page);
    await done(page);
    await goTo(page, `${world.region.url}/#/${path}/agir/contracts.DeclareSubcontract`);
    await settled(page);
    await page.getByLabel('SIRET du sous-traitant').fill(SIRET);
    await page.getByLabel('Nom du sous-traitant').fill('Régie d’essai');
    await page.getByLabel('Nature des prestations').fill('Nettoyage de fin de chantier');
    await page.getByLabel('Montant maximum HT').fill('12 000');
    await send(page);
    await done(page);
  },

  'a person is referred, her file is opened with its reason, and the reading is kept': async (world) => {
    const page = await openForm(world, 'facilitator', 'personnes', 'tracking.ReferBeneficiary');
    const name = `Essai-${'abcdefghij'[Date.now() % 10]}${String.fromCharCode(97 + (Date.now() % 26))}`;
    await page.getByLabel('Nom de famille de la personne').fill(name);
    await page.getByLabel('Prénom de la personne').fill('Ana');
    await page.getByLabel('Date de naissance de la personne').fill('1990-05-17');
    await page.getByLabel('Département qui suit la personne').selectOption('31');
    await choose(page, /^Prescripteur/, '');
    await send(page);
    await done(page);
    const link = page.locator('.acts a', { hasText: /^n° …/ }).first();
    await link.click();
    await page.getByRole('heading', { level: 1, name: /^Personne / }).waitFor();
    const id = new URL(page.url()).hash.split('/')[2];
    await goTo(page, `${world.region.url}/#/personnes/${id}/agir/tracking.OpenBeneficiaryFile`);
    await settled(page);
    await send(page);
    await page.getByText(/2\schamps sont à corriger/).waitFor(); // no file without its reason
    await page.getByLabel(/^Motif de l’ouverture/).fill('Préparer l’entretien');
    await page.getByLabel(/^Raison de l’ouverture/).selectOption({ index: 1 });
    await send(page);
    await done(page);
    await page.getByText(name).waitFor();
    await assertAccessible(page, 'an open file');
    await goTo(page, `${world.region.url}/#/personnes/${id}`);
    await page.getByText('Préparer l’entretien').waitFor();
  },

  'a contact of the follow-up is a group of codes': async (world) => {
    const [placement] = (await lines(world, 'facilitator', 'tracking/Placements', 'placements')).filter(
      (p) => !p.ended,
    );
    const page = await openForm(world, 'facilitator', `parcours/${placement.placementId}`, 'tracking.RecordContact');
    await page.getByLabel('Jour du contact').fill(inDays(2));
    await page.getByLabel('Sorte de contact').focus();
    assert.match(await page.locator('.field-problem').innerText(), /à venir/); // as one leaves it
    await page.getByLabel('Sorte de contact').selectOption({ index: 1 });
    await page.getByLabel('Jour du contact').fill(inDays(-1));
    await page.getByLabel('Avec qui').selectOption('WITH_TUTOR');
    await page.getByLabel('Ce qu’il en a été').selectOption({ index: 1 });
    await send(page);
    await done(page);
  },

  'an agreement is drafted with its lists, then signed': async (world) => {
    const page = await openForm(world, 'facilitator', 'conventions', 'contracts.PutAgreement');
    await page.getByLabel('SIRET de l’acheteur').fill(SIRET);
    await page.getByLabel('Nom de l’acheteur').fill('Commune de Toulouse');
    const places = page.getByRole('group', { name: /^Départements de la convention/ });
    await places.getByRole('button', { name: /^Ajouter/ }).click();
    await places.getByRole('combobox').selectOption('31');
    await unfold(page);
    const words = page.getByRole('group', { name: /^Engagements de l’acheteur/ });
    await words.getByRole('button', { name: /^Ajouter/ }).click();
    await words.getByRole('textbox').fill('Associer le facilitateur avant la publication');
    await send(page);
    await done(page);
    await page.locator('.acts a', { hasText: /^n° …/ }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Commune de Toulouse' }).waitFor();
    await page.getByText('Associer le facilitateur avant la publication').waitFor();
  },

  'a need is declared by the words of the trade, and closed on its own page': async (world) => {
    const [obligation] = await lines(world, 'facilitator', 'contracts/Obligations', 'obligations');
    const page = await openForm(
      world,
      'facilitator',
      `obligations/${obligation.obligationId}`,
      'contracts.DeclareNeed',
    );
    await choose(page, /^Métier/, 'maconnerie');
    assert.match(await page.getByRole('combobox', { name: /^Métier/ }).inputValue(), /F1703/);
    const title = `Maçon d’essai ${Date.now()}`;
    await page.getByLabel('Intitulé du poste').fill(title);
    await page.getByLabel('Nombre de postes').fill('2');
    await page.getByLabel('Date de début').fill(inDays(20));
    await page.getByLabel(/^Commune/).fill(`${obligation.territories[0]}001`);
    await page.getByLabel('Modalité').selectOption('DIRECT_HIRE');
    await send(page);
    await done(page);
    const need = (await lines(world, 'facilitator', 'contracts/Needs', 'needs')).find((n) => n.title === title);
    assert.equal(need.romeCode, 'F1703');
    await goTo(page, `${world.region.url}/#/besoins/${need.needId}/agir/contracts.CloseNeed`);
    await settled(page);
    await page.getByLabel('Fin du besoin').selectOption('NEED_FILLED');
    await page.getByLabel('Nombre de personnes trouvées').fill('2');
    await send(page);
    await done(page);
  },

  'an organisation is put down, and an account made, by the operator on a phone': async (world) => {
    const page = await openForm(world, 'operator', 'partenaires', 'directory.PutOrganisation', { viewport: PHONE });
    await page.getByLabel('Type d’organisation').selectOption('ACI');
    await page.getByLabel('Nom de l’organisation').fill('Chantier d’essai');
    await unfold(page);
    await page
      .getByLabel(/^Département/)
      .first()
      .selectOption('31');
    await page.getByLabel('Source', { exact: true }).fill('essai');
    await page.getByLabel('Identifiant dans la source').fill(`${Date.now()}`);
    await assertFits(page, 'a form on a phone');
    await assertAccessible(page, 'a form on a phone');
    const low = await page.evaluate(() =>
      [...document.querySelectorAll('form input:not([type=checkbox]), form select, form button')]
        .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 43.5)
        .map((e) => e.outerHTML.slice(0, 80)),
    );
    assert.deepEqual(low, [], 'targets lower than 44 px');
    await send(page);
    await done(page);
    await goTo(page, `${world.region.url}/#/comptes/agir/accounts.CreateUser`);
    await settled(page);
    await page.getByLabel('Nom du compte').fill(`essai.${Date.now()}`);
    await page.getByLabel('Rôle').selectOption('AUDITOR');
    const places = page.getByRole('group', { name: /^Départements/ });
    await places.getByRole('button', { name: /^Ajouter/ }).click();
    await places.getByRole('combobox').selectOption('*');
    await send(page);
    await done(page);
  },

  'what nobody answered is sent again with its key, also after a reload': async (world) => {
    const [obligation] = await lines(world, 'facilitator', 'contracts/Obligations', 'obligations');
    const page = await openForm(
      world,
      'facilitator',
      `obligations/${obligation.obligationId}`,
      'contracts.RecordOrder',
    );
    const keys = [];
    await page.route('**/v1/contracts/RecordOrder', (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      return route.abort();
    });
    await page.getByLabel('Sorte de commande').selectOption('PURCHASE_ORDER');
    await page.getByLabel('Numéro de la commande').fill(`BC-${Date.now()}`);
    await page.getByLabel('Date de début de la commande').fill(inDays(-30));
    await page.getByLabel('Date de fin de la commande').fill(inDays(30));
    await page.getByLabel('Montant HT de la commande').fill('12 500');
    await send(page);
    await page.locator('form .alert-danger').waitFor();
    assert.equal(await page.locator('.said').innerText(), ''); // what failed is never said to be done
    await page.reload();
    await page.getByText(/est revenu/).waitFor();
    await send(page);
    await page.locator('form .alert-danger').waitFor();
    assert.equal(new Set(keys).size, 1, 'one key for one act');
    assert.ok(keys.length > 3, `${keys.length} attempts`);
  },

  'the search finds an action by its words, and Ctrl + K leads to it': async (world) => {
    const page = await world.signedIn('facilitator', 'besoins');
    await page.locator('h1').click();
    await page.keyboard.press('Control+k');
    const box = page.getByLabel('Chercher une action ou une liste');
    await page.waitForFunction(() => document.activeElement?.id === 'finder');
    await box.fill('sous traitant declare');
    await page.getByText(/^1\saction/).waitFor();
    await assertAccessible(page, 'the search over actions');
    await page.getByRole('link', { name: /^Noter un sous-traitant/ }).click();
    await page.getByText(/choisissez l’obligation/).waitFor();
    await settled(page);
    await page.locator('table.grid a').first().click();
    await page.getByLabel('SIRET du sous-traitant').waitFor();
  },

  'a list keeps its filters in its address, and is taken as a file': async (world) => {
    const page = await world.signedIn('facilitator', 'partenaires');
    await page.locator('table.grid tbody tr').first().waitFor();
    await page
      .getByLabel(/^Département/)
      .first()
      .selectOption('31');
    await page.waitForURL(/territory=31/);
    await settled(page);
    await page.locator('table.grid tbody tr').first().waitFor();
    assert.equal(await page.locator('table.grid tbody tr', { hasNotText: '(31)' }).count(), 0);
    const byDay = page.locator('th:has(.sorter)').first();
    await byDay.getByRole('button').click();
    await byDay.getByRole('button').click();
    await page.waitForURL(/tri=-organisation.name/);
    await page.reload();
    await settled(page);
    assert.equal(await byDay.getAttribute('aria-sort'), 'descending');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Emporter en CSV' }).click(),
    ]);
    assert.equal(file.suggestedFilename(), 'Partenaires.csv');
    assert.match(await textOf(page.locator('.paging')), /[Ll]ignes? affichées?/);
    await assertAccessible(page, 'a list of things');
  },
};

const ROLES = [
  'facilitator',
  'coordinator',
  'buyer',
  'company',
  'structure',
  'prescriber',
  'auditor',
  'operator',
  'data_protection',
];
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}/;

// The form of an action, from where the search leads: beside a list, or by the first line of one. « none »: the list is
// empty here, and says what to do first.
async function formBehind(page, url, href) {
  const isOne = href.includes('pour=');
  if (!isOne && !href.includes('/agir/')) return 'page';
  await goTo(page, `${url}/${href}`);
  await settled(page);
  if (isOne) {
    const line = page.locator('table.grid tbody a').first();
    await page.locator('table.grid tbody a, .panel .quiet').first().waitFor();
    if (!(await line.count())) return 'none';
    await line.click();
  }
  await page.locator('form button[type=submit]').waitFor();
  await settled(page);
  assert.ok(!UUID.test(await page.locator('form').innerText()), `${href} shows an id`);
  const nameless = await page.evaluate(
    () => [...document.querySelectorAll('form :is(input, select, textarea)')].filter((e) => !e.labels?.length).length,
  );
  assert.equal(nameless, 0, `${href} has a field without a label`);
  return 'form';
}

for (const role of ROLES)
  specs[`every action of a ${role} leads to its form`] = async (world) => {
    const page = await world.signedIn(role, 'tout');
    await page.locator('details.more summary').click();
    const links = page.locator('.operations > li > a');
    const actions = await links.evaluateAll((all) => all.map((a) => [a.textContent, a.getAttribute('href')]));
    assert.ok(actions.length > 0, `a ${role} has nothing to do`);
    const counts = { form: 0, page: 0, none: 0 };
    for (const [title, href] of actions) {
      const found = await formBehind(page, world.region.url, href).catch((error) => {
        throw new Error(`${title} (${href}): ${error.message}`);
      });
      counts[found]++;
    }
    console.log(
      `        ${role}: ${actions.length} actions, ${counts.form} forms opened, ${counts.page} on pages of their own, ${counts.none} whose list is empty here`,
    );
  };

export default specs;
