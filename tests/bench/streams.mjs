// scripts/bench streams: 5,000 open event streams, each of an account of its own, at a gateway of the demo region: what it
// holds in memory, and how long from a need's answer until its alert has come on every one of them.
//
//     node streams.mjs BIN DIRECTORY
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const [bin, directory] = process.argv.slice(2);
const STREAMS = 5000;
const AT_ONCE = 64; // accounts that are made, and streams that are opened, beside each other
const ROUNDS = 5;
const run = promisify(execFile);
const dir = join(directory, 'streams');
const ctl = (...words) => run(join(bin, 'guichetctl'), [...words, '--dir', dir]);
const note = (text) => console.error(text);

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

const port = await freePort();
const url = `http://127.0.0.1:${port}`;

async function ask(token, path, body) {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
  const response = await fetch(`${url}/v1/${path}`, init);
  const said = await response.json();
  if (!response.ok) throw new Error(`${path}: ${JSON.stringify(said)}`);
  return said.reply;
}

// `count` times, AT_ONCE beside each other.
async function each(count, act) {
  let next = 0;
  const one = async () => {
    for (let i = next++; i < count; i = next++) await act(i);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

class Stream {
  heard = 0;
  open(token) {
    return new Promise((done, fail) => {
      this.socket = connect(port, '127.0.0.1', () =>
        this.socket.write(`GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`),
      );
      let text = '';
      this.socket.on('error', fail);
      this.socket.on('close', () => fail(new Error(`a stream was closed: ${text}`)));
      this.socket.on('data', (bytes) => {
        text += bytes.toString('latin1');
        if (text.includes('event: open')) done();
        const parts = text.split('event: notices');
        this.heard += parts.length - 1;
        text = parts.at(-1).slice(-20);
        if (parts.length > 1) this.told?.();
      });
    });
  }
}

async function memory(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)[1]) / 1024;
}

await ctl('init', '--base-port', '0', '--http', `127.0.0.1:${port}`);
const file = join(dir, 'topology.json');
const topology = JSON.parse(await readFile(file, 'utf8'));
for (const i of topology.instances)
  if (i.service === 'gateway') Object.assign(i.settings, { requests_per_s: 0, streams_max: STREAMS });
await writeFile(file, JSON.stringify(topology, null, 1));
const up = spawn(join(bin, 'guichetctl'), ['up', '--dir', dir], { stdio: 'ignore' });
try {
  await ctl('wait');
  await ctl('demo');
  const tokens = JSON.parse(await readFile(join(dir, 'tokens.json'), 'utf8'));
  const { instances } = await (await fetch(`${url}/health`)).json();
  const pid = instances.find((i) => i.instance.startsWith('gateway')).pid;
  const { obligations } = await ask(tokens.COMPANY.token, 'contracts/Obligations?page.limit=1');
  const { needs } = await ask(tokens.FACILITATOR.token, 'contracts/Needs?page.limit=1');
  const listeners = [];
  await each(STREAMS, async (i) => {
    const account = { name: `ecoute-${i}`, role: 'OPERATOR', territories: ['*'] };
    listeners.push((await ask(tokens.OPERATOR.token, 'accounts/CreateUser', account)).token);
  });
  const before = await memory(pid);
  const streams = listeners.map(() => new Stream());
  await each(STREAMS, (i) => streams[i].open(listeners[i]));
  const open = await memory(pid);
  note(`${STREAMS} streams: ${before.toFixed(1)} MiB before, ${open.toFixed(1)} MiB open`);
  const reach = [];
  let most = open;
  for (let round = 1; round <= ROUNDS; round++) {
    const everybody = Promise.all(
      streams.map((s) => s.heard >= round || new Promise((done) => (s.told = () => s.heard >= round && done()))),
    );
    await ask(tokens.COMPANY.token, 'contracts/DeclareNeed', {
      obligationId: obligations[0].obligationId,
      romeCode: 'F1703',
      title: `Poste ${round}`,
      positions: 1,
      startsOn: new Date(Date.now() + 30 * 86400e3).toISOString().slice(0, 10),
      commune: needs[0].commune,
      modality: 'DIRECT_HIRE',
    });
    const begun = performance.now();
    await everybody;
    reach.push(performance.now() - begun);
    most = Math.max(most, await memory(pid));
    note(`round ${round}: all reached after ${reach.at(-1).toFixed(0)} ms`);
    await new Promise((done) => setTimeout(done, 1000));
  }
  console.log(
    JSON.stringify({
      streams: STREAMS,
      rss_mib_before: before,
      rss_mib_open: open,
      rss_mib_most: most,
      reach_all_ms_median: reach.sort((a, b) => a - b)[ROUNDS >> 1],
      reach_all_ms_worst: reach.at(-1),
    }),
  );
  for (const s of streams) {
    s.socket.removeAllListeners('close');
    s.socket.on('close', () => undefined);
    s.socket.destroy();
  }
} finally {
  if (up.exitCode === null && up.kill('SIGTERM')) await once(up, 'exit');
}
process.exit(0);
