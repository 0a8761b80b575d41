// Links for those who have no account, on a real network: what a mail scanner does with one, and what a person does.
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, assertAccessible, assertFits, plain } from '../lib.mjs';

const FIGURES = ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'];
const OPEN_FORM = 'Pour confirmer';

async function command(world, role, method, request) {
  const response = await fetch(`${world.region.url}/v1/${method}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${world.region.tokens[role]}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  });
  const answer = await response.json();
  assert.equal(response.status, 200, JSON.stringify(answer));
  return answer.reply;
}

function monthBefore(months) {
  const day = new Date();
  day.setUTCDate(1);
  day.setUTCMonth(day.getUTCMonth() - months);
  return day.toISOString().slice(0, 7);
}

// All lines of the company's month, partition after partition.
async function sheet(world, month) {
  const all = [];
  for (let after = ''; ; ) {
    const { lines = [], next } = await world.ask('company', 'tracking/MonthSheet', { month, page: { after } });
    all.push(...lines);
    if (!next) return all;
    after = next;
  }
}

// A month of one of the company's placements that nobody has vouched for.
async function undeclared(world) {
  for (let back = 1; back < 13; back++) { // of the month that runs there may be no day yet
    const month = monthBefore(back);
    const states = ['HOURS_AWAITED', 'HOURS_STATED', 'HOURS_SENT_BACK'];
    const line = (await sheet(world, month)).find((l) => states.includes(l.state));
    if (line) return { month, line };
  }
  return assert.fail('the demo has no month to declare');
}

// What a link may ask: how it is made on the demo, and what must stay as it was while nobody answers.
const placementOf = async (world) => (await undeclared(world)).line;
const placementNow = async (world, link) =>
  JSON.stringify(await world.ask('facilitator', 'tracking/PlacementById', { placementId: link.placementId }));
const history = async (world, link) =>
  JSON.stringify(await world.ask('company', 'tracking/HoursHistory', { placementId: link.placementId, month: link.month }));

const KINDS = {
  LINK_DECLARE_MONTH: { find: undeclared, now: history },
  LINK_STATE_PRESENCE: { find: async (world) => ({ line: await placementOf(world) }), now: placementNow },
  LINK_NAME_TUTOR: { find: async (world) => ({ line: await placementOf(world) }), now: placementNow },
};

async function makeLink(world, purpose = 'LINK_DECLARE_MONTH') {
  const { month, line } = await KINDS[purpose].find(world);
  const { organisation } = await world.session('company');
  const made = await command(world, 'facilitator', 'accounts/MakeLink', {
    purpose,
    role: 'COMPANY',
    organisationId: organisation,
    objectId: line.placementId,
    ...(month && { month }),
    territory: line.territory,
  });
  return { ...made, month, placementId: line.placementId, territory: line.territory, url: `${world.region.url}/l/${made.token}`, now: KINDS[purpose].now };
}

async function waitOpen(link) {
  for (let i = 0; i < 200; i++) {
    const response = await fetch(link.url);
    if ((await response.text()).includes(OPEN_FORM)) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail('the gateway never knows the link');
}

async function stateOf(world, link) {
  const { links } = await world.ask('facilitator', 'accounts/Links', { objectId: link.placementId });
  return links.find((l) => l.link.linkId === link.linkId).state;
}

async function tab(world, options) {
  const context = await world.browser.newContext({ locale: 'fr-FR', ...options });
  world.contexts.push(context);
  return context.newPage();
}

// The number that the page spells, as somebody reads it.
async function figuresOf(page, form) {
  const label = plain(await page.locator(`label[for="${form}-nombre"]`).innerText());
  return label.split(' : ')[1].split(', ').map((word) => FIGURES.indexOf(word)).join('');
}

// What scanners fill in: nothing, a word, figures, what the page itself says.
function fillers() {
  const words = [...new Set(document.body.innerText.split(/\s+/))].filter((w) => w.length > 0).slice(0, 60);
  return ['', 'test', '1', '0', '1234', '0000', 'a@b.fr', new Date().toISOString().slice(0, 10), document.body.innerText, ...words];
}

// All that one script can do to the forms of a page, without reading: filled in, ticked, sent past the browser's checks.
function submitAll({ filler, by }) {
  const forms = [...document.forms];
  for (const form of forms)
    for (const field of form.elements) {
      if (field.type === 'radio' || field.type === 'checkbox') field.checked = true;
      else if (field.tagName === 'SELECT') field.selectedIndex = field.options.length - 1;
      else if (field.type !== 'hidden' && field.tagName !== 'BUTTON') field.value = filler;
    }
  const form = forms[by % forms.length];
  if (!form) return false;
  form.noValidate = true;
  HTMLFormElement.prototype.submit.call(form);
  return true;
}

// Whatever a program can do with one: it fills in, follows, presses and sends.
async function scan(world, purpose) {
  const link = await makeLink(world, purpose);
  await waitOpen(link);
  const before = await link.now(world, link);
  const page = await tab(world);
  await page.goto(link.url);
  const tried = await page.evaluate(fillers);
  assert.ok(tried.length > 20);
  for (const filler of tried)
    for (const by of [0, 1]) {
      await page.goto(link.url);
      await Promise.all([page.waitForNavigation(), page.evaluate(submitAll, { filler, by })]);
    }
  await page.goto(link.url);
  for (let i = 0; i < (await page.locator('button').count()); i++) {
    await page.locator('button').nth(i).click();
    await page.goto(link.url);
  }
  for (const href of await page.locator('a').evaluateAll((all) => all.map((a) => a.href))) {
    await page.goto(href);
    await page.goto(link.url);
  }
  for (const method of ['HEAD', 'GET', 'OPTIONS', 'PUT', 'DELETE', 'POST'])
    await page.request.fetch(link.url, { method, failOnStatusCode: false });
  await page.goto(`${world.region.url}/l/renvoi`);
  await Promise.all([page.waitForNavigation(), page.evaluate(submitAll, { filler: 'personne@exemple.fr', by: 0 })]);

  assert.equal(await link.now(world, link), before);
  assert.equal(await stateOf(world, link), 'LINK_OPEN');
  await page.goto(link.url);
  await page.getByText(OPEN_FORM).first().waitFor();
}

async function picture(page, name) {
  if (process.env.GUICHET_PICTURES)
    await page.screenshot({ path: `${process.env.GUICHET_PICTURES}/lien-${name}.png`, fullPage: true });
}

export default {
  'a mail\'s scanner that runs scripts, follows and submits all it finds changes nothing': (world) =>
    scan(world, 'LINK_DECLARE_MONTH'),
  'a mail\'s scanner says of nobody that she is gone': (world) => scan(world, 'LINK_STATE_PRESENCE'),
  'a mail\'s scanner names no tutor': (world) => scan(world, 'LINK_NAME_TUTOR'),

  'a company says on a phone who is gone, and names its tutor, by the keys alone': async (world) => {
    const gone = await makeLink(world, 'LINK_STATE_PRESENCE');
    await waitOpen(gone);
    const page = await tab(world, { viewport: PHONE, javaScriptEnabled: false });
    await page.goto(gone.url);
    await assertFits(page, 'presence');
    await picture(page, 'presence');
    await page.getByLabel('toujours en poste', { exact: true }).focus();
    await page.keyboard.press('ArrowDown'); // « n'est plus en poste »
    await page.getByLabel('Si elle n\'est plus là, pourquoi').selectOption('LEFT');
    await page.locator('#faire-nombre').focus();
    await page.keyboard.type(await figuresOf(page, 'faire'));
    await page.keyboard.press('Enter');
    await page.getByText('C\'est fait').waitFor();
    const { lines = [] } = await world.ask('facilitator', 'tracking/FollowUpDue', { gone: true, territory: gone.territory });
    assert.ok(lines.some((l) => l.placementId === gone.placementId), 'it is the facilitator\'s to look at');

    const tutor = await makeLink(world, 'LINK_NAME_TUTOR');
    await waitOpen(tutor);
    await page.goto(tutor.url);
    await picture(page, 'tuteur');
    await page.getByLabel('Son nom').focus();
    await page.keyboard.type('Odile Quercadou');
    await page.locator('#faire-nombre').focus();
    await page.keyboard.type(await figuresOf(page, 'faire'));
    await page.keyboard.press('Enter');
    await page.getByText('C\'est fait').waitFor();
    assert.match(await placementNow(world, tutor), /Odile Quercadou/);
    assert.doesNotMatch(await page.locator('main').innerText(), /Odile/);
  },

  'a facilitator makes a link from what it is about, sees that it served, and takes another back': async (world) => {
    const { line } = await undeclared(world);
    const page = await world.signedIn('facilitator', `parcours/${line.placementId}/agir/accounts.MakeLink`);
    await page.getByLabel('Ce à quoi le lien sert').selectOption('LINK_STATE_PRESENCE');
    await page.getByLabel('Organisation pour laquelle on agira').selectOption({ index: 0 });
    await page.getByLabel('Montré ici une fois').check();
    await assertAccessible(page, 'a new link');
    await picture(page, 'nouveau');
    await page.getByRole('button', { name: 'Faire ce lien' }).click();
    const url = plain(await page.locator('code.token').innerText());
    assert.match(url, /\/l\/[\w-]{43}$/);
    await page.getByRole('link', { name: 'Tous les liens' }).click();
    const rows = page.getByRole('row', { name: /Dire si une personne est toujours en poste/ });
    await rows.first().waitFor();
    assert.equal(await page.locator('code.token').count(), 0, 'it is shown once');
    await rows.first().getByRole('button', { name: 'Montrer de nouveau' }).click();
    const again = plain(await page.locator('code.token').innerText());
    assert.notEqual(again, url);
    await rows.first().getByRole('button', { name: 'Retirer' }).click();
    await page.getByText('Le lien n’ouvre plus rien').waitFor();
    await rows.first().getByText('Terminé').waitFor();
    for (const viewport of [DESKTOP, PHONE]) {
      await page.setViewportSize(viewport);
      await assertFits(page, `links at ${viewport.width}`);
      await assertAccessible(page, `links at ${viewport.width}`);
      await picture(page, `liste-${viewport.width}`);
    }
  },

  'a mail\'s link is answered on a phone, by the keys alone and without scripts': async (world) => {
    const link = await makeLink(world);
    await waitOpen(link);
    const page = await tab(world, { viewport: PHONE, javaScriptEnabled: false });
    await page.goto(link.url);
    assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
    await page.getByLabel('Heures travaillées dans le mois').focus();
    await page.keyboard.type('12,5');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type(await figuresOf(page, 'faire'));
    await page.keyboard.press('Enter');
    await page.getByText('C\'est fait').waitFor();
    assert.match(plain(await page.locator('main').innerText()), /12,5 h/);
    assert.match(await history(world, link), /12\.50/);
    assert.equal(await stateOf(world, link), 'LINK_USED');
    await page.goto(link.url);
    await page.getByText('C\'est fait').waitFor();
  },

  'the pages of a mail\'s link fit a phone and hinder nobody': async (world) => {
    const link = await makeLink(world);
    await waitOpen(link);
    const page = await tab(world, { viewport: PHONE });
    const looked = async (where) => {
      await assertAccessible(page, where);
      await assertFits(page, where);
      if (process.env.GUICHET_PICTURES)
        await page.screenshot({ path: `${process.env.GUICHET_PICTURES}/lien-${where}.png`, fullPage: true });
    };
    await page.goto(link.url);
    await looked('ouvert');
    await page.getByLabel('Heures travaillées dans le mois').fill('beaucoup');
    await page.locator('#faire-nombre').fill(await figuresOf(page, 'faire'));
    await page.getByRole('button', { name: 'Déclarer ces heures' }).click();
    await page.getByRole('alert').waitFor();
    await looked('refus');
    assert.equal(await page.getByLabel('Heures travaillées dans le mois').inputValue(), 'beaucoup');
    await page.getByRole('link', { name: 'Dites-le' }).click();
    await page.locator('#pas-moi-nombre').fill(await figuresOf(page, 'pas-moi'));
    await page.getByRole('button', { name: 'Ce lien n\'est pas pour moi' }).click();
    await page.getByRole('heading', { name: 'C\'est noté' }).waitFor();
    await looked('pas-moi');
    await page.goto(link.url);
    await page.getByRole('heading', { name: 'Ce lien n\'ouvre plus rien' }).waitFor();
    await looked('ferme');
    await page.getByRole('link', { name: 'Renvoyez-moi mon lien' }).click();
    await page.getByLabel('Adresse électronique').fill('personne@exemple.fr');
    await looked('renvoi');
    await page.getByRole('button', { name: 'Renvoyer' }).click();
    await page.getByRole('heading', { name: 'C\'est demandé' }).waitFor();
    await looked('demande');
    assert.equal(await stateOf(world, link), 'LINK_DISOWNED');
  },
};
