// What a check says of a figure, and, behind « Pourquoi ? », what the rule in force rests on.
import type { JSX } from 'preact';
import { typographic } from '../format.ts';

export interface Warned {
  code?: string;
  text?: string;
  source?: string;
}

export function Warning({ of: { text, source } }: { of: Warned }): JSX.Element {
  return (
    <div class="warning">
      {typographic(text)}
      {source && (
        <details class="why">
          <summary>
            Pourquoi ?<span class="visually-hidden"> {typographic(text)}</span>
          </summary>
          <p>Règle en vigueur, et sa source : {typographic(source)}.</p>
        </details>
      )}
    </div>
  );
}
