// A field for a secret or a name that the browser's keeper of passwords knows: what is wrong stands right below.
import type { JSX, Ref } from 'preact';
import { useId } from 'preact/hooks';

export interface SecretFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  autocomplete: 'username' | 'current-password' | 'new-password' | 'one-time-code' | 'email' | 'off';
  problem?: string;
  help?: string;
  inputRef?: Ref<HTMLInputElement>;
}

export function SecretField(props: SecretFieldProps): JSX.Element {
  const { label, value, onChange, autocomplete, problem, help, inputRef } = props;
  const id = useId();
  const isHidden = autocomplete.endsWith('password') || autocomplete === 'off';
  const kind = isHidden ? ({ type: 'password' } as const) : ({ type: autocomplete === 'email' ? 'email' : 'text' } as const);
  const described = [problem && `${id}-problem`, help && `${id}-help`].filter(Boolean).join(' ') || undefined;
  return (
    <div class="field">
      <label for={id} class="form-label">
        {label}
      </label>
      <input
        id={id}
        ref={inputRef}
        {...kind}
        inputMode={autocomplete === 'one-time-code' ? 'numeric' : undefined}
        class="form-control form-control-lg"
        autocomplete={autocomplete}
        autocapitalize="none"
        spellcheck={false}
        value={value}
        required
        aria-invalid={problem ? true : undefined}
        aria-describedby={described}
        onInput={(e) => onChange(e.currentTarget.value)}
      />
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
