// The region, its contracts and its alerts.
import assert from 'node:assert/strict';
import { plain, settled, textOf } from '../lib.mjs';

const french = (n, digits = 0) => plain(new Intl.NumberFormat('fr-FR', { minimumFractionDigits: digits }).format(n));
const hoursIn = (text) => french(Number(text ?? 0), Number(text ?? 0) % 1 ? 2 : 0) + ' h';
const figure = (page, title) => page.locator('.figure', { hasText: title }).locator('.figure-value');

export default {
  'the key figures are those of the consolidation': async (world) => {
    const page = await world.signedIn('facilitator', 'region');
    const c = await world.ask('facilitator', 'reporting/Consolidation');
    assert.equal(await textOf(figure(page, 'Contrats')), french(c.contracts ?? 0));
    assert.equal(await textOf(figure(page, 'Personnes')), french(c.persons ?? 0));
    assert.equal(await textOf(figure(page, 'Besoins')), french(c.needs ?? 0));
    const panel = await textOf(page.locator('.panel-hero'));
    for (const h of [c.due, c.done, c.converted]) assert.ok(panel.includes(hoursIn(h)), `${hoursIn(h)} in ${panel}`);
  },

  'the hours by month are drawn, and told in a table': async (world) => {
    const page = await world.signedIn('facilitator', 'region');
    const c = await world.ask('facilitator', 'reporting/Consolidation');
    const last = c.byMonth
      .map((m) => m.month)
      .sort()
      .at(-1);
    await page.locator('.chart-bar').first().waitFor({ state: 'attached' });
    const bars = await page.locator('.chart-bar').count();
    assert.ok(bars > 0 && bars <= 12, `${bars} bars`);
    await page.getByText('Voir ces chiffres en tableau').click();
    const table = page.getByRole('table', { name: 'Heures réalisées par mois' });
    assert.equal(await table.getByRole('row').count(), 13);
    const line = c.byMonth.find((m) => m.month === last);
    const expected = hoursIn((Number(line.hours) + Number(line.converted)).toFixed(2));
    assert.ok((await textOf(table.getByRole('row').last())).endsWith(expected), expected);
  },

  'a contract opens from the list, with its record and clauses': async (world) => {
    const { contracts } = await world.ask('facilitator', 'contracts/Contracts', { page: { limit: 500 } });
    const followed = contracts.find((c) => c.clauses > 0 && c.social?.length > 0); // a published one: it has a number
    const page = await world.signedIn('facilitator', 'contrats');
    await page.getByLabel('Mots du contrat').fill(followed.number);
    await page.getByRole('button', { name: 'Chercher' }).click();
    await page.getByText(/contrats? affichés?, c’est toute la liste/).waitFor();
    await settled(page);
    await page.locator(`a[href="#/contrats/${followed.contractId}"]`).click();
    await page.getByRole('heading', { name: 'Fiche du contrat' }).waitFor();
    const part = (name) => page.getByRole('navigation', { name: 'Parties du contrat' }).getByRole('link', { name });
    const facts = await world.ask('facilitator', 'contracts/ContractFacts', { contractId: followed.contractId });
    const agreement = facts.withoutAgreement ? 'Sans convention' : facts.agreement.agreement.carrierName;
    await page.getByText(plain(agreement)).first().waitFor();
    await part('Lots et clause').click();
    await page
      .getByRole('heading', { name: /^Clause du lot/ })
      .first()
      .waitFor();
    await part('Obligations et heures').click();
    await page.getByRole('heading', { name: 'Bilan de clause' }).waitFor();
    await page.getByText('Registre des heures').first().click();
    const ledger = page.getByRole('list', { name: 'Registre des heures' });
    await ledger.waitFor();
    await ledger.getByText(/h sont dues/).first().waitFor();
    await part('Histoire').click();
    await page.getByRole('heading', { name: 'Histoire du contrat' }).waitFor();
    await page
      .getByText(/^Clause posée sur le lot/)
      .first()
      .waitFor();
  },

  'an act that was withdrawn is struck out, with what withdrew it': async (world) => {
    const { contracts } = await world.ask('facilitator', 'contracts/Contracts', {
      words: 'Nettoyage des écoles du quartier sud',
      page: { limit: 20 },
    });
    let corrected;
    for (const { contractId } of contracts) {
      const { history } = await world.ask('facilitator', 'contracts/ContractFacts', { contractId });
      corrected ??= history?.some((l) => Number(l.withdrawnBy)) ? contractId : undefined;
    }
    const page = await world.signedIn('facilitator', `contrats/${corrected}?partie=histoire`);
    await page.locator('.history del').first().waitFor();
    await page
      .getByText(/annulé par le n° \d+/)
      .first()
      .waitFor();
  },

  'considerations that are not told are « non renseigné », never « aucune »': async (world) => {
    const { contracts } = await world.ask('facilitator', 'contracts/Contracts', { page: { limit: 500 } });
    const silent = contracts.find((c) => !c.social?.length);
    const page = await world.signedIn('facilitator', `contrats/${silent.contractId}`);
    const told = page.locator('.facts > div', { hasText: 'Considérations sociales' });
    assert.match(await textOf(told), /non renseigné$/);
  },

  'the list is read page by page, and searched by words': async (world) => {
    const page = await world.signedIn('facilitator', 'contrats');
    const rows = page.locator('.rows-open tbody tr');
    await rows.first().waitFor();
    const before = await rows.count();
    await page.getByRole('button', { name: 'Afficher la suite' }).click();
    await page.waitForFunction((n) => document.querySelectorAll('.rows-open tbody tr').length > n, before);
    await page.getByLabel('Mots du contrat').fill('zzzz aucun contrat');
    await page.getByRole('button', { name: 'Chercher' }).click();
    await page.getByText('Aucun contrat ne répond').waitFor();
  },

  'where there is no stream new alerts appear by themselves too, are announced, and can be paused': async (world) => {
    const prepare = async (p) => {
      await p.clock.install();
      await p.addInitScript(() => {
        delete window.SharedWorker;
        delete Navigator.prototype.locks;
      });
    };
    const page = await world.signedIn('facilitator', 'region', { prepare });
    let asked = 0;
    const notice = {
      noticeId: 'n-1',
      kind: 'NEED_OPENED',
      title: 'Deux peintres à Douai',
      at: new Date().toISOString(),
    };
    await page.route('**/RecentNotices**', (route) => {
      asked++;
      return route.fulfill({ json: { reply: { notices: [notice] }, position: 1 } });
    });
    await page.clock.runFor(6000);
    await page.locator('[aria-live=polite]', { hasText: 'Deux peintres à Douai' }).waitFor({ state: 'attached' });
    await page.locator('.feed').getByText('Deux peintres à Douai').waitFor();
    await page.getByRole('button', { name: 'Mettre en pause' }).click();
    await page.getByRole('button', { name: 'Reprendre' }).waitFor();
    const before = asked;
    await page.clock.runFor(20000);
    assert.equal(asked, before, 'no call while paused');
  },

  'nothing is asked while the tab is hidden': async (world) => {
    const prepare = async (p) => {
      await p.clock.install();
      await p.addInitScript(() => Object.defineProperty(document, 'hidden', { get: () => window.hiddenNow === true }));
    };
    const page = await world.signedIn('facilitator', 'region', { prepare });
    let asked = 0;
    await page.evaluate(() => void (window.hiddenNow = true));
    page.on('request', (r) => void (asked += /RecentNotices|health|Consolidation/.test(r.url()) ? 1 : 0));
    await page.clock.runFor(60000);
    assert.equal(asked, 0);
    await page.evaluate(() => void (window.hiddenNow = false));
    await page.clock.runFor(16000);
    assert.ok(asked > 0, 'asked again once visible');
  },

  'a refusal shows its words and leaves the rest of the page': async (world) => {
    const problem = { code: 'NOT_ALLOWED', detail: 'Votre rôle ne permet pas de voir ces alertes.' };
    const prepare = (p) => p.route('**/RecentNotices**', (route) => route.fulfill({ status: 403, json: problem }));
    const page = await world.signedIn('facilitator', 'region', { prepare });
    await page.getByText(problem.detail).waitFor();
    await page.locator('.figure').first().waitFor();
  },

  'what another changed of her own is read, with before and after': async (world) => {
    const { notices = [] } = await world.ask('facilitator', 'notifications/OwnNotices', {});
    const page = await world.signedIn('facilitator', 'changements');
    if (notices.length === 0) {
      await page.getByText('Personne n’a changé ce que vous avez décidé.').waitFor();
      return;
    }
    await page.getByText(notices[0].title).first().waitFor();
    await page.getByText(`Avant : ${notices[0].before}`).first().waitFor();
    const unread = page.locator('.inbox .is-unread');
    const before = await unread.count();
    if (before === 0) return;
    await unread
      .first()
      .getByRole('button', { name: /^Marquer comme lue/ })
      .click();
    await page.waitForFunction((n) => document.querySelectorAll('.inbox .is-unread').length === n, before - 1);
  },

  'the state of the network lists every instance': async (world) => {
    const page = await world.signedIn('operator', 'reseau');
    const headers = { Authorization: `Bearer ${world.region.tokens.operator}` };
    const { instances } = await (await fetch(`${world.region.url}/health`, { headers })).json();
    const table = page.getByRole('table', { name: 'État du réseau' });
    for (const { instance } of instances) await table.getByText(instance, { exact: true }).waitFor();
    assert.ok(instances.length >= 6, `${instances.length} instances`);
  },
};
