// One contract: at a glance first, then part by part; all of it from one question, its page of facts.
import type { JSX } from 'preact';
import { FollowUp } from '../components/FollowUp.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import { ClausePart } from '../contract/ClausePart.tsx';
import { ConsultationPart } from '../contract/ConsultationPart.tsx';
import { ControlPart } from '../contract/ControlPart.tsx';
import { Glance } from '../contract/Glance.tsx';
import { HistoryPart } from '../contract/HistoryPart.tsx';
import { HoursPart } from '../contract/HoursPart.tsx';
import { hrefOfDate } from '../contract/next.ts';
import { PapersPart } from '../contract/PapersPart.tsx';
import { PartsNav, partsOf } from '../contract/parts.tsx';
import { PeoplePart } from '../contract/PeoplePart.tsx';
import { PublicationPart, Record } from '../contract/RecordPart.tsx';
import { Acts } from '../desk/Acts.tsx';
import { actTitle } from '../desk/methods.ts';
import { THINGS } from '../desk/places.ts';
import { Sections } from '../desk/Sections.tsx';
import { day, typographic } from '../format.ts';
import { useAddress, useDesk, useQuery } from '../hooks.ts';
import { calendarState, contractKind, stage } from '../labels.ts';
import type { CalendarLine, ContractFacts } from '../types.ts';

const POLL_MS = 15000;

interface PartProps {
  contractId: string;
  facts: ContractFacts;
}

// The dates that somebody has to keep, the nearest first; what is late says so in words, not in colour alone.
function Calendar({ contractId, lines }: { contractId: string; lines: CalendarLine[] }): JSX.Element | null {
  const { session } = useDesk();
  if (lines.length === 0) return null;
  return (
    <Panel title="Échéances">
      <Table
        caption="Échéances du contrat"
        rows={lines}
        rowKey={(l) => `${l.on} ${l.what ?? ''}`}
        columns={[
          { title: 'Date', cell: (l) => day(l.on) },
          { title: 'À faire', cell: (l) => typographic(l.what) },
          {
            title: 'État',
            cell: (l) => <span class={`due due-${(l.state ?? '').toLowerCase()}`}>{calendarState(l.state)}</span>,
          },
          { title: 'Règle', cell: (l) => typographic(l.source) || '–' },
          {
            title: 'Agir',
            hideTitle: true,
            cell: (l) => {
              const href = l.state === 'KEPT' ? undefined : hrefOfDate(session.role, contractId, l);
              return href && <a href={href}>{actTitle(l.act!)}</a>;
            },
          },
        ]}
      />
    </Panel>
  );
}

function Brief({ contractId, facts }: PartProps): JSX.Element {
  const isOwed = (facts.control?.length ?? 0) > 0; // then nothing of its preparation is to be decided any more
  const sections = isOwed ? ['referrals'] : ['programmeLine', 'obligationCheck', 'derogation', 'referrals'];
  return (
    <>
      <Glance contractId={contractId} facts={facts} />
      <Acts acts={THINGS.contrats!.acts} path={['contrats', contractId]} value={facts} />
      <Calendar contractId={contractId} lines={facts.calendar ?? []} />
      <FollowUp facts={facts} />
      {facts.contract && <Record contract={facts.contract} />}
      <Sections contractId={contractId} value={facts} only={sections} />
    </>
  );
}

const SHOWN: Record<string, (props: PartProps) => JSX.Element> = {
  '': Brief,
  clause: ClausePart,
  heures: HoursPart,
  personnes: PeoplePart,
  consultation: ConsultationPart,
  controle: ControlPart,
  pieces: PapersPart,
  publication: PublicationPart,
  histoire: ({ contractId, facts }) => <HistoryPart contractId={contractId} lines={facts.history ?? []} />,
};

export function ContractPage({ contractId }: { contractId: string }): JSX.Element {
  const { session } = useDesk();
  const { query } = useAddress();
  const state = useQuery('contracts/ContractFacts', { contractId }, POLL_MS);
  const facts = state.data;
  const r = facts?.contract?.record;
  const parts = facts ? partsOf(session.role, facts) : [];
  const current = parts.find((p) => p.name === query.partie)?.name ?? '';
  const Part = SHOWN[current]!;
  const isCompany = session.role === 'COMPANY';
  return (
    <>
      <p class="back">
        <a href={isCompany ? '#/obligations' : '#/contrats'}>{isCompany ? 'Mes obligations' : 'Tous les contrats'}</a>
      </p>
      <PageHead
        title={r?.object || (r?.number ? `Contrat ${r.number}` : 'Contrat')}
        lead={
          r &&
          [
            `${contractKind(r.kind)} ${r.number ? `n° ${r.number}` : 'sans numéro'}`,
            r.buyerName,
            stage(facts?.file?.stage),
          ]
            .filter(Boolean)
            .join(' · ')
        }
      />
      <Wait state={state} has={facts !== null}>
        {facts && (
          <>
            <PartsNav contractId={contractId} parts={parts} current={current} />
            <Part key={current} contractId={contractId} facts={facts} />
          </>
        )}
      </Wait>
    </>
  );
}
