// A provider that does what it should not: each test says what comes of the code, of its keys and of its metadata.
import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

const text = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

export class Key {
  constructor(kid) {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.kid = kid;
    this.private = privateKey;
    this.pem = publicKey.export({ type: 'spki', format: 'pem' });
    this.shown = { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
  }

  sign(claims, head = {}) {
    const said = `${text({ alg: 'RS256', kid: this.kid, ...head })}.${text(claims)}`;
    return `${said}.${createSign('RSA-SHA256').update(said).sign(this.private, 'base64url')}`;
  }
}

// The same without a signature, and with the public key as if it were a secret that both sides share.
export const unsigned = (claims, kid) => `${text({ alg: 'none', kid })}.${text(claims)}.`;
export function hmac(claims, key, secret) {
  const said = `${text({ alg: 'HS256', kid: key.kid })}.${text(claims)}`;
  return `${said}.${createHmac('sha256', secret).update(said).digest('base64url')}`;
}

export async function startLiar() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const liar = { issuer, counts: {}, nonce: '', forms: [] };
  const json = (response, value) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));

  liar.claims = (more) => {
    const now = Math.floor(Date.now() / 1000);
    return { iss: issuer, aud: 'guichet', sub: 'liar-1', nonce: liar.nonce, iat: now, exp: now + 60, ...more };
  };
  liar.tokens = (idToken) => (request, response) => json(response, { access_token: 'abc', token_type: 'Bearer', id_token: idToken() });
  // What each test begins with: all is well.
  liar.reset = () => {
    liar.key = new Key(`key-${Math.random()}`);
    liar.keys = () => [liar.key.shown];
    liar.metadata = {};
    liar.token = liar.tokens(() => liar.key.sign(liar.claims()));
    liar.counts = {};
    liar.forms = [];
  };
  liar.reset();

  server.on('request', async (request, response) => {
    const path = new URL(request.url, issuer).pathname;
    liar.counts[path] = (liar.counts[path] ?? 0) + 1;
    if (path === '/.well-known/openid-configuration')
      json(response, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        ...liar.metadata,
      });
    else if (path === '/keys') json(response, { keys: liar.keys() });
    else if (path === '/token') {
      let form = '';
      for await (const piece of request) form += piece;
      liar.forms.push(new URLSearchParams(form));
      liar.token(request, response);
    } else response.writeHead(404).end();
  });
  liar.stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return liar;
}
