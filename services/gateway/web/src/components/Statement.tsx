// The contract's statement (bilan de clause): figures, and the one that is printed.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Refused } from '../api.ts';
import { handOver } from '../files.ts';
import { count, hours, hundredths, percent, plural } from '../format.ts';
import { useDesk, useQuery } from '../hooks.ts';
import { modality } from '../labels.ts';
import type { Statement } from '../types.ts';
import { ErrorBox, Panel, Wait } from './Panel.tsx';
import { ProgressBar, ProgressLegend } from './Progress.tsx';
import { Table } from './Table.tsx';

const POLL_MS = 15000;

function Body({ s }: { s: Statement }): JSX.Element {
  const counted = hundredths(s.done) + hundredths(s.converted);
  return (
    <>
      <p class="hero-line">
        <strong>{percent(counted, hundredths(s.due))}</strong> des heures dues sont faites, par{' '}
        {plural(s.persons ?? 0, 'personne')} en {plural(s.placements ?? 0, 'parcours', 'parcours')}
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
            { title: 'Parcours', cell: (m) => count(m.placements), number: true },
          ]}
        />
      )}
    </>
  );
}

function Print({ contractId }: { contractId: string }): JSX.Element {
  const { api } = useDesk();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Refused | null>(null);
  const print = async () => {
    setBusy(true);
    setError(null);
    try {
      handOver(await api.document('contracts/FinalStatement', { contractId }), 'bilan.pdf');
    } catch (caught) {
      setError(caught instanceof Refused ? caught : new Refused(0, {}));
    }
    setBusy(false);
  };
  return (
    <>
      <button type="button" class="btn btn-outline-primary" disabled={busy} onClick={print}>
        Bilan à imprimer (PDF)
      </button>
      {error && <ErrorBox error={error} />}
    </>
  );
}

export function StatementPanel({ contractId }: { contractId: string }): JSX.Element {
  const state = useQuery('reporting/ContractStatement', { contractId }, POLL_MS);
  return (
    <Panel title="Bilan de clause" className="panel-hero">
      <Wait state={state} has={state.data !== null}>
        {state.data && <Body s={state.data} />}
        <Print contractId={contractId} />
      </Wait>
    </Panel>
  );
}
