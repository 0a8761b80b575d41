// A short list of amounts, each with a bar. The words and figures carry everything; the bars are decoration.
import type { JSX } from 'preact';

export interface Bar {
  label: string;
  value: number;
  text: string;
  note?: string;
  tone?: string;
}

const VISIBLE = 6; // of 1000: what is not zero is seen

export function BarList({ bars }: { bars: Bar[] }): JSX.Element {
  const top = Math.max(1, ...bars.map((b) => b.value));
  return (
    <ul class="bars">
      {bars.map((b) => (
        <li key={b.label}>
          <span class="bars-label">
            {b.label}
            {b.note && <small>{b.note}</small>}
          </span>
          <span class="bars-value">{b.text}</span>
          <svg viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">
            <rect class="bars-track" width="1000" height="8" />
            <rect
              class={b.tone ?? 'bars-fill'}
              height="8"
              width={b.value > 0 ? Math.max(VISIBLE, (b.value / top) * 1000) : 0}
            />
          </svg>
        </li>
      ))}
    </ul>
  );
}
