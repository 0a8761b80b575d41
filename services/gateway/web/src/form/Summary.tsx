// All that is wrong with a form, above it, each leading to its field; it takes the focus when the form was sent.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { plural } from '../format.ts';
import type { Problems } from './typed.ts';

export function focusField(at: string): void {
  const field = document.querySelector<HTMLElement>(
    `[data-at="${CSS.escape(at)}"], [data-at^="${CSS.escape(at)}["], [data-at^="${CSS.escape(at)}."]`,
  );
  field?.closest('details')?.setAttribute('open', '');
  field?.focus();
}

export function Summary({ problems, turn }: { problems: Problems; turn: number }): JSX.Element | null {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (turn > 0) ref.current?.focus();
  }, [turn]);
  if (problems.size === 0) return null;
  return (
    <div ref={ref} class="alert alert-danger" tabIndex={-1} role="group" aria-label="Ce qui est à corriger">
      <p class="mb-1">{plural(problems.size, 'champ est à corriger', 'champs sont à corriger')} :</p>
      <ul class="mb-0">
        {[...problems].map(([at, text]) => (
          <li key={at}>
            <button type="button" class="link" onClick={() => focusField(at)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
