// The region's figures by consideration, modality, territory and outcome, and its partners by kind.
import type { JSX } from 'preact';
import { territory } from '../departments.ts';
import { count, hoursRounded, hundredths, plural } from '../format.ts';
import { useQuery } from '../hooks.ts';
import { modality, organisationKind, outcome, social } from '../labels.ts';
import type { Consolidation } from '../types.ts';
import { BarList } from './BarList.tsx';
import type { Bar } from './BarList.tsx';
import { Panel, Wait } from './Panel.tsx';

const POLL_MS = 60000;
const KINDS_SHOWN = 5; // the largest; the others are summed

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

function Breakdown({ title, list, className }: { title: string; list: Bar[]; className?: string }): JSX.Element {
  return (
    <Panel title={title} className={className}>
      {list.length ? <BarList bars={list} /> : <p class="quiet">Rien à compter pour le moment.</p>}
    </Panel>
  );
}

// The largest kinds by name, the rest as one.
export function kindBars(counts: { kind?: string; open?: number }[]): Bar[] {
  const bar = (label: string, value: number): Bar => ({ label, value, text: count(value) });
  const sorted = counts.filter((k) => k.open).sort((a, b) => b.open! - a.open!);
  const rest = sorted.slice(KINDS_SHOWN).reduce((sum, k) => sum + k.open!, 0);
  const shown = sorted.slice(0, KINDS_SHOWN).map((k) => bar(organisationKind(k.kind), k.open!));
  return rest ? [...shown, { ...bar('Autres', rest), tone: 'bars-muted' }] : shown;
}

function Partners({ code }: { code: string }): JSX.Element {
  const state = useQuery('directory/CountsByKind', code ? { territory: code } : {}, POLL_MS);
  const list = kindBars(state.data?.counts ?? []);
  return (
    <Panel title="Partenaires">
      <Wait state={state} has={list.length > 0} empty="L’annuaire est vide pour le moment.">
        <BarList bars={list} />
      </Wait>
    </Panel>
  );
}

export function Breakdowns({ c, code }: { c: Consolidation; code: string }): JSX.Element {
  const lists = bars(c);
  return (
    <div class="thirds">
      <Breakdown title="Contrats par considération sociale" list={lists.social} />
      <Breakdown title="Heures par modalité" list={lists.modality} />
      <Breakdown title="Sorties" list={lists.outcome} />
      <Partners code={code} />
      <Breakdown title="Heures par territoire" list={lists.territory} className="panel-wide" />
    </div>
  );
}
