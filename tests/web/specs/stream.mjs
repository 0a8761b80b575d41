// News come over one stream for all tabs of a browser, without anybody asking at intervals.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { settled, goTo } from '../lib.mjs';

const TABS = 8;
const PATIENCE_MS = 120000;

// Reading again at intervals (5 s, and 60 s beside a stream) never happens: what comes, the stream has told.
const neverPoll = () => {
  const real = window.setTimeout;
  window.setTimeout = (f, ms, ...more) => (ms === 5000 || ms === 60000 ? 0 : real(f, ms, ...more));
};

const uuid7 = () => {
  const b = randomBytes(16);
  b.writeUIntBE(Date.now(), 0, 6);
  b[6] = 0x70 | (b[6] & 15);
  b[8] = 0x80 | (b[8] & 63);
  return b.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};

async function declareNeed(world, title) {
  const { obligations } = await world.ask('company', 'contracts/Obligations', { page: { limit: 1 } });
  const { needs } = await world.ask('facilitator', 'contracts/Needs', { page: { limit: 1 } });
  const response = await fetch(`${world.region.url}/v1/contracts/DeclareNeed`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${world.region.tokens.company}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': uuid7(),
    },
    body: JSON.stringify({
      obligationId: obligations[0].obligationId,
      romeCode: 'F1703',
      title,
      positions: 2,
      startsOn: new Date(Date.now() + 21 * 86400e3).toISOString().slice(0, 10),
      commune: needs[0].commune,
      modality: 'DIRECT_HIRE',
    }),
  });
  assert.equal(response.status, 200, await response.text());
}

// Open streams, as the gateway counts them; it tells them to who asks from its own machine.
async function streams(world) {
  const text = await (await fetch(`${world.region.url}/metrics`)).text();
  return Number(/^guichet_http_streams\{[^}]*\} (\d+)/m.exec(text)[1]);
}

async function until(what, look) {
  const end = Date.now() + PATIENCE_MS;
  while (!(await look())) {
    assert.ok(Date.now() < end, what);
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function openTabs(world, count, prepare) {
  const first = await world.page({ prepare: (p) => p.context().addInitScript(prepare) });
  const tabs = [first];
  while (tabs.length < count) tabs.push(await first.context().newPage());
  for (const tab of tabs) {
    await tab.goto(`${world.region.url}/#jeton=${world.region.tokens.facilitator}`);
    await settled(tab);
    await goTo(tab, `${world.region.url}/#/region`);
    await settled(tab);
  }
  return tabs;
}

const shows = (tabs, title) => Promise.all(tabs.map((tab) => tab.locator('.feed').getByText(title).first().waitFor()));

export default {
  'eight tabs share one stream, and all of them show what it tells': async (world) => {
    await until('streams of before end', async () => (await streams(world)) === 0);
    const tabs = await openTabs(world, TABS, neverPoll);
    await until('the stream opens', async () => (await streams(world)) === 1);
    await declareNeed(world, 'Coffreur du huitième onglet');
    await shows(tabs, 'Coffreur du huitième onglet');
    assert.equal(await streams(world), 1);

    await Promise.all(tabs.slice(1).map((tab) => tab.close()));
    await declareNeed(world, 'Ferrailleur du dernier onglet');
    await shows(tabs.slice(0, 1), 'Ferrailleur du dernier onglet');
    assert.equal(await streams(world), 1);
    await tabs[0].getByRole('button', { name: 'Se déconnecter' }).click();
    await until('who signs out listens no more', async () => (await streams(world)) === 0);
  },

  'without a shared worker the tabs take turns, and the next goes on where one is closed': async (world) => {
    await until('streams of before end', async () => (await streams(world)) === 0);
    const tabs = await openTabs(world, 3, `(${neverPoll})(); delete window.SharedWorker;`);
    await until('the stream opens', async () => (await streams(world)) === 1);
    await declareNeed(world, 'Plombier du tour de rôle');
    await shows(tabs, 'Plombier du tour de rôle');
    assert.equal(await streams(world), 1);
    await tabs[0].close();
    await declareNeed(world, 'Couvreur du tour suivant');
    await shows(tabs.slice(1), 'Couvreur du tour suivant');
    await until('one stream', async () => (await streams(world)) === 1);
  },
};
