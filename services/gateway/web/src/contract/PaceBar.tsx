// Hours done of hours owed as a bar, with a mark where the time that has passed lets expect it.
import type { JSX } from 'preact';
import { hoursOf, hundredths } from '../format.ts';
import type { Pace } from './Light.tsx';

const WIDTH = 1000; // of the drawing; the browser stretches it

export function PaceBar({ pace }: { pace: Pace }): JSX.Element {
  const owed = hundredths(pace.owed),
    done = hundredths(pace.done),
    expected = hundredths(pace.expected);
  const scale = Math.max(owed, done, 1);
  const at = (value: number): number => Math.round((Math.max(0, value) / scale) * WIDTH);
  const text = `${hoursOf(done)} sur ${hoursOf(owed)}, ${hoursOf(expected)} attendues à ce jour`;
  return (
    <div class="pace-bar">
      <svg class="stack" viewBox={`0 0 ${WIDTH} 20`} preserveAspectRatio="none" role="img" aria-label={text}>
        <rect class="stack-due" width={WIDTH} height="20" />
        <rect class="stack-done" width={at(done)} height="20" />
        {expected > 0 && <rect class="stack-mark" x={Math.min(WIDTH - 12, Math.max(0, at(expected) - 6))} width="12" height="20" />}
      </svg>
      <span class="pace-figures">
        <strong>{hoursOf(done)}</strong> / {hoursOf(owed)}
      </span>
    </div>
  );
}
