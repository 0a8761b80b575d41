// A network of its own, whose gateway knows the identity providers that `providers(origin)` returns, if any, and has the
// other settings that are given; with the demo region where that is wanted; and a browser's worth of cookies. Nothing is
// left behind.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CTL = process.env.GUICHETCTL ?? join(ROOT, 'build/dev/bin/guichetctl');
export const SECRET = 'a secret of tests: 100 % + &';

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function writeProviders(directory, providers) {
  const secret = join(directory, 'secret');
  await writeFile(secret, `${SECRET}\n`);
  await chmod(secret, 0o600);
  const file = join(directory, 'providers.json');
  await writeFile(file, JSON.stringify({ providers: providers.map((one) => ({ client_secret_file: 'secret', ...one })) }));
  return file;
}

async function configure(directory, settings) {
  const path = join(directory, 'topology.json');
  const topology = JSON.parse(await readFile(path, 'utf8'));
  for (const { service, settings: own } of topology.instances) if (service === 'gateway') Object.assign(own, settings);
  await writeFile(path, JSON.stringify(topology));
}

export async function startNetwork({ providers = async () => [], settings = {}, demo = false } = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'guichet-security-'));
  const ctl = (...words) => promisify(execFile)(CTL, [...words, '--dir', directory], { cwd: ROOT });
  const http = `127.0.0.1:${await freePort()}`;
  const origin = `http://${http}`;
  await ctl('init', ...(demo ? ['--demo'] : []), '--base-port', '0', '--http', http);
  const known = await providers(origin);
  await configure(directory, { ...settings, ...(known.length && { oidc: await writeProviders(directory, known) }) });
  const up = spawn(CTL, ['up', '--dir', directory], { cwd: ROOT, stdio: 'ignore' });
  const stop = async () => {
    if (up.exitCode === null && up.kill('SIGTERM')) await once(up, 'exit');
    await rm(directory, { recursive: true, force: true });
  };
  // The token of a new account, once the gateway knows it. `consent`: the token of who confirms it, where its role asks that.
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
  const logs = () => readFile(join(directory, 'logs', 'gateway-1.log'), 'utf8');
  try {
    await ctl('wait');
    if (demo) await ctl('demo');
    return { origin, directory, ctl, account, logs, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

// What a browser does of cookies and redirects, as far as these tests need it.
export class Browser {
  #jars = new Map();

  jar(address) {
    const { host } = new URL(address);
    if (!this.#jars.has(host)) this.#jars.set(host, new Map());
    return this.#jars.get(host);
  }

  async fetch(address, options = {}) {
    const jar = this.jar(address);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...options.headers, ...(cookie ? { cookie } : {}) };
    const response = await fetch(address, { ...options, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0\b/i.test(line) || /expires=thu, 01 jan 1970/i.test(line)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  // Goes on until `stops(address)` says that the next one is not to be asked, or there is none: that address.
  async follow(address, stops = () => false) {
    for (let hops = 0; hops < 12; hops++) {
      if (stops(address)) return address;
      const response = await this.fetch(address);
      const next = response.headers.get('location');
      if (!next) throw new Error(`${response.status} at ${address}: ${(await response.text()).slice(0, 300)}`);
      await response.arrayBuffer();
      address = new URL(next, address).href;
      if (new URL(address).hash) return address; // the page
    }
    throw new Error(`too many hops, the last to ${address}`);
  }
}
