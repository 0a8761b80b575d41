// Hours done and converted against hours due, as one stacked bar and its legend in words.
import type { JSX } from 'preact';
import { hoursOf, hundredths, percent } from '../format.ts';
import type { Hours } from '../types.ts';

export interface Figures {
  due?: Hours;
  done?: Hours;
  converted?: Hours;
  transferred?: Hours; // passed on to other obligations; negative: taken over from them
  waived?: Hours; // by the buyer
  remaining?: Hours; // of one obligation less than zero where more was done; of several their sum, none below zero
  surplus?: Hours; // of several: what single ones have beyond what they owed
}

const WIDTH = 1000; // of the drawing; the browser stretches it

// As the daemons say it: a sum made here would pay one contract's debt with another's surplus.
function left(f: Figures): { remaining: number; surplus: number } {
  const remaining = hundredths(f.remaining);
  return { remaining: Math.max(0, remaining), surplus: Math.max(hundredths(f.surplus), -remaining, 0) };
}

// More than due is drawn as full, and said in words.
export function segments(f: Figures): { done: number; converted: number } {
  const done = hundredths(f.done),
    converted = hundredths(f.converted);
  const scale = Math.max(hundredths(f.due), done + converted);
  if (scale === 0) return { done: 0, converted: 0 };
  return { done: Math.round((done / scale) * WIDTH), converted: Math.round((converted / scale) * WIDTH) };
}

export function remainingText(f: Figures): string {
  const { remaining, surplus } = left(f);
  const over = `${hoursOf(surplus)} au-delà du dû`;
  if (surplus === 0) return `${hoursOf(remaining)} restantes`;
  return remaining === 0 ? over : `${hoursOf(remaining)} restantes, ${over}`;
}

export function ProgressBar({ figures, tall = false }: { figures: Figures; tall?: boolean }): JSX.Element {
  const { done, converted } = segments(figures);
  const counted = hundredths(figures.done) + hundredths(figures.converted);
  const text = `${percent(counted, hundredths(figures.due))} des heures dues sont faites, ${remainingText(figures)}`;
  return (
    <svg
      class={tall ? 'stack stack-tall' : 'stack'}
      viewBox={`0 0 ${WIDTH} 20`}
      preserveAspectRatio="none"
      role="img"
      aria-label={text}
    >
      <rect class="stack-due" width={WIDTH} height="20" />
      <rect class="stack-converted" x={done} width={converted} height="20" />
      <rect class="stack-done" width={done} height="20" />
      {done > 0 && done < WIDTH && <rect class="stack-gap" x={done - 1.5} width="3" height="20" />}
      {converted > 0 && done + converted < WIDTH && (
        <rect class="stack-gap" x={done + converted - 1.5} width="3" height="20" />
      )}
    </svg>
  );
}

function Entry({ tone, label, value }: { tone: string; label: string; value: string }): JSX.Element {
  return (
    <div>
      <dt>
        <span class={`dot ${tone}`} aria-hidden="true" />
        {label}
      </dt>
      <dd>{value}</dd>
    </div>
  );
}

export function ProgressLegend({ figures }: { figures: Figures }): JSX.Element {
  const { remaining, surplus } = left(figures);
  const transferred = hundredths(figures.transferred),
    waived = hundredths(figures.waived);
  return (
    <dl class="legend">
      <Entry tone="dot-none" label="Dues" value={hoursOf(hundredths(figures.due))} />
      <Entry tone="dot-done" label="Réalisées" value={hoursOf(hundredths(figures.done))} />
      <Entry tone="dot-converted" label="Converties" value={hoursOf(hundredths(figures.converted))} />
      {transferred !== 0 && (
        <Entry
          tone="dot-none"
          label={transferred < 0 ? 'Reprises d’un autre' : 'Transférées'}
          value={hoursOf(Math.abs(transferred))}
        />
      )}
      {waived !== 0 && <Entry tone="dot-none" label="Remises par l’acheteur" value={hoursOf(waived)} />}
      {(remaining > 0 || surplus === 0) && <Entry tone="dot-due" label="Restantes" value={hoursOf(remaining)} />}
      {surplus > 0 && <Entry tone="dot-none" label="Au-delà du dû" value={hoursOf(surplus)} />}
    </dl>
  );
}
