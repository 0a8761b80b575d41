// Who owes the hours of a contract, what became of them, and the statement of the clause.
import type { JSX } from 'preact';
import { ObligationCard, contractorOf } from '../components/ObligationCard.tsx';
import { Panel } from '../components/Panel.tsx';
import { StatementPanel } from '../components/Statement.tsx';
import { mayAsk } from '../desk/methods.ts';
import { Sections } from '../desk/Sections.tsx';
import { hrefOf, useDesk } from '../hooks.ts';
import type { ContractFacts } from '../types.ts';

const SECTIONS = ['commitments', 'transfers', 'orders', 'groupBuyers', 'parts', 'subcontracts', 'subcontractFindings'];

export function HoursPart({ contractId, facts }: { contractId: string; facts: ContractFacts }): JSX.Element {
  const { session } = useDesk();
  const clauses = facts.contract?.clauses ?? [];
  return (
    <>
      {mayAsk(session.role, 'reporting.ContractStatement') && <StatementPanel contractId={contractId} />}
      {clauses.map((clause) => (
        <Panel key={clause.clauseId} title={`Heures dues au titre du lot ${clause.lot ?? 1}`}>
          {(clause.obligations ?? []).length === 0 && (
            <p class="quiet">Aucun titulaire n’est encore tenu de ces heures.</p>
          )}
          {(clause.obligations ?? []).map((o) => (
            <ObligationCard
              key={o.obligationId}
              obligation={o}
              title={contractorOf(o)}
              subtitle="Titulaire de l’obligation"
              href={hrefOf(['obligations', o.obligationId])}
            />
          ))}
        </Panel>
      ))}
      <Sections contractId={contractId} value={facts} only={SECTIONS} />
    </>
  );
}
