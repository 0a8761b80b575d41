// The light of an obligation or of a contract: a word and a shape, never a colour alone; and why, in figures.
import type { JSX } from 'preact';
import { hoursOf, hundredths, percent } from '../format.ts';
import { light } from '../labels.ts';
import type { Hours } from '../types.ts';

const SHAPES: Record<string, string> = {
  LIGHT_GREEN: 'light-green',
  LIGHT_ORANGE: 'light-orange',
  LIGHT_RED: 'light-red',
  LIGHT_TOO_EARLY: 'light-early',
};

export function Light({ value }: { value?: string }): JSX.Element {
  return (
    <span class={`light ${SHAPES[value ?? ''] ?? 'light-none'}`}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        {value === 'LIGHT_RED' ? (
          <path d="M6 0l6 12H0z" />
        ) : value === 'LIGHT_ORANGE' ? (
          <path d="M6 0l6 6-6 6-6-6z" />
        ) : (
          <circle cx="6" cy="6" r="5" />
        )}
      </svg>
      {light(value)}
    </span>
  );
}

export interface Pace {
  owed?: Hours;
  done?: Hours;
  expected?: Hours;
  light?: string;
}

// « 202 h faites, 229 h attendues à ce jour : il en manque 27 (88 % de l’attendu). »
export function reasonOf(pace: Pace): string {
  const done = hundredths(pace.done),
    expected = hundredths(pace.expected),
    owed = hundredths(pace.owed);
  if (owed > 0 && done >= owed) return `Toutes les heures dues sont faites : ${hoursOf(done)}.`;
  if (expected === 0) return 'Rien n’est encore attendu : les dates de l’exécution ne sont pas là, ou pas venues.';
  if (done >= expected)
    return `${hoursOf(done)} faites, ${hoursOf(expected)} attendues à ce jour : ${hoursOf(done - expected)} d’avance.`;
  return (
    `${hoursOf(done)} faites, ${hoursOf(expected)} attendues à ce jour : il en manque ${hoursOf(expected - done)} ` +
    `(${percent(done, expected)} de l’attendu).`
  );
}
