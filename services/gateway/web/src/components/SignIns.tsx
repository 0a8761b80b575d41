// Who signed in, or tried to: one's own (« Mon accès »); everybody's, by account and period, for who looks after accesses.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { instant } from '../format.ts';
import { usePages } from '../hooks.ts';
import type { Pages } from '../hooks.ts';
import { signInOutcome, signInWay } from '../labels.ts';
import { ownSignIns, signIns } from '../lists.ts';
import type { SignInLine } from '../types.ts';
import { Field } from './Field.tsx';
import { Panel, Wait } from './Panel.tsx';
import { Table } from './Table.tsx';
import type { Column } from './Table.tsx';

const COLUMNS: Column<SignInLine>[] = [
  { title: 'Quand', cell: (s) => instant(s.at) },
  {
    title: 'Résultat',
    cell: (s) => (
      <>
        {s.outcome === 'SIGN_IN_OPEN' ? signInOutcome(s.outcome) : <strong>{signInOutcome(s.outcome)}</strong>}
        <span class="sub">{signInWay(s.way)}</span>
      </>
    ),
  },
  {
    title: 'Depuis',
    cell: (s) => (
      <>
        {s.browser || 'navigateur inconnu'}
        {s.newBrowser && ' (nouveau)'}
        <span class="sub">{s.place || 'la machine de la passerelle'}</span>
      </>
    ),
  },
];

function Lines({ pages, columns }: { pages: Pages<SignInLine>; columns: Column<SignInLine>[] }): JSX.Element {
  return (
    <Wait state={pages} has={pages.items.length > 0} empty="Aucune connexion à montrer.">
      <Table caption="Connexions" rows={pages.items} rowKey={(s) => `${s.at} ${s.accountId} ${s.outcome}`} columns={columns} />
      {pages.more && (
        <button type="button" class="btn btn-outline-primary" onClick={pages.readMore}>
          Afficher la suite
        </button>
      )}
    </Wait>
  );
}

export function OwnSignIns(): JSX.Element {
  const pages = usePages(ownSignIns(), 10);
  return (
    <Panel title="Dernières connexions">
      <Lines pages={pages} columns={COLUMNS} />
    </Panel>
  );
}

export function SignIns({ account }: { account: { accountId: string; name: string } | null }): JSX.Element {
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const pages = usePages(signIns(account?.accountId ?? '', from, until), 25);
  const columns: Column<SignInLine>[] = [{ title: 'Compte', cell: (s) => s.name }, ...COLUMNS];
  return (
    <Panel title={account ? `Connexions de ${account.name}` : 'Connexions'}>
      <div class="filters">
        <Field label="Du" kind="date" value={from} onChange={setFrom} />
        <Field label="Au" kind="date" value={until} onChange={setUntil} />
      </div>
      <Lines pages={pages} columns={columns} />
    </Panel>
  );
}
