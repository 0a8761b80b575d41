// The whole journey of a clause by clicks alone: programme, consultation, award, need, referral, eligibility, placement,
// hours, control, end, statement. One contract, one person, and a buyer, company, structure and prescriber of their own,
// which the operator makes. Each step is checked by what the next role sees. It is also what the guides show: `picture`
// keeps a page for docs/fr (scripts/pictures).
import assert from 'node:assert/strict';
import { PHONE, assertAccessible, assertFits, settled, textOf } from '../lib.mjs';
import { picture } from '../pictures.mjs';
import { act, doIt, fill, find, focusField, follow, form, goBack, inDays, menu, openMade, part, says, send } from '../steps.mjs';

const STAMP = Date.now().toString().slice(-6);
const OBJECT = `Réhabilitation de la halle ${STAMP}`;
const POST = `Peintre ${STAMP}`;
const month = (() => {
  const last = new Date(); // the last month that is over
  last.setUTCDate(0);
  return last.toISOString().slice(0, 7);
})();
const START = `${new Date(Date.UTC(+month.slice(0, 4), +month.slice(5) - 2, 1)).toISOString().slice(0, 10)}`;
const YEAR = inDays(0).slice(0, 4);

const keyed = (digits) => {
  const sum = [...digits].reverse().reduce((s, c, i) => s + (i % 2 ? +c : +c * 2 > 9 ? +c * 2 - 9 : +c * 2), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
};
const siret = (n) => keyed(`${keyed(`9${n}${STAMP}`)}0001`);

const CAST = {
  buyer: { name: `Commune d’essai ${STAMP}`, kind: 'Acheteur public', role: 'Acheteur', account: `commune.${STAMP}`, siret: siret(1) },
  company: { name: `Peintures d’essai ${STAMP}`, kind: 'Entreprise ordinaire', role: 'Entreprise', account: `peintures.${STAMP}`, siret: siret(2) },
  structure: { name: `Chantier d’essai ${STAMP}`, kind: 'Association intermédiaire', role: 'Structure inclusive', account: `chantier.${STAMP}`, siret: siret(3) },
  prescriber: { name: `Mission d’essai ${STAMP}`, kind: 'Mission locale', role: 'Prescripteur', account: `mission.${STAMP}`, siret: siret(4) },
};

// Each role at its own browser: who came in once stays there, as long as the step lasts.
async function at(world, who, options) {
  if (!CAST[who]) return world.signedIn(who, '', options);
  assert.ok(CAST[who].token, `the ${who} has no account: an earlier step has failed`);
  const page = await world.page(options);
  await page.goto(world.region.url);
  await page.getByText('J’ai un jeton d’accès').click();
  await page.getByLabel(/^Jeton/).fill(CAST[who].token);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
  await settled(page);
  return page;
}

// Each form that is passed is looked at once.
const seen = new Set();
async function look(page, title) {
  if (seen.has(title)) return;
  seen.add(title);
  await assertAccessible(page, title);
}
const does = (page, title, fields, more = {}) => doIt(page, title, fields, { look, ...more });

async function openContract(page) {
  await menu(page, 'Contrats');
  await follow(page, OBJECT);
}

// What waits for somebody today, and the act that settles it.
async function fromMyDay(page, title, words) {
  await menu(page, 'Ma journée');
  const item = page.getByRole('listitem').filter({ hasText: words }).filter({ has: page.getByRole('link', { name: title }) });
  await item.first().waitFor();
  await act(page, new RegExp(`^${title}`), { line: words });
}

const ACTS = {
  organisation: 'Enregistrer une organisation',
  account: 'Créer un compte',
};

export default {
  'journey: the operator makes organisations and their accounts, and a facilitator consents': async (world) => {
    const operator = await at(world, 'operator');
    for (const { name, kind, siret: number } of Object.values(CAST)) {
      await find(operator, 'enregistrer organisation', ACTS.organisation);
      await operator.getByRole('heading', { name: 'À remplir' }).waitFor();
      await fill(form(operator), {
        'SIRET de l’organisation': number,
        'Type d’organisation': kind,
        'Nom de l’organisation': name,
        Département: 'Haute-Garonne',
      });
      await look(operator, ACTS.organisation);
      await send(operator);
    }
    for (const one of Object.values(CAST)) {
      await find(operator, 'créer compte', ACTS.account);
      await operator.getByRole('heading', { name: 'À remplir' }).waitFor();
      await fill(form(operator), {
        'Nom du compte': one.account,
        Rôle: one.role,
        Organisation: one.name,
        'Départements du compte': ['Haute-Garonne'],
      });
      await look(operator, ACTS.account);
      await picture(operator, 'administrateur-compte', { of: one.role === 'Acheteur' });
      await send(operator);
      const token = operator.getByText(/^[\w-]{43}$/);
      if (await token.count()) one.token = await textOf(token);
    }
    const facilitator = await at(world, 'facilitator');
    await menu(facilitator, 'Comptes');
    for (const one of Object.values(CAST).filter((c) => !c.token)) {
      await facilitator.getByRole('button', { name: `Je consens au compte ${one.account}` }).click();
      const given = facilitator.getByRole('status').filter({ hasText: one.account });
      one.token = await textOf(given.locator('code'));
    }
    await picture(facilitator, 'facilitateur-consentement');
  },

  'journey: the buyer gives its programme, a line is kept, and its contract is opened': async (world) => {
    const buyer = await at(world, 'buyer');
    await menu(buyer, 'Importer');
    await fill(buyer.locator('main'), {
      'SIRET de l’acheteur': CAST.buyer.siret,
      'Nom de l’acheteur': CAST.buyer.name,
      'Année du programme': YEAR,
      'Département de l’acheteur': '31',
    });
    const text = `Référence;Intitulé;CPV;Montant HT;Durée;Lancement;Nature\r\nP-1;${OBJECT};45442100-8;1 200 000 €;14 mois;01/${YEAR};Travaux\r\n`;
    await buyer
      .getByLabel('Fichier de la liste')
      .setInputFiles({ name: 'programme.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await buyer.getByRole('button', { name: 'Voir l’aperçu' }).click();
    await says(buyer, /^Aperçu : 1\snouvelle/);
    await look(buyer, 'a programme before it is recorded');
    await picture(buyer, 'acheteur-programme');
    await buyer.getByRole('button', { name: /^Enregistrer/ }).click();
    await says(buyer, /^Import terminé : 1\snouvelle/);

    const facilitator = await at(world, 'facilitator');
    await find(facilitator, 'programmes', 'Programmes d’achats');
    await focusField(facilitator, 'SIRET de l’acheteur', CAST.buyer.siret);
    await focusField(facilitator, 'Année', YEAR);
    await follow(facilitator, OBJECT);
    await does(facilitator, 'Retenir ou écarter une ligne du programme, avec son levier et ses raisons', {
      Levier: 'Condition d’exécution',
      'Suite donnée': 'Retenue',
      'Raison du choix': 'Corps d’état à forte part de main-d’œuvre.',
    });
    await goBack(facilitator);
    await does(facilitator, 'Ouvrir le dossier d’un contrat : en préparation, ou privé', {
      'Nom de l’acheteur': CAST.buyer.name,
      Lots: [{ 'Numéro du lot': '1', 'Intitulé du lot': 'Peinture' }],
      Départements: ['Haute-Garonne'],
    });
    await openMade(facilitator, 'Contrat');
    await says(facilitator, '1 200 000'); // what the programme said needs no second typing
    await does(facilitator, 'Dire si le facilitateur a été associé avant la publication', {
      'Association du facilitateur': 'Facilitateur associé',
      'Jour où vous avez été associé': inDays(-200),
      'Étape où vous avez été associé': 'À la rédaction',
      'Service de l’acheteur': 'Direction des bâtiments',
    });
    await goBack(facilitator);
    await does(facilitator, 'Mettre une clause sur un lot, avec les heures de son calcul', {
      'Numéro du lot': '1',
      'Calcul des heures': { Méthode: 'Nombre d’heures fixé', 'Heures choisies': '140' },
    });
    await goBack(facilitator);
    await picture(facilitator, 'facilitateur-contrat');
    await openContract(buyer);
    await says(buyer, /140/);
  },

  'journey: a consultation, a question answered to all, offers read by two, an award by the buyer': async (world) => {
    const facilitator = await at(world, 'facilitator');
    await openContract(facilitator);
    await does(facilitator, 'Dire ce que les pièces d’un lot doivent contenir, outre les heures', {
      'Numéro du lot': '1',
      'Périmètre de l’action': 'Peinture de la halle',
      'Nom du facilitateur': 'Camille Exemple',
      Téléphone: '05 00 00 00 00',
      'Publics visés': ['Allocataire du RSA'],
      'Façon d’écrire la clause': 'Condition et critère',
      'Poids du critère': '10',
      'Pénalité par heure': '50',
    });
    await goBack(facilitator);
    await does(facilitator, 'Ouvrir la consultation d’un contrat, avec ses dates', {
      'Jour de publication de la consultation': inDays(-150),
      'Jour de remise des offres': inDays(-110),
    });
    await goBack(facilitator);
    await does(facilitator, 'Noter la question d’une entreprise', {
      'Jour de réception de la question': inDays(-140),
      Question: 'Un apprenti déjà présent peut-il être compté ?',
      'Voie par laquelle': 'Par courriel',
      'Nom de l’entreprise': CAST.company.name,
    });
    await goBack(facilitator);
    await part(facilitator, 'Consultation');
    await does(facilitator, 'Rédiger l’unique réponse, pour toutes les entreprises', {
      'Question reformulée': 'Un apprenti déjà présent dans l’entreprise peut-il être compté ?',
      Réponse: 'Ses heures comptent à partir de la validation de son éligibilité.',
    });
    await goBack(facilitator);
    await part(facilitator, 'Consultation');
    await does(facilitator, 'Remettre la réponse à l’acheteur', { 'Jour de remise': inDays(-135) });

    const buyer = await at(world, 'buyer');
    await openContract(buyer);
    await part(buyer, 'Consultation');
    await does(buyer, 'Publier la réponse à toutes les entreprises', { 'Jour de publication': inDays(-130) });
    await goBack(facilitator);
    await part(facilitator, 'Consultation');
    await says(facilitator, /publiée/i);

    await openContract(buyer);
    await part(buyer, 'Consultation');
    await does(buyer, 'Noter l’attribution d’un lot par l’acheteur', {
      'Numéro du lot': '1',
      'Entreprises retenues': [
        { 'SIRET du membre': CAST.company.siret, 'Nom du membre': CAST.company.name, 'Fiche du membre': CAST.company.name },
      ],
      'Jour de la décision': inDays(-100),
    });
    await picture(buyer, 'acheteur-attribution');
  },

  'journey: the company sees what it owes and says whom it needs; the prescriber has somebody, by keyboard alone': async (
    world,
  ) => {
    const company = await at(world, 'company');
    await menu(company, 'Mes obligations');
    await says(company, /140/);
    await picture(company, 'entreprise-obligations');
    await menu(company, 'Déclarer un besoin');
    await fill(company.locator('main form'), {
      'Intitulé du poste': POST,
      Métier: 'F1606',
      'Nombre de postes': '1',
      'Date de début': inDays(10),
      Commune: '31555',
    });
    await look(company, 'a need');
    await picture(company, 'entreprise-besoin');
    await company.getByRole('button', { name: 'Déclarer le besoin' }).click();
    await says(company, /déclaré|enregistré/);

    const prescriber = await at(world, 'prescriber', { viewport: PHONE });
    await menu(prescriber, 'Besoins');
    await says(prescriber, POST);
    await assertFits(prescriber, 'needs on a phone');
    await picture(prescriber, 'prescripteur-besoins');
  },
};
