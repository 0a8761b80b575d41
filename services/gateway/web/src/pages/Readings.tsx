// « Dossiers ouverts »: who opened persons' files, when, why and from where, and who took files out, for those who watch
// over it. Without a name of the persons.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { More } from '../components/More.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import { Field } from '../components/Field.tsx';
import { allTerritories, territory } from '../departments.ts';
import { instant } from '../format.ts';
import { listOf } from '../api.ts';
import { mayAsk } from '../desk/methods.ts';
import { shapesFor } from '../desk/read.ts';
import { changeQuery, hrefOf, useAddress, useDesk, useLoaded, usePages } from '../hooks.ts';
import { accounts, exports } from '../lists.ts';
import { role } from '../labels.ts';
import { shortId } from '../months.ts';
import type { FileReading } from '../types.ts';
import type { RequestOf } from '../client.ts';

const LIMIT = 50;
const READERS = 500;

function whatOf(r: FileReading): string {
  if (r.exported) return 'tout le dossier, emporté';
  if (r.documentId) return 'une pièce';
  return r.sought ? 'cherchée par son nom' : 'dossier ouvert';
}

function Reason({ reading: r }: { reading: FileReading }): JSX.Element {
  return (
    <>
      {r.reasonErased ? <span class="quiet">effacé avec le dossier</span> : r.reason || 'non dit'}
      <span class="sub">{r.reasonLabel}</span>
    </>
  );
}

function Exports(): JSX.Element {
  const pages = usePages(exports(), LIMIT);
  return (
    <Panel title="Fichiers emportés, du plus récent au plus ancien">
      <Wait state={pages} has={pages.items.length > 0} empty="Aucun fichier n’a été emporté.">
        <Table
          caption="Fichiers emportés"
          rows={pages.items}
          rowKey={(e) => `${e.at} ${e.accountId} ${e.method}`}
          columns={[
            { title: 'Quand', cell: (e) => instant(e.at) },
            {
              title: 'Qui',
              cell: (e) => (
                <>
                  {e.user || 'non dit'}
                  <span class="sub">
                    {role(e.role)}
                    {e.place && `, depuis ${e.place}`}
                  </span>
                </>
              ),
            },
            {
              title: 'Quoi',
              cell: (e) => (
                <>
                  <code>
                    {e.method}.{e.form}
                  </code>
                  <span class="sub">{e.what}</span>
                </>
              ),
            },
          ]}
        />
        <More pages={pages} />
      </Wait>
    </Panel>
  );
}

// ---- what is looked for, in the address

type Query = Record<string, string>;

function requestOf(query: Query): RequestOf<'tracking/FileReadings'> {
  const told = { territory: query.territory, account: query.account, reasonCode: query.motif, from: query.du, until: query.au };
  return Object.fromEntries(Object.entries(told).filter(([, v]) => v)) as RequestOf<'tracking/FileReadings'>;
}

function DayFilter({ name, label, query }: { name: string; label: string; query: Query }): JSX.Element {
  return (
    <label>
      {label}
      <input
        class="form-control"
        type="date"
        value={query[name] ?? ''}
        onChange={(e) => changeQuery({ ...query, [name]: e.currentTarget.value })}
      />
    </label>
  );
}

function Choice({ name, label, query, options }: { name: string; label: string; query: Query; options: [string, string][] }): JSX.Element {
  return (
    <label>
      {label}
      <select class="form-select" value={query[name] ?? ''} onChange={(e) => changeQuery({ ...query, [name]: e.currentTarget.value })}>
        <option value="">Tous</option>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

// Who may have opened files: facilitators and those who answer for the data, by their names.
function useReaders(): [string, string][] {
  const { api, session } = useDesk();
  const may = mayAsk(session.role, 'accounts/Users');
  const { data } = useLoaded(`readers ${may}`, async (signal) => (may ? (await api.list(accounts(false), READERS, '', signal)).items : []));
  return (data ?? [])
    .filter((u) => ['FACILITATOR', 'DATA_PROTECTION', 'PRESCRIBER'].includes(u.role ?? ''))
    .map((u): [string, string] => [u.userId, `${u.name ?? ''} (${role(u.role)})`]);
}

function Filters({ query }: { query: Query }): JSX.Element {
  const { api, session } = useDesk();
  const shapes = useLoaded('shapes tracking/FileReadings', () => shapesFor(api, 'tracking/FileReadings')).data?.request ?? [];
  const reasons = shapes.find((s) => s.name === 'reasonCode')?.options ?? [];
  const own = (session.territories ?? []).filter((c) => c !== '*');
  const codes = own.length > 0 ? own : allTerritories();
  return (
    <div class="filters list-tools">
      <DayFilter name="du" label="Du" query={query} />
      <DayFilter name="au" label="Au" query={query} />
      <Choice name="account" label="Qui" query={query} options={useReaders()} />
      <Choice name="motif" label="Motif" query={query} options={reasons} />
      {codes.length > 1 && <Choice name="territory" label="Territoire" query={query} options={codes.map((c) => [c, territory(c)])} />}
    </div>
  );
}

// A person's file by its whole number: for her rights, and for who opened it.
function ByNumber(): JSX.Element {
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState('');
  const go = (event: Event) => {
    event.preventDefault();
    const id = typed.trim().toLowerCase();
    if (/^[0-9a-f-]{36}$/.test(id)) location.hash = hrefOf(['personnes', id]);
    else setProblem('Recopiez le numéro du dossier en entier, 36 caractères : le facilitateur le lit dans l’adresse de la page.');
  };
  return (
    <Panel title="Une personne exerce ses droits">
      <p class="quiet">
        Elle demande une copie de son dossier, une rectification, une limitation ou l’effacement : sa page les propose, avec le délai d’un mois,
        et dit qui a ouvert son dossier.
      </p>
      <form class="search" onSubmit={go} noValidate>
        <Field label="Numéro du dossier" value={typed} problem={problem || undefined} onChange={setTyped} />
        <div class="search-buttons">
          <button type="submit" class="btn btn-primary">
            Aller au dossier
          </button>
        </div>
      </form>
    </Panel>
  );
}

export function Readings(): JSX.Element {
  const { session } = useDesk();
  const { query } = useAddress();
  const request = requestOf(query);
  const pages = usePages(listOf('tracking/FileReadings', request, (r) => r.readings), LIMIT);
  const isNarrowed = Object.keys(request).length > 0;
  return (
    <>
      <PageHead
        title="Dossiers ouverts"
        lead="Chaque ouverture du dossier d’une personne laisse sa trace : qui, quand, pourquoi. Les personnes n’y sont pas nommées."
      />
      {mayAsk(session.role, 'tracking.ExportPerson') && <ByNumber />}
      <Panel title="Ouvertures, de la plus récente à la plus ancienne">
        <Filters query={query} />
        <Wait
          state={pages}
          has={pages.items.length > 0}
          empty={isNarrowed ? 'Aucune ouverture ne répond à ces critères.' : 'Aucun dossier n’a été ouvert.'}
        >
          <Table
            caption="Dossiers ouverts"
            rows={pages.items}
            rowKey={(r) => `${r.at} ${r.account} ${r.beneficiaryId}`}
            columns={[
              { title: 'Quand', cell: (r) => instant(r.at) },
              {
                title: 'Qui',
                cell: (r) => (
                  <>
                    {r.user || 'non dit'}
                    {r.place && <span class="sub">depuis {r.place}</span>}
                  </>
                ),
              },
              {
                title: 'Dossier',
                cell: (r) => (
                  <>
                    <a href={hrefOf(['personnes', r.beneficiaryId])}>
                      <code>{shortId(r.beneficiaryId)}</code>
                    </a>
                    <span class="sub">{whatOf(r)}</span>
                  </>
                ),
              },
              { title: 'Territoire', cell: (r) => territory(r.territory) },
              { title: 'Motif', cell: (r) => <Reason reading={r} /> },
            ]}
          />
          <More pages={pages} />
        </Wait>
      </Panel>
      <Exports />
    </>
  );
}
