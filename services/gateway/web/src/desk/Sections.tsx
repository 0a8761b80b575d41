// What the page of facts of a contract tells beyond what its page draws by hand: consultation, offers, transfers,
// orders, parts, subcontracts, control; each with what may be done about it.
import type { JSX } from 'preact';
import { hrefOf, useDesk, useLoaded } from '../hooks.ts';
import { Panel } from '../components/Panel.tsx';
import { plural } from '../format.ts';
import type { ContractFacts } from '../types.ts';
import { THINGS } from './places.ts';
import { Also } from './ThingPage.tsx';
import { RecordView } from './RecordView.tsx';
import { shapesFor } from './read.ts';
import type { Value } from './read.ts';

const DRAWN = [
  'contract',
  'file',
  'published',
  'calendar',
  'history',
  'agreement',
  'withoutAgreement',
  'reservations',
  'appraisals',
];

function Appraisals({ contractId, facts }: { contractId: string; facts: ContractFacts }): JSX.Element | null {
  const lots = facts.appraisals ?? [];
  if (lots.length === 0) return null;
  return (
    <Panel title="Analyse des offres">
      <ul class="acts">
        {lots.map((a) => (
          <li key={a.lot}>
            <a href={hrefOf(['lots', `${contractId}~${a.lot ?? 1}`])}>Lot {a.lot ?? 1}</a>,{' '}
            {plural(a.offers ?? 0, 'offre')}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function Sections({ contractId, value }: { contractId: string; value: ContractFacts }): JSX.Element | null {
  const { api } = useDesk();
  const shapes = useLoaded('shapes contracts/ContractFacts', () => shapesFor(api, 'contracts/ContractFacts')).data
    ?.reply;
  if (!shapes) return null;
  return (
    <>
      {value.consultation && <Also method="contracts/Consultation" title="Questions" ids={{ contractId }} path={['contrats', contractId]} thing="contrats" />}
      <Appraisals contractId={contractId} facts={value} />
      <RecordView
        shapes={shapes.filter((s) => !DRAWN.includes(s.name))}
        value={value as Value}
        rows={THINGS.contrats!.rows}
        path={['contrats', contractId]}
        hidden={['contractId', 'missing', 'facts']}
        title="Publication"
      />
    </>
  );
}
