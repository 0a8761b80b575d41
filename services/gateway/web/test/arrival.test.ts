import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrival, takeArrival } from '../src/arrival.ts';

function opened(hash: string): { said: ReturnType<typeof arrival>; left: string } {
  let left = hash;
  const place = {
    location: { hash, pathname: '/', search: '' },
    history: { replaceState: (_data: unknown, _unused: string, url?: string | URL | null) => void (left = String(url)) },
  };
  takeArrival(place);
  return { said: arrival(), left };
}

test('a word is read once, and leaves the address', () => {
  const { said, left } = opened('#/connexion?motif=inconnu');
  assert.match(said.text, /liée à aucun compte/);
  assert.equal(said.good, false);
  assert.equal(left, '/#/acces');
  assert.equal(opened('#/connexion?motif=liee').said.good, true);
});

test('what is no word of ours says nothing', () => {
  for (const hash of ['#/connexion?motif=constructor', '#/connexion?motif=bonjour']) assert.equal(opened(hash).said.text, '');
  for (const hash of ['#/connexion?motif=<b>', '#/connexion?motif=', '#/contrats', '']) assert.equal(opened(hash).left, hash);
});
