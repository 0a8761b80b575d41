// Builds the page into dist/: index.html, app.js, app.css, icon.svg and the licences of what is bundled.
// With --tests it bundles test/*.test.ts into node_modules/.cache/tests/ instead, for node --test.
import { build } from 'esbuild';
import { compile } from 'sass';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';

const TESTS = 'node_modules/.cache/tests';
const BUNDLED = ['preact', 'bootstrap'];

async function licences() {
  const parts = ['Guichet : licence Apache-2.0.\nCette page contient aussi les bibliothèques suivantes.\n'];
  for (const name of BUNDLED) {
    const { version } = JSON.parse(await readFile(`node_modules/${name}/package.json`, 'utf8'));
    parts.push(`${'='.repeat(72)}\n${name} ${version}\n\n${await readFile(`node_modules/${name}/LICENSE`, 'utf8')}`);
  }
  return parts.join('\n');
}

async function page() {
  await rm('dist', { recursive: true, force: true });
  await mkdir('dist', { recursive: true });
  await build({
    entryPoints: { app: 'src/app.tsx', stream: 'src/stream/worker.ts' },
    outdir: 'dist',
    bundle: true,
    minify: true,
    format: 'iife',
    target: ['es2022'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    banner: { js: '/* Guichet, Apache-2.0. Licences des bibliothèques : LICENCES.txt */' },
  });
  // Bootstrap still uses @import; Sass keeps it until its version 3.
  const css = compile('src/app.scss', {
    loadPaths: ['node_modules'],
    style: 'compressed',
    quietDeps: true,
    silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'],
  });
  await writeFile('dist/app.css', css.css);
  await writeFile('dist/LICENCES.txt', await licences());
  for (const name of ['index.html', 'icon.svg']) await cp(`src/assets/${name}`, `dist/${name}`);
}

async function tests() {
  await rm(TESTS, { recursive: true, force: true });
  const entryPoints = (await readdir('test')).filter((n) => n.endsWith('.test.ts')).map((n) => `test/${n}`);
  await build({
    entryPoints,
    outdir: TESTS,
    bundle: true,
    format: 'esm',
    platform: 'node',
    outExtension: { '.js': '.mjs' },
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
}

await (process.argv.includes('--tests') ? tests() : page());
