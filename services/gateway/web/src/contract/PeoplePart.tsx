// What the companies of a contract look for, each need with what may be done about it, and who works for its hours.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { More } from '../components/More.tsx';
import { contractorOf } from '../components/ObligationCard.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import { listOf } from '../api.ts';
import { territory } from '../departments.ts';
import { RowActs } from '../desk/Acts.tsx';
import { actTitle, mayAsk } from '../desk/methods.ts';
import { THINGS } from '../desk/places.ts';
import { count, day, hours } from '../format.ts';
import { hrefOf, useDesk, usePages } from '../hooks.ts';
import { modality } from '../labels.ts';
import type { ContractFacts, Need, Obligation } from '../types.ts';
import { capital, useWord } from './words.ts';

const LIMIT = 20;

const obligationsOf = (facts: ContractFacts): Obligation[] =>
  (facts.contract?.clauses ?? []).flatMap((c) => c.obligations ?? []);

function Declare({ facts }: { facts: ContractFacts }): JSX.Element | null {
  const { session } = useDesk();
  const act = 'contracts.DeclareNeed';
  if (!mayAsk(session.role, act)) return null;
  return (
    <ul class="acts">
      {obligationsOf(facts).map((o) => (
        <li key={o.obligationId}>
          <a href={hrefOf(['obligations', o.obligationId, 'agir', act])}>
            {actTitle(act)} : {contractorOf(o)}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Needs({ facts }: { facts: ContractFacts }): JSX.Element {
  const word = useWord('contracts/ContractFacts');
  const needs: Need[] = facts.needs ?? [];
  return (
    <Panel title="Besoins">
      {needs.length === 0 && <p class="quiet">Aucune entreprise du contrat n’a dit chercher des personnes.</p>}
      {needs.length > 0 && (
        <Table
          caption="Besoins du contrat"
          rows={needs}
          rowKey={(n) => n.needId}
          columns={[
            { title: 'Poste', cell: (n) => <a href={hrefOf(['besoins', n.needId])}>{n.title || 'Besoin'}</a> },
            { title: 'Entreprise', cell: (n) => n.contractorName || '–' },
            { title: 'Nombre', cell: (n) => count(n.positions), number: true },
            { title: 'À partir du', cell: (n) => day(n.startsOn) },
            { title: 'Lieu', cell: (n) => territory(n.territory) },
            { title: 'État', cell: (n) => capital(word('needs.state', n.state)) },
            {
              title: 'Agir',
              hideTitle: true,
              cell: (n) => (
                <RowActs
                  acts={Object.values(THINGS.besoins!.acts).flat()}
                  path={['besoins', n.needId]}
                  query={{}}
                  of={n.title ?? ''}
                />
              ),
            },
          ]}
        />
      )}
      <Declare facts={facts} />
    </Panel>
  );
}

function Placements({ obligation }: { obligation: Obligation }): JSX.Element {
  const request = { obligationId: obligation.obligationId };
  const pages = usePages(
    listOf('tracking/Placements', request, (r) => r.placements),
    LIMIT,
  );
  return (
    <Wait state={pages} has={pages.items.length > 0} empty="Personne ne travaille encore pour ces heures.">
      <Table
        caption={`Parcours, ${contractorOf(obligation)}`}
        rows={pages.items}
        rowKey={(p) => p.placementId}
        columns={[
          {
            title: 'Employeur',
            cell: (p) => <a href={hrefOf(['parcours', p.placementId])}>{p.employerName || 'Parcours'}</a>,
          },
          { title: 'Modalité', cell: (p) => modality(p.modality) },
          { title: 'Du', cell: (p) => day(p.startsOn) },
          { title: 'Au', cell: (p) => day(p.endsOn, '–') },
          { title: 'Par semaine', cell: (p) => hours(p.weeklyHours), number: true },
        ]}
      />
      <More pages={pages} />
    </Wait>
  );
}

// Of one company at once; of several, of those that are opened.
function PlacementsOf({ obligation, isAlone }: { obligation: Obligation; isAlone: boolean }): JSX.Element {
  const [open, setOpen] = useState(isAlone);
  if (isAlone) return <Placements obligation={obligation} />;
  return (
    <details class="more" open={open} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>
        {contractorOf(obligation)}, lot {obligation.lot ?? 1}
      </summary>
      {open && <Placements obligation={obligation} />}
    </details>
  );
}

export function PeoplePart({ facts }: { facts: ContractFacts }): JSX.Element {
  const { session } = useDesk();
  const obligations = obligationsOf(facts);
  return (
    <>
      <Needs facts={facts} />
      {mayAsk(session.role, 'tracking.Placements') && (
        <Panel title="Parcours">
          {obligations.map((o) => (
            <PlacementsOf key={o.obligationId} obligation={o} isAlone={obligations.length === 1} />
          ))}
        </Panel>
      )}
    </>
  );
}
