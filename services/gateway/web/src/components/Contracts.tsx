// « Contrats »: the list, searched by buyer (SIRET) and number on the server, read page by page.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { day, money, siret } from '../format.ts';
import { useFormWords, usePages } from '../hooks.ts';
import { contracts } from '../lists.ts';
import type { ContractLine } from '../types.ts';
import { More } from './More.tsx';
import { Panel, Wait } from './Panel.tsx';
import { Social } from './Social.tsx';
import { Table } from './Table.tsx';

interface Search {
  buyerSiret?: string;
  number?: string;
}

// Reads the two fields; a string is what to tell the person instead of searching.
export function searchOf(typedSiret: string, typedNumber: string): Search | string {
  const buyerSiret = typedSiret.replace(/\s/g, ''),
    number = typedNumber.trim();
  if (buyerSiret && !/^\d{14}$/.test(buyerSiret)) return 'Un SIRET compte 14 chiffres. Corrigez-le ou videz ce champ.';
  if (number && !buyerSiret)
    return 'Plusieurs acheteurs peuvent employer le même numéro : donnez aussi le SIRET de l’acheteur.';
  return { ...(buyerSiret && { buyerSiret }), ...(number && { number }) };
}

interface FormProps {
  buyers: [string, string][];
  onSearch: (search: Search) => void;
}

function SearchForm({ buyers, onSearch }: FormProps): JSX.Element {
  const [typed, setTyped] = useState({ siret: '', number: '' });
  const words = useFormWords('contracts/Contracts', 'contracts.ContractsRequest').data;
  const [problem, setProblem] = useState('');
  const run = (siretText: string, numberText: string) => {
    const search = searchOf(siretText, numberText);
    setProblem(typeof search === 'string' ? search : '');
    if (typeof search !== 'string') onSearch(search);
  };
  const clear = () => {
    setTyped({ siret: '', number: '' });
    run('', '');
  };
  return (
    <form
      class="search"
      role="search"
      aria-label="Chercher un contrat"
      onSubmit={(e) => {
        e.preventDefault();
        run(typed.siret, typed.number);
      }}
    >
      <div>
        <label for="s-siret" class="form-label">
          {words?.buyerSiret?.label}
        </label>
        <input
          id="s-siret"
          class="form-control"
          list="s-buyers"
          inputMode="numeric"
          autocomplete="off"
          maxLength={20}
          value={typed.siret}
          aria-describedby={problem ? 's-problem' : undefined}
          aria-invalid={problem ? true : undefined}
          onInput={(e) => setTyped({ ...typed, siret: e.currentTarget.value })}
        />
        <datalist id="s-buyers">
          {buyers.map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </datalist>
      </div>
      <div>
        <label for="s-number" class="form-label">
          {words?.number?.label}
        </label>
        <input
          id="s-number"
          class="form-control"
          autocomplete="off"
          maxLength={words?.number?.maxLength}
          value={typed.number}
          onInput={(e) => setTyped({ ...typed, number: e.currentTarget.value })}
        />
      </div>
      <div class="search-buttons">
        <button type="submit" class="btn btn-primary">
          Chercher
        </button>
        <button type="button" class="btn btn-outline-secondary" onClick={clear}>
          Effacer
        </button>
      </div>
      {problem && (
        <p id="s-problem" class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

function ContractLink({ c }: { c: ContractLine }): JSX.Element {
  return (
    <a class="row-link" href={`#/contrats/${c.contractId}`}>
      {c.object || `Contrat ${c.number ?? ''}`}
    </a>
  );
}

export function Contracts({ limit }: { limit: number }): JSX.Element {
  const [search, setSearch] = useState<Search>({});
  const pages = usePages(contracts(search), limit);
  const buyers = [
    ...new Map(pages.items.filter((c) => c.buyerSiret && c.buyerName).map((c) => [c.buyerSiret!, c.buyerName!])),
  ];
  const columns = [
    { title: 'Objet', cell: (c: ContractLine) => <ContractLink c={c} /> },
    { title: 'Acheteur', cell: (c: ContractLine) => c.buyerName || siret(c.buyerSiret) },
    { title: 'Numéro', cell: (c: ContractLine) => <span class="nowrap">{c.number}</span> },
    { title: 'Notifié le', cell: (c: ContractLine) => day(c.notifiedOn) },
    { title: 'Montant HT', cell: (c: ContractLine) => money(c.amount), number: true },
    { title: 'Considération sociale', cell: (c: ContractLine) => <Social values={c.social} /> },
    { title: 'Clauses suivies', cell: (c: ContractLine) => String(c.clauses ?? 0), number: true },
  ];
  return (
    <Panel title="Contrats">
      <SearchForm buyers={buyers} onSearch={setSearch} />
      <Wait state={pages} has={pages.items.length > 0} empty="Aucun contrat ne répond à cette recherche.">
        <div class="rows-open">
          <Table caption="Contrats" rows={pages.items} rowKey={(c) => c.contractId} columns={columns} />
        </div>
        <p class="pager" role="status">
          {pages.items.length} {pages.items.length < 2 ? 'contrat affiché' : 'contrats affichés'}
          {pages.more ? '' : ', c’est toute la liste'}
        </p>
        <More pages={pages} />
      </Wait>
    </Panel>
  );
}
