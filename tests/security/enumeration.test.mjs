// Nobody learns by asking which addresses this network knows: "send me a link to sign in" and "send me my link again" say
// the same, and take the same time, since they are answered before anybody looks. That is shown by order, not by a
// watch: the daemons that would look are held, and the answers come all the same. Times are told, and decide nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readTokens, startNetwork } from '../lib/network.mjs';
import { Browser } from './browser.mjs';

const PASSWORD = 'quatre mots sans lien';
const FIGURES = ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'];
const PRESCRIBER = '0197f000-0000-7000-8000-000000000007';
const NOTHING = '0197f000-0000-7000-8000-00000000dead';
const KNOWN = { account: 'connue.compte@exemple.fr', link: 'connue.lien@exemple.fr' };
const unknown = (i) => `inconnue${i}@exemple.fr`;
const TIMES = 3; // of each: fewer than what one network may ask in all

let network;
const at = (path) => `${network.origin}${path}`;

// An account whose address is confirmed, as its invitation was accepted.
async function invite() {
  await network.ctl('user', 'add', 'connue.compte', '--role', 'BUYER', '--organisation', PRESCRIBER, '--territory', '31', '--mail', KNOWN.account);
  const path = /\/e\/\S+/.exec(await network.mailbox.wait(KNOWN.account, 'rejoindre Guichet'))[0];
  const page = await (await fetch(at(path))).text();
  const words = /<label for="faire-nombre">[^<]* : ([^<]*)<\/label>/.exec(page)[1].split(', ');
  const number = words.map((word) => FIGURES.indexOf(word)).join('');
  const form = new URLSearchParams({ acte: 'faire', nombre: number, motdepasse: PASSWORD, encore: PASSWORD });
  assert.equal((await send(path, form)).status, 303);
}

// An address to which a link was mailed that waits for its answer.
async function mailLink() {
  const { facilitator } = await readTokens(network.tokens);
  const command = async (method, request) => {
    const headers = { authorization: `Bearer ${facilitator}`, 'content-type': 'application/json' };
    const answer = await fetch(at(`/v1/${method}`), { method: 'POST', headers, body: JSON.stringify(request) });
    assert.equal(answer.status, 200, method);
    return (await answer.json()).reply;
  };
  const { subscriptionId } = await command('notifications/Subscribe', {
    organisationId: PRESCRIBER,
    organisationName: 'Essai',
    territory: '31',
    email: KNOWN.link,
  });
  const code = /abonnement :\s+(\d{4} ?\d{4})/.exec(await network.mailbox.wait(KNOWN.link, 'abonnement :'))[1];
  await command('notifications/ConfirmAddress', { subscriptionId, code });
  await command('accounts/MakeLink', { purpose: 'LINK_TAKE_NOTE', organisationId: PRESCRIBER, objectId: NOTHING, territory: '31', byMail: true });
  await network.mailbox.wait(KNOWN.link, '/l/');
}

before(async () => {
  network = await startNetwork({ demo: true, mail: true });
  await invite();
  await mailLink();
});
after(async () => {
  await network?.stop();
});

const send = (path, body) =>
  new Browser().fetch(at(path), {
    method: 'POST',
    headers: { origin: network.origin, 'content-type': typeof body === 'string' ? 'application/json' : 'application/x-www-form-urlencoded' },
    body,
  });

const ASKED = {
  'a link to sign in': {
    known: KNOWN.account,
    words: 'pour vous connecter',
    ask: (address) => send('/v1/sign-in/link', JSON.stringify({ address })),
  },
  'my link again': {
    known: KNOWN.link,
    words: '/l/',
    ask: (address) => send('/l/renvoi', new URLSearchParams({ adresse: address })),
  },
};

// All that an asker sees of an answer.
async function seen(answer) {
  const headers = [...answer.headers].filter(([name]) => name !== 'date').sort();
  return JSON.stringify({ status: answer.status, headers, body: await answer.text() });
}

const mailsTo = (address, words) => network.mailbox.mails.filter(({ to, text }) => to === address && text.includes(words)).length;
const middle = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

for (const [name, { known, words, ask }] of Object.entries(ASKED)) {
  test(`${name}: the same answer, before anybody looks`, async (t) => {
    const mailed = mailsTo(known, words), times = { known: [], unknown: [] }, answers = new Set();
    await network.hold(['accounts', 'notifications', 'directory'], async () => {
      for (let i = 0; i < TIMES; i++) {
        for (const [whom, address] of Object.entries({ known, unknown: unknown(i) })) {
          const begun = performance.now();
          answers.add(await seen(await ask(address)));
          times[whom].push(performance.now() - begun);
        }
      }
      assert.equal(mailsTo(known, words), mailed);
    });
    assert.equal(answers.size, 1);
    assert.match([...answers][0], /^\{"status":20[04],/);
    t.diagnostic(`medians: known ${middle(times.known).toFixed(1)} ms, unknown ${middle(times.unknown).toFixed(1)} ms`);

    // They look now: whoever is known gets her mail, and nobody else.
    for (let i = 0; mailsTo(known, words) === mailed; i++) {
      assert.ok(i < 600, 'who is known got no mail');
      await new Promise((done) => setTimeout(done, 100));
    }
    for (let i = 0; i < TIMES; i++) assert.equal(mailsTo(unknown(i), ''), 0);
  });
}
