// A thing as the daemon tells it: by the query of one, or looked for in its list; with the shapes of what is told.
import type { Api } from '../api.ts';
import type { Method } from '../client.ts';
import { describe } from '../description.ts';
import { shapesOf } from '../form/shape.ts';
import type { Shape } from '../form/shape.ts';
import { useDesk, useLoaded } from '../hooks.ts';
import type { Loaded } from '../hooks.ts';
import { operationsOf } from '../reference.ts';
import type { OpenApi } from '../reference.ts';
import { mayAsk } from './methods.ts';
import { LISTS, THINGS } from './places.ts';
import { at } from './told.ts';

export type Value = Record<string, unknown>;

export interface Asked {
  request: Shape[];
  reply: Shape[];
}

// What a method asks and answers, for this account.
export async function shapesFor(api: Api, method: string): Promise<Asked> {
  const [service, name] = method.split('/') as [string, string];
  const all = (await describe(api, service, name)) as unknown as OpenApi;
  const [one] = operationsOf(all).filter((o) => o.name === method);
  return { request: one?.request ? shapesOf(all, one.request) : [], reply: one?.reply ? shapesOf(all, one.reply) : [] };
}

export interface ThingRead {
  shapes: Shape[];
  value: Value;
  position?: number; // of its daemon, when it was read
}

export const idOf = (thing: string, joined: string): Record<string, string> =>
  Object.fromEntries(THINGS[thing]!.id.map((name, i) => [name, joined.split('~')[i] ?? '']));

// A number among the ids (a lot) is asked as a number.
export const requestOf = (ids: Record<string, string>): Record<string, string | number> =>
  Object.fromEntries(Object.entries(ids).map(([name, v]) => [name, /^\d{1,9}$/.test(v) ? Number(v) : v]));

const PAGES_LOOKED_AT = 40;

async function inList(
  api: Api,
  thing: string,
  ids: Record<string, string>,
  filters: Value,
  signal: AbortSignal,
): Promise<ThingRead> {
  const list = LISTS[thing]!;
  const { inside = '' } = THINGS[thing]!;
  const shapes = (await shapesFor(api, list.method)).reply.find((s) => s.name === list.items)?.fields ?? [];
  let after = '';
  for (let i = 0; i < PAGES_LOOKED_AT; i++) {
    const source = {
      method: list.method,
      request: filters,
      pick: (r: object) => (r as Value)[list.items] as Value[] | undefined,
    };
    const page = await api.list(source, 100, after, signal);
    const found = page.items.find((line) =>
      Object.entries(ids).every(([name, v]) => at(line, inside ? `${inside}.${name}` : name) === v),
    );
    if (found) return { shapes, value: found };
    after = page.next;
    if (!after) break;
  }
  return { shapes, value: {} };
}

// `filters`: those of the list that led here, where the thing has no query of its own.
export function useThing(thing: string, joined: string, filters: Value): Loaded<ThingRead> {
  const { api, session } = useDesk();
  const { read } = THINGS[thing]!;
  const ids = idOf(thing, joined);
  return useLoaded(`${thing} ${joined} ${JSON.stringify(filters)}`, async (signal) => {
    if (!read) return inList(api, thing, ids, filters, signal);
    if (!mayAsk(session.role, read)) return { shapes: [], value: {} };
    const [shapes, answer] = await Promise.all([
      shapesFor(api, read),
      api.query(read, requestOf(ids) as never, signal),
    ]);
    return { shapes: shapes.reply, value: answer.reply as Value, position: answer.position };
  });
}

export function titleOf(thing: string, value: Value): string {
  const { title, name, id } = THINGS[thing]!;
  const told = title.map((path) => at(value, path)).find((v) => typeof v === 'string' && v) as string | undefined;
  if (told) return told;
  const own = at(value, id[0]!);
  return typeof own === 'string' ? `${name} ${own.slice(-6).toUpperCase()}` : name;
}

export type { Method };
