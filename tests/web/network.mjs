// A whole network of its own for the specs: the daemons that build/dev holds, on free ports of this machine, with the
// demo region. Nothing is left behind.
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

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

// Mails leave for `mailbox`, with links that lead to this gateway.
async function sendMails(directory, mailbox, http) {
  const file = join(directory, 'topology.json');
  const topology = JSON.parse(await readFile(file, 'utf8'));
  for (const instance of topology.instances.filter((i) => i.service === 'notifications'))
    instance.settings = {
      ...instance.settings,
      smtp_url: mailbox.url,
      mail_from: 'guichet@exemple.fr',
      smtp_tls: 'none',
      public_address: `http://${http}`,
    };
  await writeFile(file, JSON.stringify(topology, null, 2));
}

export async function startNetwork() {
  const directory = await mkdtemp(join(tmpdir(), 'guichet-web-'));
  const ctl = (...words) => promisify(execFile)(CTL, [...words, '--dir', directory], { cwd: ROOT });
  const http = `127.0.0.1:${await freePort()}`;
  await ctl('init', '--demo', '--base-port', '0', '--http', http);
  const mailbox = await startMailbox();
  await sendMails(directory, mailbox, http);
  const up = spawn(CTL, ['up', '--dir', directory], { cwd: ROOT, stdio: 'ignore' });
  const stop = async () => {
    if (up.exitCode === null && up.kill('SIGTERM')) await once(up, 'exit');
    mailbox.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await ctl('wait');
    await ctl('demo');
    return { url: `http://${http}`, mailbox, tokens: join(directory, 'tokens.json'), ctl, stop };
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
