// Builds the page into dist/: index.html, app.js and the parts that come when a view is first shown (part-*.js),
// stream.js, app.css, icon.svg and the licences of what is bundled. It stops where the first page has become too big.
// With --tests it bundles test/*.test.ts into node_modules/.cache/tests/ instead, for node --test.
import { build } from 'esbuild';
import { compile } from 'sass';
import { gzipSync } from 'node:zlib';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';

const FIRST_PAGE_KIB = 120;
const HOME = 'src/pages/Today.tsx';
const TESTS = 'node_modules/.cache/tests';
const BUNDLED = ['preact', 'bootstrap', 'fflate', 'd3-array', 'd3-shape', 'd3-path', 'internmap'];

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
  const common = {
    outdir: 'dist',
    bundle: true,
    minify: true,
    target: ['es2022'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    banner: { js: '/* Guichet, Apache-2.0. Licences des bibliothèques : LICENCES.txt */' },
  };
  const { metafile } = await build({
    ...common,
    entryPoints: { app: 'src/app.tsx' },
    format: 'esm',
    splitting: true,
    chunkNames: 'part-[hash]',
    metafile: true,
  });
  await build({ ...common, entryPoints: { stream: 'src/stream/worker.ts' }, format: 'iife' });
  // Bootstrap still uses @import; Sass keeps it until its version 3.
  const css = compile('src/app.scss', {
    loadPaths: ['node_modules'],
    style: 'compressed',
    quietDeps: true,
    silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'],
  });
  await writeFile('dist/app.css', css.css);
  await writeFile('dist/LICENCES.txt', await licences());
  await cp('src/assets/icon.svg', 'dist/icon.svg');
  const first = firstPage(metafile);
  await writeFile('dist/index.html', await pageThatAsksFor(first));
  await weigh(first);
}

// What a browser reads before it shows the first page: the entry, the home of most, the parts that both cannot do without.
function firstPage({ outputs }) {
  const home = Object.keys(outputs).find((file) => outputs[file].entryPoint === HOME);
  const first = new Set(['dist/app.js', home]);
  for (const file of first) for (const { path, kind } of outputs[file].imports) if (kind === 'import-statement') first.add(path);
  return first;
}

// All of it is asked for at once, and not each when the one before names it: on a slow line every question costs.
async function pageThatAsksFor(first) {
  const html = await readFile('src/assets/index.html', 'utf8');
  const parts = [...first].slice(1).map((file) => `<link rel="modulepreload" href="${file.replace('dist/', '')}" />`);
  return html.replace('<!-- parts -->', parts.join('\n    '));
}

async function weigh(first) {
  const sizes = await Promise.all([...first, 'dist/app.css', 'dist/index.html'].map(async (f) => gzipSync(await readFile(f), { level: 9 }).length));
  const total = sizes.reduce((a, b) => a + b, 0);
  console.log(`first page: ${(total / 1024).toFixed(1)} KiB by gzip, of ${FIRST_PAGE_KIB} at most`);
  if (total > FIRST_PAGE_KIB * 1024) throw new Error('the first page is too big: let a view come by lazy()');
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
