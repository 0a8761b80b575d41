// What is known of the contract itself: its record, and what its buyer published beside our own truth.
import type { JSX } from 'preact';
import { Facts } from '../components/Facts.tsx';
import type { Fact } from '../components/Facts.tsx';
import { Panel } from '../components/Panel.tsx';
import { Social } from '../components/Social.tsx';
import { Table } from '../components/Table.tsx';
import { Acts } from '../desk/Acts.tsx';
import { THINGS } from '../desk/places.ts';
import { Sections } from '../desk/Sections.tsx';
import { ABSENT, day, money, plural, siret, typographic } from '../format.ts';
import { environmental, place, recordFormat } from '../labels.ts';
import type { CompanyId, Contract, ContractFacts, ContractRecord, Difference, Modification } from '../types.ts';

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

export function Record({ contract }: { contract: Contract }): JSX.Element {
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

// Field by field, where what the buyer published is not what we know.
function Differences({ list }: { list: Difference[] }): JSX.Element {
  if (list.length === 0)
    return (
      <Panel title="Ce qui est publié, et ce que nous savons">
        <p class="quiet">Ce que l’acheteur a publié dit la même chose que le dossier.</p>
      </Panel>
    );
  return (
    <Panel title="Ce qui est publié, et ce que nous savons">
      <Table
        caption="Différences avec la publication"
        rows={list}
        rowKey={(d) => d.field ?? ''}
        columns={[
          { title: 'Donnée', cell: (d) => d.label },
          { title: 'Publié', cell: (d) => d.published || '–' },
          { title: 'Dossier', cell: (d) => d.ours || '–' },
          { title: 'À savoir', cell: (d) => typographic(d.note) },
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

export function PublicationPart({ contractId, facts }: { contractId: string; facts: ContractFacts }): JSX.Element {
  const group = 'La publication';
  return (
    <>
      <Differences list={facts.differences ?? []} />
      <Published record={facts.published} />
      <Sections contractId={contractId} value={facts} only={['publishedContractId']} />
      <Acts acts={{ [group]: THINGS.contrats!.acts[group]! }} path={['contrats', contractId]} value={facts} />
    </>
  );
}
