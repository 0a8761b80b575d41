// The months that a form of hours may speak of.
import { monthOf, shiftMonth } from './format.ts';

// From this month back, newest first.
export function recentMonths(count: number, now: Date = new Date()): string[] {
  return Array.from({ length: count }, (_, i) => shiftMonth(monthOf(now), -i));
}

// Names of persons are never on this page: a placement is told by the end of its number.
export function shortId(id: string): string {
  return id.slice(-6).toUpperCase();
}
