// A real OpenID provider (npm's oidc-provider) on a port of this machine, in two profiles: as strict as ProConnect, and
// a generic one that demands PKCE. Whoever comes is the person that `next` says, without a page to fill in.
import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Provider } from 'oidc-provider';
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

export const SECRET = 'a secret of tests: 100 % + &';

// The gateway's file of providers, with the secret that all of them share.
export async function writeProviders(directory, providers) {
  const secret = join(directory, 'secret');
  await writeFile(secret, `${SECRET}\n`);
  await chmod(secret, 0o600);
  const file = join(directory, 'providers.json');
  await writeFile(file, JSON.stringify({ providers: providers.map((one) => ({ client_secret_file: 'secret', ...one })) }));
  return file;
}

// What ProConnect's documentation lists; it answers 400 to any other.
const AUTHORIZE = ['response_type', 'client_id', 'redirect_uri', 'scope', 'claims', 'state', 'nonce', 'prompt', 'idp_hint', 'login_hint'];

async function signingKey(alg, kid) {
  const made =
    alg === 'ES256'
      ? await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' })
      : await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return { ...made.privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg };
}

function settings(profile, client, keys, person) {
  const strict = profile === 'proconnect';
  return {
    clients: [client],
    jwks: { keys },
    claims: { openid: ['sub', 'acr', 'amr'], email: ['email'], idp_id: ['idp_id'], acr: null, amr: null },
    scopes: ['openid', 'email', 'idp_id'],
    acrValues: ['eidas1', 'eidas2'],
    ttl: { AuthorizationCode: strict ? 30 : 60, AccessToken: 60, IdToken: 60, Interaction: 60, Grant: 60, Session: 60 },
    pkce: { required: () => !strict, methods: ['S256'] },
    features: {
      devInteractions: { enabled: false },
      claimsParameter: { enabled: true },
      jwtUserinfo: { enabled: true },
    },
    cookies: { keys: ['a key for tests'] },
    findAccount: (context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: person.email, ...(strict ? { idp_id: person.idp } : {}) }),
    }),
    loadExistingGrant: async (context) => {
      const grant = new context.oidc.provider.Grant({ accountId: context.oidc.session.accountId, clientId: client.client_id });
      grant.addOIDCScope('openid email idp_id');
      grant.addOIDCClaims(['sub', 'email', 'idp_id', 'acr', 'amr']);
      await grant.save();
      return grant;
    },
    interactions: { url: (context, interaction) => `/enter/${interaction.uid}` },
  };
}

// `redirect`: the gateway's callback. What comes back: the issuer, `person` to change, and `asked`: each authorize address.
export async function startProvider({ profile, alg, redirect, secret }) {
  const person = { sub: 'person-1', email: 'marie@example.fr', idp: 'ministry-1', acr: 'eidas1', amr: ['pwd'] };
  const asked = [];
  const strict = profile === 'proconnect';
  const client = {
    client_id: 'guichet',
    client_secret: secret,
    redirect_uris: [redirect],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    id_token_signed_response_alg: alg,
    token_endpoint_auth_method: strict ? 'client_secret_post' : 'client_secret_basic',
    ...(strict ? { userinfo_signed_response_alg: alg } : {}),
  };
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const keys = [await signingKey(alg, 'key-1')];
  const provider = new Provider(issuer, settings(profile, client, keys, person));
  const answer = provider.callback();
  server.on('request', async (request, response) => {
    const url = new URL(request.url, issuer);
    if (url.pathname.startsWith('/enter/')) {
      const login = { accountId: person.sub, acr: person.acr, amr: person.amr, remember: false };
      await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
      return;
    }
    if (url.pathname === '/auth') {
      asked.push(url);
      if (strict && [...url.searchParams.keys()].some((name) => !AUTHORIZE.includes(name))) {
        response.writeHead(400).end('Y000400 : Bad Request Exception');
        return;
      }
    }
    answer(request, response);
  });
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { issuer, person, asked, stop };
}
