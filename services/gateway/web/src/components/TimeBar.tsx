// From a day to another, and how far it is: the days at both ends, today marked in between.
import type { JSX } from 'preact';
import { dayGap, dayNamed, plural } from '../format.ts';
import { today } from '../form/typed.ts';

const WIDTH = 1000; // of the drawing; the browser stretches it

export interface TimeBarProps {
  from?: string;
  until?: string; // absent: open-ended
  over?: boolean; // it is over before its time
}

function leftInWords(until: string, now: string): string {
  const days = dayGap(now, until);
  if (days < 0) return 'terminé';
  if (days === 0) return 'dernier jour aujourd’hui';
  return days < 92 ? `encore ${plural(days, 'jour')}` : `encore ${plural(Math.floor(days / 30.44), 'mois', 'mois')}`;
}

export function TimeBar({ from, until, over = false }: TimeBarProps): JSX.Element | null {
  if (!from) return null;
  const now = today();
  const span = until ? dayGap(from, until) : 0;
  const done = span > 0 ? Math.min(1, Math.max(0, dayGap(from, now) / span)) : 0;
  const at = Math.round(done * WIDTH);
  return (
    <div class="time-bar">
      {until && (
        <svg viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none" aria-hidden="true">
          <rect class="time-track" width={WIDTH} height="10" />
          <rect class={over ? 'time-over' : 'time-done'} width={at} height="10" />
        </svg>
      )}
      <p>
        <span>{now < from ? 'à partir du ' : 'depuis le '}{dayNamed(from)}</span>
        <span>{until ? `jusqu’au ${dayNamed(until)} · ${over ? 'terminé' : leftInWords(until, now)}` : 'sans date de fin'}</span>
      </p>
    </div>
  );
}
