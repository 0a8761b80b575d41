// A whole network of its own for the specs: the daemons that build/dev holds, on free ports of this machine, with the
// demo region. Nothing is left behind.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CTL = process.env.GUICHETCTL ?? join(ROOT, 'build/dev/bin/guichetctl');

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

export async function startNetwork() {
  const directory = await mkdtemp(join(tmpdir(), 'guichet-web-'));
  const ctl = (...words) => promisify(execFile)(CTL, [...words, '--dir', directory], { cwd: ROOT });
  const http = `127.0.0.1:${await freePort()}`;
  await ctl('init', '--demo', '--base-port', '0', '--http', http);
  const up = spawn(CTL, ['up', '--dir', directory], { cwd: ROOT, stdio: 'ignore' });
  const stop = async () => {
    if (up.exitCode === null && up.kill('SIGTERM')) await once(up, 'exit');
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await ctl('wait');
    await ctl('demo');
    return { url: `http://${http}`, tokens: join(directory, 'tokens.json'), ctl, stop };
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
