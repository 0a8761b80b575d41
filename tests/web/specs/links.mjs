// Links for those who have no account, on a real network: what a mail scanner does with one, and what a person does.
import assert from 'node:assert/strict';
import { PHONE, assertAccessible, assertFits, plain } from '../lib.mjs';

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

async function makeLink(world) {
  const { month, line } = await undeclared(world);
  const { organisation } = await world.session('company');
  const made = await command(world, 'facilitator', 'accounts/MakeLink', {
    purpose: 'LINK_DECLARE_MONTH',
    role: 'COMPANY',
    organisationId: organisation,
    objectId: line.placementId,
    month,
    territory: line.territory,
  });
  return { ...made, month, placementId: line.placementId, url: `${world.region.url}/l/${made.token}` };
}

async function waitOpen(link) {
  for (let i = 0; i < 200; i++) {
    const response = await fetch(link.url);
    if ((await response.text()).includes(OPEN_FORM)) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail('the gateway never knows the link');
}

const history = async (world, link) =>
  JSON.stringify(await world.ask('company', 'tracking/HoursHistory', { placementId: link.placementId, month: link.month }));

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

export default {
  'a mail\'s scanner that runs scripts, follows and submits all it finds changes nothing': async (world) => {
    const link = await makeLink(world);
    await waitOpen(link);
    const before = await history(world, link);
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

    assert.equal(await history(world, link), before);
    assert.equal(await stateOf(world, link), 'LINK_OPEN');
    await page.goto(link.url);
    await page.getByText(OPEN_FORM).first().waitFor();
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
