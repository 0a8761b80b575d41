// Whose it is comes first, through HTTP: every method that a stranger may ask is asked by her with ids of things of the
// demo region that are none of her business, and answers what it answers for an id that nobody ever gave: same status,
// same text. And nothing that she may list holds one of these ids. The methods, their fields and examples are those of
// the description, so that a new one is asked by being there. The same over engines, with private contracts, row by
// row of the tables of rights: tests/integration/test_strangers.c.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startNetwork } from '../lib/network.mjs';

const IDS_OF_A_KIND = 2; // that are asked in each field of their name
const HERS = '0197f000-0000-7000-8000-000000000001'; // an organisation of which no contract is
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const AT_ONCE = 32;
const nobodys = (id) => `${id.slice(0, -4)}dead`; // of the same partition, which every id tells

// What may be read of what is not one's own (docs/ACCESS.md): the directory by all; programmes, imported lists and sent
// figures by who watches over the whole; public contracts by every facilitator, their needs by whom they are for.
const OF_ALL = ['organisation', 'line', 'batch', 'report'];
const OF_CONTRACTS = ['contract', 'clause', 'obligation', 'need', 'case', 'agreement', 'draft', 'referral', 'question', 'offer'];
const READ_BY = { FACILITATOR: [...OF_ALL, ...OF_CONTRACTS], STRUCTURE: [...OF_ALL, 'need'], PRESCRIBER: [...OF_ALL, 'need'] };
const mayRead = (role, kind) => (READ_BY[role] ?? OF_ALL).includes(kind);
const MAY_ANSWER = ['contracts.PublishedAnswers', 'contracts.Needs']; // a question to everybody, about a contract
const OF_ANY_KIND = ['thing', 'about', 'object', 'subject', 'wait']; // ids that tell no kind by their name
const STRANGERS = {
  'autre.departement': { role: 'FACILITATOR', territory: '62' },
  'autre.achat': { role: 'BUYER', territory: '31', organisation: HERS },
  'autre.entreprise': { role: 'COMPANY', territory: '31', organisation: HERS },
  'autre.structure': { role: 'STRUCTURE', territory: '31', organisation: HERS },
  'autre.prescription': { role: 'PRESCRIBER', territory: '31', organisation: HERS },
};

let network;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
const strangers = []; // { name, role, token, methods }
const known = new Map(); // kind of thing -> its ids

before(async () => {
  network = await startNetwork({ demo: true, settings: async () => ({ gateway: { requests_per_s: 0, requests_at_once: 64 } }) });
  const tokens = JSON.parse(await readFile(join(network.directory, 'tokens.json'), 'utf8'));
  for (const { token } of Object.values(tokens)) await harvest(token);
  for (const [name, { role, territory, organisation }] of Object.entries(STRANGERS)) {
    const token = await network.account(name, role, { territory, organisation, consent: tokens.COORDINATOR.token });
    strangers.push({ name, role, token, methods: await describe(token) });
  }
});
after(async () => {
  agent.destroy();
  await network?.stop();
});

// ---- asking

function ask(token, verb, path, body) {
  const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) };
  return new Promise((done, failed) => {
    const asked = request(`${network.origin}${path}`, { method: verb, headers, agent }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (piece) => (text += piece));
      answer.on('end', () => done({ status: answer.statusCode, text }));
    });
    asked.on('error', failed);
    asked.end(body && JSON.stringify(body));
  });
}

// What a method says to such a request, without the place in the log and what was asked.
async function said(token, method, body, id) {
  const query = method.verb === 'GET' ? `?q=${encodeURIComponent(JSON.stringify(body))}` : '';
  const { status, text } = await ask(token, method.verb, `${method.path}${query}`, query ? undefined : body);
  const reply = status === 200 ? JSON.stringify(JSON.parse(text).reply) : text;
  return `${status} ${id ? reply.replaceAll(id, 'ID') : reply}`;
}

// ---- what there is to be asked

const nameOf = (schema) => schema?.$ref?.split('/').pop();

// "partner.organisation", "persons[]": where ids stand in a request.
function idFields(schemas, type, outer = '', depth = 0) {
  return Object.entries(schemas[type]?.properties ?? {}).flatMap(([name, schema]) => {
    const path = `${outer}${name}${schema.type === 'array' ? '[]' : ''}`;
    const inner = nameOf(schema.type === 'array' ? schema.items : schema);
    if (inner === 'types.Id') return [path];
    return inner && depth < 2 ? idFields(schemas, inner, `${path}.`, depth + 1) : [];
  });
}

async function describe(token) {
  const { status, text } = await ask(token, 'GET', '/v1/openapi.json');
  assert.equal(status, 200);
  const { paths, components } = JSON.parse(text);
  return Object.entries(paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).flatMap(([verb, { operationId, parameters, requestBody }]) => {
      const content = (requestBody ?? parameters?.find(({ name }) => name === 'q'))?.content?.['application/json'];
      if (!content || !nameOf(content.schema)) return [];
      const fields = idFields(components.schemas, nameOf(content.schema));
      return [{ name: operationId, path, verb: verb.toUpperCase(), example: content.example ?? {}, fields }];
    }),
  );
}

// contractId, fromContractId and mergedContract name contracts.
const kindOf = (field) => {
  const word = field.replace(/\[\]/g, '').split('.').pop().replace(/Ids?$/, '').toLowerCase();
  return [...known.keys()].find((kind) => word.endsWith(kind)) ?? word;
};

function learn(value, name) {
  if (typeof value === 'string' && ID.test(value)) {
    const kind = /Id$/.test(name) ? name.replace(/Id$/, '').toLowerCase() : '';
    if (!kind || OF_ANY_KIND.includes(kind)) return;
    if (!known.has(kind)) known.set(kind, new Set());
    known.get(kind).add(value);
  } else if (Array.isArray(value)) value.forEach((one) => learn(one, name));
  else if (value && typeof value === 'object') for (const [inner, one] of Object.entries(value)) learn(one, inner);
}

// All that somebody of the region may list, then what each question tells of what was listed.
async function harvest(token) {
  const questions = (await describe(token)).filter(({ verb }) => verb === 'GET');
  for (const method of questions) {
    const { status, text } = await ask(token, 'GET', `${method.path}?q=${encodeURIComponent('{}')}`);
    if (status === 200) learn(JSON.parse(text).reply, '');
  }
  for (const method of questions)
    for (const field of method.fields.filter((path) => !/[.[]/.test(path)))
      for (const id of [...(known.get(kindOf(field)) ?? [])].slice(0, IDS_OF_A_KIND)) {
        const { status, text } = await ask(token, 'GET', `${method.path}?${field}=${id}`);
        if (status === 200) learn(JSON.parse(text).reply, '');
      }
}

function withId(example, field, id) {
  const body = structuredClone(example);
  let at = body;
  const steps = field.split('.');
  steps.forEach((step, n) => {
    const name = step.replace('[]', '');
    const isLast = n === steps.length - 1;
    if (step.endsWith('[]')) {
      at[name] = isLast ? [id] : [at[name]?.[0] ?? {}];
      at = at[name][0];
    } else {
      at[name] = isLast ? id : (at[name] ?? {});
      at = at[name];
    }
  });
  return body;
}

async function each(jobs, work) {
  const left = [...jobs];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let job = left.pop(); job; job = left.pop()) await work(job);
  }));
}

// ---- the tests

// Each field of each method that she may ask, with the first, the middle and the last id of its kind.
function questionsAbout(stranger) {
  return stranger.methods.flatMap((method) =>
    method.fields.flatMap((field) => {
      const ids = [...(known.get(kindOf(field)) ?? [])];
      const some = ids.length ? [ids[0], ids[ids.length >> 1], ids.at(-1)].slice(0, ids.length) : [];
      return [...new Set(some)].map((id) => ({ stranger, method, field, id, kind: kindOf(field) }));
    }),
  );
}

test('an id of somebody else is an id of nobody', async () => {
  const told = [];
  const methods = new Set();
  let asked = 0;
  await each(strangers.flatMap(questionsAbout), async ({ stranger, method, field, id, kind }) => {
    const hears = (one) => said(stranger.token, method, withId(method.example, field, one), one);
    const [real, none] = [await hears(id), await hears(nobodys(id))];
    methods.add(method.name);
    asked++;
    if (real === none || mayRead(stranger.role, kind) || MAY_ANSWER.includes(method.name)) return;
    told.push(`${stranger.name} ${method.name} ${field} ${id}\n  hers: ${real.slice(0, 300)}\n  none: ${none.slice(0, 300)}`);
  });
  console.log(`# ${asked} ids of ${known.size} kinds of things, in ${methods.size} methods, by ${strangers.length} strangers`);
  assert.deepEqual(told, []);
  assert.ok(methods.size > 150 && asked > 900, `only ${methods.size} methods, ${asked} ids`);
});

test('no list holds what is somebody else’s', async () => {
  const held = [];
  const kindsOf = new Map([...known].flatMap(([kind, ids]) => [...ids].map((id) => [id, kind])));
  let told = 0;
  await each(
    strangers.flatMap((stranger) => stranger.methods.filter(({ verb }) => verb === 'GET').map((method) => [stranger, method])),
    async ([stranger, method]) => {
      const reply = await said(stranger.token, method, {});
      const ids = [...new Set(reply.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g))].filter((id) => kindsOf.has(id));
      const others = ids.filter((id) => !mayRead(stranger.role, kindsOf.get(id)) && !MAY_ANSWER.includes(method.name));
      told += ids.length - others.length;
      if (others.length) held.push(`${stranger.name} ${method.name}: ${others.length} ids, ${kindsOf.get(others[0])} ${others[0]}`);
    },
  );
  assert.ok(told > 0, 'nothing that may be read was told');
  assert.deepEqual(held, []);
});
