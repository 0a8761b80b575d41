// Writes generated/api.d.ts, the types of the client that this page uses, and generated/methods.json, what may be asked by
// whom, from what the network says of itself (`guichetctl describe --openapi`, which scripts/web keeps in
// build/openapi.json; no network needs to run).
import openapiTS, { astToString } from 'openapi-typescript';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';

const DESCRIPTION = process.env.GUICHET_OPENAPI ?? '../../../build/openapi.json';
const TYPES = 'generated/api.d.ts';
const METHODS = 'generated/methods.json';

// In JSON whatever holds nothing may be left out, so every field of an answer may. These a line always has: it is about
// them. What is no field of its message is an error.
const ALWAYS = {
  'contracts.ContractFactsReply': ['contract'],
  'contracts.ContractView': ['contractId'],
  'contracts.ContractLine': ['contractId'],
  'contracts.ClauseView': ['clauseId'],
  'contracts.ObligationView': ['obligationId'],
  'contracts.NeedView': ['needId'],
  'contracts.AgreementView': ['agreementId'],
  'contracts.ReferralView': ['referralId'],
  'contracts.CalendarLine': ['on'],
  'contracts.HistoryLine': ['number'],
  'accounts.UserView': ['userId', 'name', 'role'],
  'notifications.NoticeView': ['noticeId'],
  'notifications.DayItem': ['waitId'],
  'tracking.PlacementView': ['placementId'],
  'tracking.HoursLine': ['placementId'],
  'tracking.MonthLine': ['placementId'],
  'tracking.FileReading': ['beneficiaryId'],
  'types.ImportBatch': ['batchId'],
  'types.ListColumn': ['column', 'field'],
  'types.ListRow': ['number'],
  'types.RowVerdict': ['number'],
  'types.KeptRow': ['number'],
};

async function isFresh() {
  const [of, made, by] = await Promise.all([DESCRIPTION, METHODS, 'client.mjs'].map((path) => stat(path).catch(() => null)));
  if (!of) throw new Error(`${DESCRIPTION} is not there: run scripts/web`);
  return made !== null && made.mtimeMs > of.mtimeMs && made.mtimeMs > by.mtimeMs;
}

// A question is a parameter that holds JSON: its type is that of the question, not of its text.
function* parametersOf({ paths }) {
  for (const operations of Object.values(paths))
    for (const { parameters } of Object.values(operations)) yield* parameters ?? [];
}

// What a menu needs to know before it asks for the description of one method: its title, who may, whether it changes
// anything.
function methodsOf({ paths }) {
  const told = Object.entries(paths).flatMap(([path, verbs]) =>
    Object.entries(verbs)
      .filter(([, o]) => o['x-guichet-roles'] && /^\/v1\/[a-z]+\/[A-Z]\w+$/.test(path))
      .map(([verb, o]) => [o.operationId, { title: o.summary, roles: o['x-guichet-roles'], acts: verb === 'post' }]),
  );
  return Object.fromEntries(told);
}

async function write() {
  const description = JSON.parse(await readFile(DESCRIPTION, 'utf8'));
  for (const [name, fields] of Object.entries(ALWAYS)) {
    const schema = description.components.schemas[name];
    for (const field of fields)
      if (!schema?.properties?.[field]) throw new Error(`${name}.${field} is no field any more: correct client.mjs`);
    schema.required = [...new Set([...(schema.required ?? []), ...fields])];
  }
  for (const parameter of parametersOf(description)) parameter.schema ??= parameter.content['application/json'].schema;
  await mkdir('generated', { recursive: true });
  await writeFile(TYPES, astToString(await openapiTS(description)));
  await writeFile(METHODS, JSON.stringify(methodsOf(description)));
}

if (!(await isFresh())) await write();
