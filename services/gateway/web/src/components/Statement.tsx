// The contract's statement (bilan de clause), as reporting counts it: persons once each.
import type { JSX } from 'preact';
import { count, hours, hundredths, percent, plural } from '../format.ts';
import { useQuery } from '../hooks.ts';
import { modality } from '../labels.ts';
import type { Statement } from '../types.ts';
import { Panel, Wait } from './Panel.tsx';
import { ProgressBar, ProgressLegend } from './Progress.tsx';
import { Table } from './Table.tsx';

const POLL_MS = 15000;

function Body({ s }: { s: Statement }): JSX.Element {
  const counted = hundredths(s.done) + hundredths(s.converted);
  return (
    <>
      <p class="hero-line">
        <strong>{percent(counted, hundredths(s.due))}</strong> des heures dues sont faites, par{' '}
        {plural(s.persons ?? 0, 'personne')} en {plural(s.placements ?? 0, 'placement')}
      </p>
      <ProgressBar figures={s} tall />
      <ProgressLegend figures={s} />
      {(s.byModality?.length ?? 0) > 0 && (
        <Table
          caption="Bilan par modalité"
          compact
          rows={s.byModality!}
          rowKey={(m) => m.modality ?? ''}
          columns={[
            { title: 'Modalité', cell: (m) => modality(m.modality) },
            { title: 'Heures', cell: (m) => hours(m.hours), number: true },
            { title: 'Personnes', cell: (m) => count(m.persons), number: true },
            { title: 'Placements', cell: (m) => count(m.placements), number: true },
          ]}
        />
      )}
    </>
  );
}

export function StatementPanel({ contractId }: { contractId: string }): JSX.Element {
  const state = useQuery<Statement>('reporting', 'ContractStatement', { contractId }, POLL_MS);
  return (
    <Panel title="Bilan de clause" className="panel-hero">
      <Wait state={state} has={state.data !== null}>
        {state.data && <Body s={state.data} />}
      </Wait>
    </Panel>
  );
}
