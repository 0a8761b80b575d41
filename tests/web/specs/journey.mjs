// The whole journey of a clause by clicks alone: programme, consultation, award, need, referral, eligibility, placement,
// hours, control. One contract, one person, and a buyer, company, structure and prescriber of their own,
// which the operator makes. Each step is checked by what the next role sees. It is also what the guides show: `picture`
// keeps a page for docs/fr (scripts/pictures).
import assert from 'node:assert/strict';
import { PHONE, assertAccessible, assertFits, settled, textOf } from '../lib.mjs';
import { picture } from '../pictures.mjs';
import {
  act, choose, doIt, fill, find, follow, form, goBack, inDays, menu, openLine, openMade, part, says, send,
  sendOverBrokenLink,
} from '../steps.mjs';

const STAMP = Date.now().toString().slice(-6);
const OBJECT = `Réhabilitation de la halle ${STAMP}`;
const POST = `Peintre ${STAMP}`;
const firstOf = (months) => new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() + months, 1));
const dayOf = (date) => date.toISOString().slice(0, 10);
const MONTH = dayOf(firstOf(-1)).slice(0, 7); // the last that is over
const START = dayOf(firstOf(-2));
const YEAR = inDays(0).slice(0, 4);
// of the last quarter whose statement is late by now
const QUARTER_END = (() => {
  const then = new Date(Date.now() - 40 * 86400e3);
  return dayOf(new Date(Date.UTC(then.getUTCFullYear(), Math.floor(then.getUTCMonth() / 3) * 3, 0)));
})();

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

async function openProposal(page) {
  await find(page, 'propositions de personnes', 'Propositions de personnes');
  await openLine(page, POST);
}

async function openObligation(page) {
  await openContract(page);
  await follow(page, CAST.company.name);
}

// A reading, to check with.
async function askAs(who, world, method, request = {}) {
  const url = `${world.region.url}/v1/${method}?q=${encodeURIComponent(JSON.stringify(request))}`;
  const answer = await fetch(url, { headers: { Authorization: `Bearer ${CAST[who].token}` } });
  assert.equal(answer.status, 200);
  return (await answer.json()).reply;
}

const REFER = 'Orienter une personne';
const ACTS = {
  organisation: 'Enregistrer une organisation',
  account: 'Créer un compte',
};

const CHAPTERS = {
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
    await choose(facilitator, 'Acheteur', CAST.buyer.siret);
    await choose(facilitator, 'Année', YEAR);
    await says(facilitator, OBJECT);
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
    await part(facilitator, 'Lots et clause');
    await picture(facilitator, 'facilitateur-contrat');
    await openContract(buyer);
    await part(buyer, 'Lots et clause');
    await says(buyer, /140/);
  },

  'journey: a consultation, a question answered to all, an award by the buyer': async (world) => {
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
    await does(facilitator, 'Remettre la réponse à l’acheteur', { 'Jour de l’envoi': inDays(-135) });

    const buyer = await at(world, 'buyer');
    await openContract(buyer);
    await part(buyer, 'Consultation');
    await does(buyer, 'Publier la réponse à toutes les entreprises', { 'Jour où l’acheteur a publié': inDays(-130) });
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

  'journey: the company sees what it owes and says whom it needs; the prescriber has somebody, on a phone': async (
    world,
  ) => {
    const company = await at(world, 'company');
    await menu(company, 'Mes obligations');
    await says(company, /140/);
    await picture(company, 'entreprise-obligations');
    await menu(company, 'Déclarer un besoin');
    await fill(form(company), {
      'Intitulé du poste': POST,
      Métier: 'F1606',
      'Nombre de postes': '1',
      'Date de début': inDays(10),
      'Commune du lieu de travail': 'Toulouse',
      Modalité: 'Mise à disposition',
    });
    await look(company, 'a need');
    await picture(company, 'entreprise-besoin');
    await company.getByRole('button', { name: 'Déclarer le besoin' }).click();
    await says(company, /^Besoin déclaré/);

    const prescriber = await at(world, 'prescriber', { viewport: PHONE });
    await menu(prescriber, 'Besoins');
    await says(prescriber, POST);
    await assertFits(prescriber, 'needs on a phone');
    await picture(prescriber, 'prescripteur-besoins');
    await follow(prescriber, POST);
    await act(prescriber, REFER);
    await prescriber.getByRole('heading', { name: 'À remplir' }).waitFor();
    await fill(form(prescriber), {
      'Nom de famille': `Essai-${[...STAMP].map((d) => 'abcdefghij'[d]).join('')}`,
      Prénom: 'Ana',
      'Date de naissance': '1990-05-17',
      'Jour de l’orientation': inDays(-98),
    });
    await look(prescriber, REFER);
    await assertFits(prescriber, 'a referral on a phone');
    const keys = await sendOverBrokenLink(prescriber, 'tracking/ReferBeneficiary');
    assert.ok(keys.length > 1 && new Set(keys).size === 1, `${keys.length} attempts of one act`);
    await openMade(prescriber, 'Personne');
    await says(prescriber, POST);
    await picture(prescriber, 'prescripteur-personne');
    const mine = await askAs('prescriber', world, 'tracking/Beneficiaries');
    assert.equal(mine.beneficiaries.length, 1, 'sent once');
  },

  'journey: she is found eligible, proposed, taken by the company, and her placement opens': async (world) => {
    const facilitator = await at(world, 'facilitator');
    await openProposal(facilitator);
    await follow(facilitator, /^(Personne |n° …)/);
    await does(facilitator, 'Noter qu’un justificatif a été vu', {
      Justificatif: 'Attestation de droits au RSA',
      'Qui a délivré le justificatif': 'CAF 31',
      'Date du justificatif': inDays(-100),
      'Jour où le justificatif a été vu': inDays(-98),
    });
    await goBack(facilitator);
    await does(facilitator, 'Décider de l’éligibilité d’une personne', {
      Public: 'Allocataire du RSA',
      'Décision d’éligibilité': true,
      Justificatif: 'Attestation de droits au RSA',
      'Qui a délivré le justificatif': 'CAF 31',
      'Date du justificatif': inDays(-100),
      'Premier jour d’éligibilité': inDays(-97),
      'Jour de la décision': inDays(-97),
    });
    await goBack(facilitator);
    await says(facilitator, /[ÉE]ligible/);
    await picture(facilitator, 'facilitateur-personne');
    await openProposal(facilitator);
    await does(facilitator, 'Envoyer une proposition à l’entreprise', {
      'Jour où la proposition a été envoyée': inDays(0),
      'Structure qui emploierait la personne': CAST.structure.name,
    });

    const company = await at(world, 'company');
    await menu(company, 'Propositions');
    await openLine(company, POST);
    await picture(company, 'entreprise-proposition');
    await does(company, 'Noter la réponse à une proposition', { Réponse: 'Retenue', 'Jour où c’est arrivé': inDays(0) });

    const prescriber = await at(world, 'prescriber');
    await menu(prescriber, 'Propositions');
    await openLine(prescriber, POST);
    await says(prescriber, /Retenue/);

    await openProposal(facilitator);
    await does(facilitator, 'Ouvrir le placement d’une personne éligible sur une obligation', {
      Modalité: 'Mise à disposition',
      Employeur: CAST.structure.name,
      'Entreprise d’accueil': CAST.company.name,
      'Tuteur dans l’entreprise': 'Marie Tutrice',
      'Référent dans la structure': 'Paul Référent',
      'Date de début du parcours': START,
      'Fin prévue du parcours': inDays(120),
      'Durée hebdomadaire': '35',
      Métier: 'F1606',
      'Contrat de travail': 'Contrat à durée déterminée d’insertion',
    });
    await openMade(facilitator, 'Parcours');
    await says(facilitator, CAST.structure.name);
    await picture(facilitator, 'facilitateur-parcours');
  },

  'journey: the structure declares a month, the facilitator validates it, and both clauses and company see it': async (
    world,
  ) => {
    const structure = await at(world, 'structure');
    await menu(structure, 'Ma journée');
    await says(structure, /^Heures à déclarer/);
    await picture(structure, 'structure-journee');
    await menu(structure, 'Déclarer les heures');
    await structure.getByRole('combobox', { name: /^Mois/ }).selectOption(MONTH);
    await structure.getByRole('textbox', { name: /^Heures du mois/ }).fill('151,67');
    await look(structure, 'a month to declare');
    await picture(structure, 'structure-heures');
    await structure.getByRole('button', { name: 'Envoyer les déclarations' }).click();
    await says(structure, /^1\sdéclaration enregistrée/);

    const facilitator = await at(world, 'facilitator');
    await menu(facilitator, 'Heures à valider');
    await facilitator.getByRole('combobox', { name: /^Mois/ }).selectOption(MONTH);
    await facilitator.getByRole('combobox', { name: /^Employeur/ }).selectOption({ label: CAST.structure.name });
    const line = facilitator.getByRole('row').filter({ hasText: OBJECT });
    await line.getByText(/151,67/).waitFor();
    await look(facilitator, 'a month to validate');
    await picture(facilitator, 'facilitateur-heures');
    await line.getByRole('button', { name: /^Valider/ }).click();
    await line.getByText(/151,67\sh validées/).waitFor();

    const company = await at(world, 'company');
    await menu(company, 'Mes obligations');
    await says(company, /151,67/);
    await picture(company, 'entreprise-faites');
  },

  'journey: a statement is late, a case is opened, and the buyer reads it': async (world) => {
    const facilitator = await at(world, 'facilitator');
    await openContract(facilitator);
    await part(facilitator, 'Contrôle');
    await does(facilitator, 'Dire comment une clause est contrôlée : échéances, documents, pénalités', {
      'Modèle de plan': 'Relevés trimestriels',
      'Début de l’exécution': inDays(-200),
      'Fin de l’exécution': inDays(200),
    });
    await openObligation(facilitator);
    await does(facilitator, 'Ouvrir un dossier de contrôle sur une obligation', {
      'Motif du dossier': 'Relevé en retard',
      'Fin de la période': QUARTER_END,
      Motif: 'Aucun relevé du trimestre',
      'Jour de l’ouverture du dossier': inDays(-22),
    });
    await openMade(facilitator, 'Dossier de contrôle');
    await does(facilitator, 'Noter une relance de l’entreprise', {
      'Fin de la période': QUARTER_END,
      'Jour d’envoi du rappel': inDays(-21),
    });
    await goBack(facilitator);
    await does(facilitator, 'Alerter l’acheteur, par une lettre', { 'Jour de l’avertissement à l’acheteur': inDays(0) });

    const buyer = await at(world, 'buyer');
    await menu(buyer, 'Contrôle');
    await openLine(buyer, CAST.company.name);
    await says(buyer, 'Relevé en retard');
  },

  'journey: her placement ends, what became of her is told, and the contract has its statement': async (world) => {
    const facilitator = await at(world, 'facilitator');
    await openProposal(facilitator);
    await follow(facilitator, /^(Personne |n° …)/);
    await follow(facilitator, CAST.structure.name);
    await does(facilitator, 'Mettre fin à un placement', {
      'Date de fin du parcours': inDays(-1),
      'Motif de la fin': 'Embauche par l’entreprise d’accueil',
    });
    await goBack(facilitator);
    await does(facilitator, 'Noter ce qu’est devenue une personne', {
      'Moment du suivi': 'À la sortie',
      'Ce que la personne est devenue': 'Emploi durable',
      'Jour où l’issue a été dite': inDays(0),
      'Qui a dit l’issue': 'La personne elle-même',
    });
    await goBack(facilitator);
    await says(facilitator, /[Ee]mploi durable/);
    await picture(facilitator, 'facilitateur-fin');

    const prescriber = await at(world, 'prescriber');
    await menu(prescriber, 'Personnes');
    await openLine(prescriber, 'Haute-Garonne');
    await says(prescriber, /[Ee]mploi durable/);
    await picture(prescriber, 'prescripteur-devenir');

    const buyer = await at(world, 'buyer');
    await openContract(buyer);
    await part(buyer, 'Documents');
    await says(buyer, /[Bb]ilan/);
    await part(buyer, 'Obligations');
    await says(buyer, /151,67/);
  },

  'journey: coordination, audit and data protection see what is theirs, and no name': async (world) => {
    const coordinator = await at(world, 'coordinator');
    await menu(coordinator, 'Contrats');
    await follow(coordinator, OBJECT);
    await says(coordinator, CAST.buyer.name);
    const auditor = await at(world, 'auditor');
    await menu(auditor, 'Contrats');
    await follow(auditor, OBJECT);
    await says(auditor, CAST.buyer.name);
    const officer = await at(world, 'data_protection');
    await menu(officer, 'Dossiers ouverts');
    assert.doesNotMatch(await textOf(officer.locator('main')), /Essai-[a-j]{6}/);
  },
};

// Each chapter goes on where the one before has ended.
let broken = '';
export default Object.fromEntries(
  Object.entries(CHAPTERS).map(([name, tell]) => [
    name,
    async (world) => {
      assert.equal(broken, '', 'an earlier chapter has failed');
      broken = name;
      await tell(world);
      broken = '';
    },
  ]),
);
