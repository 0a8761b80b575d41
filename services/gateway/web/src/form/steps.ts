// A form that is filled in step by step: which fields stand in which, back and forth, all of it told before it is sent.
import type { Shape } from './shape.ts';
import type { TypedGroup } from './typed.ts';

export interface FormStep {
  title: string;
  lead?: string;
  fields: (typed: TypedGroup) => string[]; // those asked for, by what was answered before
}

export const shapesOfStep = (step: FormStep, shapes: Shape[], typed: TypedGroup): Shape[] =>
  step.fields(typed).flatMap((name) => shapes.filter((s) => s.name === name));

// What is asked of all steps together: what an answer made superfluous is not sent.
export function askedOf(steps: FormStep[], shapes: Shape[], typed: TypedGroup): Shape[] {
  const asked = new Set(steps.flatMap((step) => step.fields(typed)));
  return shapes.filter((s) => asked.has(s.name));
}

// The step in which a field stands; -1: in none.
export const stepOf = (steps: FormStep[], typed: TypedGroup, at: string): number =>
  steps.findIndex((step) => step.fields(typed).includes(at.split(/[.[]/)[0]!));
