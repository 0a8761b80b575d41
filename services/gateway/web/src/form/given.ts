// What the place of a form knows already: ids and versions are filled in and hidden, the rest is where the form begins.
import type { Session } from '../types.ts';
import { hasControl } from './Control.tsx';
import { hasPicker } from './pickers.ts';
import type { Context } from './pickers.ts';
import type { Shape } from './shape.ts';
import { typedOf } from './typed.ts';
import type { TypedGroup } from './typed.ts';

type Value = Record<string, unknown>;

export interface Split {
  shown: Shape[];
  given: Value; // goes with the request as it is
}

const isHidden = (shape: Shape, value: string | undefined): boolean =>
  (value !== undefined && (shape.kind === 'id' || shape.kind === 'version')) ||
  shape.name === 'seen' ||
  !hasControl(shape);

// An id that nobody can choose from a list is given by the place, or not at all where the form does without it.
const isUnknown = (shape: Shape): boolean => shape.kind === 'id' && !hasPicker(shape.name);
const isLeftOut = (shape: Shape): boolean => isUnknown(shape) && !shape.required;

export function split(shapes: Shape[], context: Context, version?: unknown): Split {
  const shown: Shape[] = [];
  const given: Value = {};
  for (const shape of shapes) {
    const value = shape.name === 'seen' ? version : context[shape.name];
    if (isHidden(shape, context[shape.name]) || (isLeftOut(shape) && value === undefined)) {
      if (value !== undefined && value !== '') given[shape.name] = shape.isList ? [value] : value;
    } else if (shape.kind === 'group' && !shape.isList && shape.required) {
      const inner = split(shape.fields, context);
      if (Object.keys(inner.given).length) given[shape.name] = inner.given;
      shown.push({ ...shape, fields: inner.shown });
    } else if (shape.fields.length) {
      shown.push({ ...shape, fields: shape.fields.filter((f) => !isHidden(f, undefined) && !isLeftOut(f)) });
    } else shown.push(shape);
  }
  return { shown, given };
}

// What was typed, over what the place gives, message by message.
export function merged(given: Value, typed: Value): Value {
  const all: Value = { ...given, ...typed };
  for (const [name, value] of Object.entries(given))
    if (value && typeof value === 'object' && !Array.isArray(value))
      all[name] = merged(value as Value, (typed[name] ?? {}) as Value);
  return all;
}

// The one department of an account, where a form asks for one.
function ownTerritory(shapes: Shape[], { territories = [] }: Session): TypedGroup {
  const [only] = territories.filter((t) => t !== '*');
  if (!only || territories.length !== 1) return {};
  const asked = shapes.filter((s) => s.kind === 'territory' && s.required);
  return Object.fromEntries(asked.map((s) => [s.name, s.isList ? [only] : only]));
}

export function begun(shapes: Shape[], known: Value, context: Context, session: Session): TypedGroup {
  return { ...ownTerritory(shapes, session), ...typedOf(shapes, { ...known, ...onlyOf(shapes, context) }) };
}

const onlyOf = (shapes: Shape[], context: Context): Value =>
  Object.fromEntries(
    shapes.filter((s) => context[s.name] && !s.isList && s.kind !== 'group').map((s) => [s.name, context[s.name]]),
  );

// The fields that a form neither shows nor gets from its place: « contracts.KeepDraft.hash ». For the test of places.
export function unreached(shapes: Shape[], names: string[], before: string): string[] {
  return shapes.flatMap((shape): string[] => {
    if (shape.name === 'seen' || names.includes(shape.name)) return [];
    if (shape.fields.length) return unreached(shape.fields, names, `${before}.${shape.name}`);
    return hasControl(shape) && !isUnknown(shape) ? [] : [`${before}.${shape.name}`];
  });
}
