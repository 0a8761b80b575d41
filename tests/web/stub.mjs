// A stand-in for the gateway: serves the built page under a strict CSP, and canned answers to the calls it makes.
// `npm run stub` starts one to look at; the specs start their own (see run.mjs) unless GUICHET_URL points at a network.
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { COMPANY, SESSIONS, TOKENS, region, uuid } from './data.mjs';

const DIST = fileURLToPath(new URL('../../services/gateway/web/dist', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CTL = process.env.GUICHETCTL ?? join(ROOT, 'build/dev/bin/guichetctl');
const DESCRIPTION = '/v1/openapi/';
const run = promisify(execFile);
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

class No extends Error {
  constructor(status, code, text, field = '') {
    super(text);
    Object.assign(this, { status, problem: { type: `/v1/problems/${code}`, title: code, status, detail: text, code, ...(field && { field }) } });
  }
}
const notAllowed = () => new No(403, 'NOT_ALLOWED', 'Votre rôle ne permet pas cette demande.');
const notFound = () => new No(404, 'NOT_FOUND', 'Aucun élément ne porte ce numéro.');
const page = (list, q, name) => {
  const from = Number(atob(q.page?.after ?? '') || 0),
    to = from + (q.page?.limit || 50);
  return { [name]: list.slice(from, to), ...(to < list.length && { next: btoa(String(to)) }) };
};
// Tracking has two partitions, the first without anything: its page is empty and has a `next`.
const secondPartition = (list, q, name) => (q.page?.after ? page(list, q, name) : { next: btoa('0') });
const found = (value) => {
  if (!value) throw notFound();
  return value;
};
const READERS = ['FACILITATOR', 'COORDINATOR', 'AUDITOR'];
const MAKERS = ['FACILITATOR', 'COORDINATOR', 'OPERATOR'];
const EVERYWHERE = ['COORDINATOR', 'AUDITOR', 'OPERATOR', 'DATA_PROTECTION'];

function contractView(r, id) {
  const line = found(r.contracts.find((c) => c.contractId === id));
  const obligations = r.obligations.filter((o) => o.contractId === id).map(({ entries, ...o }) => o);
  const { contractId, clauses, ...record } = line;
  return {
    contractId,
    currentAmount: contractId === uuid(1) ? '1080000.00' : line.amount,
    currentDurationMonths: 18,
    record: {
      kind: 'MARKET',
      format: 'DECP_2022',
      nature: 'Marché',
      procedure: 'Procédure adaptée',
      durationMonths: 18,
      place: { code: '59350', kind: 'COMMUNE' },
      contractors: [{ kind: 'SIRET', value: '55210055400013' }],
      offersReceived: 4,
      ...(contractId === uuid(1) && { modifications: [{ number: 1, notifiedOn: '2026-09-30', amount: '1080000.00' }] }),
      ...record,
    },
    clauses: obligations.map((o) => ({
      clauseId: o.clauseId,
      lot: 1,
      hours: o.due,
      obligations: [o],
      calibration: {
        amount: line.amount,
        labourShare: '0.5',
        insertionRate: '0.05',
        hourlyCost: '30.00',
        rounding: 'DOWN',
      },
    })),
  };
}

function statement(r, id) {
  const { due, done, converted, remaining } = found(r.obligations.find((o) => o.contractId === id));
  return {
    contractId: id,
    due,
    done,
    converted,
    remaining,
    persons: 4,
    placements: 5,
    byModality: [
      { modality: 'DIRECT_HIRE', hours: done, persons: 4, placements: 5 },
      { modality: 'SUBCONTRACTING', hours: converted },
    ],
  };
}

const waiting = (r, q) =>
  r.placements.flatMap((p) =>
    (p.months ?? [])
      .filter((m) => m.month === q.month && (!q.toValidateOnly || !m.validated))
      .map((m) => ({ placementId: p.placementId, submitted: m.submitted, validated: m.validated })),
  );

// The month's sheet: a line a placement, with what is stated of it.
const monthLines = (r, { month }) =>
  r.placements.map((p) => {
    const of = (m) => p.months?.find((x) => x.month === m);
    const state = of(month)?.validated ? 'HOURS_VOUCHED_FOR' : of(month) ? 'HOURS_STATED' : 'HOURS_AWAITED';
    const { placementId, beneficiaryId, obligationId, modality, employer, employerName, startsOn } = p;
    const { submitted, validated } = of(month) ?? {};
    return { placementId, beneficiaryId, obligationId, modality, employer, employerName, startsOn, territory: '59', submitted, validated, state, version: '1' };
  });

const LISTERS = ['FACILITATOR', 'COMPANY', 'STRUCTURE'];
const TABLE_GIVERS = [...LISTERS, 'PRESCRIBER', 'COORDINATOR', 'BUYER', 'OPERATOR'];
const COLUMNS = { placement: 'Parcours', month: 'Mois', hours: 'Heures' };

// What the daemon would say of a list of hours; with `act` it is done.
function hoursReport(r, { list, sender, month }, session, act) {
  if (session.role === 'FACILITATOR' && !sender)
    throw new No(400, 'INVALID_FIELD', 'Indiquez l’organisation dont c’est la liste.', 'sender');
  const at = {};
  for (const [field, word] of Object.entries(COLUMNS)) {
    const column = list.mapping?.find((m) => m.field === field)?.column ?? list.header.find((h) => h === word);
    if (column) at[field] = list.header.indexOf(column);
  }
  if (at.hours === undefined || at.placement === undefined)
    throw new No(400, 'INVALID_FIELD', 'Aucune colonne ne contient les heures : dites laquelle.', 'list.mapping');
  const judge = ({ number, cells = [] }) => {
    const p = r.placements.find((x) => x.placementId === cells[at.placement]);
    const wrong = (field, text) => ({
      number,
      outcome: 'ROW_REJECTED',
      errors: [{ column: list.header[at[field]], cell: cells[at[field]], text }],
    });
    if (!p) return wrong('placement', 'ce parcours n’est pas le vôtre : vérifiez le numéro');
    const hours = Number((cells[at.hours] ?? '').replace(',', '.'));
    if (!(hours <= 744)) return wrong('hours', 'un mois compte au plus 744 heures ; corrigez le nombre d’heures');
    const of = cells[at.month] || month;
    const old = (p.months ?? []).find((m) => m.month === of);
    if (old?.submitted === hours.toFixed(2)) return { number, outcome: 'ROW_UNCHANGED', title: p.employerName };
    const outcome = old ? 'ROW_DOUBTFUL' : 'ROW_CREATED';
    if (list.only?.length && !list.only.includes(number)) return { number, outcome: 'ROW_NOT_CHOSEN' };
    const taken = act && (!old || list.only?.includes(number));
    if (taken) p.months = [...(p.months ?? []).filter((m) => m !== old), { month: of, submitted: hours.toFixed(2) }];
    return { number, outcome: taken && old ? 'ROW_UPDATED' : outcome, title: p.employerName };
  };
  const rows = list.rows.map(judge);
  return {
    rows,
    mapping: Object.entries(at).map(([field, i]) => ({ column: list.header[i], field })),
    ...(act && { batchId: uuid(990 + r.imports.length) }),
  };
}

// Partners of the kind that the list does not tell are of the one that its form does.
function partnersReport({ source, kind, list }) {
  if (!source) throw new No(400, 'INVALID_FIELD', 'Indiquez la source de la liste.', 'source');
  if (!kind) throw new No(400, 'INVALID_FIELD', 'Aucune colonne ne donne le type d’organisation : dites laquelle.', 'list.mapping');
  const verdict = ({ number, cells }) => ({ number, outcome: 'ROW_CREATED', title: cells[0] });
  return { rows: list.rows.map(verdict), mapping: [{ column: list.header[0], field: 'name' }] };
}

// A person is known by what the prescriber calls her; no cell comes back.
function personsReport({ list }, act) {
  const verdict = ({ number, cells }) =>
    cells[1] ? { number, outcome: 'ROW_CREATED' } : { number, outcome: 'ROW_REJECTED', errors: [{ column: list.header[1], text: 'indiquez le prénom' }] };
  return {
    rows: list.rows.map(verdict),
    mapping: list.header.slice(0, 2).map((column, i) => ({ column, field: ['family_name', 'given_name'][i] })),
    ...(act && { batchId: uuid(981) }),
  };
}

// A programme's lines are all new, once whose it is has been said.
function programmeReport({ buyerSiret = '', year, list }, act) {
  if (!/^\d{14}$/.test(buyerSiret))
    throw new No(400, 'INVALID_FIELD', 'Le SIRET de l’acheteur doit avoir 14 chiffres.', act ? 'buyerSiret' : 'programme.buyerSiret');
  if (!(year >= 2000)) throw new No(400, 'INVALID_FIELD', 'Indiquez l’année du programme.', 'programme.year');
  const rows = list.rows.map(({ number, cells }) => ({ number, outcome: 'ROW_CREATED', title: cells[0] }));
  return { rows, mapping: [{ column: list.header[0], field: 'title' }], ...(act && { batchId: uuid(980) }) };
}

// method -> [roles, answer(region, request, session)]
const QUERIES = {
  'reporting/Consolidation': [
    READERS,
    (r, q) => ({ ...r.consolidation, ...(q.territory && { due: '24100.00', done: '12430.50' }) }),
  ],
  'reporting/ContractStatement': [[...READERS, 'BUYER', 'COMPANY'], (r, q) => statement(r, q.contractId)],
  'contracts/Contracts': [
    [...READERS, 'BUYER'],
    (r, q) =>
      page(
        r.contracts.filter(
          (c) => (!q.buyerSiret || c.buyerSiret === q.buyerSiret) && (!q.number || c.number === q.number),
        ),
        q,
        'contracts',
      ),
  ],
  'contracts/ContractById': [[...READERS, 'BUYER', 'COMPANY'], (r, q) => contractView(r, q.contractId)],
  'contracts/ContractFacts': [
    [...READERS, 'BUYER', 'COMPANY'],
    (r, q) => ({
      contract: contractView(r, q.contractId),
      file: {
        stage: 'IN_EXECUTION',
        reserved: { entries: [{ lot: 2, grounds: ['RESERVED_IAE'], involvement: 'SOURCING' }] },
      },
      reservations: [{ verdict: 'RESERVATION_VALID', text: 'Réservation régulière.' }],
      withoutAgreement: true,
      referrals: [{ referralId: '01920000-0000-7000-8000-0000000000f1' }],
      calendar: [
        { on: '2027-01-15', what: 'Relevé du quatrième trimestre', state: 'COMING', source: 'Plan de contrôle' },
      ],
      history: [
        {
          number: '8',
          at: '2026-05-04T09:12:00Z',
          user: 'facilitatrice',
          text: 'Clause posée sur le lot 1 : 833 h d’insertion.',
        },
        {
          number: '5',
          at: '2026-04-09T08:00:00Z',
          user: 'facilitatrice',
          text: 'Remise de 50 h décidée par l’acheteur.',
          withdrawnBy: '7',
        },
        { number: '3', at: '2026-04-01T08:00:00Z', user: 'exploitant', text: 'Contrat publié par l’acheteur.' },
      ],
    }),
  ],
  'contracts/ObligationById': [
    [...READERS, 'BUYER', 'COMPANY'],
    (r, q) => found(r.obligations.find((o) => o.obligationId === q.obligationId)),
  ],
  'contracts/CompanyLedger': [
    [...READERS, 'COMPANY'],
    (r, q, session) => {
      const own = r.obligations.filter((o) => o.contractorOrganisation === session.organisation);
      const sum = (pick) => own.reduce((total, o) => total + pick(o), 0).toFixed(2);
      return {
        lines: own.map((obligation) => ({ obligation })),
        total: {
          due: sum((o) => Number(o.due)),
          done: sum((o) => Number(o.done)),
          converted: sum((o) => Number(o.converted)),
          remaining: sum((o) => Math.max(0, Number(o.remaining))),
          surplus: sum((o) => Math.max(0, -Number(o.remaining))),
        },
      };
    },
  ],
  'contracts/Obligations': [
    [...READERS, 'COMPANY'],
    (r, q) =>
      page(
        r.obligations
          .filter((o) => !q.contractorOrganisation || o.contractorOrganisation === q.contractorOrganisation)
          .map(({ entries, ...o }) => o),
        q,
        'obligations',
      ),
  ],
  'contracts/Needs': [
    [...READERS, 'PRESCRIBER'],
    (r, q) =>
      page(
        r.needs.filter((n) => !q.territory || n.territory === q.territory),
        q,
        'needs',
      ),
  ],
  'directory/CountsByKind': [READERS, (r) => ({ counts: r.partners })],
  'notifications/RecentNotices': [READERS, (r, q) => page(r.notices, q, 'notices')],
  'notifications/Inbox': [
    ['PRESCRIBER', 'COMPANY'],
    (r, q) =>
      page(
        r.notices.filter((n) => !q.unreadOnly || !n.read),
        q,
        'notices',
      ),
  ],
  'notifications/OwnNotices': [
    ['FACILITATOR', 'COORDINATOR', 'BUYER', 'COMPANY'],
    (r, q) =>
      page(
        r.changes.filter((n) => !q.unreadOnly || !n.read),
        q,
        'notices',
      ),
  ],
  'tracking/Placements': [
    ['FACILITATOR', 'COMPANY', 'STRUCTURE'],
    (r, q) => secondPartition(r.placements, q, 'placements'),
  ],
  'tracking/PlacementById': [
    ['FACILITATOR', 'COMPANY'],
    (r, q) => found(r.placements.find((p) => p.placementId === q.placementId)),
  ],
  'tracking/MonthSheet': [LISTERS, (r, q) => secondPartition(monthLines(r, q), q, 'lines')],
  'tracking/HoursByMonth': [['FACILITATOR'], (r, q) => secondPartition(waiting(r, q), q, 'lines')],
  'directory/PreviewOrganisations': [['FACILITATOR', 'COORDINATOR', 'OPERATOR'], (r, q) => ({ report: partnersReport(q) })],
  'directory/OrganisationImports': [['FACILITATOR', 'COORDINATOR', 'OPERATOR'], (r, q) => page([], q, 'imports')],
  'contracts/PreviewProgramme': [
    ['FACILITATOR', 'COORDINATOR', 'BUYER'],
    (r, { programme }) => ({ report: programmeReport(programme, false) }),
  ],
  'contracts/ProgrammeImports': [[...READERS, 'BUYER'], (r, q) => page(r.programmes, q, 'imports')],
  'tracking/PreviewHours': [LISTERS, (r, q, session) => ({ report: hoursReport(r, q, session, false) })],
  'tracking/PreviewBeneficiaries': [['PRESCRIBER', 'FACILITATOR'], (r, q) => ({ report: personsReport(q, false) })],
  'tracking/Imports': [[...LISTERS, 'PRESCRIBER', 'COORDINATOR', 'AUDITOR'], (r, q) => page(r.imports, q, 'imports')],
  'accounts/Exports': [['AUDITOR', 'COORDINATOR', 'DATA_PROTECTION'], () => ({ exports: [{ at: '2026-11-02T09:12:00Z', accountId: '01a22dba-9897-7000-bf49-e3f0a3660320', user: 'claire.martin', role: 'FACILITATOR', method: 'contracts.FinalStatement', form: 'pdf', what: '{}', place: '192.0.2.7' }] })],
  'tracking/FileReadings': [['AUDITOR', 'COORDINATOR', 'DATA_PROTECTION'], (r, q) => secondPartition(r.readings, q, 'readings')],
  'accounts/LinkPurposes': [
    MAKERS,
    () => ({
      purposes: [
        { purpose: 'LINK_DECLARE_MONTH', roles: ['COMPANY', 'STRUCTURE'], object: 'placementId', ofMonth: true, method: 'tracking.SubmitHours' },
        { purpose: 'LINK_NAME_RESPONSIBLE', roles: ['COMPANY'], object: 'obligationId', method: 'contracts.NameResponsible' },
      ],
    }),
  ],
  'accounts/Links': [
    MAKERS,
    () => ({
      links: [
        {
          link: { linkId: uuid(901), purpose: 'LINK_DECLARE_MONTH', role: 'COMPANY', organisationId: COMPANY, objectId: uuid(1), month: '2026-10', territory: '31', days: 30, byMail: true },
          state: 'LINK_OPEN', givenAt: '2026-11-02T09:12:00Z', givenBy: 'claire.martin', sentAt: '2026-11-02T09:12:04Z', ends: '2026-12-02T09:12:04Z', sendings: 1,
        },
        {
          link: { linkId: uuid(902), purpose: 'LINK_NAME_RESPONSIBLE', role: 'COMPANY', organisationId: COMPANY, objectId: uuid(2), territory: '31', days: 30 },
          state: 'LINK_USED', givenAt: '2026-10-02T09:12:00Z', givenBy: 'claire.martin', ends: '2026-11-01T09:12:00Z', usedAt: '2026-10-03T07:00:00Z', usedWhat: '', sendings: 1,
        },
      ],
    }),
  ],
  'accounts/Users': [
    ['FACILITATOR', ...EVERYWHERE],
    (r, q, session) =>
      page(
        r.accounts
          .filter((a) => EVERYWHERE.includes(session.role) || a.awaitsConsent)
          .filter((a) => !q.awaitingOnly || a.awaitsConsent)
          .map((a) => ({ ...a, mayConfirm: !!a.awaitsConsent && ['FACILITATOR', 'COORDINATOR'].includes(session.role) })),
        q,
        'users',
      ),
  ],
};

const COMMANDS = {
  'tracking/ImportBeneficiaries': [['PRESCRIBER', 'FACILITATOR'], (r, c) => ({ report: personsReport(c, true) })],
  'accounts/CreateUser': [
    ['OPERATOR'],
    (r, c, session) => {
      const userId = uuid(700 + r.accounts.length);
      r.accounts.unshift({ ...c, userId, createdBy: session.user, createdAt: r.accounts[0].createdAt, awaitsConsent: true });
      return { userId };
    },
  ],
  'accounts/ConfirmUser': [
    ['FACILITATOR', 'COORDINATOR'],
    (r, c, session) => {
      const a = found(r.accounts.find((x) => x.name === c.name));
      delete a.awaitsConsent;
      Object.assign(a, { confirmedByName: session.user, confirmedAt: a.createdAt, tokenEnds: '2027-05-27T10:00:00Z' });
      return { userId: a.userId, token: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8', tokenEnds: a.tokenEnds };
    },
  ],
  'notifications/MarkNoticeRead': [
    ['PRESCRIBER', 'FACILITATOR'],
    (r, c) => {
      found([...r.notices, ...r.changes].find((n) => n.noticeId === c.noticeId)).read = true;
      return {};
    },
  ],
  'contracts/DeclareNeed': [
    ['COMPANY', 'FACILITATOR'],
    (r, c) => {
      const { contractorName } = found(r.obligations.find((o) => o.obligationId === c.obligationId));
      if (!/^[A-Z]\d{4}$/.test(c.romeCode))
        throw new No(422, 'INVALID_FIELD', 'Le code ROME s’écrit avec une lettre et quatre chiffres.', 'romeCode');
      const need = { ...c, needId: uuid(410 + r.needs.length), territory: c.commune.slice(0, 2), contractorName };
      r.needs.push(need);
      const notice = { noticeId: uuid(800 + r.needs.length), kind: 'NEED_OPENED', title: `Nouveau besoin : ${c.title}` };
      r.notices.unshift({ ...notice, at: new Date().toISOString(), organisationName: contractorName });
      for (const stream of r.streams) stream.write(event(++r.position, 'notices', { notices: [{ box: 'BOX_RECENT', notice }] }));
      return { needId: need.needId, territory: need.territory };
    },
  ],
  'contracts/ImportProgramme': [
    ['FACILITATOR', 'COORDINATOR', 'BUYER'],
    (r, c) => ({ report: programmeReport(c, true) }),
  ],
  'tracking/ImportHours': [
    LISTERS,
    (r, c, session) => {
      const report = hoursReport(r, c, session, true);
      const of = (outcome) => report.rows.filter((row) => row.outcome === outcome).length;
      r.imports.unshift({
        batchId: report.batchId,
        list: 'hours',
        fileName: c.list.fileName,
        at: new Date().toISOString(),
        user: session.user,
        isWhole: true,
        created: of('ROW_CREATED'),
        rejected: of('ROW_REJECTED'),
      });
      return { report };
    },
  ],
  'tracking/UndoHoursImport': [
    LISTERS,
    (r, c) => {
      if (!c.reason) throw new No(400, 'INVALID_FIELD', 'Dites pourquoi cet import est annulé.', 'reason');
      const batch = found(r.imports.find((b) => b.batchId === c.batchId));
      Object.assign(batch, { undoneAt: new Date().toISOString(), undoneBecause: c.reason });
      return { report: { takenBack: 1, kept: 1, rows: [{ number: 3, why: 'ces heures ont été validées depuis' }] } };
    },
  ],
  'tracking/ValidateMonth': [
    ['FACILITATOR'],
    (r, c) => {
      const verdicts = c.decisions.map(({ placementId, hours }) => {
        const m = r.placements.find((p) => p.placementId === placementId)?.months.find((x) => x.month === c.month);
        if (!m) return { placementId, refusal: { code: 'WRONG_STATE', text: 'Aucune heure n’est déclarée pour ce mois.' } };
        m.validated = hours ?? m.submitted;
        return { placementId, hours: m.validated };
      });
      return { verdicts, validated: verdicts.filter((v) => v.hours).length };
    },
  ],
};

const event = (id, name, data) => `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

// As the gateway's, from now on: what was told before is not told again.
function listen(request, response, r) {
  actor(request);
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write(event(r.position, 'open', { position: String(r.position) }));
  r.streams.add(response);
  response.on('close', () => r.streams.delete(response));
}

// One method, or '': all. As the gateway describes it: guichetctl, which is built, makes it of the same.
async function description(method, session) {
  const words = ['describe', ...(method ? [method.replace('/', '.')] : []), '--openapi', '--as', session.role, '--dir',
    '/nowhere'];
  const { stdout } = await run(CTL, words, { cwd: ROOT, maxBuffer: 1 << 24 });
  return JSON.parse(stdout);
}

function actor(request) {
  const session = SESSIONS[(request.headers.authorization ?? '').replace(/^Bearer /, '')];
  if (!session)
    throw new No(401, 'NOT_AUTHENTICATED', 'Ce jeton d’accès n’est pas reconnu. Vérifiez-le ou demandez-en un autre.');
  return session;
}

function call(table, method, session, r, body) {
  const row = table[method];
  if (!row) throw new No(404, 'UNKNOWN_METHOD', 'Cette demande n’existe pas.');
  if (!row[0].includes(session.role)) throw notAllowed();
  return { reply: row[1](r, body, session), position: '2210' };
}

async function api(request, url, r) {
  if (url.pathname === '/health') return r.health;
  const session = actor(request);
  if (url.pathname === '/v1/session') return session;
  if (url.pathname === '/v1/openapi.json') return description('', session);
  if (url.pathname.startsWith(DESCRIPTION)) return description(url.pathname.slice(DESCRIPTION.length), session);
  if (url.pathname === '/v1/table') return table(request, session);
  const method = url.pathname.slice('/v1/'.length);
  const ofList = /Preview/.test(method);
  if (request.method === 'GET' && ofList) throw new No(405, 'UNKNOWN_METHOD', 'Envoyez la liste par POST, dans le corps.');
  if (request.method === 'GET') return call(QUERIES, method, session, r, JSON.parse(url.searchParams.get('q') ?? '{}'));
  if (!ofList && !UUID7.test(request.headers['idempotency-key'] ?? ''))
    throw new No(400, 'MALFORMED', 'L’en-tête Idempotency-Key doit être un UUID de version 7.');
  let text = '';
  for await (const chunk of request) text += chunk;
  return call(ofList ? QUERIES : COMMANDS, method, session, r, JSON.parse(text));
}

// As the gateway answers for a plain CSV; "%PDF" is what it refuses.
async function table(request, session) {
  if (!TABLE_GIVERS.includes(session.role)) throw notAllowed();
  const bytes = [];
  for await (const chunk of request) bytes.push(chunk);
  const text = new TextDecoder().decode(Buffer.concat(bytes));
  if (text.startsWith('%PDF'))
    throw new No(400, 'MALFORMED', 'Ce fichier n’a pas pu être lu : c’est un PDF : demandez la liste en tableur.');
  const rows = text.split(/\r?\n/).filter(Boolean);
  return {
    table: {
      encoding: 'UTF-8',
      separator: ';',
      hasMark: false,
      fileHash: Buffer.alloc(32, text).toString('base64'),
      header: 1,
      rows: rows.map((row, i) => ({ number: i + 1, cells: row.split(';') })),
    },
  };
}

async function file(url) {
  const path = normalize(url.pathname === '/' ? '/index.html' : url.pathname);
  return [await readFile(join(DIST, path)), TYPES[extname(path)] ?? 'application/octet-stream'];
}

export async function startStub(port = 0) {
  const r = { ...region(), streams: new Set(), position: 2210 };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://stub');
    const send = (status, type, body) =>
      response
        .writeHead(status, {
          'Content-Type': type,
          'Content-Security-Policy': CSP,
          'X-Content-Type-Options': 'nosniff',
        })
        .end(body);
    try {
      if (url.pathname === '/v1/stream') return listen(request, response, r);
      if (url.pathname === '/metrics') return send(200, 'text/plain', `guichet_http_streams{instance="stub"} ${r.streams.size}\n`);
      if (url.pathname.startsWith('/v1/') || url.pathname === '/health')
        return send(200, 'application/json', JSON.stringify(await api(request, url, r)));
      const [body, type] = await file(url);
      return send(200, type, body);
    } catch (error) {
      const refused = error instanceof No ? error : notFound();
      return send(refused.status, 'application/problem+json', JSON.stringify(refused.problem));
    }
  });
  await new Promise((done) => server.listen(port, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    tokens: TOKENS,
    region: r,
    company: COMPANY,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const stub = await startStub(Number(process.env.PORT ?? 0));
  for (const [role, token] of Object.entries(stub.tokens)) console.log(`${role}: ${stub.url}/#jeton=${token}`);
}
