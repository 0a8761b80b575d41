// The guides of docs/fr name in bold what is read on the page: a menu, an action, a list, a button. What no longer exists
// fails here, by its guide; and so do a picture that is missing, too heavy, or shown nowhere.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { actTitle, commands } from '../src/desk/methods.ts';
import { LISTS } from '../src/desk/places.ts';
import { viewsOf } from '../src/roles.ts';
import type { Role } from '../src/types.ts';

const GUIDES = '../../../docs/fr';
const ROLES: Role[] = ['FACILITATOR', 'COORDINATOR', 'BUYER', 'COMPANY', 'STRUCTURE', 'PRESCRIBER', 'AUDITOR', 'OPERATOR', 'DATA_PROTECTION'];
const PICTURES_MAX = 25;
const BYTES_MAX = 60 * 1024;

const plain = (text: string): string => text.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
const guides = readdirSync(GUIDES).filter((name) => name.endsWith('.md'));
const read = (name: string): string => readFileSync(join(GUIDES, name), 'utf8');

function sources(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .filter((e) => e.name !== 'tour')
    .map((e) => (e.isDirectory() ? sources(join(folder, e.name)) : /\.tsx?$/.test(e.name) ? readFileSync(join(folder, e.name), 'utf8') : ''))
    .join('\n');
}

test('what a guide names in bold can be read on the page', () => {
  const names = new Set([
    ...ROLES.flatMap((role) => viewsOf(role).map((v) => v.label)),
    ...Object.values(LISTS).map((list) => list.title),
    ...commands().map(actTitle),
  ].map(plain));
  // whole, as a text of the page: between tags or quotes, or at the beginning of a button that goes on with a number
  const page = plain(sources('src') + readFileSync('src/tour/Tour.tsx', 'utf8'));
  const isText = (text: string) => [`>${text}<`, `> ${text} <`, `'${text}'`, `"${text}"`, `> ${text}`, `>${text}`].some((t) => page.includes(t));
  const lost = guides.flatMap((guide) =>
    [...read(guide).matchAll(/\*\*([^*]+)\*\*/g)]
      .map((m) => plain(m[1]!))
      .filter((text) => !names.has(text) && !isText(text))
      .map((text) => `${guide}: « ${text} »`),
  );
  assert.deepEqual(lost, []);
});

test('the pictures of the guides are there, light, and all shown', () => {
  const shown = guides.flatMap((guide) => [...read(guide).matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map((m) => m[1]!));
  assert.deepEqual(shown.filter((file) => !existsSync(join(GUIDES, file))), []);
  const kept = readdirSync(join(GUIDES, 'images'));
  assert.ok(kept.length <= PICTURES_MAX, `${kept.length} pictures`);
  assert.deepEqual(kept.filter((file) => !shown.includes(`images/${file}`)), []);
  assert.deepEqual(kept.filter((file) => statSync(join(GUIDES, 'images', file)).size > BYTES_MAX), []);
});

test('the index names every guide', () => {
  const index = read('README.md');
  assert.deepEqual(guides.filter((guide) => guide !== 'README.md' && !index.includes(`](${guide})`)), []);
});
