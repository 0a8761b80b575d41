// The months of a placement: what was stated and validated, and the gaps, where it ran and nobody stated anything.
import { hundredths, shiftMonth } from '../format.ts';
import type { Hours, MonthView, Placement } from '../types.ts';

export type MonthKind = 'validated' | 'stated' | 'sent-back' | 'to-check' | 'gap' | 'running';

export interface PlacementMonth {
  month: string;
  hundredths: number; // validated, else stated
  kind: MonthKind;
  view?: MonthView;
}

const KINDS: Partial<Record<NonNullable<MonthView['state']>, MonthKind>> = {
  HOURS_VOUCHED_FOR: 'validated',
  HOURS_STATED: 'stated',
  HOURS_SENT_BACK: 'sent-back',
  HOURS_TO_CHECK: 'to-check',
};

const MONTHS_MAX = 60;

type Ran = Pick<Placement, 'startsOn' | 'endsOn' | 'endedOn' | 'months'>;

// From its first month to that of its end, or to this one; beyond it only what was stated.
export function placementMonths(p: Ran, today: string): PlacementMonth[] {
  const told = new Map((p.months ?? []).map((m) => [m.month ?? '', m]));
  const now = today.slice(0, 7);
  const over = p.endedOn ?? p.endsOn;
  const last = over && over < today ? over.slice(0, 7) : now;
  const names = [...told.keys(), ...(p.startsOn && p.startsOn <= today ? [p.startsOn.slice(0, 7), last] : [])].sort();
  const months: PlacementMonth[] = [];
  for (let m = names[0]; m && m <= names.at(-1)!; m = shiftMonth(m, 1)) {
    const view = told.get(m);
    const kind = KINDS[view?.state ?? 'HOURS_AWAITED'] ?? (m < now ? 'gap' : 'running');
    months.push({ month: m, hundredths: hundredths(view?.validated ?? view?.submitted), kind, view });
  }
  return months.slice(-MONTHS_MAX);
}

const RANK: MonthKind[] = ['running', 'validated', 'to-check', 'stated', 'gap', 'sent-back'];

// Several placements of one person, month by month: their sum, and the state that wants most to be looked at.
export function togetherMonths(all: PlacementMonth[][]): PlacementMonth[] {
  const sums = new Map<string, PlacementMonth>();
  for (const m of all.flat()) {
    const had = sums.get(m.month);
    if (!had) sums.set(m.month, { ...m, view: undefined });
    else {
      had.hundredths += m.hundredths;
      if (RANK.indexOf(m.kind) > RANK.indexOf(had.kind)) had.kind = m.kind;
    }
  }
  const names = [...sums.keys()].sort();
  const months: PlacementMonth[] = [];
  for (let m = names[0]; m && m <= names.at(-1)!; m = shiftMonth(m, 1))
    months.push(sums.get(m) ?? { month: m, hundredths: 0, kind: 'running' });
  return months.slice(-MONTHS_MAX);
}

// What the work contract makes of a whole month: 52 weeks over twelve months.
export const monthlyOf = (weekly: Hours | undefined): number => Math.round((hundredths(weekly) * 52) / 12);
