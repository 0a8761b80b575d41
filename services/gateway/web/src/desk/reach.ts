// Where somebody of a role goes to give a command: every way that her menu leads to.
import { hrefOf } from '../hooks.ts';
import type { Role } from '../types.ts';
import { mayAsk } from './methods.ts';
import { BEGINS_ON_PAGES, LISTS, ON_PAGES, THINGS, actsOf } from './places.ts';
import type { ListOf, Thing } from './places.ts';

export interface Way {
  href: string;
  where: string; // « Contrats, puis le contrat »
}

export function listsOf(role: Role): [path: string, list: ListOf][] {
  return Object.entries(LISTS).filter(([, list]) => mayAsk(role, list.method));
}

// The lists that lead to a thing, its own first; through another thing where none does.
export function listsTo(role: Role, name: string): [string, ListOf][] {
  const direct = listsOf(role).filter(([, list]) => list.opens === name);
  if (direct.length) return direct.sort(([a], [b]) => Number(b === name) - Number(a === name));
  return (THINGS[name]?.linkedFrom ?? []).flatMap((from) => (from === name ? [] : listsTo(role, from))).slice(0, 1);
}

const givesOn = (thing: Thing, method: string): boolean =>
  actsOf(thing.acts).some((a) => a.method === method) ||
  Object.values(thing.rows ?? {}).some((acts) => acts.some((a) => (typeof a === 'string' ? a : a.method) === method));

// `pages`: those that the role's menu has.
export function waysTo(role: Role, method: string, pages: string[]): Way[] {
  const begins = Object.entries(THINGS)
    .filter(([, thing]) => actsOf(thing.begins ?? {}).some((a) => a.method === method))
    .flatMap(([name]): Way[] => {
      const [list] = listsTo(role, name);
      return list ? [{ href: hrefOf([list[0], 'agir', method]), where: list[1].title }] : [];
    });
  const ofPages = Object.entries(ON_PAGES)
    .filter(([page, methods]) => methods.includes(method) && pages.includes(page))
    .map(([page]): Way => ({ href: hrefOf([page]), where: '' }));
  const besidePages = Object.entries(BEGINS_ON_PAGES)
    .filter(([, acts]) => actsOf(acts).some((a) => a.method === method))
    .map(([page]): Way => ({ href: hrefOf([page, 'agir', method]), where: '' }));
  const onThings = Object.entries(THINGS)
    .filter(([, thing]) => givesOn(thing, method))
    .flatMap(([name, thing]): Way[] => {
      const [list] = listsTo(role, name);
      if (!list) return [];
      const isOwn = list[1].opens === name && actsOf(thing.acts).some((a) => a.method === method);
      return [{ href: hrefOf([list[0]], isOwn ? { pour: method } : {}), where: `${list[1].title}, puis ${thing.one}` }];
    });
  return [...begins, ...besidePages, ...ofPages, ...onThings];
}
