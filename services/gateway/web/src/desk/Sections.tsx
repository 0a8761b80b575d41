// What the page of facts of a contract tells beyond what its page draws by hand: transfers, orders, parts, subcontracts
// and the like; each with what may be done about it.
import type { JSX } from 'preact';
import { useDesk, useLoaded } from '../hooks.ts';
import type { ContractFacts } from '../types.ts';
import { THINGS } from './places.ts';
import { RecordView } from './RecordView.tsx';
import { shapesFor } from './read.ts';
import type { Value } from './read.ts';

export interface SectionsProps {
  contractId: string;
  value: ContractFacts;
  only: string[]; // fields of the reply
}

export function Sections({ contractId, value, only }: SectionsProps): JSX.Element | null {
  const { api } = useDesk();
  const shapes = useLoaded('shapes contracts/ContractFacts', () => shapesFor(api, 'contracts/ContractFacts')).data
    ?.reply;
  if (!shapes) return null;
  return (
      <RecordView
        shapes={shapes.filter((s) => only.includes(s.name))}
        value={value as Value}
        rows={THINGS.contrats!.rows}
        path={['contrats', contractId]}
        hidden={['contractId', 'missing', 'facts']}
        title="Publication"
      />
  );
}
