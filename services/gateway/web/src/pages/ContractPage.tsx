// One contract: the record as its buyer published it, the clauses put on its lots, their obligations, the statement.
import type { JSX } from 'preact';
import { Facts } from '../components/Facts.tsx';
import type { Fact } from '../components/Facts.tsx';
import { ObligationCard, contractorOf } from '../components/ObligationCard.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { Social } from '../components/Social.tsx';
import { StatementPanel } from '../components/Statement.tsx';
import { Table } from '../components/Table.tsx';
import { ABSENT, day, hours, money, plural, share, siret } from '../format.ts';
import { useQuery } from '../hooks.ts';
import { contractKind, environmental, place, recordFormat } from '../labels.ts';
import type { Clause, CompanyId, Contract, ContractRecord, Modification } from '../types.ts';

function company(id: CompanyId): string {
  const code = id.kind === 'SIRET' || !id.kind ? `SIRET ${siret(id.value)}` : `${id.kind} ${id.value ?? ''}`;
  return id.name ? `${id.name} (${code})` : code;
}

function months(n: number | undefined): string {
  return n ? `${n} mois` : ABSENT;
}

function changed(first: string, current: string): string {
  return current !== ABSENT && current !== first ? `${current} (à l’origine : ${first})` : first;
}

function recordFacts(c: Contract, r: ContractRecord): Fact[] {
  const code = [place(r.place?.kind), r.place?.code].filter(Boolean).join(' ');
  const where = r.place?.name ? `${r.place.name} (${code})` : code;
  return [
    ['Acheteur', r.buyerName || ABSENT],
    ['SIRET de l’acheteur', siret(r.buyerSiret)],
    ['Titulaires', (r.contractors ?? []).map(company).join(' ; ')],
    ['Montant HT', changed(money(r.amount), money(c.currentAmount))],
    ['Durée', changed(months(r.durationMonths), months(c.currentDurationMonths))],
    ['Notifié le', day(r.notifiedOn)],
    ['Nature', r.nature || ABSENT],
    ['Procédure', r.procedure || ABSENT],
    ['Code CPV', r.cpv || ABSENT],
    ['Lieu d’exécution', where || ABSENT],
    ['Offres reçues', r.offersReceived ? String(r.offersReceived) : ABSENT],
    ['Source', recordFormat(r.format)],
  ];
}

function Record({ contract }: { contract: Contract }): JSX.Element {
  const r = contract.record ?? {};
  const green = (r.environmental ?? []).filter((v) => v !== 'ENVIRONMENTAL_UNKNOWN');
  return (
    <Panel title="Fiche du contrat">
      <Facts
        facts={[
          ['Considérations sociales', <Social values={r.social} />],
          ['Considérations environnementales', green.length ? green.map(environmental).join(', ') : ABSENT],
          ...recordFacts(contract, r),
        ]}
      />
      {(r.modifications?.length ?? 0) > 0 && <Modifications list={r.modifications!} />}
    </Panel>
  );
}

function Modifications({ list }: { list: Modification[] }): JSX.Element {
  return (
    <details class="more">
      <summary>{plural(list.length, 'modification')}</summary>
      <Table
        caption="Modifications"
        rows={list}
        rowKey={(m) => `${m.number ?? 0} ${m.notifiedOn ?? ''}`}
        columns={[
          { title: 'N°', cell: (m) => m.number ?? '–', number: true },
          { title: 'Notifiée le', cell: (m) => day(m.notifiedOn) },
          { title: 'Montant HT', cell: (m) => money(m.amount, 'inchangé'), number: true },
          { title: 'Durée', cell: (m) => (m.durationMonths ? `${m.durationMonths} mois` : 'inchangée') },
          { title: 'Objet', cell: (m) => m.object || '–' },
        ]}
      />
    </details>
  );
}

function ClauseBlock({ clause }: { clause: Clause }): JSX.Element {
  const k = clause.calibration ?? {};
  const obligations = clause.obligations ?? [];
  return (
    <Panel title={`Clause du lot ${clause.lot ?? 1}`} aside={<span class="tag">{hours(clause.hours)}</span>}>
      <p class="formula">
        <span>
          {money(k.amount)}
          <small>montant HT</small>
        </span>
        <b aria-label="multiplié par">×</b>
        <span>
          {share(k.labourShare)}
          <small>part de main-d’œuvre</small>
        </span>
        <b aria-label="multiplié par">×</b>
        <span>
          {share(k.insertionRate)}
          <small>taux d’insertion</small>
        </span>
        <b aria-label="divisé par">÷</b>
        <span>
          {money(k.hourlyCost)}
          <small>coût horaire</small>
        </span>
        <b aria-label="donne">=</b>
        <span class="formula-result">
          {hours(clause.hours)}
          <small>à réaliser</small>
        </span>
      </p>
      {obligations.length === 0 && <p class="quiet">Aucun titulaire n’est encore tenu de ces heures.</p>}
      {obligations.map((o) => (
        <ObligationCard
          key={o.obligationId}
          obligation={o}
          title={contractorOf(o)}
          subtitle="Titulaire de l’obligation"
        />
      ))}
    </Panel>
  );
}

export function ContractPage({ contractId }: { contractId: string }): JSX.Element {
  const state = useQuery<Contract>('contracts', 'ContractById', { contractId }, 15000);
  const r = state.data?.record;
  const clauses = state.data?.clauses ?? [];
  return (
    <>
      <p class="back">
        <a href="#/contrats">Tous les contrats</a>
      </p>
      <PageHead
        title={r?.object || (r?.number ? `Contrat ${r.number}` : 'Contrat')}
        lead={r && `${contractKind(r.kind)} n° ${r.number ?? ABSENT}`}
      />
      <Wait state={state} has={state.data !== null}>
        {state.data && (
          <>
            {clauses.length > 0 && <StatementPanel contractId={contractId} />}
            {clauses.map((k) => (
              <ClauseBlock key={k.clauseId} clause={k} />
            ))}
            {clauses.length === 0 && (
              <Panel title="Clauses">
                <p class="quiet">Aucune clause n’est suivie sur ce contrat.</p>
              </Panel>
            )}
            <Record contract={state.data} />
          </>
        )}
      </Wait>
    </>
  );
}
