// scripts/bench http: the same durable insert and read by id over HTTP, by Guichet and by Fastify + pg (http_peer.mjs, the
// best of 1 to 4 workers), one after the other on this machine, wrk on the same processors. Prints one JSON object.
//
//     node http.mjs BIN DIRECTORY "postgresql://…" SECONDS
import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';

const [bin, directory, url, seconds] = process.argv.slice(2);
const HERE = dirname(fileURLToPath(import.meta.url));
const CONNECTIONS = { post: 128, get: 32 };
const READ = 1000; // organisations that are read
const ONLY = ['accounts', 'directory', 'gateway']; // who has a part in it
const run = promisify(execFile);
const note = (text) => console.error(text);

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function until(look) {
  for (;;) {
    if (await look().catch(() => false)) return;
    await new Promise((done) => setTimeout(done, 20));
  }
}

async function end(process) {
  if (process.exitCode === null && process.kill('SIGTERM')) await once(process, 'exit');
}

let runs = 0;
async function wrk(target, mode, port, token, ids) {
  const env = { ...process.env, MODE: mode, TARGET: target, TOKEN: token, IDS: ids, RUN: `${target}${runs++}` };
  const { stdout } = await run(
    'wrk',
    ['-t1', `-c${CONNECTIONS[mode]}`, `-d${seconds}s`, '--timeout', '30s', '-s', join(HERE, 'http.lua'), `http://127.0.0.1:${port}`],
    { env },
  );
  const result = JSON.parse(/^RESULT (.*)$/m.exec(stdout)[1]);
  if (result.not_ok > 0 || result.lost > 0) throw new Error(`${target} ${mode}: ${stdout}`);
  return { per_s: result.requests / result.seconds, p99_ms: result.p99_ms };
}

async function measure(target, port, token, put) {
  const ids = join(directory, `${target}.ids`);
  const made = [];
  for (let i = 0; i < READ; i++) made.push(await put(i));
  await writeFile(ids, made.join('\n') + '\n');
  const get = await wrk(target, 'get', port, token, ids);
  const post = await wrk(target, 'post', port, token, ids);
  return { get, post };
}

const sample = (i) => ({
  kind: 'ACI', name: `Chantier d’insertion ${i}`, source: 'essai', sourceId: `lu-${i}`, territory: '31', city: 'Toulouse',
  postcode: '31000', commune: '31555',
});

async function asked(port, path, token, body) {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const said = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(said));
  return said;
}

async function guichet() {
  const dir = join(directory, 'http');
  const ctl = (...words) => run(join(bin, 'guichetctl'), [...words, '--dir', dir]);
  const port = await freePort();
  await ctl('init', '--base-port', '0', '--http', `127.0.0.1:${port}`);
  const file = join(dir, 'topology.json');
  const topology = JSON.parse(await readFile(file, 'utf8'));
  topology.instances = topology.instances.filter((i) => ONLY.includes(i.service));
  for (const i of topology.instances) if (i.service === 'gateway') Object.assign(i.settings, { requests_per_s: 0 });
  await writeFile(file, JSON.stringify(topology, null, 1));
  const up = spawn(join(bin, 'guichetctl'), ['up', '--dir', dir], { stdio: 'ignore' });
  try {
    await ctl('wait');
    const account = { name: 'essai', role: 'OPERATOR', territories: ['*'] };
    const { stdout } = await ctl('call', 'accounts', 'CreateUser', JSON.stringify(account));
    const token = /"token": *"([^"]+)"/.exec(stdout)[1];
    return await measure('guichet', port, token, async (i) => {
      const { reply } = await asked(port, '/v1/directory/PutOrganisation', token, { organisation: sample(i) });
      return reply.organisationId;
    });
  } finally {
    await end(up);
  }
}

const TABLES = `
  drop table if exists organisation, request, event, account;
  create table organisation (id uuid primary key, siret text not null, kind text not null, name text not null,
    territory text not null, city text, postcode text, commune text, source text not null, source_id text not null,
    closed boolean not null default false, unique (source, source_id, kind));
  create index on organisation (territory, kind);
  create table request (key uuid primary key, hash bytea not null, organisation uuid not null, at timestamptz default now());
  create table event (number bigserial primary key, at timestamptz not null, account uuid not null, body jsonb not null);
  create table account (id uuid primary key, hash bytea unique not null, role text not null);`;

async function peer(workers) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(TABLES);
  const token = randomBytes(32).toString('base64url');
  const hash = createHash('sha256').update(token).digest();
  await client.query('insert into account values ($1, $2, $3)', [randomUUID(), hash, 'OPERATOR']);
  await client.end();
  const port = await freePort();
  const process = spawn('node', [join(HERE, 'http_peer.mjs'), url, String(workers), String(port)], { stdio: 'ignore' });
  try {
    await until(async () => (await asked(port, '/organisations', token, sample('premier'))).organisationId);
    return await measure('peer', port, token, async (i) => (await asked(port, '/organisations', token, sample(i))).organisationId);
  } finally {
    await end(process);
  }
}

const tell = (name, { get, post }) =>
  note(`${name}: ${post.per_s.toFixed(0)} POST/s (p99 ${post.p99_ms} ms), ${get.per_s.toFixed(0)} GET/s (p99 ${get.p99_ms} ms)`);

const own = await guichet();
tell('guichet', own);
const best = {};
for (let workers = 1; workers <= 4; workers++) {
  const one = await peer(workers);
  tell(`fastify, ${workers} worker(s)`, one);
  for (const mode of ['get', 'post']) if (!best[mode] || one[mode].per_s > best[mode].per_s) best[mode] = { ...one[mode], workers };
}
const figures = {};
for (const mode of ['post', 'get'])
  Object.assign(figures, {
    [`${mode}_per_s`]: own[mode].per_s,
    [`${mode}_p99_ms`]: own[mode].p99_ms,
    [`peer_${mode}_per_s`]: best[mode].per_s,
    [`peer_${mode}_p99_ms`]: best[mode].p99_ms,
    [`peer_${mode}_workers`]: best[mode].workers,
    [`${mode}_ratio`]: own[mode].per_s / best[mode].per_s,
  });
console.log(JSON.stringify(figures));
