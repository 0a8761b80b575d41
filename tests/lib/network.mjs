// A whole network of its own for tests from outside: the daemons that build/dev holds, on free ports of this machine;
// with the demo region, a mailbox, more gateways, settings of its own where that is wanted. Nothing is left behind.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startMailbox } from './mailbox.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CTL = process.env.GUICHETCTL ?? join(ROOT, 'build/dev/bin/guichetctl');

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

// Gateways like the first, and each service's settings: { gateway: {…}, notifications: {…} }.
async function shape(directory, origins, settings) {
  const path = join(directory, 'topology.json');
  const topology = JSON.parse(await readFile(path, 'utf8'));
  const first = topology.instances.find(({ service }) => service === 'gateway');
  for (const [i, origin] of origins.entries()) {
    if (i === 0) continue;
    const name = `gateway-${i + 1}`;
    const [endpoint, events] = [await freePort(), await freePort()].map((port) => `tcp://127.0.0.1:${port}`);
    topology.instances.push({ ...first, name, endpoint, events, http: new URL(origin).host, store: join(directory, 'stores', name) });
  }
  for (const instance of topology.instances) instance.settings = { ...instance.settings, ...settings[instance.service] };
  await writeFile(path, JSON.stringify(topology, null, 2));
}

// Mails leave for `mailbox`, with links that lead to the first gateway.
const mailSettings = (mailbox, origin) => ({ smtp_url: mailbox.url, mail_from: 'guichet@exemple.fr', smtp_tls: 'none', public_address: origin });

// The daemons of a network that runs, by service: their process ids.
async function processes(up) {
  const children = await readFile(`/proc/${up.pid}/task/${up.pid}/children`, 'utf8');
  const found = [];
  for (const pid of children.trim().split(' ')) {
    const [program] = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
    found.push({ pid: Number(pid), service: /guichet-(\w+)$/.exec(program)?.[1] });
  }
  return found;
}

// `settings(network)` by service, once it is known where things are. Gives { origin, origins, directory, mailbox, tokens,
// ctl, account, logs, hold, stop }.
export async function startNetwork({ demo = false, mail = false, gateways = 1, settings = async () => ({}) } = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'guichet-tests-'));
  const ctl = (...words) => promisify(execFile)(CTL, [...words, '--dir', directory], { cwd: ROOT });
  const origins = [];
  for (let i = 0; i < gateways; i++) origins.push(`http://127.0.0.1:${await freePort()}`);
  const [origin] = origins;
  await ctl('init', ...(demo ? ['--demo'] : []), '--base-port', '0', '--http', new URL(origin).host);
  const mailbox = mail ? await startMailbox() : undefined;
  const own = await settings({ directory, origins });
  await shape(directory, origins, { ...own, ...(mail && { notifications: { ...mailSettings(mailbox, origin), ...own.notifications } }) });
  if (gateways > 1) await ctl('init'); // keys of those that were added
  const up = spawn(CTL, ['up', '--dir', directory], { cwd: ROOT, stdio: 'ignore' });
  const stop = async () => {
    if (up.exitCode === null && up.kill('SIGTERM')) await once(up, 'exit');
    mailbox?.stop();
    await rm(directory, { recursive: true, force: true });
  };

  // The token of a new account, once the first gateway knows it. `consent`: the token of who confirms it, where its role asks that.
  const account = async (name, role, { territory = '31', organisation, consent } = {}) => {
    const of = organisation ?? (role === 'BUYER' ? '0197f000-0000-7000-8000-000000000001' : undefined);
    const added = await ctl('user', 'add', name, '--role', role, '--territory', territory, ...(of ? ['--organisation', of] : []));
    const token = /[A-Za-z0-9_-]{43}/.exec((await confirmed(name, consent)) ?? added.stdout)[0];
    const headers = { authorization: `Bearer ${token}` };
    while ((await fetch(`${origin}/v1/session`, { headers })).status !== 200) await new Promise((done) => setTimeout(done, 20));
    return token;
  };
  const confirmed = async (name, consent) => {
    if (!consent) return undefined;
    const file = join(directory, 'consent');
    await writeFile(file, `${consent}\n`, { mode: 0o600 });
    const waits = await ctl('user', 'confirm', name, '--consent', file).catch(() => undefined); // not every role does
    return waits?.stdout;
  };
  const logs = (instance = 'gateway-1') => readFile(join(directory, 'logs', `${instance}.log`), 'utf8');

  // While `act` runs, the daemons of these services do nothing at all.
  const hold = async (services, act) => {
    const held = (await processes(up)).filter(({ service }) => services.includes(service));
    if (held.length < services.length) throw new Error(`not all of ${services} run`);
    for (const { pid } of held) process.kill(pid, 'SIGSTOP');
    try {
      return await act();
    } finally {
      for (const { pid } of held) process.kill(pid, 'SIGCONT');
    }
  };

  try {
    await ctl('wait');
    if (demo) await ctl('demo');
    return { origin, origins, directory, mailbox, tokens: join(directory, 'tokens.json'), ctl, account, logs, hold, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

// The tokens that `guichetctl demo` leaves, by role in lower case.
export async function readTokens(file) {
  const entries = Object.entries(JSON.parse(await readFile(file, 'utf8')));
  return Object.fromEntries(entries.map(([role, { token }]) => [role.toLowerCase(), token]));
}
