// One command for several lines of a list: what all of them share is typed once, what each gives goes with it. Each is a
// command of its own, with its own key, a few at a time; what failed says why, and the others are done.
import { Refused } from '../api.ts';
import type { Shape } from '../form/shape.ts';
import { split } from '../form/given.ts';
import type { TogetherAct } from './places.ts';
import type { Value } from './read.ts';
import { at, isTold } from './told.ts';

export const AT_ONCE = 4;

const SIMPLE = ['text', 'long', 'day', 'month', 'choice', 'boolean', 'hours', 'share', 'money', 'integer', 'rome', 'territory'];
const isSimple = (s: Shape): boolean => SIMPLE.includes(s.kind) && !s.isList;

// What is asked once for all: neither what a line gives, nor what is of one alone and may be left out.
export function sharedShapes(shapes: Shape[], ids: string[], { line = [] }: TogetherAct): Shape[] {
  const own = [...ids, ...line, 'seen'];
  return shapes.filter((s) => !own.includes(s.name) && (isSimple(s) || s.required));
}

// For the test of places: a shared form has fields that mean the same for every line.
export const unshared = (shapes: Shape[]): string[] => shapes.filter((s) => !isSimple(s)).map((s) => s.name);

export interface Giving {
  act: TogetherAct;
  where: string[];
}

// What a line gives: its ids, the version that was read (`where` it may stand), and of its fields those that the act names.
export function givenBy(shapes: Shape[], ids: Record<string, string>, line: Value, { act, where }: Giving): Value {
  const version = ['version', ...where].map((path) => at(line, path)).find(isTold);
  const { given } = split(shapes, ids, version);
  const own = (act.line ?? []).filter((name) => line[name] !== undefined).map((name) => [name, line[name]]);
  return { ...given, ...Object.fromEntries(own) };
}

export interface Outcome<T> {
  line: T;
  error?: Refused;
}

export interface Running<T> {
  signal: AbortSignal; // lines that were not begun are left out
  told: (outcomes: Outcome<T>[]) => void; // after each
}

export async function forEach<T>(
  lines: T[],
  act: (line: T) => Promise<unknown>,
  { signal, told }: Running<T>,
): Promise<Outcome<T>[]> {
  const left = [...lines];
  const outcomes: Outcome<T>[] = [];
  const work = async () => {
    for (let line = left.shift(); line !== undefined && !signal.aborted; line = left.shift()) {
      const error = await act(line).then(
        () => undefined,
        (caught: unknown) => (caught instanceof Refused ? caught : new Refused(0, {})),
      );
      outcomes.push({ line, ...(error && { error }) });
      if (error?.status === 401) left.length = 0; // who asks is nobody any more
      told([...outcomes]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcomes;
}
