// The door as an attacker finds it: what each answer guards a browser from, requests that two readers would read
// otherwise, other people's pages, guesses, floods, bombs, and what is left of an account that was ended. Identity
// providers and their addresses: sign_in.test.mjs; links: tests/integration/test_links.c; passports between daemons:
// tests/unit/common/codec/test_passport.c; each parser has a fuzz target (scripts/fuzz).
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { startNetwork } from '../lib/network.mjs';
import { Browser } from './browser.mjs';

const GOOD = 'quatre mots sans lien';
const secrets = [GOOD]; // what no log may hold
let network;

before(async () => {
  network = await startNetwork();
});
after(async () => {
  await network?.stop();
});

const at = (path) => `${network.origin}${path}`;
const OWN = () => ({ origin: network.origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' });

async function post(browser, path, body, headers = OWN()) {
  return browser.fetch(at(path), { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
}

// Somebody with a password, signed in by a browser.
async function person(name) {
  const token = await network.account(name, 'BUYER');
  const browser = new Browser();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  assert.equal((await post(browser, '/v1/password', { password: GOOD }, headers)).status, 200);
  secrets.push(token, browser.jar(network.origin).get('__Host-guichet'));
  return browser;
}
const status = async (browser) => (await browser.fetch(at('/v1/session'))).status;

// Bytes to the gateway, and all that comes back until it closes.
async function raw(text) {
  const { hostname, port } = new URL(network.origin);
  const socket = connect(Number(port), hostname);
  let said = '';
  socket.on('data', (piece) => (said += piece.toString('latin1')));
  socket.on('error', () => undefined); // it may hang up in the midst of a flood
  socket.write(text);
  await once(socket, 'close');
  return said;
}

test('every answer guards the browser that gets it', async () => {
  const cases = ['/', '/v1/session', '/v1/nowhere', '/nowhere', '/v1/openapi.json', '/l/x', '/l/renvoi', '/health', '/v1/demo'];
  for (const path of cases) {
    const { headers } = await fetch(at(path));
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src '(self|none)'/, path);
    assert.match(policy, /frame-ancestors 'none'/, path);
    assert.match(policy, /base-uri 'none'/, path);
    assert.doesNotMatch(policy, /unsafe|\*/, path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
    assert.equal(headers.get('x-frame-options'), 'DENY', path);
    assert.equal(headers.get('referrer-policy'), 'no-referrer', path);
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin', path);
    assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin', path);
    assert.equal(headers.get('access-control-allow-origin'), null, path);
    assert.equal(headers.get('server'), null, path);
    assert.equal(headers.get('set-cookie'), null, path);
  }
  const flawed = await raw('GET / HTTP/1.1\nHost: x\n\n');
  assert.match(flawed, /^HTTP\/1\.1 400 [\s\S]*\r\nX-Content-Type-Options: nosniff\r\n/);
});

test('no address leads out of the page', async () => {
  const paths = [
    '/../../../../etc/passwd',
    '/..%2f..%2f..%2fetc%2fpasswd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/assets/..\\..\\etc\\passwd',
    '/..;/..;/etc/passwd',
    '//etc/passwd',
    '/./../index.html/../../etc/passwd',
    '/app.js%00.txt',
    '/v1/problems/..%2f..%2fetc%2fpasswd',
    '/v1/files/tracking/..%2f..%2fetc%2fpasswd',
  ];
  for (const path of paths) {
    const said = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    assert.match(said, /^HTTP\/1\.1 4\d\d /, path);
    assert.doesNotMatch(said, /root:/, path);
  }
});

test('what two readers would read otherwise is read by none', async () => {
  const inner = 'GET /v1/problems/NOT_FOUND HTTP/1.1\r\nHost: x\r\n\r\n';
  const shapes = {
    'length and chunks': `Content-Length: ${inner.length + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
    'two lengths': `Content-Length: 0\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`,
    'a list of lengths': `Content-Length: 0, ${inner.length}\r\n\r\n${inner}`,
    'a signed length': `Content-Length: +${inner.length}\r\n\r\n${inner}`,
    'a length in hex': `Content-Length: 0x0\r\n\r\n${inner}`,
    'another encoding': `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${inner}`,
    'two encodings': `Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${inner}`,
    'a blank before the colon': `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${inner}`,
    'a folded line': `X-A: b\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
    'a bare line feed': `X-A: b\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
    'a zero byte': `X-A: b\0c\r\nContent-Length: 0\r\n\r\n${inner}`,
    'a chunk with a sign': `Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n${inner}`,
    'a chunk beyond all': `Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n${inner}`,
    'a chunk without its end': `Transfer-Encoding: chunked\r\n\r\n1\r\nab0\r\n\r\n${inner}`,
    'two hosts': `Host: y\r\nContent-Length: 0\r\n\r\n${inner}`,
  };
  for (const [name, rest] of Object.entries(shapes)) {
    const said = await raw(`POST /v1/sign-in HTTP/1.1\r\nHost: x\r\n${rest}`);
    assert.match(said, /^HTTP\/1\.1 4\d\d /, name);
    assert.equal(said.match(/HTTP\/1\.1 \d\d\d /g).length, 1, `${name}: the request inside was answered`);
  }
});

test('another page does nothing with a session', async () => {
  const browser = await person('csrf.essai');
  const session = () => post(browser, '/v1/accounts/EndOtherSessions', {}, {});
  assert.equal((await session()).status, 403); // nobody says whose page asks
  for (const headers of [
    { origin: 'https://ailleurs.example', 'content-type': 'text/plain' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: network.origin },
    { origin: network.origin.replace('http:', 'https:') + '.ailleurs.example' },
  ]) {
    const answer = await post(browser, '/v1/accounts/SignOut', {}, headers);
    assert.equal(answer.status, 403, JSON.stringify(headers));
    assert.equal(answer.headers.get('access-control-allow-origin'), null);
  }
  const preflight = await browser.fetch(at('/v1/accounts/SignOut'), {
    method: 'OPTIONS',
    headers: { origin: 'https://ailleurs.example', 'access-control-request-method': 'POST' },
  });
  assert.equal(preflight.headers.get('access-control-allow-origin'), null);
  assert.equal(preflight.headers.get('access-control-allow-credentials'), null);
  assert.equal(await status(browser), 200);
});

test('a session that was planted is never the one that is signed in', async () => {
  await person('fixe.essai');
  const planted = 'A'.repeat(43);
  const browser = new Browser();
  browser.jar(network.origin).set('__Host-guichet', planted);
  assert.equal((await post(browser, '/v1/sign-in', { name: 'fixe.essai', password: GOOD })).status, 200);
  const key = browser.jar(network.origin).get('__Host-guichet');
  assert.notEqual(key, planted);
  secrets.push(key);
  const victim = new Browser();
  victim.jar(network.origin).set('__Host-guichet', planted);
  assert.equal(await status(victim), 401);
});

test('who guesses waits, whatever he says of where he comes from', async () => {
  await person('devine.essai');
  const browser = new Browser();
  const guess = (password, place) =>
    post(browser, '/v1/sign-in', { name: 'devine.essai', password }, { ...OWN(), 'x-forwarded-for': place });
  // On a slow machine a short delay may be over before the right password is tried, and all begins anew: so it is tried in
  // a long one.
  for (let i = 0; ; i++) {
    assert.ok(i < 60, 'no guess ever had to wait');
    const begun = performance.now();
    const answer = await guess(`un essai de plus ${i}`, `192.0.2.${i}`);
    assert.ok([401, 429].includes(answer.status));
    if (answer.status === 401) continue;
    const waitMs = Number(answer.headers.get('retry-after')) * 1000;
    assert.ok(waitMs >= 1000);
    if (waitMs < 8000) {
      await new Promise((done) => setTimeout(done, waitMs));
      continue;
    }
    const right = await guess(GOOD, '198.51.100.1');
    if (right.status === 429) break; // even the right one
    assert.ok(performance.now() - begun >= waitMs - 1000, 'the right password did not wait');
  }
});

test('nothing tells which accounts there are', async (t) => {
  await person('connue.essai');
  const times = { 'connue.essai': [], 'inconnue.essai': [] };
  const bodies = new Set();
  for (let i = 0; i < 4; i++) {
    for (const name of Object.keys(times)) {
      const begun = performance.now();
      const answer = await post(new Browser(), '/v1/sign-in', { name, password: `un mot de passe ${i}` });
      times[name].push(performance.now() - begun);
      assert.equal(answer.status, 401);
      bodies.add(await answer.text());
      assert.equal(answer.headers.get('set-cookie'), null);
    }
  }
  assert.equal(bodies.size, 1);
  for (const [name, list] of Object.entries(times)) t.diagnostic(`${name}: ${list.map((ms) => ms.toFixed(0)).join(' ')} ms`);
});

test('floods and bombs end in a refusal', async () => {
  const big = 'x'.repeat(300 * 1024);
  const deep = '['.repeat(100000) + ']'.repeat(100000);
  assert.equal((await post(new Browser(), '/v1/sign-in', { name: 'a', password: big })).status, 413);
  assert.equal((await post(new Browser(), '/v1/sign-in', deep)).status, 400);
  assert.equal((await post(new Browser(), '/v1/sign-in', `{"name":${deep},"password":"x"}`)).status, 400);
  assert.match(await raw(`GET /${'a'.repeat(40000)} HTTP/1.1\r\nHost: x\r\n\r\n`), /^HTTP\/1\.1 414 /);
  assert.match(await raw(`GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(70000)}\r\n\r\n`), /^HTTP\/1\.1 431 /);
  assert.match(await raw(`GET / HTTP/1.1\r\nHost: x\r\n${'X-A: b\r\n'.repeat(200)}\r\n`), /^HTTP\/1\.1 431 /);
  assert.match(await raw(`GET / HTTP/1.1\r\nHost: x\r\nCookie: a=${'b'.repeat(5000)}\r\n\r\n`), /^HTTP\/1\.1 431 /);
  const browser = await person('bombe.essai');
  const { status: told } = await browser.fetch(at('/v1/table'), {
    method: 'POST',
    headers: { ...OWN(), 'content-type': 'application/octet-stream' },
    body: bomb(),
  });
  assert.equal(told, 400);
  assert.equal(await status(browser), 200);
});

// A workbook of a few hundred kilobytes whose sheet is 300 MiB of blanks.
function bomb() {
  const files = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml': '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets><sheet name="a" sheetId="1"/></sheets></workbook>',
    'xl/worksheets/sheet1.xml': Buffer.alloc(300 * 1024 * 1024, ' '),
  };
  const pieces = [], directory = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const packed = deflateRawSync(content), size = Buffer.byteLength(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(size, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, place, Buffer.from(name)]));
    pieces.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory), end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...pieces, central, end]);
}

test('of an account that was ended nothing opens any more', async () => {
  const browser = await person('finie.essai');
  const other = new Browser();
  assert.equal((await post(other, '/v1/sign-in', { name: 'finie.essai', password: GOOD })).status, 200);
  const made = await post(browser, '/v1/accounts/MakeProgramKey', { label: 'tableau', scopes: ['contracts:read'] });
  const { token } = (await made.json()).reply;
  secrets.push(token);
  const program = () => fetch(at('/v1/session'), { headers: { authorization: `Bearer ${token}` } });
  assert.equal((await program()).status, 200);
  await network.ctl('user', 'revoke', 'finie.essai');
  const begun = performance.now();
  while ((await status(browser)) !== 401 || (await status(other)) !== 401 || (await program()).status !== 401)
    assert.ok(performance.now() - begun < 60000);
  assert.equal((await post(other, '/v1/sign-in', { name: 'finie.essai', password: GOOD })).status, 401);
});

test('no log holds a secret', async () => {
  const directory = join(network.directory, 'logs');
  for (const file of await readdir(directory)) {
    const text = await readFile(join(directory, file), 'utf8');
    for (const secret of secrets) assert.ok(!text.includes(secret), `${file} holds a secret`);
  }
});
