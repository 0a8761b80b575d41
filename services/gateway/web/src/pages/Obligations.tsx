// « Mes obligations »: what a company still owes, contract by contract.
import type { JSX } from 'preact';
import { ObligationCard } from '../components/ObligationCard.tsx';
import { More } from '../components/More.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { useContractNames } from '../contracts.ts';
import { hrefOf, useDesk, usePages, useQuery } from '../hooks.ts';
import { ownObligations } from '../lists.ts';
import { ProgressBar, ProgressLegend } from '../components/Progress.tsx';

const LIMIT = 100;
const LEDGER_LIMIT = 500; // the most that one page holds; its total is of that page

export function Obligations(): JSX.Element {
  const { session } = useDesk();
  const pages = usePages(ownObligations(session), LIMIT);
  const names = useContractNames(pages.items.map((o) => o.contractId ?? ''));
  const ledger = useQuery('contracts/CompanyLedger', { page: { limit: LEDGER_LIMIT } }).data;
  return (
    <>
      <PageHead title="Mes obligations" lead="Les heures d’insertion que doit votre entreprise, marché par marché.">
        <a class="btn btn-primary" href="#/declarer">
          Déclarer les heures du mois
        </a>
      </PageHead>
      {ledger?.total && (ledger.lines?.length ?? 0) > 1 && (
        <Panel title={ledger.next ? `En tout, pour ${LEDGER_LIMIT} obligations` : 'En tout'} className="panel-hero">
          <ProgressBar figures={ledger.total} tall />
          <ProgressLegend figures={ledger.total} />
        </Panel>
      )}
      <Panel title="Par contrat">
        <Wait state={pages} has={pages.items.length > 0} empty="Votre entreprise n’a pas d’obligation suivie ici.">
          {pages.items.map((o) => (
            <ObligationCard
              key={o.obligationId}
              obligation={o}
              title={names.get(o.contractId ?? '') ?? 'Contrat'}
              subtitle={`Lot ${o.lot ?? 1}`}
              href={hrefOf(['obligations', o.obligationId])}
            />
          ))}
          <More pages={pages} />
        </Wait>
      </Panel>
    </>
  );
}
