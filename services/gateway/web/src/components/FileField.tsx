// The one field of a form that takes a file, with its help and what is wrong with it right below.
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { Framed, toldBy } from './Field.tsx';

export interface FileFieldProps {
  label: string;
  help: string;
  accept: string;
  problem?: string;
  onFile: (file: File | null) => void;
}

export function FileField({ label, help, accept, problem, onFile }: FileFieldProps): JSX.Element {
  const id = useId();
  return (
    <Framed id={id} label={label} help={help} problem={problem}>
      <input
        id={id}
        type="file"
        class={`form-control ${problem ? 'is-invalid' : ''}`}
        accept={accept}
        required
        {...toldBy({ id, help, problem })}
        onChange={(e) => onFile(e.currentTarget.files?.[0] ?? null)}
      />
    </Framed>
  );
}
