// Runs the specs one after another in one browser and counts them: `N passed, N failed` is the last line.
// Usage: npm test [-- part of a spec's name]         against a network of its own, or GUICHET_URL
import { existsSync } from 'node:fs';
import { World, openBrowser, openRegion } from './lib.mjs';
import about from './specs/about.mjs';
import account from './specs/account.mjs';
import accountMail from './specs/account-mail.mjs';
import accounts from './specs/accounts.mjs';
import company from './specs/company.mjs';
import day from './specs/day.mjs';
import description from './specs/description.mjs';
import contracts from './specs/contracts.mjs';
import desk from './specs/desk.mjs';
import facilitator from './specs/facilitator.mjs';
import figures from './specs/figures.mjs';
import find from './specs/find.mjs';
import hours from './specs/hours.mjs';
import imports from './specs/imports.mjs';
import journey from './specs/journey.mjs';
import keyboard from './specs/keyboard.mjs';
import links from './specs/links.mjs';
import lists from './specs/lists.mjs';
import officer from './specs/officer.mjs';
import people from './specs/people.mjs';
import prescriber from './specs/prescriber.mjs';
import providers from './specs/providers.mjs';
import reference from './specs/reference.mjs';
import signIn from './specs/sign-in.mjs';
import stream from './specs/stream.mjs';
import tour from './specs/tour.mjs';
import views from './specs/views.mjs';

// Imports want a month that nobody has declared, so they come before what declares one; two hundred persons more come last.
// What makes accounts, takes mails or stops a provider does so on a network of its own.
const only = process.argv[2] ?? '';
const ofOwnNetwork = process.env.GUICHET_URL ? {} : { ...signIn, ...accountMail, ...providers, ...links };
const SPECS = {
  ...account,
  ...accounts,
  ...facilitator,
  ...keyboard,
  ...officer,
  ...people,
  ...prescriber,
  ...reference,
  ...imports,
  ...company,
  ...stream,
  ...desk,
  ...journey,
  ...tour,
  ...contracts,
  ...lists,
  ...figures,
  ...ofOwnNetwork,
  ...day,
  ...find,
  ...journey,
  ...tour,
  ...views,
  ...hours,
  ...description,
};
const SPEC_MS = 600000;

if (!process.env.GUICHET_URL && !existsSync(new URL('../../services/gateway/web/dist/app.js', import.meta.url))) {
  console.error('The page is not built: npm ci && npm run build in services/gateway/web.');
  process.exit(2);
}

async function runOne(spec, region, browser) {
  const world = new World(region, browser);
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`not done after ${SPEC_MS} ms`)), SPEC_MS);
  });
  try {
    await Promise.race([spec(world), late]);
  } finally {
    clearTimeout(timer);
    await world.close();
  }
}

const region = await openRegion();
const browser = await openBrowser();
const counts = { passed: 0, failed: 0 };
for (const [name, spec] of Object.entries(SPECS)) {
  if (!name.includes(only)) continue;
  const begun = performance.now();
  try {
    await runOne(spec, region, browser);
    counts.passed++;
    console.log(`ok      ${name} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  } catch (error) {
    counts.failed++;
    console.log(`FAILED  ${name}\n${String(error.stack ?? error).replace(/^/gm, '        ')}`);
  }
}
await browser.close();
await region.stop();
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
