// A field for a secret or a name that the browser's keeper of passwords knows: what is wrong stands right below.
import type { JSX, Ref } from 'preact';
import { useId } from 'preact/hooks';
import { Framed, toldBy } from './Field.tsx';

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
  const plain = autocomplete === 'email' ? ({ type: 'email' } as const) : ({ type: 'text' } as const);
  const kind = isHidden ? ({ type: 'password' } as const) : plain;
  return (
    <Framed id={id} label={label} help={help} problem={problem}>
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
        {...toldBy({ id, help, problem })}
        onInput={(e) => onChange(e.currentTarget.value)}
      />
    </Framed>
  );
}
