// One search over things: each kind by the picker that forms choose it by, so the daemons search, and tell what the account may
// see. Words are kept here and in no address: they may be of a person.
import type { Option } from '../components/Combobox.tsx';
import { searchOfId } from '../form/pickers.ts';
import type { Where } from '../form/pickers.ts';
import { hrefOf } from '../hooks.ts';
import type { Role } from '../types.ts';
import { mayAsk } from './methods.ts';
import { LISTS, THINGS } from './places.ts';

export const SHOWN = 6; // of a kind
export const LEAST = 2; // characters

export interface Sought {
  thing: string;
  title: string;
  method: string; // that is asked
}

const KINDS: Sought[] = [
  { thing: 'contrats', title: 'Contrats', method: 'contracts/Contracts' },
  { thing: 'obligations', title: 'Obligations', method: 'contracts/Obligations' },
  { thing: 'besoins', title: 'Besoins', method: 'contracts/Needs' },
  { thing: 'partenaires', title: 'Organisations', method: 'directory/FindOrganisations' },
  { thing: 'personnes', title: 'Personnes, par leur référence', method: 'tracking/Beneficiaries' },
  { thing: 'parcours', title: 'Parcours', method: 'tracking/Placements' },
];

// Those whose page the account can open.
export function soughtBy(role: Role): Sought[] {
  return KINDS.filter(({ thing, method }) => {
    const { read } = THINGS[thing]!;
    return mayAsk(role, method) && (read ? mayAsk(role, read) : thing in LISTS && mayAsk(role, LISTS[thing]!.method));
  });
}

export interface FoundThing extends Option {
  href: string;
}

export async function findThings(kind: Sought, where: Where, words: string, signal: AbortSignal): Promise<FoundThing[]> {
  const [field] = THINGS[kind.thing]!.id;
  const found = await searchOfId(field!, where)(words.trim(), signal);
  return found.slice(0, SHOWN + 1).map((o) => ({ ...o, label: o.label.replaceAll("'", '’'), href: hrefOf([kind.thing, o.value]) }));
}

// ---- what was typed in the head of another page

const CHANGED = 'guichet-cherche';
let given = '';

export const takeGiven = (): string => {
  const words = given;
  given = '';
  return words;
};

export function seek(words: string): void {
  given = words;
  location.hash = hrefOf(['tout'], { chercher: 'oui' });
  window.dispatchEvent(new Event(CHANGED));
}

export function onSought(heard: () => void): () => void {
  window.addEventListener(CHANGED, heard);
  return () => window.removeEventListener(CHANGED, heard);
}
