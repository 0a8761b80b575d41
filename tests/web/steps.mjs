// What a person does at the page, in her words: the menu, the search, a line of a list, an act, its form. By names that
// can be read or heard, never by an address; what is not there fails with what the page says instead.
import assert from 'node:assert/strict';
import { plain, settled } from './lib.mjs';

const escaped = (words) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '[\\s\\u00a0\\u202f]');
export const starts = (words) => (words instanceof RegExp ? words : new RegExp(`^${escaped(words)}`));
export const exactly = (words) => new RegExp(`^${escaped(words)}$`);
export const inDays = (n) => new Date(Date.now() + n * 86400e3).toISOString().slice(0, 10);

// Until the view that a click leads to has its own heading.
async function arrives(page, click) {
  await page.locator('h1').evaluate((h) => h.setAttribute('data-before', ''));
  await click();
  await page.locator('h1:not([data-before])').waitFor();
  await settled(page);
}

export async function menu(page, label) {
  const views = page.getByRole('navigation', { name: 'Navigation principale' });
  const toggle = views.getByRole('button', { name: /^Menu/, expanded: false }); // on a phone
  if (await toggle.isVisible()) await toggle.click();
  const link = views.getByRole('link', { name: exactly(label) });
  await link.waitFor();
  const isHere = await link.evaluate((a) => a.href === location.href);
  await (isHere ? settled(page) : arrives(page, () => link.click()));
}

// « / » and the words: the first action or list that is found so.
export async function find(page, words, title = words) {
  await page.locator('h1').click();
  await arrives(page, () => page.keyboard.press('/'));
  await page.getByRole('searchbox').fill(words);
  await arrives(page, () => page.getByRole('main').getByRole('link', { name: exactly(title) }).first().click());
}

const PART_MS = 4000; // a part of a page that has not shown it by then does not

// In the part of the page that is open; else in each of its parts, as one who looks for it does.
async function lookedFor(page, find) {
  const seen = async () => find().waitFor({ state: 'attached', timeout: PART_MS }).then(() => true, () => false);
  if (await seen()) return find();
  const parts = page.getByRole('main').getByRole('navigation').getByRole('link');
  for (let i = 0; i < (await parts.count()); i++) {
    await parts.nth(i).click();
    await settled(page);
    if (await seen()) return find();
  }
  return null;
}

// A link of the page: a line of a list, what came of an act.
export async function follow(page, name) {
  const link = await lookedFor(page, () => page.getByRole('main').getByRole('link', { name: starts(name) }).first());
  if (!link) throw new Error(`no link « ${name} » on this page:\n${plain(await page.locator('main').innerText()).slice(0, 2000)}`);
  await unfold(link);
  await arrives(page, () => link.click());
}

// The line of a list that says those words, however far down; by its first link.
export async function openLine(page, words) {
  const row = page.getByRole('row').filter({ hasText: words });
  await page.getByRole('row').nth(1).waitFor();
  for (let i = 0; i < 40 && !(await row.count()); i++) {
    const lines = () => [...document.querySelectorAll('tbody tr')].map((r) => r.textContent).join('\n');
    const before = await page.evaluate(lines);
    await page.getByRole('button', { name: /^(Afficher la suite|Page suivante|Suivant)/ }).first().click();
    await page.waitForFunction((old) => [...document.querySelectorAll('tbody tr')].map((r) => r.textContent).join('\n') !== old, before);
    await settled(page);
  }
  await arrives(page, () => row.first().getByRole('link').first().click());
}

// The link is cut while the form is sent, and comes back: the keys of all attempts.
export async function sendOverBrokenLink(page, method) {
  const keys = [];
  const told = (route) => keys.push(route.request().headers()['idempotency-key']);
  await page.route(`**/v1/${method}`, (route) => (told(route), route.abort()));
  await page.locator('form button[type=submit]').click();
  await page.locator('form .alert-danger').waitFor();
  await page.reload(); // the person tries what persons try
  await page.getByText(/est revenu/).waitFor();
  await page.unroute(`**/v1/${method}`);
  await page.route(`**/v1/${method}`, (route) => (told(route), route.continue()));
  await send(page);
  return keys;
}

// What an act made, from the list of what to do now: « Contrat : … ».
export async function openMade(page, label) {
  const item = page.getByRole('listitem').filter({ hasText: new RegExp(`^${escaped(label)}[^:]*:`) });
  await arrives(page, () => item.getByRole('link').click());
}

// A part of a page that has several, where it is so divided.
export async function part(page, name) {
  const link = page.getByRole('main').getByRole('navigation').getByRole('link', { name: starts(name) });
  if (await link.count()) await link.first().click();
  await settled(page);
}

// An act of the thing on this page, wherever it is folded; of one of its lines, by what the line says.
export async function act(page, title, { line } = {}) {
  const scope = () =>
    line ? page.getByRole('row', { name: line }).or(page.getByRole('listitem').filter({ hasText: line })).first() : page.getByRole('main');
  const name = new RegExp(`^${escaped(title)}(\\s*:.*)?$`, 's'); // a button beside a line says also of which
  const link = await lookedFor(page, () => scope().getByRole('link', { name, includeHidden: true }).first());
  if (!link) throw new Error(`no « ${title} » on this page:\n${plain(await page.locator('main').innerText()).slice(0, 2000)}`);
  await unfold(link);
  await arrives(page, () => link.click());
}

const labelled = (scope, label) =>
  scope
    .getByLabel(label)
    .and(scope.locator('input, select, textarea'))
    .or(scope.getByRole('checkbox', { name: label, includeHidden: true })); // its label is around it

// The field of that label; else the first whose label begins so.
async function control(scope, label) {
  const whole = typeof label === 'string' && labelled(scope, new RegExp(`^${escaped(label)}(\\s\\(facultatif\\))?$`));
  return whole && (await whole.count()) ? whole.first() : labelled(scope, starts(label)).first();
}

// Whatever an element is folded away in is opened, as by a click.
const unfold = (locator) =>
  locator.evaluate((e) => {
    for (let d = e.closest('details:not([open])'); d; d = d.parentElement?.closest('details:not([open])')) d.querySelector('summary').click();
  });

// Into a list: a row after another.
async function fillRows(scope, label, rows) {
  const group = scope.getByRole('group', { name: starts(label), includeHidden: true }).first();
  await unfold(group);
  for (const [i, row] of rows.entries()) {
    if (typeof row === 'string' && (await group.getByRole('checkbox').count())) {
      await group.getByRole('checkbox', { name: starts(row) }).first().check();
      continue;
    }
    await group.getByRole('button', { name: new RegExp(`^Ajouter : ${escaped(label)}`) }).click();
    const name = `${label}, n° ${i + 1}`;
    if (typeof row === 'object') await fill(group.getByRole('group', { name: new RegExp(`, n° ${i + 1}$`) }).first(), row);
    else await fillOne(group, new RegExp(`, n° ${i + 1}$`), row, name);
  }
}

async function pick(field, words) {
  await field.click();
  await field.fill(words);
  const list = field.locator('xpath=following-sibling::*[@role="listbox"]');
  await list.getByRole('option', { name: new RegExp(escaped(words), 'i') }).first().click();
}

async function fillOne(scope, label, value) {
  const field = await control(scope, label);
  try {
    await field.waitFor({ state: 'attached', timeout: 10000 });
  } catch {
    throw new Error(`no field « ${label} » among ${(await scope.locator('label, legend').allTextContents()).map(plain).join(' / ')}`);
  }
  await unfold(field);
  const kind = await field.evaluate((e) => e.getAttribute('role') ?? (e.type === 'checkbox' ? 'checkbox' : e.tagName));
  if (kind === 'combobox') return pick(field, value);
  if (kind === 'checkbox') return field.setChecked(value);
  if (kind === 'SELECT') {
    const options = await field.locator('option').allTextContents();
    const chosen = options.find((o) => starts(value).test(plain(o)));
    assert.ok(chosen, `« ${value} » is none of ${options.join(' / ')}`);
    return field.selectOption({ label: chosen });
  }
  return field.fill(value);
}

// A form, by the labels of its fields: a value, a list, or a group of fields.
export async function fill(scope, fields) {
  for (const [label, value] of Object.entries(fields)) {
    if (Array.isArray(value)) await fillRows(scope, label, value);
    else if (typeof value === 'object') await fill(scope.getByRole('group', { name: starts(label), includeHidden: true }).first(), value);
    else {
      await fillOne(scope, label, value);
    }
  }
}

export const form = (page) => page.locator('form').filter({ has: page.locator('button[type=submit]') });

export async function send(page) {
  await page.locator('form button[type=submit]').click();
  await page.locator('.said:not(:empty), form .alert-danger, .field-problem').first().waitFor();
  const said = plain(await page.locator('.said').first().innerText());
  if (!said) throw new Error(`it was refused: ${plain(await page.locator('main').innerText()).slice(0, 3000)}`);
  return said;
}

// An act whole: found on the page, filled in, sent; `look` sees its form before it goes.
export async function doIt(page, title, fields = {}, { line, look } = {}) {
  await act(page, title, { line });
  await page.getByRole('heading', { name: 'À remplir' }).waitFor();
  await settled(page);
  await fill(form(page), fields);
  await look?.(page, title);
  return send(page);
}

// Back to the thing that the act was on.
export async function goBack(page) {
  await arrives(page, () => page.locator('p.back').getByRole('link').first().click());
}

export async function says(page, words) {
  try {
    await page.getByRole('main').getByText(words).first().waitFor({ timeout: 30000 });
  } catch {
    throw new Error(`nothing says ${words}:\n${plain(await page.locator('main').innerText()).slice(0, 3000)}`);
  }
}

// A filter of a page, by what its options stand for.
export async function choose(page, label, value) {
  await page.getByRole('combobox', { name: exactly(label) }).selectOption(value);
  await settled(page);
}
