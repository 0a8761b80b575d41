// Conventions with buyers: what is to be decided first, each with its term, and the contracts that none covers.
import type { JSX } from 'preact';
import { listOf } from '../api.ts';
import { More } from '../components/More.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import { todayText } from '../contract/next.ts';
import { capital, useWord } from '../contract/words.ts';
import type { Word } from '../contract/words.ts';
import { Acts } from '../desk/Acts.tsx';
import { actTitle, mayAsk } from '../desk/methods.ts';
import { THINGS } from '../desk/places.ts';
import { day, typographic } from '../format.ts';
import { hrefOf, useDesk, usePages } from '../hooks.ts';
import type { Agreement } from '../types.ts';

const LIMIT = 50;
const UNCOVERED = 10;

// What waits of an agreement: its signature, or that its term is decided on.
export function nextOf(a: Agreement): string | undefined {
  if (!a.state || a.state === 'AGREEMENT_DRAFT') return 'contracts.SignAgreement';
  return a.warning ? 'contracts.RenewAgreement' : undefined;
}

function Name({ a }: { a: Agreement }): JSX.Element {
  return (
    <>
      <a class="row-link" href={hrefOf(['conventions', a.agreementId])}>
        {a.agreement?.buyerName || 'Convention'}
      </a>
      <span class="sub">avec {a.agreement?.carrierName || 'une structure porteuse à dire'}</span>
    </>
  );
}

function Decide({ a }: { a: Agreement }): JSX.Element {
  const today = todayText();
  if (!a.decideBy) return <span class="quiet">–</span>;
  return (
    <>
      <span class={a.decideBy < today ? 'due due-late' : a.warning ? 'due due-due_soon' : ''}>{day(a.decideBy)}</span>
      {a.warning && <span class="sub">{typographic(a.warning)}</span>}
    </>
  );
}

function Rows({ rows, word }: { rows: Agreement[]; word: Word }): JSX.Element {
  const { session } = useDesk();
  return (
    <Table
      caption="Conventions"
      rows={rows}
      rowKey={(a) => a.agreementId}
      columns={[
        { title: 'Acheteur', cell: (a) => <Name a={a} /> },
        { title: 'État', cell: (a) => capital(word('agreements.state', a.state)) },
        { title: 'À partir du', cell: (a) => day(a.agreement?.startsOn) },
        { title: 'Terme', cell: (a) => day(a.termEndsOn ?? a.agreement?.endsOn) },
        { title: 'À décider avant le', cell: (a) => <Decide a={a} /> },
        { title: 'Participation', cell: (a) => capital(word('agreements.agreement.fee.kind', a.agreement?.fee?.kind)) },
        {
          title: 'Agir',
          hideTitle: true,
          cell: (a) => {
            const act = nextOf(a);
            if (!act || !mayAsk(session.role, act)) return null;
            return <a href={hrefOf(['conventions', a.agreementId, 'agir', act])}>{actTitle(act)}</a>;
          },
        },
      ]}
    />
  );
}

function Uncovered(): JSX.Element {
  const pages = usePages(
    listOf('contracts/UncoveredContracts', {}, (r) => r.contracts),
    UNCOVERED,
  );
  return (
    <Panel title="Contrats sans convention" aside={<a href={hrefOf(['sans-convention'])}>Toute la liste</a>}>
      <Wait state={pages} has={pages.items.length > 0} empty="Tous les contrats suivis ont leur convention.">
        <Table
          caption="Contrats sans convention"
          rows={pages.items}
          rowKey={(c) => c.contractId ?? ''}
          columns={[
            { title: 'Contrat', cell: (c) => <a href={hrefOf(['contrats', c.contractId ?? ''])}>{c.object || c.number}</a> },
            { title: 'Acheteur', cell: (c) => c.buyerName || c.buyerSiret },
            { title: 'Pourquoi', cell: (c) => typographic(c.reason) },
          ]}
        />
        <More pages={pages} />
      </Wait>
    </Panel>
  );
}

export function AgreementsPage(): JSX.Element {
  const word = useWord('contracts/Agreements');
  const pages = usePages(
    listOf('contracts/Agreements', {}, (r) => r.agreements),
    LIMIT,
  );
  const waiting = pages.items.filter((a) => nextOf(a));
  const others = pages.items.filter((a) => !nextOf(a));
  return (
    <>
      <PageHead title="Conventions avec les acheteurs" lead="Qui paie la mission du facilitateur, jusqu’à quand, et pour quels contrats." />
      <Acts acts={THINGS.conventions!.begins!} path={['conventions']} />
      {waiting.length > 0 && (
        <Panel title="À signer, ou à décider bientôt">
          <Rows rows={waiting} word={word} />
        </Panel>
      )}
      <Panel title="Conventions">
        <Wait
          state={pages}
          has={others.length > 0}
          empty={waiting.length ? 'Aucune autre.' : 'Aucune convention : rédigez-en un premier projet.'}
        >
          <Rows rows={others} word={word} />
          <More pages={pages} />
        </Wait>
      </Panel>
      <Uncovered />
    </>
  );
}
