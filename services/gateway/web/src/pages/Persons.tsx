// « Personnes »: sought by what is known of one, and the lists of those for whom something is to be done; of a prescriber,
// those it referred and what became of them, in words. Without a name: it is looked for by the form that keeps who asked.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Combobox } from '../components/Combobox.tsx';
import { More } from '../components/More.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import type { Column } from '../components/Table.tsx';
import { listOf } from '../api.ts';
import { allTerritories, territory } from '../departments.ts';
import { Acts } from '../desk/Acts.tsx';
import { mayAsk } from '../desk/methods.ts';
import { LISTS, THINGS } from '../desk/places.ts';
import { searchOfId } from '../form/pickers.ts';
import { day, plural } from '../format.ts';
import { changeQuery, hrefOf, useAddress, useDesk, useLoaded, usePages } from '../hooks.ts';
import { shortId } from '../months.ts';
import { useOrganisationNames } from '../organisations.ts';
import { Standing } from '../persons/Standing.tsx';
import { standingOf, whereSheIs } from '../persons/words.ts';
import type { Beneficiary, Proposal, WaitingPerson } from '../types.ts';
import type { RequestOf } from '../client.ts';

const LIMIT = 50;
const AROUND = 500; // persons that wait, proposals that go on: of one prescriber
type Query = Record<string, string>;

// ---- what is known of who is sought

const STANDINGS: Record<string, string[]> = {
  FACILITATOR: ['NOT_DECIDED', 'WAITING', 'ELIGIBLE', 'ELIGIBLE_LATER', 'REFUSED', 'SUSPENDED', 'LAPSED'],
  PRESCRIBER: ['WAITING', 'ELIGIBLE', 'ELIGIBLE_LATER', 'NOT_ELIGIBLE'],
};

const clean = (reference: string): string => reference.replace(/[^0-9a-f]/gi, '').slice(0, 12);

function requestOf(query: Query): RequestOf<'tracking/Beneficiaries'> {
  const told = {
    reference: clean(query.reference ?? ''),
    territory: query.territory,
    prescriber: query.prescriber,
    standing: query.standing,
  };
  return Object.fromEntries(Object.entries(told).filter(([, v]) => v)) as RequestOf<'tracking/Beneficiaries'>;
}

function Reference({ query }: { query: Query }): JSX.Element {
  const [typed, setTyped] = useState(query.reference ?? '');
  useEffect(() => setTyped(query.reference ?? ''), [query.reference]);
  return (
    <label>
      Référence
      <input
        class="form-control"
        type="search"
        autocomplete="off"
        placeholder="9A4261"
        value={typed}
        onInput={(e) => setTyped(e.currentTarget.value)}
        onChange={(e) => changeQuery({ ...query, reference: e.currentTarget.value.trim() })}
      />
    </label>
  );
}

function Select({ name, label, query, options }: { name: string; label: string; query: Query; options: [string, string][] }): JSX.Element {
  return (
    <label>
      {label}
      <select class="form-select" value={query[name] ?? ''} onChange={(e) => changeQuery({ ...query, [name]: e.currentTarget.value })}>
        <option value="">Toutes</option>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

function Search({ query }: { query: Query }): JSX.Element {
  const { api, session } = useDesk();
  const own = (session.territories ?? []).filter((c) => c !== '*');
  const codes = own.length > 0 ? own : allTerritories();
  const isPrescriber = session.role === 'PRESCRIBER';
  return (
    <div class="filters list-tools">
      <Reference query={query} />
      {codes.length > 1 && <Select name="territory" label="Département" query={query} options={codes.map((c) => [c, territory(c)])} />}
      <Select name="standing" label="Éligibilité" query={query} options={(STANDINGS[session.role] ?? []).map((s) => [s, standingOf(s)[0]])} />
      {!isPrescriber && (
        <div class="filter-wide">
          <Combobox
            label="Prescripteur"
            value={query.prescriber ?? ''}
            searchKey="prescriber"
            search={searchOfId('prescriber', { api, session, context: {} })}
            onChange={(prescriber) => changeQuery({ ...query, prescriber: /^[0-9a-f-]{36}$/.test(prescriber) ? prescriber : '' })}
            unmarked
          />
        </div>
      )}
    </div>
  );
}

// ---- what goes on, for those whom a prescriber referred: two questions, whatever their number

interface Around {
  waiting: Map<string, WaitingPerson>;
  proposals: Map<string, Proposal>;
}

function useAround(isPrescriber: boolean): Around | null {
  const { api } = useDesk();
  return useLoaded(`around persons ${isPrescriber}`, async (signal) => {
    if (!isPrescriber) return null;
    const [waiting, proposals] = await Promise.all([
      api.list(listOf('tracking/WaitingPersons', {}, (r) => r.persons), AROUND, '', signal),
      api.list(listOf('tracking/Proposals', { openOnly: true }, (r) => r.proposals), AROUND, '', signal),
    ]);
    return {
      waiting: new Map(waiting.items.map((w) => [w.beneficiaryId ?? '', w])),
      proposals: new Map(proposals.items.map((p) => [p.beneficiaryId ?? '', p])),
    };
  }).data;
}

function columnsFor(around: Around | null, name: (id: string | undefined) => string): Column<Beneficiary>[] {
  const person: Column<Beneficiary> = {
    title: 'Personne',
    cell: (b) => (
      <>
        <a href={hrefOf(['personnes', b.beneficiaryId ?? ''])}>
          <strong>{shortId(b.beneficiaryId ?? '')}</strong>
        </a>
        <span class="sub">{territory(b.territory)}</span>
      </>
    ),
  };
  const standing: Column<Beneficiary> = {
    title: 'Éligibilité',
    cell: (b) => (
      <>
        <Standing standing={b.standing} />
        {b.eligibleUntil && <span class="sub">jusqu’au {day(b.eligibleUntil)}</span>}
      </>
    ),
  };
  const referred: Column<Beneficiary> = {
    title: 'Orientée',
    cell: (b) => (
      <>
        le {day(b.referredOn)}
        {name(b.prescriber) && <span class="sub">par {name(b.prescriber)}</span>}
      </>
    ),
  };
  if (around)
    return [
      person,
      {
        title: 'Où elle en est',
        cell: (b) => {
          const of = b.beneficiaryId ?? '';
          return <span class="where">{whereSheIs(b, around.waiting.get(of), around.proposals.get(of))}</span>;
        },
      },
      standing,
      referred,
    ];
  return [
    person,
    standing,
    referred,
    { title: 'Parcours', cell: (b) => ((b.placements ?? 0) > 0 ? plural(b.placements ?? 0, 'parcours', 'parcours') : 'aucun'), number: true },
    {
      title: 'À savoir',
      cell: (b) =>
        b.mergedInto ? (
          <a href={hrefOf(['personnes', b.mergedInto])}>réunie avec {shortId(b.mergedInto)}</a>
        ) : b.eligibilityWaits ? (
          'une décision attend un second regard'
        ) : (
          ''
        ),
    },
  ];
}

// ---- the lists of those for whom something is to be done

const TO_DO: [list: string, why: string][] = [
  ['attente', 'éligibles ou à décider, et rien n’avance'],
  ['eligibilites', 'à décider, à relire, à prolonger'],
  ['suites', 'propositions : à qui le tour'],
  ['suivis', 'parcours dont on n’a plus de nouvelles'],
  ['devenirs', 'ce qu’elles sont devenues, à demander'],
  ['doubles', 'deux dossiers, une personne ?'],
  ['demenagements', 'dossiers qui changent de département'],
  ['fin-de-conservation', 'dossiers à effacer ou à archiver'],
];

function ToDo(): JSX.Element {
  const { session } = useDesk();
  const lists = TO_DO.filter(([name]) => mayAsk(session.role, LISTS[name]!.method));
  return (
    <Panel title="À traiter">
      <ul class="rights">
        {lists.map(([name, why]) => (
          <li key={name}>
            <a href={hrefOf([name])}>{LISTS[name]!.title}</a>
            <p class="quiet">{why}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

// ---- the page

export function Persons(): JSX.Element {
  const { session } = useDesk();
  const { query } = useAddress();
  const isPrescriber = session.role === 'PRESCRIBER';
  const pages = usePages(listOf('tracking/Beneficiaries', requestOf(query), (r) => r.beneficiaries), LIMIT);
  const around = useAround(isPrescriber);
  const name = useOrganisationNames(isPrescriber ? [] : pages.items.map((b) => b.prescriber));
  const isNarrowed = Object.keys(requestOf(query)).length > 0;
  return (
    <>
      <PageHead
        title={isPrescriber ? 'Mes personnes' : 'Personnes'}
        lead={
          isPrescriber
            ? 'Celles que vous avez orientées, et ce qu’elles deviennent.'
            : 'Sans leur nom : il n’est lu qu’en ouvrant le dossier, avec un motif. Le public et les justificatifs sont scellés dans le dossier : aucune liste ne les cherche.'
        }
      />
      <Acts acts={THINGS.personnes!.begins!} path={['personnes']} />
      {!isPrescriber && <ToDo />}
      <Panel
        title={isPrescriber ? 'Où elles en sont' : 'Toutes les personnes'}
        aside={<a href={hrefOf(['personnes'], { ...query, liste: 'oui' })}>Colonnes, vues et fichier</a>}
      >
        <Search query={query} />
        <Wait
          state={pages}
          has={pages.items.length > 0}
          empty={
            isNarrowed
              ? 'Personne ne répond à ces critères. Par son nom, elle se cherche plus haut, par « Agir ».'
              : isPrescriber
                ? 'Vous n’avez encore orienté personne : commencez par un besoin, « J’ai quelqu’un ».'
                : 'Aucune personne n’est suivie : orientez-en une.'
          }
        >
          <Table caption="Personnes" rows={pages.items} rowKey={(b) => b.beneficiaryId ?? ''} columns={columnsFor(around, name)} />
          <p class="pager" role="status">
            {plural(pages.items.length, 'personne affichée', 'personnes affichées')}
            {pages.more ? '' : ', c’est toute la liste'}
          </p>
          <More pages={pages} />
        </Wait>
      </Panel>
    </>
  );
}
