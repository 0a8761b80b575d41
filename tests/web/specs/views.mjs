// Every view of every role: no serious violation that axe knows, nothing wider than a phone, and French all along.
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, assertAccessible, assertAccessibleByDay, assertAccessibleByNight, assertFits } from '../lib.mjs';

const NARROW = { width: 320, height: 720 };
const VIEWS = [
  ['facilitator', 'region'],
  ['facilitator', 'chiffres'],
  ['auditor', 'chiffres'],
  ['buyer', 'chiffres'],
  ['facilitator', 'contrats'],
  ['facilitator', 'heures'],
  ['facilitator', 'besoins'],
  ['facilitator', 'changements'],
  ['buyer', 'changements'],
  ['company', 'changements'],
  ['coordinator', 'region'],
  ['auditor', 'region'],
  ['operator', 'reseau'],
  ['operator', 'comptes'],
  ['coordinator', 'comptes'],
  ['auditor', 'comptes'],
  ['auditor', 'lectures'],
  ['coordinator', 'lectures'],
  ['data_protection', 'lectures'],
  ['data_protection', 'comptes'],
  ['facilitator', 'comptes'],
  ['facilitator', 'liens'],
  ['coordinator', 'liens'],
  ['operator', 'liens'],
  ['structure', 'declarer'],
  ['prescriber', 'alertes'],
  ['prescriber', 'besoins'],
  ['company', 'obligations'],
  ['company', 'declarer'],
  ['facilitator', 'declarer'],
  ['company', 'besoin'],
  ['company', 'importer'],
  ['prescriber', 'importer'],
  ['structure', 'importer'],
  ['facilitator', 'importer'],
  ['buyer', 'importer'],
  ['operator', 'importer'],
  ['buyer', 'contrats'],
  ['auditor', 'interface'],
  ['facilitator', 'interface/tracking/SubmitHours'],
  ['facilitator', 'aujourdhui'],
  ['company', 'aujourdhui'],
  ['facilitator', 'tout'],
  ['facilitator', 'personnes'],
  ['facilitator', 'parcours'],
  ['facilitator', 'conventions'],
  ['facilitator', 'programme'],
  ['buyer', 'programme?year=2027'],
  ['facilitator', 'reserves'],
  ['coordinator', 'avancement'],
  ['buyer', 'dossiers'],
  ['prescriber', 'propositions'],
  ['prescriber', 'personnes'],
  ['prescriber', 'a-venir'],
  ['structure', 'a-venir'],
  ['company', 'equipe'],
  ['structure', 'equipe?finis=oui'],
  ['operator', 'partenaires'],
  ['data_protection', 'fin-de-conservation'],
];

async function openDetails(page) {
  for (const summary of await page.locator('summary').all()) await summary.click();
  await page.waitForFunction(() => !document.body.innerText.includes('Chargement…'));
}

// Read once, then made narrower: axe on a desk by day and on a phone by night, and nothing wider than the smallest phone.
async function checkView(world, role, path) {
  const page = await world.signedIn(role, path, { viewport: DESKTOP });
  await page.locator('h2').first().waitFor();
  await openDetails(page);
  assert.equal(await page.locator('.alert-danger').count(), 0, `${role} ${path} shows a refusal`);
  for (const viewport of [DESKTOP, PHONE, NARROW]) {
    const where = `${role} ${path} at ${viewport.width} px`;
    await page.setViewportSize(viewport);
    await drawn(page);
    await assertFits(page, where);
    if (viewport === DESKTOP) await assertAccessibleByDay(page, where);
    if (viewport === PHONE) await assertAccessibleByNight(page, where);
  }
}

// Until what follows the size of the window has been drawn.
async function drawn(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

async function followedContract(world, role) {
  const { contracts } = await world.ask(role, 'contracts/Contracts', { page: { limit: 500 } });
  return (contracts.find((c) => c.clauses > 0) ?? contracts[0]).contractId;
}

const specs = {
  'the sign-in page is accessible and fits a phone': async (world) => {
    for (const viewport of [DESKTOP, PHONE, NARROW]) {
      const page = await world.page({ viewport });
      await page.goto(world.region.url);
      await page.getByText('J’ai un jeton d’accès').click();
      assert.equal(await page.getAttribute('html', 'lang'), 'fr');
      await assertAccessible(page, `sign-in at ${viewport.width} px`);
      await assertFits(page, `sign-in at ${viewport.width} px`);
    }
  },
};
for (const [role, path] of VIEWS)
  specs[`${path} of a ${role} is accessible and fits a phone`] = async (world) => {
    await checkView(world, role, path);
  };
for (const role of ['facilitator', 'buyer'])
  specs[`a contract of a ${role} is accessible and fits a phone`] = async (world) => {
    const id = await followedContract(world, role);
    await checkView(world, role, `contrats/${id}`);
  };

async function contractWhere(world, request) {
  const { contracts } = await world.ask('facilitator', 'contracts/Contracts', { ...request, page: { limit: 200 } });
  return (contracts.find((c) => c.nextOn) ?? contracts[0]).contractId;
}
for (const part of ['clause', 'heures', 'personnes', 'controle', 'pieces&document=bilan', 'publication', 'histoire'])
  specs[`the part ${part} of a contract is accessible and fits a phone`] = async (world) => {
    await checkView(world, 'facilitator', `contrats/${await contractWhere(world, { light: 'LIGHT_RED' })}?partie=${part}`);
  };
specs['a consultation is accessible and fits a phone'] = async (world) => {
  await checkView(world, 'facilitator', `contrats/${await contractWhere(world, { stage: 'IN_CONSULTATION' })}?partie=consultation`);
};
specs['a convention is accessible and fits a phone'] = async (world) => {
  const { agreements } = await world.ask('facilitator', 'contracts/Agreements', {});
  const { agreementId } = agreements.find((a) => a.signedOn); // of a project the text still wants something
  await checkView(world, 'facilitator', `conventions/${agreementId}?texte=oui`);
};

// A thing of a list, by its page.
const THINGS = [
  ['facilitator', 'personnes', 'tracking/Beneficiaries', 'beneficiaries', 'beneficiaryId'],
  ['prescriber', 'personnes', 'tracking/Beneficiaries', 'beneficiaries', 'beneficiaryId'],
  ['facilitator', 'parcours', 'tracking/Placements', 'placements', 'placementId'],
  ['company', 'parcours', 'tracking/Placements', 'placements', 'placementId'],
  ['structure', 'parcours', 'tracking/Placements', 'placements', 'placementId'],
];
for (const [role, path, method, items, id] of THINGS)
  specs[`one of ${path} of a ${role} is accessible and fits a phone`] = async (world) => {
    for await (const reply of world.pages(role, method))
      if (reply[items]?.length) return checkView(world, role, `${path}/${reply[items][0][id]}`);
    assert.fail(`${role} has no ${path}`);
  };

export default specs;
