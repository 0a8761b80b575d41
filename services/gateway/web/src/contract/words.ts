// The words of an enum where a reply tells it, by the way to its field: of the description, so that the page has none of
// its own.
import type { Method } from '../client.ts';
import { shapesFor } from '../desk/read.ts';
import type { Shape } from '../form/shape.ts';
import { useDesk, useLoaded } from '../hooks.ts';

export type Word = (path: string, value: string | undefined) => string;

export function wordIn(shapes: Shape[], path: string, value: string | undefined): string {
  const [first, ...rest] = path.split('.');
  const shape = shapes.find((s) => s.name === first);
  if (!shape) return value ?? '';
  if (rest.length > 0) return wordIn(shape.fields, rest.join('.'), value);
  return shape.options.find(([v]) => v === value)?.[1] ?? (value ? value : shape.unsaid);
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

// Of what a method answers; until it is known the values stand as they came.
export function useWord(method: Method): Word {
  const { api } = useDesk();
  const shapes = useLoaded(`shapes ${method}`, () => shapesFor(api, method)).data?.reply ?? [];
  return (path, value) => wordIn(shapes, path, value);
}
