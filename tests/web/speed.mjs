// How soon the first page can be used on a slow phone: what `scripts/bench page` runs. Each role comes with an empty cache,
// on a processor four times slower and a line of 1.6 Mbit/s whose answers take 150 ms (what is called slow 4G).
// Usable: the heading stands, nothing loads any more, and the page answers a key within one frame.
// Usage: node speed.mjs [--json]
import { PHONE, openBrowser, openRegion, settled, World } from './lib.mjs';

const ROLES = ['facilitator', 'company', 'structure', 'prescriber', 'buyer'];
const RUNS = 7;
const IDLE_MS = 20000;
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };
const CPU_RATE = 4;

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

// What comes over the wire, compressed as it comes.
async function counted(page) {
  const cdp = await page.context().newCDPSession(page);
  const seen = { bytes: 0, requests: 0, cdp };
  await cdp.send('Network.enable');
  cdp.on('Network.loadingFinished', (e) => {
    seen.bytes += e.encodedDataLength;
    seen.requests++;
  });
  return seen;
}

const nextFrame = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));

async function visit(world, role) {
  const page = await world.page({ viewport: PHONE });
  const seen = await counted(page);
  await seen.cdp.send('Network.emulateNetworkConditions', SLOW_4G);
  await seen.cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_RATE });
  const begun = performance.now();
  await page.goto(`${world.region.url}/#jeton=${world.region.tokens[role]}`, { waitUntil: 'commit' });
  await page.getByRole('heading', { level: 1 }).waitFor();
  const headed = performance.now() - begun;
  await settled(page);
  await nextFrame(page);
  return { page, seen, headed, usable: performance.now() - begun, bytes: seen.bytes };
}

async function measure(region, browser, role) {
  const visits = [];
  for (let i = 0; i < RUNS; i++) {
    const world = new World(region, browser);
    const { page, seen, ...figures } = await visit(world, role);
    const before = seen.requests;
    if (i === RUNS - 1) await page.waitForTimeout(IDLE_MS); // what an idle page asks
    visits.push({ ...figures, idle: seen.requests - before });
    await world.close();
  }
  return {
    [`${role}_heading_ms`]: Math.round(median(visits.map((v) => v.headed))),
    [`${role}_usable_ms`]: Math.round(median(visits.map((v) => v.usable))),
    [`${role}_kib`]: Math.round(visits[0].bytes / 102.4) / 10,
    [`${role}_idle_requests_per_minute`]: (visits.at(-1).idle * 60000) / IDLE_MS,
  };
}

const region = await openRegion();
const browser = await openBrowser();
const figures = {};
for (const role of ROLES) Object.assign(figures, await measure(region, browser, role));
await browser.close();
await region.stop();
if (process.argv.includes('--json')) console.log(JSON.stringify(figures));
else for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(44)} ${value}`);
