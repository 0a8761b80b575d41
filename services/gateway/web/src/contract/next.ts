// The dates of a contract: which is next, and where the act that settles it is done.
import { asAct, THINGS } from '../desk/places.ts';
import { mayAsk } from '../desk/methods.ts';
import { hrefOf } from '../hooks.ts';
import type { CalendarLine, Role } from '../types.ts';

// Things of a contract that dates are about, in the order in which they are looked at.
const THINGS_OF_DATES = ['obligations', 'conventions', 'saisines', 'contrats'];

const gives = (thing: string, act: string): boolean =>
  Object.values(THINGS[thing]!.acts).some((acts) => acts.some((a) => asAct(a).method === act));

export function hrefOfDate(role: Role, contractId: string, { act, aboutId }: CalendarLine): string | undefined {
  if (!act || !aboutId || !mayAsk(role, act)) return undefined;
  const row = Object.entries(THINGS.contrats!.rows ?? {}).find(([, acts]) => acts.some((a) => asAct(a).method === act));
  if (row) return hrefOf(['contrats', contractId, 'agir', act], { [row[0]]: aboutId });
  const thing = THINGS_OF_DATES.find((name) => gives(name, act));
  return thing && hrefOf([thing, aboutId, 'agir', act]);
}

// The first that nobody has kept yet: what is late comes before what is to come.
export function nextDate(lines: CalendarLine[]): CalendarLine | undefined {
  return lines.filter((l) => l.state !== 'KEPT').sort((a, b) => a.on.localeCompare(b.on))[0];
}

export const todayText = (now: Date = new Date()): string =>
  `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
