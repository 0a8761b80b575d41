// One field of hours in a row, with what is wrong with it right below.
import type { JSX } from 'preact';

export interface FieldState {
  typed: string;
  problem?: string;
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
