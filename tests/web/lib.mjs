// What the specs share: one browser, a page per spec that fails on script errors, axe, and the region under test.
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import assert from 'node:assert/strict';
import { readTokens, startNetwork } from '../lib/network.mjs';

const ARGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage', // whatever room a container leaves there
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };
export const TIME_ZONE = 'Europe/Paris'; // of the browser, wherever the machine stands
const WAIT_MS = 120000; // on a loaded machine; nothing is late before a spec is (SPEC_MS of run.mjs)

// The region under test: that of GUICHET_URL and GUICHET_TOKENS (the tokens.json of `guichetctl demo`); else a network of
// its own.
export async function openRegion() {
  if (!process.env.GUICHET_URL) {
    const own = await startNetwork({ demo: true, mail: true });
    return { ...own, url: own.origin, tokensFile: own.tokens, tokens: await readTokens(own.tokens) };
  }
  const url = process.env.GUICHET_URL.replace(/\/$/, '');
  return { url, tokens: await readTokens(process.env.GUICHET_TOKENS), stop: () => {} };
}

export async function openBrowser() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: ARGS });
}

// One spec's world. `page()` opens a new tab of its own session; `check()` fails if a script failed or a CSP refused.
export class World {
  constructor(region, browser) {
    Object.assign(this, { region, browser, contexts: [], problems: [] });
  }

  async page({ viewport = DESKTOP, prepare, isFirstVisit = false } = {}) {
    const context = await this.browser.newContext({ viewport, locale: 'fr-FR', timezoneId: TIME_ZONE });
    context.setDefaultTimeout(WAIT_MS);
    if (!isFirstVisit)
      await context.addInitScript(() => {
        if (location.protocol.startsWith('http')) localStorage.setItem('guichet.visite.proposee', 'oui'); // nowhere else may it
      });
    this.contexts.push(context);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.problems.push(String(error)));
    page.on('console', (message) => {
      // A refused request is logged by the browser; that is what several specs ask for.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        this.problems.push(message.text());
    });
    await prepare?.(page);
    return page;
  }

  // Signed in by the link that scripts/run prints, on the view `path`.
  async signedIn(role, path = '', options = {}) {
    const page = await this.page(options);
    await page.goto(`${this.region.url}/#jeton=${this.region.tokens[role]}`);
    await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
    if (path) await goTo(page, `${this.region.url}/#/${path}`);
    await settled(page);
    return page;
  }

  async session(role) {
    const headers = { Authorization: `Bearer ${this.region.tokens[role]}` };
    return (await fetch(`${this.region.url}/v1/session`, { headers })).json();
  }

  async ask(role, method, request = {}) {
    const url = `${this.region.url}/v1/${method}?q=${encodeURIComponent(JSON.stringify(request))}`;
    const response = await fetch(url, { headers: { Authorization: `Bearer ${this.region.tokens[role]}` } });
    assert.equal(response.status, 200, `${method} for ${role}`);
    return (await response.json()).reply;
  }

  // A list page by page: a service has partitions, which are read one after another.
  async *pages(role, method, request = {}) {
    for (let after; after !== ''; ) {
      const reply = await this.ask(role, method, { ...request, page: { limit: 500, ...(after && { after }) } });
      yield reply;
      after = reply.next ?? '';
    }
  }

  async close() {
    await Promise.all(this.contexts.map((c) => c.close()));
    assert.deepEqual(this.problems, [], 'errors in the browser');
  }
}

// To another view of the page that is open: its heading is a new one, whatever it says.
export async function goTo(page, url) {
  await page.locator('h1').evaluate((h) => h.setAttribute('data-before', ''));
  await page.goto(url);
  await page.locator('h1:not([data-before])').waitFor();
}

// Until an element of that tag, or with that text, has the focus.
export async function focusOn(page, { tag, name }) {
  await page.waitForFunction(
    ([t, n]) => {
      const e = document.activeElement;
      return (!t || e?.tagName === t) && (!n || e?.textContent?.trim() === n);
    },
    [tag, name],
  );
}

export async function settled(page) {
  await page.locator('h1').waitFor();
  await page.waitForFunction(() => !document.body.innerText.includes('Chargement…'));
  // the words of forms, which come by themselves
  await page.waitForFunction(() => [...document.querySelectorAll('label.form-label')].every((l) => l.textContent.trim()));
}

export const plain = (text) => text.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
export const textOf = async (locator) => plain(await locator.innerText());

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function axeFinds(page, where, options) {
  const { violations } = await page.evaluate((how) => window.axe.run(document, how), options);
  const grave = violations.filter((v) => ['serious', 'critical'].includes(v.impact));
  return grave.map((v) => `${where}: ${v.id} ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`);
}

// By day, all of it; by night, what the colours change.
export async function assertAccessible(page, where) {
  await page.evaluate(axe.source);
  const byDay = await axeFinds(page, where, { runOnly: RULES });
  const byNight = await byNightFinds(page, where, { runOnly: { type: 'rule', values: ['color-contrast'] } });
  assert.deepEqual([...byDay, ...byNight], []);
}

async function byNightFinds(page, where, options) {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' }); // no colour on its way to another
  const found = await axeFinds(page, `${where}, by night`, options);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: null });
  return found;
}

// All of it at once: for who looks at the same page by day elsewhere.
export async function assertAccessibleByNight(page, where) {
  await page.evaluate(axe.source);
  assert.deepEqual(await byNightFinds(page, where, { runOnly: RULES }), []);
}

export async function assertAccessibleByDay(page, where) {
  await page.evaluate(axe.source);
  assert.deepEqual(await axeFinds(page, where, { runOnly: RULES }), []);
}

export async function assertFits(page, where) {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= window, `${where}: ${content} px of content in a window of ${window} px`);
}
