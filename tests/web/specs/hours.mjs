// A month of two hundred persons: declared by keyboard and from a spreadsheet, sent over a link that breaks, validated at
// once, one sent back and one at another figure, corrected; at a desk and on a phone. It wants a network of its own.
import assert from 'node:assert/strict';
import { assertAccessible, assertFits, goTo, plain, settled, textOf } from '../lib.mjs';

const PERSONS = 200;
const TYPED = 100; // by keyboard; the others are pasted
const AT_ONCE = 8;
const PHONE_375 = { width: 375, height: 812 };
const TOUCH = 44;

const monthAt = (offset) => {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth() + offset, 1)).toISOString().slice(0, 7);
};
const MONTH = monthAt(-1);
const FIRST = `${monthAt(-1)}-01`;

// ---- the persons

async function post(world, role, method, request) {
  const response = await fetch(`${world.region.url}/v1/${method}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${world.region.tokens[role]}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(request),
  });
  const body = await response.json();
  assert.equal(response.status, 200, `${method}: ${JSON.stringify(body)}`);
  return body.reply ?? {};
}

const letters = (n) => String.fromCharCode(97 + Math.floor(n / 26)) + String.fromCharCode(97 + (n % 26));

async function hire(world, { obligation: { obligationId, territory }, organisation }, n) {
  const identity = {
    givenName: `Ana${letters(n)}`,
    familyName: `Vidal${letters(n)}`,
    sex: n % 2 ? 'WOMAN' : 'MAN',
    bornOn: `${1970 + (n % 30)}-0${1 + (n % 9)}-1${n % 9}`,
    commune: `${territory}001`,
  };
  const { beneficiaryId } = await post(world, 'prescriber', 'tracking/ReferBeneficiary', { identity, territory });
  await post(world, 'facilitator', 'tracking/DecideEligibility', {
    beneficiaryId,
    publicCode: 'B_DELD',
    proofCode: 'ATTESTATION_RECHERCHE',
    proofDated: `${monthAt(-2)}-20`,
    validFrom: FIRST,
    decidedOn: FIRST,
    eligible: true,
  });
  const { placementId } = await post(world, 'facilitator', 'tracking/OpenPlacement', {
    beneficiaryId,
    obligationId,
    modality: 'DIRECT_HIRE',
    employer: organisation,
    tutor: 'Odile Quercadou',
    startsOn: FIRST,
    weeklyHours: '35.00',
    romeCode: 'F1703',
    workContract: 'CDI',
  });
  const reference = `SAL-${String(n).padStart(3, '0')}`;
  await post(world, 'company', 'tracking/SetEmployerReference', { placementId, reference });
}

let ready = null; // once for all specs

// The company comes to owe hours where the prescriber of the demonstration is.
async function ownObligation(world, organisation) {
  const { territories } = await world.session('prescriber');
  const [territory] = territories;
  const { obligations: owns } = await world.ask('company', 'contracts/Obligations');
  const [own] = owns;
  const known = owns.find((o) => o.territories[0] === territory);
  if (known) return { obligationId: known.obligationId, territory };
  const { obligations } = await world.ask('facilitator', 'contracts/Obligations', { page: { limit: 500 } });
  const { clauseId } = obligations.find((o) => o.territories.length === 1 && o.territories[0] === territory);
  const { obligationId } = await post(world, 'facilitator', 'contracts/RecordObligation', {
    clauseId,
    contractorSiret: own.contractorSiret,
    contractorName: own.contractorName,
    contractorOrganisation: organisation,
    hours: '9000.00',
  });
  return { obligationId, territory };
}

async function people(world) {
  const { organisation } = await world.session('company');
  const lines = await wholeSheet(world, 'company');
  if (lines.some((l) => l.employerReference === 'SAL-000')) return; // a network that was kept
  const obligation = await ownObligation(world, organisation);
  for (let n = 0; n < PERSONS; n += AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, PERSONS - n) }, (_, i) => hire(world, { obligation, organisation }, n + i)),
    );
}

const withPeople = (world) => (ready ??= people(world));

// ---- what a page asks

// A sheet is read in as many questions as the service has partitions, and pages of them, that hold some of it.
const pagesOf = (world, role) => world.pages(role, 'tracking/MonthSheet', { month: MONTH });

async function wholeSheet(world, role) {
  const all = [];
  for await (const { lines = [] } of pagesOf(world, role)) all.push(...lines);
  return all;
}

async function sheets(world, role) {
  const asked = [];
  for await (const _ of pagesOf(world, role)) asked.push('tracking/MonthSheet');
  return asked;
}

function counting(page) {
  const asked = [];
  page.on('request', (r) => {
    const { pathname } = new URL(r.url());
    if (pathname.startsWith('/v1/') && !pathname.startsWith('/v1/stream')) asked.push(pathname.slice(4));
  });
  return { asked, forget: () => asked.splice(0) };
}

const ownRow = (page, reference) => page.locator('tr[data-line]', { has: page.getByRole('link', { name: reference, exact: true }) });
const cellOf = (page, reference) => ownRow(page, reference).locator('input[data-column=hours]');
const send = (page) => page.getByRole('button', { name: 'Envoyer les déclarations' });

async function lineOf(world, reference) {
  const lines = await wholeSheet(world, 'company');
  return lines.find((l) => l.employerReference === reference);
}

async function pasteInto(cell, text) {
  await cell.evaluate((input, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

// From each key to the frame that shows what came of it.
async function timeKeys(page) {
  await page.evaluate(() => {
    window.keyTimes = [];
    window.addEventListener('keydown', () => {
      const begun = performance.now();
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => window.keyTimes.push(performance.now() - begun);
        channel.port2.postMessage(null);
      });
    }, true);
  });
}

async function tellKeys(page, what) {
  const times = (await page.evaluate(() => window.keyTimes)).sort((a, b) => a - b);
  const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))].toFixed(1);
  console.log(`        ${what}: ${times.length} keys, to paint median ${at(0.5)} ms, 95 % ${at(0.95)} ms, most ${at(1)} ms`);
}

async function assertTouch(page, where) {
  const small = await page.evaluate(
    (least) =>
      [...document.querySelectorAll('main button, main select, main input')]
        .filter((e) => e.offsetParent && getComputedStyle(e).visibility === 'visible' && e.type !== 'checkbox')
        .map((e) => [e.textContent.trim() || e.getAttribute('aria-label') || e.value, e.getBoundingClientRect().height])
        .filter(([, height]) => height < least - 0.5),
    TOUCH,
  );
  assert.deepEqual(small, [], where);
}

export default {
  'month of hours: a company types and pastes two hundred rows, loses none of them to a broken link, and sends them in one go': async (world) => {
    await withPeople(world);
    const sheet = await sheets(world, 'company');
    const page = await world.signedIn('company');
    const calls = counting(page);
    await goTo(page, `${world.region.url}/#/declarer?mois=${MONTH}&tri=reference`);
    await cellOf(page, 'SAL-000').waitFor();
    await settled(page);
    assert.deepEqual(
      calls.asked.filter((p) => p !== 'notifications/OwnNotices').sort(),
      ['contracts/Obligations', 'openapi/tracking/SubmitHours', ...sheet],
      'what it takes to open',
    );
    calls.forget();
    await timeKeys(page);
    await cellOf(page, 'SAL-000').focus();
    for (let n = 0; n < TYPED; n++) await page.keyboard.type(n === 5 ? '190\n' : n === 7 ? '151h40\n' : '151,67\n');
    assert.equal(await cellOf(page, `SAL-${TYPED}`).evaluate((e) => e === document.activeElement), true, 'Enter goes down');
    await page.keyboard.press('ArrowUp');
    assert.equal(await cellOf(page, 'SAL-099').inputValue(), '151,67');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('7');
    await tellKeys(page, `${PERSONS} rows`);
    const rows = Array.from({ length: PERSONS - TYPED }, (_, i) => `SAL-${TYPED + i}\t${140 + (i % 10)},5`);
    await pasteInto(cellOf(page, 'SAL-003'), ['Matricule\tHeures', ...rows, 'SAL-999\t12'].join('\r\n'));
    await page.getByText('100 lignes remplies.').waitFor();
    assert.match(await page.locator('.alert-danger').innerText(), /1\s+référence inconnue ce mois-ci : SAL-999/);
    await page.getByText(/^200\s+lignes saisies/).waitFor();
    assert.deepEqual(calls.asked, [], 'nothing is asked while one types');
    await assertAccessible(page, 'a month that is typed');

    await page.locator('.page-head select').selectOption(monthAt(0));
    await page.getByText(/Rien de saisi/).waitFor();
    await page.locator('.page-head select').selectOption(MONTH);
    await page.getByText(/^200\s+lignes saisies/).waitFor();
    await page.reload();
    await page.getByText(/^200\s+lignes saisies/).waitFor();

    await page.context().setOffline(true);
    await send(page).click();
    await page.getByText(/Rien de ce que vous avez saisi n’est perdu/).waitFor();
    assert.equal(await page.locator('.said').innerText(), '', 'a failure is told by nothing green');
    assert.equal(await cellOf(page, 'SAL-150').inputValue(), '140,5');
    await assertAccessible(page, 'a month that was not sent');
    await page.context().setOffline(false);
    calls.forget();
    await send(page).click();
    await page.getByText(/^200\s+déclarations enregistrées/).waitFor();
    await ownRow(page, 'SAL-000').getByText('Envoyée.').waitFor();
    await ownRow(page, 'SAL-000').getByText('à valider').waitFor();
    assert.deepEqual(calls.asked, ['tracking/ImportHours', ...(await sheets(world, 'company'))], 'what it takes to send');
    assert.match(await textOf(ownRow(page, 'SAL-005')), /À vérifier : /, 'its warning is told with the verdict');
    assert.equal(await cellOf(page, 'SAL-000').inputValue(), '');
    await assertAccessible(page, 'a month that was sent');
    const lines = await wholeSheet(world, 'company');
    const stated = lines.find((l) => l.employerReference === 'SAL-099');
    assert.deepEqual([stated.submitted, stated.training], ['151.67', '7.00']);
    assert.equal(lines.find((l) => l.employerReference === 'SAL-007').submitted, '151.67');
  },

  'month of hours: what is wrong in a row of the month is told as it is typed, and what the daemon refuses beside the row': async (world) => {
    await withPeople(world);
    const page = await world.signedIn('company', `declarer?mois=${MONTH}`);
    await cellOf(page, 'SAL-000').fill('beaucoup');
    await ownRow(page, 'SAL-000').getByRole('alert').waitFor();
    await cellOf(page, 'SAL-000').fill('700');
    await cellOf(page, 'SAL-001').fill('151,67');
    await page.getByRole('button', { name: 'Vérifier sans envoyer' }).click();
    await page.getByText(/rien n’est encore envoyé/).waitFor();
    await ownRow(page, 'SAL-000').locator('.field-problem').waitFor();
    await send(page).click();
    await page.getByText(/^1\s+déclaration enregistrée/).waitFor();
    assert.match(await page.getByRole('alert').first().innerText(), /1\s+ligne à corriger/);
    assert.equal(await cellOf(page, 'SAL-000').inputValue(), '700', 'what was refused stays');
    await assertAccessible(page, 'a row that was refused');
  },

  'month of hours: a facilitator validates a month at once, sends one back and takes another figure, by keyboard and in place': async (world) => {
    await withPeople(world);
    const sheet = await sheets(world, 'facilitator');
    const page = await world.signedIn('facilitator');
    const calls = counting(page);
    const { organisation } = await world.session('company');
    await goTo(page, `${world.region.url}/#/heures?mois=${MONTH}&employeur=${organisation}&tri=reference`);
    await ownRow(page, 'SAL-000').waitFor();
    await settled(page);
    assert.deepEqual(calls.asked.filter((p) => p === 'tracking/MonthSheet'), sheet, 'what it takes to open');
    assert.deepEqual([...new Set(calls.asked)].sort(), ['contracts/Obligations', 'tracking/MonthSheet']);
    await assertAccessible(page, 'hours to validate');

    const box = (reference) => ownRow(page, reference).getByRole('checkbox');
    await box('SAL-002').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText(/^2\s+lignes choisies/).waitFor();
    calls.forget();
    await page.keyboard.press('v');
    await page.getByText(/^2\s+lignes validées\./).waitFor();
    await ownRow(page, 'SAL-003').getByText(/151,67\s+h validées/).waitFor();
    assert.deepEqual(calls.asked, ['tracking/ValidateMonth', ...(await sheets(world, 'facilitator'))], 'what it takes to validate');
    assert.ok(await box('SAL-003').evaluate((e) => e === document.activeElement), 'the focus stays on the line');

    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('r');
    await page.getByRole('dialog').waitFor();
    await assertAccessible(page, 'a line that is sent back');
    await page.getByRole('dialog').getByLabel('Ce qui est à corriger').selectOption('EVIDENCE');
    await page.getByRole('dialog').getByLabel(/^Ce qu’il faut corriger/).fill('la feuille de la semaine 42');
    await page.getByRole('dialog').getByRole('button', { name: 'Renvoyer' }).click();
    await page.getByText(/^1\s+ligne renvoyée\./).waitFor();
    await ownRow(page, 'SAL-004').getByText('renvoyées').waitFor();

    await box('SAL-006').focus();
    await page.keyboard.press('c');
    await page.getByRole('dialog').getByLabel('Heures validées').fill('140');
    await page.getByRole('dialog').getByLabel('Motif').fill('absence du 12 au 14');
    await page.getByRole('dialog').getByRole('button', { name: 'Valider ce chiffre' }).click();
    await ownRow(page, 'SAL-006').getByText(/140\s+h validées/).waitFor();

    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: /Au clavier/ }).waitFor();
    await page.keyboard.press('Escape');

    await ownRow(page, 'SAL-150').scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: /^Sans avertissement/ }).click();
    const where = (await ownRow(page, 'SAL-150').boundingBox()).y;
    calls.forget();
    await page.getByRole('button', { name: 'Valider le choix' }).click();
    await page.getByText(/^\d+\s+lignes validées\./).waitFor();
    await ownRow(page, 'SAL-150').getByText(/h validées/).waitFor();
    const acts = calls.asked.filter((method) => method === 'tracking/ValidateMonth'); // one a department, and two hundred lines
    assert.ok(acts.length > 0 && acts.length < 8, `${acts.length} commands`);
    assert.deepEqual(calls.asked.slice(acts.length), await sheets(world, 'facilitator'), 'all of them at once');
    assert.ok(Math.abs((await ownRow(page, 'SAL-150').boundingBox()).y - where) < 60, 'the lines that one looks at stay where they are');
    assert.match(page.url(), new RegExp(`mois=${MONTH}.*employeur=${organisation}`), 'the filters stay in the address');
    await assertAccessible(page, 'hours that were validated');

    await ownRow(page, 'SAL-005').getByRole('button', { name: /^Valider/ }).click(); // its warning wants a reason
    await page.getByRole('dialog').getByText(/contrat/).first().waitFor();
    await page.getByRole('dialog').getByLabel('Motif').fill('semaine de chantier longue, feuille vue');
    await page.getByRole('dialog').getByRole('button', { name: 'Valider', exact: true }).click();
    await ownRow(page, 'SAL-005').getByText(/190\s+h validées/).waitFor();
  },

  'month of hours: what another changed meanwhile is refused beside its line, and stays chosen': async (world) => {
    await withPeople(world);
    const page = await world.signedIn('facilitator');
    await post(world, 'company', 'tracking/SubmitHours', { placementId: (await lineOf(world, 'SAL-004')).placementId, month: MONTH, hours: '120.00' });
    await goTo(page, `${world.region.url}/#/heures?mois=${MONTH}&tri=reference`);
    const row = ownRow(page, 'SAL-004');
    await row.getByRole('checkbox').check();
    await post(world, 'company', 'tracking/SubmitHours', { placementId: (await lineOf(world, 'SAL-004')).placementId, month: MONTH, hours: '121.00' });
    await page.getByRole('button', { name: 'Valider le choix' }).click();
    await row.locator('.field-problem').waitFor();
    assert.match(await row.locator('.field-problem').innerText(), /changé depuis votre lecture/);
    assert.ok(await row.getByRole('checkbox').isChecked());
    assert.match(await page.getByRole('alert').innerText(), /1\s+ligne refusée/);
    assert.equal(await page.locator('.said').innerText(), '');
    await row.getByText(/121\s+h/).first().waitFor(); // read again, so that it can be decided on
    await assertAccessible(page, 'a line that was refused');
    await post(world, 'facilitator', 'tracking/ReturnHours', {
      placementId: (await lineOf(world, 'SAL-004')).placementId,
      seen: (await lineOf(world, 'SAL-004')).version,
      month: MONTH,
      returnCode: 'EVIDENCE',
      reason: 'la feuille de la semaine 42',
    });
  },

  'month of hours: the company reads what came of its month, states again what was sent back, and reads its history': async (world) => {
    await withPeople(world);
    const page = await world.signedIn('company', `declarer?mois=${MONTH}&tri=reference`);
    const row = ownRow(page, 'SAL-004');
    await row.getByText('renvoyées').waitFor();
    assert.match(await textOf(row), /un justificatif manque/);
    assert.match(await textOf(ownRow(page, 'SAL-006')), /140 h validées/);
    assert.equal(await cellOf(page, 'SAL-006').count(), 0, 'what is validated is not typed over');
    await cellOf(page, 'SAL-004').fill('130');
    await page.keyboard.press('Control+Enter');
    await row.getByText('Envoyée : remplace la précédente.').waitFor();
    await row.getByRole('button', { name: /^Histoire/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('li').nth(2).waitFor();
    const told = plain(await dialog.innerText());
    assert.match(told, /Déclarées : 130 h/);
    assert.match(told, /Renvoyées.*un justificatif manque : la feuille de la semaine 42/);
    await assertAccessible(page, 'the history of a month');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  },

  'month of hours: a facilitator enters in one go what several employers signed on paper': async (world) => {
    const open = (await wholeSheet(world, 'facilitator')).filter((l) => l.employer && ['HOURS_AWAITED', 'HOURS_STATED', undefined].includes(l.state));
    const employers = new Map(open.map((l) => [l.employer, l]));
    assert.ok(employers.size > 1, 'the demonstration has several employers');
    const chosen = [...employers.values()].slice(0, 2);
    const page = await world.signedIn('facilitator', `declarer?mois=${MONTH}`);
    const calls = counting(page);
    for (const { placementId } of chosen) await page.locator(`#hours-${placementId}`).fill('12,5');
    await send(page).click();
    await page.getByText(/^2\s+déclarations enregistrées/).waitFor();
    assert.equal(calls.asked.filter((m) => m === 'tracking/ImportHours').length, 2, 'a list for each employer');
    const lines = await wholeSheet(world, 'facilitator');
    for (const { placementId } of chosen) {
      const line = lines.find((l) => l.placementId === placementId);
      assert.deepEqual([line.submitted, line.validated], ['12.50', undefined], 'it is still to be validated');
    }
    await assertAccessible(page, 'hours that a facilitator entered');
  },

  'month of hours: both tables of hours fit a phone and a finger': async (world) => {
    await withPeople(world);
    for (const [role, path] of [
      ['company', `declarer?mois=${MONTH}`],
      ['facilitator', `heures?mois=${MONTH}&etat=toutes`],
    ]) {
      const page = await world.signedIn(role, path, { viewport: PHONE_375 });
      await page.locator('tr[data-line]').first().waitFor();
      await assertFits(page, path);
      await assertTouch(page, path);
      await assertAccessible(page, `${path} at ${PHONE_375.width} px`);
    }
  },
};
