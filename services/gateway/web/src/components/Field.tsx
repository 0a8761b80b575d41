// One labelled field of a form, with its help and what is wrong with it right below.
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

export interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  problem?: string;
  help?: string;
  kind?: 'text' | 'number' | 'date';
  maxLength?: number;
  options?: [value: string, label: string][]; // a choice among these instead of free text
}

// A number is typed as text: number fields change under the wheel and drop what they do not understand.
const INPUTS = {
  text: { type: 'text' },
  number: { type: 'text', inputMode: 'numeric' },
  date: { type: 'date' },
} as const;

export function Field({
  label,
  value,
  onChange,
  problem,
  help,
  kind = 'text',
  maxLength,
  options,
}: FieldProps): JSX.Element {
  const id = useId();
  const described = [problem && `${id}-problem`, help && `${id}-help`].filter(Boolean).join(' ') || undefined;
  const common = {
    id,
    'aria-describedby': described,
    'aria-invalid': problem ? true : undefined,
    required: true,
    value,
  };
  return (
    <div class="field">
      <label for={id} class="form-label">
        {label}
      </label>
      {options ? (
        <select {...common} class="form-select" onChange={(e) => onChange(e.currentTarget.value)}>
          {options.map(([v, text]) => (
            <option key={v} value={v}>
              {text}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...common}
          class="form-control"
          {...INPUTS[kind]}
          maxLength={maxLength}
          autocomplete="off"
          onInput={(e) => onChange(e.currentTarget.value)}
        />
      )}
      {help && (
        <p id={`${id}-help`} class="form-text mb-0">
          {help}
        </p>
      )}
      {problem && (
        <p id={`${id}-problem`} class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
