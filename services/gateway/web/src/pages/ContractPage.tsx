// One contract, from its page of facts: dates to keep, agreement and reservation, clauses and obligations, record,
// publication, history.
import type { JSX } from 'preact';
import { Facts } from '../components/Facts.tsx';
import type { Fact } from '../components/Facts.tsx';
import { FollowUp } from '../components/FollowUp.tsx';
import { ObligationCard, contractorOf } from '../components/ObligationCard.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { Social } from '../components/Social.tsx';
import { StatementPanel } from '../components/Statement.tsx';
import { Table } from '../components/Table.tsx';
import { ABSENT, day, hours, instant, money, plural, share, siret } from '../format.ts';
import { Acts, RowActs } from '../desk/Acts.tsx';
import { THINGS } from '../desk/places.ts';
import { Sections } from '../desk/Sections.tsx';
import { hrefOf, useQuery } from '../hooks.ts';
import { calendarState, contractKind, environmental, place, recordFormat, stage } from '../labels.ts';
import type {
  CalendarLine,
  Clause,
  CompanyId,
  Contract,
  ContractRecord,
  HistoryLine,
  Modification,
} from '../types.ts';

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
          ['Considérations sociales', <Social values={contract.social} />],
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

// The figures of the formula, each with its name; another method in the words of the daemon. A company is told none: they
// are the buyer's estimate.
function Sign({ said, children }: { said: string; children: string }): JSX.Element {
  return (
    <>
      <b aria-hidden="true">{children}</b>
      <span class="visually-hidden">{said}</span>
    </>
  );
}

function Calculation({ clause }: { clause: Clause }): JSX.Element | null {
  if (!clause.calculation) return null;
  const k = clause.calibration ?? {};
  if (clause.method && clause.method !== 'FORMULA') {
    return (
      <p class="formula">
        <span>
          {clause.calculation}
          <small>calcul</small>
        </span>
        <Sign said="donne">=</Sign>
        <span class="formula-result">
          {hours(clause.hours)}
          <small>à réaliser</small>
        </span>
      </p>
    );
  }
  return (
    <p class="formula">
      <span>
        {money(k.amount)}
        <small>montant HT</small>
      </span>
      <Sign said="multiplié par">×</Sign>
      <span>
        {share(k.labourShare)}
        <small>part de main-d’œuvre</small>
      </span>
      <Sign said="multiplié par">×</Sign>
      <span>
        {share(k.insertionRate)}
        <small>taux d’insertion</small>
      </span>
      <Sign said="divisé par">÷</Sign>
      <span>
        {money(k.hourlyCost)}
        <small>coût horaire</small>
      </span>
      <Sign said="donne">=</Sign>
      <span class="formula-result">
        {hours(clause.hours)}
        <small>à réaliser</small>
      </span>
    </p>
  );
}

function ClauseBlock({ clause }: { clause: Clause }): JSX.Element {
  const obligations = clause.obligations ?? [];
  return (
    <Panel title={`Clause du lot ${clause.lot ?? 1}`} aside={<span class="tag">{hours(clause.hours)}</span>}>
      <RowActs acts={Object.values(THINGS.clauses!.acts).flat()} path={['clauses', clause.clauseId]} query={{}} of={`lot ${clause.lot ?? 1}`} />
      <Calculation clause={clause} />
      {(clause.warnings ?? []).map((text) => (
        <p key={text} class="quiet">
          {text}
        </p>
      ))}
      {obligations.length === 0 && <p class="quiet">Aucun titulaire n’est encore tenu de ces heures.</p>}
      {obligations.map((o) => (
        <ObligationCard
          key={o.obligationId}
          obligation={o}
          title={contractorOf(o)}
          subtitle="Titulaire de l’obligation"
          href={hrefOf(['obligations', o.obligationId])}
        />
      ))}
    </Panel>
  );
}

// The dates that somebody has to keep, the nearest first; what is late says so in words, not in colour alone.
function Calendar({ lines }: { lines: CalendarLine[] }): JSX.Element | null {
  if (lines.length === 0) return null;
  return (
    <Panel title="Échéances">
      <Table
        caption="Échéances du contrat"
        rows={lines}
        rowKey={(l) => `${l.on} ${l.what ?? ''}`}
        columns={[
          { title: 'Date', cell: (l) => day(l.on) },
          { title: 'À faire', cell: (l) => l.what },
          {
            title: 'État',
            cell: (l) => <span class={`due due-${(l.state ?? '').toLowerCase()}`}>{calendarState(l.state)}</span>,
          },
          { title: 'Règle', cell: (l) => l.source || '–' },
        ]}
      />
    </Panel>
  );
}

// What the buyer published, where our own truth stands before it.
function Published({ record }: { record?: ContractRecord }): JSX.Element | null {
  if (!record) return null;
  return (
    <Panel title="Publication de l’acheteur">
      <Facts
        facts={[
          ['Considérations sociales', <Social values={record.social} />],
          ['Montant HT', money(record.amount)],
          ['Durée', months(record.durationMonths)],
          ['Notifié le', day(record.notifiedOn)],
          ['Source', recordFormat(record.format)],
        ]}
      />
    </Panel>
  );
}

function History({ lines }: { lines: HistoryLine[] }): JSX.Element | null {
  if (lines.length === 0) return null;
  return (
    <Panel title="Histoire du contrat">
      <ol class="history" reversed>
        {lines.map((l) => (
          <li key={l.number}>
            <time dateTime={l.at}>{instant(l.at)}</time>
            {Number(l.withdrawnBy) ? <del>{l.text}</del> : <span>{l.text}</span>}
            <small>
              n° {l.number}
              {Number(l.withdrawnBy) > 0 && `, annulé par le n° ${l.withdrawnBy}`}
              {l.user && `, ${l.user}`}
            </small>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

export function ContractPage({ contractId }: { contractId: string }): JSX.Element {
  const state = useQuery('contracts/ContractFacts', { contractId }, 15000);
  const contract = state.data?.contract;
  const r = contract?.record;
  const clauses = contract?.clauses ?? [];
  return (
    <>
      <p class="back">
        <a href="#/contrats">Tous les contrats</a>
      </p>
      <PageHead
        title={r?.object || (r?.number ? `Contrat ${r.number}` : 'Contrat')}
        lead={
          r &&
          `${contractKind(r.kind)} ${r.number ? `n° ${r.number}` : 'sans numéro'} · ${stage(state.data?.file?.stage)}`
        }
      />
      <Wait state={state} has={state.data !== null}>
        {state.data && contract && (
          <>
            <Acts acts={THINGS.contrats!.acts} path={['contrats', contractId]} value={state.data} />
            <Calendar lines={state.data.calendar ?? []} />
            <FollowUp facts={state.data} />
            {clauses.length > 0 && <StatementPanel contractId={contractId} />}
            {clauses.map((k) => (
              <ClauseBlock key={k.clauseId} clause={k} />
            ))}
            {clauses.length === 0 && (
              <Panel title="Clauses">
                <p class="quiet">Aucune clause n’est suivie sur ce contrat.</p>
              </Panel>
            )}
            <Record contract={contract} />
            <Sections contractId={contractId} value={state.data} />
            <Published record={state.data.published} />
            <History lines={state.data.history ?? []} />
          </>
        )}
      </Wait>
    </>
  );
}
