// Where a contract stands, from its preparation to its end: the step that it is at is told and marked.
import type { JSX } from 'preact';
import { stage } from '../labels.ts';

const STEPS = ['IN_PREPARATION', 'IN_CONSULTATION', 'IN_EXECUTION', 'ENDED'];

// A suspended contract is in execution; one that was declined, or that nobody follows, is at none of the steps.
export const stepOf = (value: string | undefined): number => STEPS.indexOf(value === 'SUSPENDED' ? 'IN_EXECUTION' : (value ?? ''));

export function Stages({ value }: { value?: string }): JSX.Element | null {
  const at = stepOf(value);
  if (at < 0) return null;
  return (
    <ol class="stages" aria-label="Étapes du contrat">
      {STEPS.map((s, i) => (
        <li key={s} class={i < at ? 'is-over' : i === at ? 'is-now' : ''} aria-current={i === at ? 'step' : undefined}>
          {i === at ? stage(value) : stage(s)}
        </li>
      ))}
    </ol>
  );
}
