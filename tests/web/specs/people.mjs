// The pages of people: a person from search to file, the decision on her step by step, a placement, what a prescriber, a
// company, a structure and the data protection officer find on theirs.
import assert from 'node:assert/strict';
import { assertAccessible, settled, textOf } from '../lib.mjs';

async function all(world, role, method, items, request = {}) {
  const found = [];
  for await (const reply of world.pages(role, method, request)) found.push(...(reply[items] ?? []));
  return found;
}
const heading = (page, name) => page.getByRole('heading', { level: 1, name });
const next = (page) => page.getByRole('button', { name: 'Étape suivante' });

export default {
  'a person is found by her reference, and her page says who acts next': async (world) => {
    const [waits] = await all(world, 'facilitator', 'tracking/EligibilityDue', 'lines');
    const page = await world.signedIn('facilitator', 'personnes');
    const reference = waits.beneficiaryId.slice(-6).toUpperCase();
    await page.getByLabel('Référence').fill(reference);
    await page.getByLabel('Référence').press('Enter');
    const link = page.getByRole('table', { name: 'Personnes' }).getByRole('link', { name: reference });
    await page.getByText('1 personne affichée', { exact: false }).waitFor();
    await link.click();
    await heading(page, `Personne ${reference}`).waitFor();
    await settled(page);
    const todo = page.getByRole('region', { name: 'À faire ensuite' });
    assert.notEqual(await textOf(todo.locator('.next-what')), 'Rien n’est à faire pour elle en ce moment.');
    await todo.getByRole('link').first().waitFor();
    await page.getByRole('heading', { name: 'Son histoire' }).waitFor();
    await page.getByText(/^Orientée/).first().waitFor();
    await page.goBack(); // the search is in the address
    await link.waitFor();
  },

  'her eligibility is decided step by step, read again, and told': async (world) => {
    const due = await all(world, 'facilitator', 'tracking/EligibilityDue', 'lines');
    const { beneficiaryId } = due.find((l) => l.nextAction === 'DECIDE');
    const page = await world.signedIn('facilitator', `personnes/${beneficiaryId}`);
    await page.getByRole('link', { name: /^Décider pas à pas :/ }).click();
    await heading(page, 'Décider de l’éligibilité, pas à pas').waitFor();
    await settled(page);
    await next(page).click();
    await page.getByRole('group', { name: /^Le justificatif/ }).waitFor(); // not eligible: why is asked for
    await page.getByLabel('Raison de la non-éligibilité').waitFor();
    for (let i = 0; i < 2; i++) await next(page).click();
    await page.getByRole('button', { name: 'Enregistrer la décision' }).click();
    const problem = page.locator('.field-problem'); // the daemon's, in the step and beside the field that it names
    await problem.waitFor();
    await page.waitForFunction(() => document.activeElement?.matches('[aria-invalid=true]'));
    await assertAccessible(page, 'a refusal in its step');
    while (await page.getByRole('button', { name: 'Étape précédente' }).count())
      await page.getByRole('button', { name: 'Étape précédente' }).click();
    await page.getByLabel('Public', { exact: true }).selectOption('B_RSA');
    await page.getByLabel('Décision d’éligibilité').check();
    await next(page).click();
    await page.getByLabel('Justificatif', { exact: true }).selectOption('ATTESTATION_RSA');
    await page.getByLabel('Date du justificatif').fill(new Date(Date.now() - 20 * 86400e3).toISOString().slice(0, 10));
    assert.equal(await page.getByLabel('Raison de la non-éligibilité').count(), 0);
    await next(page).click();
    await page.getByLabel('Jour de la décision').waitFor();
    await next(page).click();
    await page.getByRole('group', { name: /^Relire et envoyer/ }).waitFor();
    await assertAccessible(page, 'the decision, read again');
    await page.getByRole('button', { name: 'Modifier : Le public' }).click();
    assert.equal(await page.getByLabel('Public', { exact: true }).inputValue(), 'B_RSA');
    for (let i = 0; i < 3; i++) await next(page).click();
    await page.getByRole('button', { name: 'Enregistrer la décision' }).click();
    await page.getByText(/^La décision est enregistrée/).waitFor();
    const { decisions } = await world.ask('facilitator', 'tracking/EligibilityById', { beneficiaryId });
    assert.equal(decisions.at(-1).eligible, true);
  },

  'a placement shows its hours month by month, and who she is for a facilitator': async (world) => {
    const placements = await all(world, 'facilitator', 'tracking/Placements', 'placements');
    const worked = placements.find((p) => (p.months ?? []).length > 2);
    const page = await world.signedIn('facilitator', `parcours/${worked.placementId}`);
    await heading(page, worked.employerName.replaceAll("'", '’')).waitFor();
    const months = page.getByRole('list', { name: 'Heures par mois' }).getByRole('listitem');
    assert.ok((await months.count()) >= worked.months.length);
    await page.getByText('Voir et traiter mois par mois').click();
    await page.getByRole('table', { name: 'Heures par mois' }).waitFor();
    await page.getByRole('link', { name: /^Personne [0-9A-F]{6}$/ }).click();
    await heading(page, /^Personne /).waitFor();
  },

  'a company sees what it owes a month, and whom it employs by words and not by numbers': async (world) => {
    const page = await world.signedIn('company', 'obligations');
    await page.locator('.obligation').first().waitFor();
    await page.getByText(/Il reste .* d’ici le .* par mois/).first().waitFor();
    await page.getByRole('region', { name: 'À faire ensuite' }).getByRole('link').first().waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Qui travaille' }).click();
    const table = page.getByRole('table', { name: 'Qui travaille' });
    await table.waitFor();
    await settled(page);
    assert.doesNotMatch(await textOf(table), /ROME|n° …/);
    await table.getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Son travail' }).waitFor();
    await settled(page);
    assert.doesNotMatch(await textOf(page.locator('main')), /ROME|\b[0-9A-F]{6}\b/);
  },

  'a structure sees whom it employs and its invoices': async (world) => {
    const page = await world.signedIn('structure', 'equipe');
    await page.getByRole('heading', { name: 'Factures comptées en heures' }).waitFor();
    await page.getByLabel('Finis aussi').check();
    await page.getByRole('heading', { name: 'Tous les parcours' }).waitFor();
    await page.getByRole('table', { name: 'Qui travaille' }).getByRole('row').nth(1).waitFor();
  },

  'a prescriber sees what is coming, and has somebody for a need': async (world) => {
    const page = await world.signedIn('prescriber', 'a-venir');
    await page.getByRole('heading', { name: 'Les métiers les plus demandés' }).waitFor();
    await page.getByRole('table', { name: /^Recrutements à venir/ }).first().getByRole('link').first().click();
    await heading(page, 'Besoins').waitFor();
    await page.getByRole('link', { name: /^J’ai quelqu’un/ }).first().click();
    await page.getByRole('heading', { name: 'À remplir' }).waitFor();
    await settled(page);
    assert.ok(await page.getByLabel('Département qui suit la personne').inputValue(), 'the territory of the need is filled in');
  },

  'a prescriber reads where each of its people is, and how its alerts come': async (world) => {
    const page = await world.signedIn('prescriber', 'personnes');
    await heading(page, 'Mes personnes').waitFor();
    const table = page.getByRole('table', { name: 'Personnes' });
    await table.waitFor();
    await settled(page);
    assert.match(await textOf(table), /En parcours\.|attend un besoin|Attend une décision|Proposée pour/);
    await page.getByRole('navigation').getByRole('link', { name: 'Mes alertes' }).click();
    await page.getByRole('heading', { name: 'Comment je les reçois' }).waitFor();
  },

  'the data protection officer looks for who opened a file, when and why': async (world) => {
    const [person] = await all(world, 'facilitator', 'tracking/Beneficiaries', 'beneficiaries');
    const opened = await world.signedIn('facilitator', `personnes/${person.beneficiaryId}/agir/tracking.OpenBeneficiaryFile`);
    await opened.getByLabel(/^Motif de l’ouverture/).fill('Préparer un rendez-vous');
    await opened.getByLabel(/^Raison de l’ouverture/).selectOption('CONTACT');
    await opened.locator('form button[type=submit]').click();
    await opened.getByText(/^C’est fait/).waitFor();
    const page = await world.signedIn('data_protection', 'lectures');
    const table = page.getByRole('table', { name: 'Dossiers ouverts' });
    await page.getByLabel('Motif').selectOption('CONTACT');
    await table.getByText('Préparer un rendez-vous').first().waitFor();
    await page.getByLabel('Motif').selectOption('COMPLAINT');
    await page.getByText('Aucune ouverture ne répond à ces critères.').waitFor();
    await page.getByLabel('Numéro du dossier').fill(person.beneficiaryId);
    await page.getByRole('button', { name: 'Aller au dossier' }).click();
    await page.getByRole('heading', { name: 'Ses droits' }).waitFor();
    await page.getByText('Préparer un rendez-vous').waitFor();
  },
};
