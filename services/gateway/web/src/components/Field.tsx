// One labelled field of a form, with its help and what is wrong with it right below.
import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

export interface Told {
  id: string;
  label: string;
  help?: string;
  problem?: string;
}

// What a control says of itself, so that its help and its problem are read with it.
export const toldBy = ({ id, help, problem }: Omit<Told, 'label'>) => ({
  'aria-describedby': [problem && `${id}-problem`, help && `${id}-help`].filter(Boolean).join(' ') || undefined,
  'aria-invalid': problem ? (true as const) : undefined,
});

export function Beneath({ id, help, problem }: Omit<Told, 'label'>): JSX.Element {
  return (
    <>
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
    </>
  );
}

// Whether it may be left out, and whether that goes without saying.
export interface Optional {
  optional?: boolean;
  unmarked?: boolean;
}

export function Framed({
  children,
  optional,
  unmarked,
  ...told
}: Told & Optional & { children: ComponentChildren }): JSX.Element {
  return (
    <div class="field">
      <label for={told.id} class="form-label">
        {told.label}
        {optional && !unmarked && <span class="quiet"> (facultatif)</span>}
      </label>
      {children}
      <Beneath {...told} />
    </div>
  );
}

export interface FieldProps extends Optional {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onLeave?: () => void;
  problem?: string;
  help?: string;
  kind?: 'text' | 'number' | 'date' | 'month' | 'mail' | 'secret' | 'long';
  unit?: string; // said after what is typed: « h », « € »
  maxLength?: number;
  at?: string; // where in the request
  options?: [value: string, label: string][]; // a choice among these instead of free text
}

// A number is typed as text: number fields change under the wheel and drop what they do not understand.
const INPUTS = {
  text: { type: 'text' },
  number: { type: 'text', inputMode: 'decimal' },
  date: { type: 'date' },
  month: { type: 'month' },
  mail: { type: 'email', autocapitalize: 'none' },
  secret: { type: 'password' },
} as const;

export function Field({ label, value, onChange, onLeave, problem, help, ...rest }: FieldProps): JSX.Element {
  const { kind = 'text', unit, maxLength, optional, unmarked, at, options } = rest;
  const id = useId();
  const common = { id, ...toldBy({ id, help, problem }), required: !optional, value, 'data-at': at, onBlur: onLeave };
  const typed = { ...common, class: 'form-control', maxLength, autocomplete: 'off' as const };
  const input =
    kind === 'long' ? (
      <textarea {...typed} rows={4} onInput={(e) => onChange(e.currentTarget.value)} />
    ) : (
      <input {...typed} {...INPUTS[kind]} onInput={(e) => onChange(e.currentTarget.value)} />
    );
  return (
    <Framed id={id} label={label} help={help} problem={problem} optional={optional} unmarked={unmarked}>
      {options ? (
        <select {...common} class="form-select" onChange={(e) => onChange(e.currentTarget.value)}>
          {options.map(([v, text]) => (
            <option key={v} value={v}>
              {text}
            </option>
          ))}
        </select>
      ) : unit ? (
        <div class="input-group">
          {input}
          <span class="input-group-text" aria-hidden="true">
            {unit}
          </span>
        </div>
      ) : (
        input
      )}
    </Framed>
  );
}
