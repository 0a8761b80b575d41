// The communes, EPCI, departments and regions of the npm package, as the lines that communes.h describes.
import { readFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const NAME = '@etalab/decoupage-administratif';
const TODAYS = ['commune-actuelle', 'arrondissement-municipal'];
const require = createRequire(import.meta.url);
const read = (file) => JSON.parse(readFileSync(require.resolve(`${NAME}/${file}`), 'utf8'));

const byCode = (a, b) => (a.code < b.code ? -1 : 1);
const line = (...cells) => {
  const texts = cells.map((cell) => String(cell ?? ''));
  if (texts.some((text) => /[\t\n]/.test(text))) throw new Error(`a cell with a tab or a line end: ${texts}`);
  return texts.join('\t');
};

const communes = read('data/communes.json');
const regions = new Map(read('data/regions.json').map(({ code, nom }) => [code, nom]));
const epci = read('data/epci.json').sort(byCode);
const groupOf = new Map(epci.flatMap(({ code, membres }) => membres.map((member) => [member.code, code])));
const today = new Map(communes.filter(({ type }) => TODAYS.includes(type)).map((one) => [one.code, one]));

const lines = [line('V', read('package.json').version, NAME)];
for (const { code, nom, region } of read('data/departements.json').sort(byCode)) lines.push(line('D', code, nom, regions.get(region)));
for (const { code, nom } of epci) lines.push(line('E', code, nom));
for (const { code, nom, departement, population, codesPostaux } of today.values())
  if (departement) lines.push(line('C', code, nom, departement, groupOf.get(code), population, (codesPostaux ?? []).join(' ')));
// What a code or a name was once: those that were merged, then the other codes of those that there are.
const former = new Set(today.keys());
const formerly = (code, name, now) => {
  if (former.has(code) || !today.get(now)?.departement) return;
  former.add(code);
  lines.push(line('F', code, name, now));
};
for (const { type, code, nom, chefLieu, commune } of communes)
  if (!TODAYS.includes(type)) formerly(code, nom, chefLieu ?? commune);
for (const { code, nom, anciensCodes } of today.values()) for (const old of anciensCodes ?? []) formerly(old, nom, code);

const out = fileURLToPath(new URL('dist/communes.tsv', import.meta.url));
mkdirSync(fileURLToPath(new URL('dist', import.meta.url)), { recursive: true });
writeFileSync(`${out}.new`, `${lines.join('\n')}\n`);
renameSync(`${out}.new`, out);
console.log(`${today.size} communes, ${former.size - today.size} former codes, ${epci.length} EPCI`);
