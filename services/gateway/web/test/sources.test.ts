// No source that nothing leads to.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

const ROOTS = ['app.tsx', 'stream/worker.ts'];

const sources = (readdirSync('src', { recursive: true }) as string[]).filter((name) => /\.tsx?$/.test(name));

const importsOf = (name: string): string[] =>
  [...readFileSync(join('src', name), 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map((m) => normalize(join(dirname(name), m[1]!)));

test('every source is reached from the page or its stream', () => {
  const reached = new Set(ROOTS);
  for (const name of reached) if (sources.includes(name)) for (const next of importsOf(name)) reached.add(next);
  assert.deepEqual(sources.filter((name) => !reached.has(name)), []);
});
