// One field of hours in a row, with what is wrong with it right below.
import type { JSX } from 'preact';
import type { FieldWords } from '../description.ts';
import { parseHours } from '../format.ts';

export interface FieldState {
  typed: string;
  problem?: string;
}
// What the person typed as hours, within the bounds of the field; a string is what to tell instead.
export function hoursOfField(typed: string, words?: FieldWords): { value: string } | string {
  const value = parseHours(typed);
  if (value === null) return 'Écrivez un nombre d’heures, par exemple 151,67.';
  const { least = 0, most = Infinity } = words ?? {};
  return Number(value) < least || Number(value) > most ? `Écrivez de ${least} à ${most} heures.` : { value };
}

export interface HoursFieldProps {
  id: string;
  label: string;
  state: FieldState;
  onType: (typed: string) => void;
}

export function HoursField({ id, label, state, onType }: HoursFieldProps): JSX.Element {
  return (
    <div class="hours-field">
      <div class="input-group">
        <input
          id={id}
          class={`form-control ${state.problem ? 'is-invalid' : ''}`}
          inputMode="decimal"
          autocomplete="off"
          aria-label={label}
          maxLength={12}
          value={state.typed}
          aria-invalid={state.problem ? true : undefined}
          aria-describedby={state.problem ? `${id}-problem` : undefined}
          onInput={(e) => onType(e.currentTarget.value)}
        />
        <span class="input-group-text" aria-hidden="true">
          h
        </span>
      </div>
      {state.problem && (
        <p id={`${id}-problem`} class="field-problem" role="alert">
          {state.problem}
        </p>
      )}
    </div>
  );
}
