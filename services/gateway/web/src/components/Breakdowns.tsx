// The region's figures by consideration, modality, territory and outcome.
import type { JSX } from 'preact';
import { territory } from '../departments.ts';
import { count, hoursRounded, hundredths, plural } from '../format.ts';
import { modality, outcome, social } from '../labels.ts';
import type { Consolidation } from '../types.ts';
import { BarList } from './BarList.tsx';
import type { Bar } from './BarList.tsx';
import { Panel } from './Panel.tsx';

function bars(c: Consolidation): Record<'social' | 'modality' | 'outcome' | 'territory', Bar[]> {
  return {
    social: (c.byConsideration ?? []).map((f) => ({
      label: social(f.consideration ?? 'SOCIAL_UNKNOWN'),
      value: f.contracts ?? 0,
      text: count(f.contracts),
      tone: !f.consideration || /UNKNOWN|NO_/.test(f.consideration) ? 'bars-muted' : undefined,
    })),
    modality: (c.byModality ?? []).map((f) => ({
      label: modality(f.modality),
      value: hundredths(f.hours),
      text: hoursRounded(hundredths(f.hours)),
      note: f.persons ? plural(f.persons, 'personne') : undefined,
    })),
    outcome: (c.byOutcome ?? []).map((f) => ({
      label: outcome(f.outcome),
      value: f.placements ?? 0,
      text: count(f.placements),
    })),
    territory: (c.byTerritory ?? []).map((f) => ({
      label: territory(f.territory),
      value: hundredths(f.hours),
      text: hoursRounded(hundredths(f.hours)),
      note: plural(f.persons ?? 0, 'personne'),
    })),
  };
}

function Breakdown({ title, list }: { title: string; list: Bar[] }): JSX.Element {
  return (
    <Panel title={title}>
      {list.length ? <BarList bars={list} /> : <p class="quiet">Rien à compter pour le moment.</p>}
    </Panel>
  );
}

export function Breakdowns({ c }: { c: Consolidation }): JSX.Element {
  const lists = bars(c);
  return (
    <div class="thirds">
      <Breakdown title="Contrats par considération sociale" list={lists.social} />
      <Breakdown title="Heures par modalité" list={lists.modality} />
      <Breakdown title="Heures par territoire" list={lists.territory} />
      <Breakdown title="Sorties" list={lists.outcome} />
    </div>
  );
}
