// The lots of a contract, and the clause on each: how its hours are calculated, and what they would be otherwise.
import type { JSX } from 'preact';
import { Facts } from '../components/Facts.tsx';
import { Panel } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import { Acts, RowActs } from '../desk/Acts.tsx';
import { THINGS } from '../desk/places.ts';
import { ABSENT, decimal, hours, money, share, typographic } from '../format.ts';
import type { Clause, ContractFacts, Lot } from '../types.ts';
import { WhatIf } from './WhatIf.tsx';
import { capital, useWord } from './words.ts';

function Lots({ lots }: { lots: Lot[] }): JSX.Element | null {
  if (lots.length === 0) return null;
  return (
    <Panel title="Lots">
      <Table
        caption="Lots du contrat"
        rows={lots}
        rowKey={(l) => String(l.number)}
        columns={[
          { title: 'Lot', cell: (l) => l.number, number: true },
          { title: 'Intitulé', cell: (l) => l.title || '–' },
          { title: 'Montant HT', cell: (l) => money(l.amount, '–'), number: true },
          { title: 'CPV', cell: (l) => l.cpv || '–' },
          { title: 'Durée', cell: (l) => (l.durationMonths ? `${l.durationMonths} mois` : 'celle du contrat') },
        ]}
      />
    </Panel>
  );
}

interface TermProps {
  value: string;
  name: string;
  sign?: [text: string, said: string]; // before it
}
function Term({ value, name, sign }: TermProps): JSX.Element {
  return (
    <>
      {sign && <b aria-label={sign[1]}>{sign[0]}</b>}
      <span>
        {value}
        <small>{name}</small>
      </span>
    </>
  );
}

// Read out as a word: a sign alone is passed over.
function Sign({ said, children }: { said: string; children: string }): JSX.Element {
  return (
    <>
      <b aria-hidden="true">{children}</b>
      <span class="visually-hidden">{said}</span>
    </>
  );
}

// The figures of the formula, each with its name; another method in the words of the daemon. A company is told none: they
// are the buyer's estimate.
function Calculation({ clause }: { clause: Clause }): JSX.Element | null {
  if (!clause.calculation) return null;
  const k = clause.calibration ?? {};
  const result = (
    <>
      <Sign said="donne">=</Sign>
      <span class="formula-result">
        {hours(clause.hours)}
        <small>à réaliser</small>
      </span>
    </>
  );
  if (clause.method && clause.method !== 'FORMULA')
    return (
      <p class="formula">
        <Term value={clause.calculation} name="calcul" />
        {result}
      </p>
    );
  return (
    <p class="formula">
      <Term value={money(k.amount)} name="montant HT" />
      <Term value={share(k.labourShare)} name="part de main-d’œuvre" sign={['×', 'multiplié par']} />
      <Term value={share(k.insertionRate)} name="taux d’insertion" sign={['×', 'multiplié par']} />
      <Term value={money(k.hourlyCost)} name="coût horaire" sign={['÷', 'divisé par']} />
      {result}
    </p>
  );
}

interface ClauseProps {
  clause: Clause;
  contractId: string;
  months: number;
}
function ClauseBlock({ clause, contractId, months }: ClauseProps): JSX.Element {
  const word = useWord('contracts/ContractFacts');
  const lot = clause.lot ?? 1;
  return (
    <Panel title={`Clause du lot ${lot}`} aside={<span class="tag">{hours(clause.hours)}</span>}>
      <Calculation clause={clause} />
      <Facts
        facts={[
          ['Méthode', clause.method ? capital(word('contract.clauses.method', clause.method)) : ABSENT],
          ['Soit', `${decimal(clause.weeks35h, 0)} semaines de 35 h, ${decimal(clause.fullTimeEquivalent, 2)} équivalent temps plein`],
          ['Calculée d’après', clause.rulesVersion || ABSENT],
        ]}
      />
      {(clause.warnings ?? []).map((text) => (
        <p key={text} class="note-warn">
          {typographic(text)}
        </p>
      ))}
      <RowActs
        acts={Object.values(THINGS.clauses!.acts).flat()}
        path={['clauses', clause.clauseId]}
        query={{}}
        of={`lot ${lot}`}
      />
      {clause.calculation && (
        <details class="more">
          <summary>Et si les chiffres changeaient ?</summary>
          <WhatIf clause={clause} contractId={contractId} months={months} />
        </details>
      )}
    </Panel>
  );
}

export function ClausePart({ contractId, facts }: { contractId: string; facts: ContractFacts }): JSX.Element {
  const clauses = facts.contract?.clauses ?? [];
  const months = facts.contract?.currentDurationMonths ?? 0;
  const group = 'La clause et ses pièces';
  return (
    <>
      <Acts acts={{ [group]: THINGS.contrats!.acts[group]! }} path={['contrats', contractId]} value={facts} />
      <Lots lots={facts.file?.lots ?? []} />
      {clauses.map((k) => (
        <ClauseBlock key={k.clauseId} clause={k} contractId={contractId} months={months} />
      ))}
      {clauses.length === 0 && (
        <Panel title="Clauses">
          <p class="quiet">Aucune clause n’est posée sur ce contrat. Pour en calculer une : « Poser une clause ».</p>
        </Panel>
      )}
    </>
  );
}
