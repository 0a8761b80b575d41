// « Mes obligations »: what a company still owes, contract by contract.
import type { JSX } from 'preact';
import { ObligationCard } from '../components/ObligationCard.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { hundredths } from '../format.ts';
import { useContractNames } from '../contracts.ts';
import { useDesk, usePages } from '../hooks.ts';
import { ownObligations } from '../lists.ts';
import { ProgressBar, ProgressLegend } from '../components/Progress.tsx';
import type { Obligation } from '../types.ts';

const LIMIT = 100;

function sum(list: Obligation[], pick: (o: Obligation) => string | undefined): string {
  return (list.reduce((total, o) => total + hundredths(pick(o)), 0) / 100).toFixed(2);
}

export function Obligations(): JSX.Element {
  const { session } = useDesk();
  const pages = usePages(ownObligations(session), LIMIT);
  const names = useContractNames(pages.items.map((o) => o.contractId ?? ''));
  const total = {
    due: sum(pages.items, (o) => o.due),
    done: sum(pages.items, (o) => o.done),
    converted: sum(pages.items, (o) => o.converted),
  };
  return (
    <>
      <PageHead title="Mes obligations" lead="Les heures d’insertion que doit votre entreprise, marché par marché.">
        <a class="btn btn-primary" href="#/declarer">
          Déclarer les heures du mois
        </a>
      </PageHead>
      {pages.items.length > 1 && (
        <Panel title="En tout" className="panel-hero">
          <ProgressBar figures={total} tall />
          <ProgressLegend figures={total} />
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
            />
          ))}
          {pages.more && (
            <button type="button" class="btn btn-outline-primary" onClick={pages.readMore}>
              Afficher la suite
            </button>
          )}
        </Wait>
      </Panel>
    </>
  );
}
