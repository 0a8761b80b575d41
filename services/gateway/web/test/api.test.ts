import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';
import { Api, Refused, listOf } from '../src/api.ts';
import { describe, formWords } from '../src/description.ts';
import { uuid7 } from '../src/uuid.ts';

// A browser has it; Node only since its version 19.
globalThis.crypto ??= webcrypto as Crypto;

interface Call {
  url: string; // without its host
  headers: Headers;
  body: string;
}
const BASE = 'http://gateway.test';
const COMMAND = 'tracking/SubmitHours';
const QUESTION = 'contracts/Needs';
const month = (n: number) => ({ month: `2026-0${n}`, hours: '1.00' });

// An Api whose answers are given in turn: a Response, or an error for a network that fails.
function apiWith(...answers: (Response | Error)[]): { api: Api; calls: Call[] } {
  const calls: Call[] = [];
  const doFetch = async (request: Request) => {
    const body = await request.text();
    calls.push({ url: request.url.replace(BASE, ''), headers: request.headers, body });
    const answer = answers.shift();
    assert.ok(answer, 'one call too many');
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { api: new Api('secret', doFetch, BASE), calls };
}

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const header = (call: Call | undefined, name: string) => call?.headers.get(name);

async function refusalOf(promise: Promise<unknown>): Promise<Refused> {
  const error = await promise.then(
    () => null,
    (caught: unknown) => caught,
  );
  assert.ok(error instanceof Refused, `refused, not ${String(error)}`);
  return error;
}

test('a query carries its request and the token, and gives reply and position', async () => {
  const { api, calls } = apiWith(json(200, { reply: { contracts: 3 }, position: '42' }));
  const answer = await api.query('reporting/Consolidation', { year: 2026, territory: '31' });
  assert.deepEqual(answer, { reply: { contracts: 3 }, position: 42 });
  const url = new URL(calls[0]!.url, 'http://x');
  assert.equal(url.pathname, '/v1/reporting/Consolidation');
  assert.deepEqual(JSON.parse(url.searchParams.get('q')!), { year: 2026, territory: '31' });
  assert.equal(header(calls[0], 'Authorization'), 'Bearer secret');
});

test('a document comes as a file, its refusal in words', async () => {
  const problem = { code: 'WRONG_STATE', detail: 'Personne ne doit d’heures sur ce contrat.' };
  const { api, calls } = apiWith(new Response('%PDF-1.7'), json(409, problem));
  assert.equal(await (await api.document('contracts/FinalStatement', { contractId: 'a b' })).text(), '%PDF-1.7');
  assert.equal(calls[0]!.url, '/v1/contracts/FinalStatement.pdf?q=%7B%22contractId%22%3A%22a+b%22%7D');
  assert.equal(header(calls[0], 'Authorization'), 'Bearer secret');
  assert.equal((await refusalOf(api.document('contracts/FinalStatement', {}))).message, problem.detail);
});

test('a form takes its words and bounds from the description, which is read once', async () => {
  const description = {
    components: {
      schemas: {
        'tracking.SubmitHours': {
          properties: {
            hours: { $ref: '#/components/schemas/types.Hours', title: 'Heures', 'x-guichet-most': '744.00' },
            note: { type: 'string', title: "L'avis", description: 'par exemple rien', maxLength: 60 },
          },
        },
      },
    },
  };
  const { api, calls } = apiWith(json(200, description));
  const words = formWords(await describe(api, 'tracking', 'SubmitHours'), 'tracking.SubmitHours');
  assert.equal(words['note']?.label, 'L’avis');
  assert.equal(words['note']?.help, 'Par exemple rien');
  assert.equal(words['note']?.maxLength, 60);
  assert.equal(words['hours']?.most, 744);
  await describe(api, 'tracking', 'SubmitHours');
  assert.deepEqual(calls.map((c) => c.url), ['/v1/openapi/tracking/SubmitHours']);
  assert.deepEqual(formWords(description, 'tracking.Nothing'), {});
});

test('an empty reply is an empty object', async () => {
  const { api } = apiWith(json(200, { position: 7 }));
  assert.deepEqual(await api.query(QUESTION), { reply: {}, position: 7 });
});

test('a refusal is thrown with its French text, field and status', async () => {
  const problem = { code: 'INVALID_FIELD', field: 'hours', detail: 'Un mois compte au plus 744 heures.' };
  const { api } = apiWith(json(422, problem));
  const error = await refusalOf(api.command(COMMAND, { month: '2026-01', hours: '900' }));
  assert.deepEqual(
    [error.code, error.field, error.message, error.status],
    ['INVALID_FIELD', 'hours', problem.detail, 422],
  );
});

test('a refusal without words still says something', async () => {
  for (const [status, words] of [
    [401, /jeton/],
    [403, /rôle/],
    [404, /refusée/],
    [500, /ne répond pas/],
  ] as const) {
    const { api } = apiWith(new Response('<html>', { status }));
    assert.match((await refusalOf(api.query(QUESTION))).message, words);
  }
});

test('an answer that is not JSON is a refusal, never a crash', async () => {
  const { api } = apiWith(new Response('hello', { status: 200 }));
  assert.equal((await refusalOf(api.query(QUESTION))).status, 200);
});

test('a network that fails is a refusal in French', async () => {
  const { api } = apiWith(new TypeError('Failed to fetch'));
  const error = await refusalOf(api.query(QUESTION));
  assert.deepEqual([error.code, error.status], ['UNAVAILABLE', 0]);
  assert.match(error.message, /Réessayez/);
});

test('a command is tried again with the same key while nothing answers', async () => {
  const busy = json(503, { code: 'UNAVAILABLE', detail: 'Disque plein.' });
  const { api, calls } = apiWith(new TypeError('reset'), busy, json(200, { reply: { hours: '1.00' }, position: 1 }));
  assert.deepEqual((await api.command('tracking/ValidateHours', { month: '2026-01' })).reply, { hours: '1.00' });
  const keys = calls.map((c) => header(c, 'Idempotency-Key'));
  assert.equal(keys.length, 3);
  assert.equal(new Set(keys).size, 1);
  assert.match(keys[0]!, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('what nobody answered is asked with its key when it is asked again, and with a new one after that', async () => {
  const silence = () => Array.from({ length: 3 }, () => new TypeError('reset'));
  const said = () => json(200, { reply: {}, position: 1 });
  const { api, calls } = apiWith(...silence(), said(), ...silence(), said(), said());
  await refusalOf(api.command(COMMAND, month(1)));
  await api.command(COMMAND, month(2));
  await refusalOf(api.command(COMMAND, month(1)));
  await api.command(COMMAND, month(1));
  await api.command(COMMAND, month(1));
  const keys = calls.map((c) => header(c, 'Idempotency-Key'));
  assert.equal(new Set([...keys.slice(0, 3), ...keys.slice(4, 8)]).size, 1);
  assert.equal(new Set(keys).size, 3);
});

test('a refusal is an answer: what is asked after it has a key of its own', async () => {
  const refusal = { code: 'WRONG_STATE', detail: 'Déjà validées.' };
  const { api, calls } = apiWith(json(409, refusal), json(200, { reply: {}, position: 1 }));
  await refusalOf(api.command(COMMAND, month(1)));
  await api.command(COMMAND, month(1));
  assert.equal(new Set(calls.map((c) => header(c, 'Idempotency-Key'))).size, 2);
});

test('a command that a rule refused is not tried again', async () => {
  const { api, calls } = apiWith(json(409, { code: 'WRONG_STATE', detail: 'Déjà validées.' }));
  await refusalOf(api.command(COMMAND, month(1)));
  assert.equal(calls.length, 1);
});

test('three silent attempts are enough', async () => {
  const { api, calls } = apiWith(...Array.from({ length: 3 }, () => new TypeError('reset')));
  assert.equal((await refusalOf(api.command(COMMAND, month(1)))).code, 'UNAVAILABLE');
  assert.equal(calls.length, 3);
});

test('a read that was given up says so to its caller', async () => {
  const abort = new AbortController();
  const doFetch = async () => {
    abort.abort();
    throw new DOMException('given up', 'AbortError');
  };
  const api = new Api('secret', doFetch, BASE);
  await assert.rejects(api.query(QUESTION, {}, abort.signal), { name: 'AbortError' });
});

test('keys are UUID version 7 and grow with time', () => {
  const at = Date.UTC(2026, 10, 22);
  assert.match(uuid7(at), /^01a2008d-7400-7/);
  assert.ok(uuid7(at) < uuid7(at + 1));
  assert.notEqual(uuid7(at), uuid7(at));
});

const numbers = listOf('tracking/Placements', {}, (r) => (r as { items?: number[] }).items);
const page = (items: number[], next?: string) => json(200, { reply: { items, next }, position: 1 });
const pageOf = (call: Call) => JSON.parse(new URL(call.url, 'http://x').searchParams.get('q')!).page;

test('a list goes on over partitions that have little or nothing', async () => {
  const { api, calls } = apiWith(page([], 'two'), page([1, 2], 'three'), page([3], 'four'));
  assert.deepEqual(await api.list(numbers, 3), { items: [1, 2, 3], next: 'four' });
  assert.deepEqual(calls.map(pageOf), [{ limit: 3 }, { limit: 3, after: 'two' }, { limit: 1, after: 'three' }]);
});

test('a list ends where there is no next', async () => {
  const { api, calls } = apiWith(page([7]));
  assert.deepEqual(await api.list(numbers, 50, 'here'), { items: [7], next: '' });
  assert.deepEqual(calls.map(pageOf), [{ limit: 50, after: 'here' }]);
});

test('health is read even where an instance does not serve', async () => {
  const { api } = apiWith(json(503, { instances: [{ instance: 'a', state: 'unreachable' }] }), json(503, {}));
  assert.equal((await api.health()).instances?.length, 1);
  assert.equal((await refusalOf(api.health())).status, 503);
});
