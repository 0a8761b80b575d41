// Signing in by identity providers: a real one in two profiles, and one that lies.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { hmac, Key, startLiar, unsigned } from './liar.mjs';
import { freePort, startNetwork } from '../lib/network.mjs';
import { Browser } from './browser.mjs';
import { SECRET, startProvider, writeProviders } from './provider.mjs';

let network, liar, marie;
const real = {};

const PROFILES = {
  'strict-rsa': { profile: 'proconnect', alg: 'RS256' },
  'strict-ec': { profile: 'proconnect', alg: 'ES256' },
  generic: { profile: 'generic', alg: 'RS256' },
};

// One of each profile, one that lies, and one that does not answer.
async function providers(origin) {
  const entry = (name, more) => ({ name, label: `Chez ${name}`, client_id: 'guichet', redirect_uri: `${origin}/v1/oidc/${name}/callback`, ...more });
  const entries = [];
  for (const [name, { profile, alg }] of Object.entries(PROFILES)) {
    real[name] = await startProvider({ profile, alg, redirect: `${origin}/v1/oidc/${name}/callback`, secret: SECRET });
    entries.push(entry(name, { profile, alg, issuer: real[name].issuer, ...(profile === 'generic' ? { userinfo: 'json' } : {}) }));
  }
  entries.push(entry('liar', { profile: 'generic', issuer: liar.issuer }));
  entries.push(entry('away', { profile: 'generic', issuer: `http://127.0.0.1:${await freePort()}` }));
  return entries;
}

before(async () => {
  liar = await startLiar();
  network = await startNetwork({
    gateways: 2,
    settings: async ({ directory, origins: [origin] }) => ({ gateway: { oidc: await writeProviders(directory, await providers(origin)) } }),
  });
  marie = await network.account('marie', 'BUYER');
});

after(async () => {
  for (const one of Object.values(real)) await one.stop();
  await liar?.stop();
  await network?.stop();
});

beforeEach(() => liar.reset());

const at = (path) => `${network.origin}${path}`;
const isCallback = (address) => address.startsWith(network.origin) && new URL(address).pathname.endsWith('/callback');
const wordOf = (address) => new URLSearchParams(new URL(address).hash.split('?')[1]).get('motif');

// From the button to where the provider leads back, which is not asked yet.
async function comeBack(browser, name) {
  return browser.follow(at(`/v1/oidc/${name}/start`), isCallback);
}

async function bind(browser, name, token) {
  const response = await browser.fetch(at(`/v1/oidc/${name}/bind`), { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  assert.equal(response.status, 200);
  const { address } = await response.json();
  return browser.follow(address, (next) => isCallback(next));
}

async function whoIs(browser) {
  const response = await browser.fetch(at('/v1/session'));
  return response.status === 200 ? (await response.json()).user : null;
}

test('the list of providers is everybody\'s, and says no more than a button needs', async () => {
  const { providers } = await (await fetch(at('/v1/oidc'))).json();
  assert.deepEqual(providers[0], { name: 'strict-rsa', label: 'Chez strict-rsa', start: '/v1/oidc/strict-rsa/start' });
  assert.equal(providers.length, 5);
});

for (const name of Object.keys(PROFILES)) {
  test(`${name}: unknown at first, bound by who is signed in, then it opens`, async () => {
    const browser = new Browser();
    assert.equal(wordOf(await browser.follow(await comeBack(browser, name))), 'inconnu');
    assert.equal(await whoIs(browser), null);

    assert.equal(wordOf(await browser.follow(await bind(browser, name, marie))), 'liee');
    const end = await browser.follow(at(`/v1/oidc/${name}/start`));
    assert.equal(new URL(end).hash, '#/');
    assert.equal(await whoIs(browser), 'marie');

    const asked = real[name].asked.at(-1).searchParams;
    assert.ok(asked.get('state').length >= 32 && asked.get('nonce').length >= 32);
    assert.equal(asked.get('code_challenge_method'), name === 'generic' ? 'S256' : null);
  });
}

test('another subject, or the same of another ministry, is another person', async () => {
  const { person } = real['strict-rsa'];
  const browser = new Browser();
  person.idp = 'ministry-2';
  assert.equal(wordOf(await browser.follow(at('/v1/oidc/strict-rsa/start'))), 'inconnu');
  person.idp = 'ministry-1';
  person.sub = 'person-2';
  assert.equal(wordOf(await new Browser().follow(at('/v1/oidc/strict-rsa/start'))), 'inconnu');
  person.sub = 'person-1';
});

test('start takes no parameter; a provider that nobody configured is none', async () => {
  assert.equal((await fetch(at('/v1/oidc/generic/start?next=https://evil.example'))).status, 400);
  assert.equal((await fetch(at('/v1/oidc/nobody/start'))).status, 404);
  assert.equal((await fetch(at('/v1/oidc/nobody/callback?code=a&state=b'))).status, 404);
});

test('the cookie that binds the browser is of this host alone, and no script reads it', async () => {
  const response = await fetch(at('/v1/oidc/generic/start'), { redirect: 'manual' });
  assert.equal(response.status, 302);
  const [cookie] = response.headers.getSetCookie();
  assert.match(cookie, /^__Host-guichet-oidc=[\w-]{300,}; Max-Age=600; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
  assert.equal(response.headers.get('cache-control'), 'no-store');
});

test('a callback is taken once', async () => {
  const browser = new Browser();
  const back = await comeBack(browser, 'generic');
  const cookie = browser.jar(network.origin).get('__Host-guichet-oidc');
  assert.equal(new URL(await browser.follow(back)).hash, '#/');
  browser.jar(network.origin).set('__Host-guichet-oidc', cookie);
  assert.equal(wordOf(await browser.follow(back)), 'perime');
});

// What she was given at the first gateway, shown to the second.
function moved(browser) {
  const other = new Browser();
  for (const [name, value] of browser.jar(network.origin)) other.jar(network.origins[1]).set(name, value);
  return other;
}
const atSecond = (address) => address.replace(network.origin, network.origins[1]);
const whoAtSecond = async (browser) => (await (await browser.fetch(`${network.origins[1]}/v1/session`)).json()).user;

test('begun at one gateway, ended at another', async () => {
  const browser = new Browser();
  const back = await comeBack(browser, 'generic');
  const other = moved(browser);
  assert.equal(new URL(await other.follow(atSecond(back))).hash, '#/');
  assert.equal(await whoAtSecond(other), 'marie');
  assert.equal(other.jar(network.origins[1]).has('__Host-guichet-oidc'), false);
});

test('a cookie that was altered, and one that no gateway sealed, open nothing', async () => {
  for (const alter of [(cookie) => `${cookie.slice(0, 60)}${cookie[60] === 'A' ? 'B' : 'A'}${cookie.slice(61)}`, () => 'A'.repeat(400)]) {
    const browser = new Browser();
    const back = await comeBack(browser, 'generic');
    const jar = browser.jar(network.origin);
    jar.set('__Host-guichet-oidc', alter(jar.get('__Host-guichet-oidc')));
    assert.equal(wordOf(await browser.follow(back)), 'navigateur');
    assert.equal(await whoIs(browser), null);
  }
});

test('an altered state, and one of another provider, open nothing', async () => {
  const browser = new Browser();
  const back = new URL(await comeBack(browser, 'generic'));
  const cookie = browser.jar(network.origin).get('__Host-guichet-oidc');
  const state = back.searchParams.get('state');
  back.searchParams.set('state', (state[0] === 'A' ? 'B' : 'A') + state.slice(1));
  assert.equal(wordOf(await browser.follow(back.href)), 'perime');
  back.searchParams.set('state', state);
  browser.jar(network.origin).set('__Host-guichet-oidc', cookie);
  assert.equal(wordOf(await browser.follow(back.href.replace('/generic/', '/liar/'))), 'perime');
  assert.equal(await whoIs(browser), null);
});

test('a callback in another browser opens nothing, and leaves the first one its own', async () => {
  const browser = new Browser();
  const back = await comeBack(browser, 'generic');
  assert.equal(wordOf(await new Browser().follow(back)), 'navigateur');
  const other = new Browser();
  const own = await comeBack(other, 'generic');
  assert.equal(wordOf(await other.follow(back)), 'navigateur');
  assert.equal(await whoIs(other), null);
  assert.equal(new URL(await other.follow(own)).hash, '#/'); // nor does it end what that one began
  assert.equal(new URL(await browser.follow(back)).hash, '#/');
});

test('who says no at the provider hears no word of it', async () => {
  const browser = new Browser();
  const back = new URL(await comeBack(browser, 'generic'));
  back.searchParams.delete('code');
  back.searchParams.set('error', 'access_denied');
  back.searchParams.set('error_description', '<script>alert(1)</script>');
  assert.equal(await browser.follow(back.href), at('/#/connexion?motif=refus'));
});

test('an answer that names another issuer is not taken (RFC 9207)', async () => {
  const browser = new Browser();
  const back = new URL(await comeBack(browser, 'generic'));
  back.searchParams.set('iss', 'https://evil.example');
  assert.equal(wordOf(await browser.follow(back.href)), 'preuve');
});

test('an identity that opens one account is not bound to another', async () => {
  const paul = await network.account('paul', 'BUYER');
  const browser = new Browser();
  assert.equal(wordOf(await browser.follow(await bind(browser, 'generic', paul))), 'prise');
});

test('nobody binds without a session, nor by a program\'s key', async () => {
  assert.equal((await fetch(at('/v1/oidc/generic/bind'), { method: 'POST' })).status, 401);
  const made = await fetch(at('/v1/accounts/MakeProgramKey'), {
    method: 'POST',
    headers: { authorization: `Bearer ${marie}`, 'content-type': 'application/json' },
    body: JSON.stringify({ label: 'programme', scopes: ['*:read'] }),
  });
  const { reply } = await made.json();
  const response = await fetch(at('/v1/oidc/generic/bind'), { method: 'POST', headers: { authorization: `Bearer ${reply.token}` } });
  assert.equal(response.status, 403);
});

test('an identity is unbound by its holder, and opens nothing then', async () => {
  const headers = { authorization: `Bearer ${marie}`, 'content-type': 'application/json' };
  const { reply } = await (await fetch(at('/v1/accounts/OwnProviderBindings'), { headers })).json();
  const own = reply.bindings.find(({ label }) => label === 'Chez strict-ec');
  assert.equal(own.mail, 'marie@example.fr');
  const ended = await fetch(at('/v1/accounts/EndProviderBinding'), { method: 'POST', headers, body: JSON.stringify({ bindingId: own.bindingId }) });
  assert.equal(ended.status, 200);
  assert.equal(wordOf(await new Browser().follow(at('/v1/oidc/strict-ec/start'))), 'inconnu');
});

// ---- her own second factor

// RFC 6238 of a secret in base32, now.
function codeOf(secret) {
  const bits = [...secret.replace(/=+$/, '')].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const hash = createHmac('sha1', bytes).update(step).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

async function call(token, method, body) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(at(`/v1/accounts/${method}`), { method: 'POST', headers, body: JSON.stringify(body) });
  assert.equal(response.status, 200);
  return (await response.json()).reply;
}

const giveCode = (browser, code, headers = {}, origin = network.origin) =>
  browser.fetch(`${origin}/v1/oidc/code`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ code }) });

test('where the provider has seen no second factor, her own is asked for', async () => {
  const { person } = real.generic;
  const lea = await network.account('lea', 'BUYER');
  const browser = new Browser();
  person.sub = 'person-3';
  assert.equal(wordOf(await browser.follow(await bind(browser, 'generic', lea))), 'liee');
  const { secret } = await call(lea, 'BeginSecondFactor', {});
  const { recoveryCodes } = await call(lea, 'ConfirmSecondFactor', { code: codeOf(secret) });

  assert.equal(wordOf(await browser.follow(at('/v1/oidc/generic/start'))), 'code');
  assert.equal(await whoIs(browser), null);
  assert.equal((await giveCode(new Browser(), recoveryCodes[0])).status, 401); // another browser
  assert.equal((await giveCode(browser, recoveryCodes[0], { origin: 'https://evil.example' })).status, 403);
  assert.equal((await giveCode(browser, '')).status, 400);
  assert.equal((await giveCode(browser, 'AAAAAAAAAAAAAAAA')).status, 401);
  const answer = await giveCode(browser, recoveryCodes[0]);
  assert.equal(answer.status, 200);
  const said = await answer.json();
  assert.equal(said.outcome, 'SIGN_IN_OPEN');
  assert.ok(!said.key);
  assert.equal(await whoIs(browser), 'lea');
  assert.equal((await giveCode(browser, recoveryCodes[1])).status, 401); // it is over

  // Who guesses waits, here and at the other gateway.
  const other = new Browser();
  await other.follow(at('/v1/oidc/generic/start'));
  const twin = moved(other);
  for (let i = 0, status = 401; status !== 429; i++) {
    assert.ok(status === 401 && i < 60, `${status} after ${i} codes`);
    ({ status } = await (i % 2 ? giveCode(other, 'BBBBBBBBBBBBBBBB') : giveCode(twin, 'BBBBBBBBBBBBBBBB', {}, network.origins[1])));
  }
  person.sub = 'person-1';
});

test('where it has, none is asked for', async () => {
  const { person } = real['strict-rsa'];
  const nora = await network.account('nora', 'BUYER');
  let browser = new Browser();
  person.sub = 'person-4';
  await browser.follow(await bind(browser, 'strict-rsa', nora));
  const { secret } = await call(nora, 'BeginSecondFactor', {});
  await call(nora, 'ConfirmSecondFactor', { code: codeOf(secret) });
  assert.equal(wordOf(await browser.follow(at('/v1/oidc/strict-rsa/start'))), 'code');
  person.amr = ['pwd', 'mfa'];
  browser = new Browser(); // the provider remembers how the other one came
  assert.equal(new URL(await browser.follow(at('/v1/oidc/strict-rsa/start'))).hash, '#/');
  assert.equal(await whoIs(browser), 'nora');
  const by = new Browser();
  person.amr = ['pwd'];
  person.acr = 'eidas2';
  assert.equal(new URL(await by.follow(at('/v1/oidc/strict-rsa/start'))).hash, '#/');
  Object.assign(person, { sub: 'person-1', acr: 'eidas1' });
});

test('a session in a cookie binds where our own page asks, and no other', async () => {
  const browser = new Browser();
  await browser.follow(at('/v1/oidc/strict-rsa/start'));
  assert.equal(await whoIs(browser), 'marie');
  const post = (origin) => browser.fetch(at('/v1/oidc/generic/bind'), { method: 'POST', headers: { origin } });
  assert.equal((await post('https://evil.example')).status, 403);
  assert.equal((await browser.fetch(at('/v1/oidc/generic/bind'), { method: 'POST' })).status, 403);
  assert.equal((await post(network.origin)).status, 200);
});

// ---- the liar

// What comes of signing in there: the word, or null where it opened.
async function tryLiar(browser = new Browser()) {
  const response = await browser.fetch(at('/v1/oidc/liar/start'));
  const away = response.headers.get('location');
  if (!away.startsWith(liar.issuer)) return wordOf(new URL(away, network.origin).href);
  const asked = new URL(away).searchParams;
  liar.nonce = asked.get('nonce');
  liar.challenge = asked.get('code_challenge');
  return wordOf(await browser.follow(at(`/v1/oidc/liar/callback?code=a-code&state=${asked.get('state')}`)));
}

// New keys are asked for once a minute only: the first thing that the gateway hears of the liar is its real key.
let firstKey;
test('what has opened is taken nowhere a second time, even where the provider takes its code twice', async () => {
  const browser = new Browser();
  const begun = async (response) => {
    const asked = new URL(response).searchParams;
    liar.nonce = asked.get('nonce');
    return at(`/v1/oidc/liar/callback?code=a-code&state=${asked.get('state')}`);
  };
  firstKey = liar.key;
  liar.token = liar.tokens(() => firstKey.sign(liar.claims({ sub: 'liar-2' })));
  const bound = await browser.fetch(at('/v1/oidc/liar/bind'), { method: 'POST', headers: { authorization: `Bearer ${marie}` } });
  const binding = await begun((await bound.json()).address);
  const another = moved(browser);
  assert.equal(wordOf(await browser.follow(binding)), 'liee');
  assert.equal(wordOf(await another.follow(atSecond(binding))), 'perime');

  const back = await begun((await browser.fetch(at('/v1/oidc/liar/start'))).headers.get('location'));
  const twin = moved(browser);
  const cookie = browser.jar(network.origin).get('__Host-guichet-oidc');
  assert.equal(new URL(await browser.follow(back)).hash, '#/');
  assert.equal(await whoIs(browser), 'marie');
  assert.equal(wordOf(await twin.follow(atSecond(back))), 'perime');
  assert.equal(await whoAtSecond(twin), undefined);
  const again = new Browser();
  again.jar(network.origin).set('__Host-guichet-oidc', cookie);
  assert.equal(wordOf(await again.follow(back)), 'perime');
  assert.equal(await whoIs(again), null);
});

test('the liar\'s word is taken where all is well', async () => {
  liar.key = firstKey;
  assert.equal(await tryLiar(), 'inconnu'); // proven, and nobody's
  const [form] = liar.forms;
  assert.equal(form.get('code'), 'a-code');
  assert.ok(form.get('code_verifier').length >= 43);
  assert.equal(form.get('client_secret'), null); // by Basic
});

const lies = {
  'no signature (alg none)': () => unsigned(liar.claims(), firstKey.kid),
  'the public key as a secret, PEM (HS256)': () => hmac(liar.claims(), firstKey, firstKey.pem),
  'the public key as a secret, JWK (HS256)': () => hmac(liar.claims(), firstKey, JSON.stringify(firstKey.shown)),
  'the client\'s secret (HS256)': () => hmac(liar.claims(), firstKey, SECRET),
  'another\'s key under the same name': () => new Key(firstKey.kid).sign(liar.claims()),
  'a key that it shows in the head': () => {
    const own = new Key(firstKey.kid);
    return own.sign(liar.claims(), { jwk: own.shown });
  },
  'another audience': () => firstKey.sign(liar.claims({ aud: 'another' })),
  'several audiences without azp': () => firstKey.sign(liar.claims({ aud: ['another', 'guichet'] })),
  'another azp': () => firstKey.sign(liar.claims({ azp: 'another' })),
  'another issuer': () => firstKey.sign(liar.claims({ iss: 'https://connect.example.fr' })),
  'another nonce': () => firstKey.sign(liar.claims({ nonce: 'x'.repeat(43) })),
  'no nonce': () => firstKey.sign(liar.claims({ nonce: undefined })),
  'expired': () => firstKey.sign(liar.claims({ exp: Math.floor(Date.now() / 1000) - 120 })),
  'of tomorrow': () => firstKey.sign(liar.claims({ iat: Math.floor(Date.now() / 1000) + 86400 })),
  'another access token': () => firstKey.sign(liar.claims({ at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' })),
  'nobody': () => firstKey.sign(liar.claims({ sub: '' })),
  'a head that must be understood': () => firstKey.sign(liar.claims(), { crit: ['exp'] }),
};
for (const [name, idToken] of Object.entries(lies)) {
  test(`not taken: ${name}`, async () => {
    liar.token = liar.tokens(idToken);
    assert.equal(await tryLiar(), 'preuve');
  });
}

test('the same token twice: its nonce is the first sign-in\'s', async () => {
  let kept;
  liar.token = liar.tokens(() => (kept ??= firstKey.sign(liar.claims())));
  assert.equal(await tryLiar(), 'inconnu');
  assert.equal(await tryLiar(), 'preuve');
});

test('a token endpoint that leads elsewhere is not followed', async () => {
  for (const status of [301, 302, 307, 308]) {
    liar.token = (request, response) => response.writeHead(status, { location: `${liar.issuer}/stolen` }).end();
    assert.equal(await tryLiar(), 'fournisseur');
  }
  assert.equal(liar.counts['/stolen'], undefined);
});

test('an endless answer is cut off', async () => {
  liar.token = (request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = () => response.write(' '.repeat(65536), more);
    response.on('error', () => {});
    more();
  };
  assert.equal(await tryLiar(), 'fournisseur');
  liar.token = (request, response) => response.writeHead(200, { 'x-long': 'a'.repeat(12000), 'x-more': 'a'.repeat(12000) }).end('{}');
  assert.equal(await tryLiar(), 'fournisseur');
});

test('no answer, half an answer, and what is none', async () => {
  liar.token = (request) => request.socket.destroy();
  assert.equal(await tryLiar(), 'fournisseur');
  liar.token = (request, response) => response.writeHead(200).end('<html>');
  assert.equal(await tryLiar(), 'fournisseur');
  liar.token = (request, response) => response.writeHead(200).end('{"access_token":"a\\r\\nX: y","id_token":"a.b.c"}');
  assert.equal(await tryLiar(), 'fournisseur');
  liar.token = (request, response) => response.writeHead(400).end('{"error":"invalid_grant","error_description":"SECRET"}');
  assert.equal(await tryLiar(), 'perime');
});

test('a slow provider holds up nobody but who waits for it', async () => {
  let open = [];
  liar.token = (request, response) => open.push(response);
  const waiting = Promise.all([tryLiar(), tryLiar(), tryLiar(), tryLiar()]);
  while (open.length < 2) await new Promise((done) => setTimeout(done, 10));
  for (let i = 0; i < 20; i++) {
    const begun = performance.now();
    assert.equal((await fetch(at('/health'))).status, 200);
    assert.ok(performance.now() - begun < 1000);
  }
  liar.token = (request, response) => response.writeHead(503).end();
  for (const response of open) response.writeHead(503).end();
  assert.deepEqual(await waiting, ['fournisseur', 'fournisseur', 'fournisseur', 'fournisseur']);
});

test('a provider that says nothing is given up in time', { timeout: 30000 }, async () => {
  liar.token = () => {};
  const begun = performance.now();
  assert.equal(await tryLiar(), 'fournisseur');
  assert.ok(performance.now() - begun < 10000);
});

test('a provider that is away', async () => {
  assert.equal(wordOf(await new Browser().follow(at('/v1/oidc/away/start'))), 'fournisseur');
});

test('an unknown key is asked for again, at most once a minute', { timeout: 120000 }, async () => {
  liar.token = liar.tokens(() => liar.key.sign(liar.claims())); // a key that the gateway has not seen
  liar.keys = () => [firstKey.shown];
  assert.equal(await tryLiar(), 'preuve');
  assert.equal(await tryLiar(), 'preuve');
  assert.ok((liar.counts['/keys'] ?? 0) <= 1);
});

test('no secret, and nothing that a provider said, is in the log', async () => {
  const log = await network.logs();
  assert.match(log, /oidc\.refused/);
  for (const word of ['SECRET', SECRET, 'a-code', 'person-1', 'marie@example.fr', 'liar-1']) assert.ok(!log.includes(word), word);
});
