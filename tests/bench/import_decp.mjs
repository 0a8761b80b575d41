// The yardstick of scripts/bench import-decp: published contracts (2022 format) into PostgreSQL, as a team would do it
// well in Node: each file parsed whole, its rows streamed into one COPY, one transaction a file, default durability.
// The table has the columns of Guichet's record and the same two unique indexes: what identifies a contract, and the
// buyer's number. Prints one line: {"rows": …, "seconds": …}, timed from the first file to the last commit.
//
//     node tests/bench/import_decp.mjs "host=/tmp/x user=bench dbname=postgres" FILE…
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const CHUNK_CHARACTERS = 65536;
const DAY_MS = 86400000;

// Column, type, and its value from an element.
const columns = [
  ['id', 'uuid primary key', (e, m) => identity(e, m)],
  ['kind', 'smallint not null', (e, m) => (m ? 1 : 2)],
  ['format', 'smallint not null', () => 2],
  ['number', 'text not null', (e) => e.id],
  ['buyer_siret', 'text not null', (e, m) => buyer(e, m)],
  ['buyer_name', 'text', (e, m) => (m ? e.acheteur : e.autoriteConcedante).nom],
  ['nature', 'text', (e) => e.nature],
  ['object', 'text not null', (e) => e.objet],
  ['cpv', 'text', (e) => e.codeCPV],
  ['procedure', 'text', (e) => e.procedure],
  ['place_code', 'text', (e) => e.lieuExecution?.code],
  ['place_kind', 'text', (e) => e.lieuExecution?.typeCode],
  ['duration_months', 'int', (e) => e.dureeMois],
  ['notified_on', 'date', (e, m) => (m ? e.dateNotification : e.dateSignature)],
  ['published_on', 'date', (e) => e.datePublicationDonnees],
  ['starts_on', 'date', (e) => e.dateDebutExecution],
  ['amount_cents', 'bigint', (e, m) => cents(m ? e.montant : e.valeurGlobale)],
  ['contractors', 'jsonb', (e, m) => json(m ? e.titulaires : e.concessionnaires)],
  ['social', 'text[]', (e) => array(e.considerationsSociales?.considerationSociale)],
  ['environmental', 'text[]', (e) => array(e.considerationsEnvironnementales?.considerationEnvironnementale)],
  ['framework_number', 'text', (e) => e.idAccordCadre],
  ['techniques', 'text[]', (e) => array(e.techniques?.technique)],
  ['execution_modes', 'text[]', (e) => array(e.modalitesExecution?.modaliteExecution)],
  ['ccag', 'text', (e) => e.ccag],
  ['price_form', 'text', (e) => e.formePrix],
  ['price_types', 'text[]', (e) => array(e.typesPrix?.typePrix)],
  ['offers_received', 'int', (e) => e.offresRecues],
  ['grouping', 'text', (e) => e.typeGroupementOperateurs],
  ['modifications', 'jsonb', (e) => json(e.modifications)],
  ['subcontracts', 'jsonb', (e) => json(e.actesSousTraitance)],
  ['subcontract_modifications', 'jsonb', (e) => json(e.modificationsActesSousTraitance)],
  ['public_subsidy_cents', 'bigint', (e) => cents(e.montantSubventionPublique)],
  ['innovative', 'boolean', (e) => e.marcheInnovant],
  ['advance', 'boolean', (e) => e.attributionAvance],
  ['advance_rate', 'numeric', (e) => e.tauxAvance],
  ['subcontracting_declared', 'boolean', (e) => e.sousTraitanceDeclaree],
  ['eu_origin', 'numeric', (e) => e.origineUE],
  ['french_origin', 'numeric', (e) => e.origineFrance],
];

const buyer = (e, market) => (market ? e.acheteur : e.autoriteConcedante).id;
const cents = (euros) => (euros === undefined ? undefined : Math.round(euros * 100));
const json = (value) => (value === undefined ? undefined : JSON.stringify(value));
const array = (words) =>
  words === undefined ? undefined : `{${words.map((word) => `"${word.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;

// The day of notification, then a hash of what identifies a contract: ascending, as Guichet's own.
function identity(e, market) {
  const day = Date.parse(market ? e.dateNotification : e.dateSignature) / DAY_MS;
  const holders = (market ? e.titulaires : e.concessionnaires).map((t) => (t.titulaire ?? t.concessionnaire).id).sort();
  const says = [market, buyer(e, market), e.id, e.objet, e.codeCPV, e.lieuExecution?.code, e.montant, ...holders];
  const hash = createHash('md5').update(says.join('\0')).digest('hex');
  return (day * DAY_MS).toString(16).padStart(12, '0') + hash.slice(0, 20);
}

const ESCAPES = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
function field(value) {
  if (value === undefined || value === null) return '\\N';
  return typeof value === 'string' ? value.replace(/[\\\n\r\t]/g, (c) => ESCAPES[c]) : String(value);
}

function* lines({ marches }, counted) {
  let chunk = '';
  for (const [list, market] of [[marches.marche, true], [marches['contrat-concession'], false]]) {
    for (const element of list ?? []) {
      let line = '';
      for (const [, , value] of columns) line += `${line === '' ? '' : '\t'}${field(value(element, market))}`;
      chunk += `${line}\n`;
      counted.rows++;
      if (chunk.length > CHUNK_CHARACTERS) {
        yield chunk;
        chunk = '';
      }
    }
  }
  yield chunk;
}

async function main() {
  const [connection, ...files] = process.argv.slice(2);
  const settings = Object.fromEntries(connection.split(' ').map((setting) => setting.split('=')));
  const client = new pg.Client({ host: settings.host, user: settings.user, database: settings.dbname });
  const counted = { rows: 0 };
  await client.connect();
  await client.query(`set client_min_messages = warning; drop table if exists contract;
    create table contract (${columns.map(([name, type]) => `${name} ${type}`).join(', ')});
    create unique index on contract (buyer_siret, number, id); checkpoint`);
  const start = performance.now();
  for (const file of files) {
    const parsed = JSON.parse(await readFile(file, 'utf8'));
    await pipeline(Readable.from(lines(parsed, counted)), client.query(copyFrom('copy contract from stdin')));
  }
  const seconds = (performance.now() - start) / 1000;
  await client.end();
  console.log(JSON.stringify({ rows: counted.rows, seconds }));
}

await main();
