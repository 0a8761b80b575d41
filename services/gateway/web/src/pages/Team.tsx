// « Qui travaille »: the persons who work for a company's clauses, or whom a structure employs, by their employer's own
// reference: where, until when, their hours, and what waits. A structure's invoices below.
import type { JSX } from 'preact';
import { MiniMonths } from '../components/HoursStrip.tsx';
import { More } from '../components/More.tsx';
import { inTurn } from '../components/NextSteps.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import type { Column } from '../components/Table.tsx';
import { listOf } from '../api.ts';
import { today } from '../form/typed.ts';
import { day, hours, money, plural } from '../format.ts';
import { changeQuery, hrefOf, useAddress, useDesk, usePages } from '../hooks.ts';
import { useObligations } from '../hours/sheet.ts';
import { workContract } from '../labels.ts';
import { useOrganisationNames } from '../organisations.ts';
import { placementMonths } from '../persons/months.ts';
import { placementSteps } from '../persons/placementNext.ts';
import { useTrades } from '../trades.ts';
import type { TradeName } from '../trades.ts';
import type { Obligation, Placement, Session } from '../types.ts';

const LIMIT = 50;
const text = (words: string | undefined): string => (words ?? '').replaceAll("'", '’');

interface Around {
  session: Session;
  now: string;
  trade: TradeName;
  obligations: Map<string, Obligation>;
  name: (organisation: string | undefined) => string;
}

function Person({ p, trade }: { p: Placement; trade: TradeName }): JSX.Element {
  const name = p.employerReference || trade(p.romeCode);
  return (
    <>
      <a href={hrefOf(['parcours', p.placementId])}>
        <strong>{name}</strong>
      </a>
      <span class="sub">{p.employerReference ? trade(p.romeCode) : 'sans référence de votre part'}</span>
    </>
  );
}

// The other side: whose staff it is for a company, where it works for a structure.
function Where({ p, around }: { p: Placement; around: Around }): JSX.Element {
  const { session, name, obligations } = around;
  const contract = obligations.get(p.obligationId ?? '')?.contractObject;
  const isOwn = p.employer === session.organisation;
  const who = isOwn ? (p.hostCompany === p.employer ? '' : name(p.hostCompany)) : `Salarié de ${text(p.employerName)}`;
  return (
    <>
      {contract && p.obligationId ? <a href={hrefOf(['obligations', p.obligationId])}>{text(contract)}</a> : who || 'chez vous'}
      {contract && who && <span class="sub">{who}</span>}
    </>
  );
}

function When({ p }: { p: Placement }): JSX.Element {
  return (
    <>
      {p.ended ? `du ${day(p.startsOn)} au ${day(p.endedOn)}` : `depuis le ${day(p.startsOn)}`}
      <span class="sub">
        {!p.ended && p.endsOn ? `jusqu’au ${day(p.endsOn)}, ` : ''}
        {[workContract(p.workContract), p.weeklyHours && `${hours(p.weeklyHours)} par semaine`].filter(Boolean).join(', ')}
      </span>
    </>
  );
}

function Waits({ p, around }: { p: Placement; around: Around }): JSX.Element {
  const [first] = inTurn(placementSteps(p, around.session, around.now)).filter((s) => s.act);
  if (!first) return <span class="quiet">rien</span>;
  return <a href={first.act!.href}>{first.what}</a>;
}

const columnsOf = (around: Around): Column<Placement>[] => [
  { title: 'Qui', cell: (p) => <Person p={p} trade={around.trade} /> },
  { title: 'Pour quel contrat, où', cell: (p) => <Where p={p} around={around} /> },
  { title: 'Quand', cell: (p) => <When p={p} /> },
  { title: 'Tuteur', cell: (p) => text(p.tutor) || <span class="absent">à nommer</span> },
  { title: 'Derniers mois', cell: (p) => <MiniMonths months={placementMonths(p, around.now)} /> },
  { title: 'À faire', cell: (p) => <Waits p={p} around={around} /> },
];

function Invoices(): JSX.Element {
  const pages = usePages(listOf('tracking/Invoices', {}, (r) => r.lines), LIMIT);
  return (
    <Panel title="Factures comptées en heures">
      <Wait
        state={pages}
        has={pages.items.length > 0}
        empty="Aucune facture n’est comptée : celles que vous envoyez comme sous-traitant inclusif sont notées par le facilitateur."
      >
        <Table
          caption="Factures comptées en heures"
          rows={pages.items}
          rowKey={(i) => i.invoiceId ?? ''}
          columns={[
            { title: 'N°', cell: (i) => <a href={hrefOf(['factures', i.invoiceId ?? ''])}>{i.figures?.number}</a> },
            { title: 'Pour', cell: (i) => text(i.contractorName) },
            { title: 'Datée du', cell: (i) => day(i.figures?.dated) },
            { title: 'Montant HT', cell: (i) => money(i.figures?.amount), number: true },
            { title: 'Heures', cell: (i) => (i.cancelled ? 'annulée' : hours(i.figures?.hours)), number: true },
          ]}
        />
        <More pages={pages} />
      </Wait>
    </Panel>
  );
}

export function Team(): JSX.Element {
  const { session } = useDesk();
  const { query } = useAddress();
  const isAll = query.finis === 'oui';
  const pages = usePages(listOf('tracking/Placements', isAll ? {} : { openOnly: true }, (r) => r.placements), LIMIT);
  const now = today();
  const around: Around = {
    session,
    now,
    trade: useTrades(pages.items.map((p) => p.romeCode)),
    obligations: useObligations(),
    name: useOrganisationNames(pages.items.map((p) => (p.hostCompany === p.employer ? undefined : p.hostCompany))),
  };
  const isStructure = session.role === 'STRUCTURE';
  return (
    <>
      <PageHead
        title="Qui travaille"
        lead={
          isStructure
            ? 'Les personnes que vous employez pour des clauses, chez vous ou mises à disposition, par votre propre référence.'
            : 'Les personnes qui travaillent pour vos clauses, par la référence de leur employeur.'
        }
      >
        <a class="btn btn-primary" href="#/declarer">
          Déclarer les heures du mois
        </a>
      </PageHead>
      <Panel
        title={isAll ? 'Tous les parcours' : 'Parcours en cours'}
        aside={
          <label class="check">
            <input type="checkbox" checked={isAll} onChange={(e) => changeQuery({ finis: e.currentTarget.checked ? 'oui' : '' })} /> Finis aussi
          </label>
        }
      >
        <Wait
          state={pages}
          has={pages.items.length > 0}
          empty={isStructure ? 'Personne ne travaille en ce moment par une clause.' : 'Personne ne travaille en ce moment pour vos clauses : dites d’abord qui vous cherchez, par « Déclarer un besoin ».'}
        >
          <Table caption="Qui travaille" rows={pages.items} rowKey={(p) => p.placementId} columns={columnsOf(around)} />
          <p class="pager" role="status">
            {plural(pages.items.length, 'parcours affiché', 'parcours affichés')}
          </p>
          <More pages={pages} />
        </Wait>
      </Panel>
      {isStructure && <Invoices />}
    </>
  );
}
