// The one field of a form that takes a file, with its help and what is wrong with it right below.
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

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
    <div class="field">
      <label for={id} class="form-label">
        {label}
      </label>
      <input
        id={id}
        type="file"
        class={`form-control ${problem ? 'is-invalid' : ''}`}
        accept={accept}
        required
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-problem ${id}-help` : `${id}-help`}
        onChange={(e) => onFile(e.currentTarget.files?.[0] ?? null)}
      />
      <p id={`${id}-help`} class="form-text mb-0">
        {help}
      </p>
      {problem && (
        <p id={`${id}-problem`} class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
