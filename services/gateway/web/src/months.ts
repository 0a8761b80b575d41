// The months that a form of hours may speak of.
import { monthOf, shiftMonth } from './format.ts';
import type { Placement } from './types.ts';

// From this month back, newest first.
export function recentMonths(count: number, now: Date = new Date()): string[] {
  return Array.from({ length: count }, (_, i) => shiftMonth(monthOf(now), -i));
}

// Was the placement running at some time of the month?
export function runsIn(p: Placement, month: string): boolean {
  const last = (p.ended && p.endedOn) || p.endsOn || '9999-12-31';
  return (p.startsOn ?? '').slice(0, 7) <= month && last.slice(0, 7) >= month;
}

// Names of persons are never on this page: a placement is told by the end of its number.
export function shortId(id: string): string {
  return id.slice(-6).toUpperCase();
}
