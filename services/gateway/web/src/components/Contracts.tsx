// Contracts, each line telling where it stands: searched by words, filtered and ordered in the address, page by page.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Light } from '../contract/Light.tsx';
import { todayText } from '../contract/next.ts';
import { PaceBar } from '../contract/PaceBar.tsx';
import { Filters } from '../desk/ListFilters.tsx';
import { isFilter } from '../desk/lines.ts';
import { shapesFor } from '../desk/read.ts';
import type { Shape } from '../form/shape.ts';
import { day, hundredths, money, plural, siret, typographic } from '../format.ts';
import { addressOf, changeQuery, useAddress, useDesk, useLoaded, usePages } from '../hooks.ts';
import { contractKind, stage } from '../labels.ts';
import { contracts } from '../lists.ts';
import type { ContractLine } from '../types.ts';
import { More } from './More.tsx';
import { Panel, Wait } from './Panel.tsx';
import { Table } from './Table.tsx';
import type { Column } from './Table.tsx';

const METHOD = 'contracts/Contracts';
const YEARS_BACK = 8;
const FILTERS = ['territory', 'kind', 'stage', 'light', 'followed']; // chosen; in this order

const set = (name: string, value: string) => changeQuery({ ...addressOf(location.hash).query, [name]: value });

// ---- order: of the lines that are read so far; the daemon's is the newest first

interface Order {
  name: string;
  label: string;
  compare: (a: ContractLine, b: ContractLine) => number;
}
const text = (a?: string, b?: string): number => (a ?? '').localeCompare(b ?? '', 'fr');
// The worst light first; then how much of what is expected by now is done. What expects nothing comes last.
const LIGHTS = ['LIGHT_RED', 'LIGHT_ORANGE', 'LIGHT_GREEN', 'LIGHT_TOO_EARLY'];
const rank = (c: ContractLine): number => (LIGHTS.indexOf(c.light ?? '') + 5) % 5;
const kept = (c: ContractLine): number =>
  hundredths(c.expected) > 0 ? hundredths(c.done) / hundredths(c.expected) : Infinity;
const LATER = '9999';

const ORDERS: Order[] = [
  { name: 'retard', label: 'Les plus en retard d’abord', compare: (a, b) => rank(a) - rank(b) || Math.sign(kept(a) - kept(b)) || 0 },
  { name: 'date', label: 'Prochaine échéance d’abord', compare: (a, b) => text(a.nextOn ?? LATER, b.nextOn ?? LATER) },
  { name: 'fin', label: 'Fin d’exécution d’abord', compare: (a, b) => text(a.endsOn ?? LATER, b.endsOn ?? LATER) },
  { name: 'acheteur', label: 'Par acheteur', compare: (a, b) => text(a.buyerName, b.buyerName) },
  { name: 'objet', label: 'Par objet', compare: (a, b) => text(a.object, b.object) },
  { name: 'montant', label: 'Les plus gros montants d’abord', compare: (a, b) => Number(b.amount ?? 0) - Number(a.amount ?? 0) },
];

export function inOrder(lines: ContractLine[], order: string | undefined): ContractLine[] {
  const found = ORDERS.find((o) => o.name === order);
  return found ? [...lines].sort(found.compare) : lines;
}

// ---- what is asked

export function requestOf(query: Record<string, string>): Record<string, string | number | boolean> {
  const { words = '', year = '', followed = '', buyerSiret = '' } = query;
  const chosen = FILTERS.filter((name) => name !== 'followed' && query[name]).map((name) => [name, query[name]!]);
  return {
    ...Object.fromEntries(chosen),
    ...(/^\d{14}$/.test(buyerSiret) && { buyerSiret }),
    ...(words.trim() && { words: words.trim() }),
    ...(/^\d{4}$/.test(year) && { year: Number(year) }),
    ...(followed === 'oui' && { followed: true }),
  };
}

function Words({ label, help, value }: { label: string; help?: string; value: string }): JSX.Element {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  return (
    <form
      class="search"
      role="search"
      aria-label="Chercher un contrat"
      onSubmit={(e) => {
        e.preventDefault();
        set('words', typed.trim());
      }}
    >
      <div>
        <label for="s-words" class="form-label">
          {label}
        </label>
        <input
          id="s-words"
          class="form-control"
          type="search"
          autocomplete="off"
          aria-describedby={help && 's-help'}
          value={typed}
          onInput={(e) => setTyped(e.currentTarget.value)}
        />
        {help && (
          <p id="s-help" class="form-text">
            {help}
          </p>
        )}
      </div>
      <div class="search-buttons">
        <button type="submit" class="btn btn-primary">
          Chercher
        </button>
        <button type="button" class="btn btn-outline-secondary" onClick={() => changeQuery({})}>
          Effacer
        </button>
      </div>
    </form>
  );
}

// Buyers by their names, of the lines that were read; a buyer lists its own and chooses among none.
function BuyerChoice({ buyers, value }: { buyers: [string, string][]; value: string }): JSX.Element | null {
  const { session } = useDesk();
  if (session.role === 'BUYER') return null;
  const all = value && !buyers.some(([id]) => id === value) ? [[value, siret(value)] as const, ...buyers] : buyers;
  return (
    <label>
      Acheteur
      <select class="form-select" value={value} onChange={(e) => set('buyerSiret', e.currentTarget.value)}>
        <option value="">Tous</option>
        {all.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

interface ChoicesProps {
  shapes: Shape[];
  query: Record<string, string>;
  buyers: [string, string][];
}
function Choices({ shapes, query, buyers }: ChoicesProps): JSX.Element {
  const thisYear = new Date().getFullYear();
  const shown = FILTERS.flatMap((name) => shapes.filter((s) => s.name === name));
  return (
    <div class="filters list-tools">
      <BuyerChoice buyers={buyers} value={query.buyerSiret ?? ''} />
      <Filters shapes={shown} typed={{ ...query, followed: query.followed === 'oui' }} />
      <label>
        {shapes.find((s) => s.name === 'year')?.label}
        <select class="form-select" value={query.year ?? ''} onChange={(e) => set('year', e.currentTarget.value)}>
          <option value="">Toutes</option>
          {Array.from({ length: YEARS_BACK }, (_, i) => String(thisYear - i)).map((y) => (
            <option key={y} value={y}>
              {y}
            </option>
          ))}
        </select>
      </label>
      <label>
        Ordre
        <select class="form-select" value={query.tri ?? ''} onChange={(e) => set('tri', e.currentTarget.value)}>
          <option value="">Les plus récents d’abord</option>
          {ORDERS.map((o) => (
            <option key={o.name} value={o.name}>
              {o.label}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

// ---- the lines

function What({ c }: { c: ContractLine }): JSX.Element {
  const said = [
    contractKind(c.kind),
    c.number && `n° ${c.number}`,
    c.lots && plural(c.lots, 'lot'),
    c.notifiedOn && `notifié le ${day(c.notifiedOn)}`,
  ];
  return (
    <>
      <a class="row-link" href={`#/contrats/${c.contractId}`}>
        {c.object || `Contrat ${c.number ?? ''}`}
      </a>
      <span class="sub">{said.filter(Boolean).join(' · ')}</span>
    </>
  );
}

function Next({ c, today }: { c: ContractLine; today: string }): JSX.Element {
  if (!c.nextOn) return <span class="quiet">–</span>;
  return (
    <>
      <span class={c.nextOn < today ? 'due due-late' : ''}>
        {day(c.nextOn)}
        {c.nextOn < today && ', en retard'}
      </span>
      <span class="sub">{typographic(c.nextWhat)}</span>
    </>
  );
}

export function ContractRows({ lines }: { lines: ContractLine[] }): JSX.Element {
  const today = todayText();
  const columns: Column<ContractLine>[] = [
    { title: 'Objet', cell: (c) => <What c={c} /> },
    {
      title: 'Acheteur',
      cell: (c) => (
        <>
          {c.buyerName || siret(c.buyerSiret)}
          {c.amount && <span class="sub">{money(c.amount)} HT</span>}
        </>
      ),
    },
    {
      title: 'Étape',
      cell: (c) => (
        <>
          {stage(c.stage)}
          {c.endsOn && c.stage !== 'ENDED' && <span class="sub nowrap">jusqu’au {day(c.endsOn)}</span>}
        </>
      ),
    },
    {
      title: 'Heures faites',
      cell: (c) => (c.owed ? <PaceBar pace={c} /> : <span class="quiet">{c.clauses ? 'personne ne les doit encore' : 'sans clause'}</span>),
    },
    { title: 'Feu', cell: (c) => (c.owed ? <Light value={c.light} /> : <span class="quiet">–</span>) },
    { title: 'Prochaine échéance', cell: (c) => <Next c={c} today={today} /> },
  ];
  return (
    <div class="rows-open rows-contracts">
      <Table caption="Contrats" rows={lines} rowKey={(c) => c.contractId} columns={columns} />
    </div>
  );
}

function buyersOf(lines: ContractLine[]): [string, string][] {
  const named = lines.filter((c) => c.buyerSiret && c.buyerName).map((c): [string, string] => [c.buyerSiret!, c.buyerName!]);
  return [...new Map(named)].sort((a, b) => text(a[1], b[1]));
}

export function Contracts({ limit }: { limit: number }): JSX.Element {
  const { api } = useDesk();
  const { query } = useAddress();
  const asked = useLoaded(`shapes ${METHOD}`, () => shapesFor(api, METHOD));
  const shapes = (asked.data?.request ?? []).filter(isFilter);
  const pages = usePages(contracts(requestOf(query)), limit);
  const words = shapes.find((s) => s.name === 'words');
  return (
    <Panel title="Contrats">
      <Words label={words?.label ?? 'Mots'} help={words?.help} value={query.words ?? ''} />
      <Choices shapes={shapes} query={query} buyers={buyersOf(pages.items)} />
      <Wait state={pages} has={pages.items.length > 0} empty="Aucun contrat ne répond à cette recherche.">
        <ContractRows lines={inOrder(pages.items, query.tri)} />
        <p class="pager" role="status">
          {pages.items.length} {pages.items.length < 2 ? 'contrat affiché' : 'contrats affichés'}
          {pages.more ? (query.tri ? ' : l’ordre est celui de ceux-ci' : '') : ', c’est toute la liste'}
        </p>
        <More pages={pages} />
      </Wait>
    </Panel>
  );
}

// The newest few, where they are a part of another page.
export function NewestContracts({ limit }: { limit: number }): JSX.Element {
  const pages = usePages(contracts({}), limit);
  return (
    <Panel title="Contrats" aside={<a href="#/contrats">Tous les contrats</a>}>
      <Wait state={pages} has={pages.items.length > 0} empty="Aucun contrat n’est connu.">
        <ContractRows lines={pages.items} />
      </Wait>
    </Panel>
  );
}
