// Hours by month as a small picture: a bar a month, gaps seen as such. It is a list: what is drawn is also said.
import type { JSX } from 'preact';
import { hoursOf, hoursRounded, month, monthTick } from '../format.ts';
import type { MonthKind, PlacementMonth } from '../persons/months.ts';

const WORDS: Record<MonthKind, string> = {
  validated: 'validées',
  stated: 'à valider',
  'sent-back': 'renvoyées, à déclarer de nouveau',
  'to-check': 'à revérifier',
  gap: 'rien n’est déclaré',
  running: 'pas encore déclarées',
};
const LEGEND: MonthKind[] = ['validated', 'stated', 'to-check', 'sent-back', 'gap'];

const HEIGHT = 100; // of the drawing; the browser stretches it

function Bar({ m, top, expected }: { m: PlacementMonth; top: number; expected: number }): JSX.Element {
  const height = top > 0 ? Math.max(m.hundredths > 0 ? 2 : 0, Math.round((m.hundredths / top) * HEIGHT)) : 0;
  const line = top > 0 && expected > 0 ? HEIGHT - Math.round((expected / top) * HEIGHT) : -1;
  return (
    <svg viewBox={`0 0 20 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {m.kind === 'gap' && <rect class="strip-gap" x="1" y="1" width="18" height={HEIGHT - 2} />}
      <rect class={`strip-${m.kind}`} y={HEIGHT - height} width="20" height={height} />
      {line >= 0 && <line class="strip-expected" x1="0" x2="20" y1={line} y2={line} />}
      <line class="strip-ground" x1="0" x2="20" y1={HEIGHT} y2={HEIGHT} />
    </svg>
  );
}

export interface HoursStripProps {
  label: string;
  months: PlacementMonth[];
  expected?: number; // hundredths of a whole month, by the work contract
}

export function HoursStrip({ label, months, expected = 0 }: HoursStripProps): JSX.Element {
  const top = Math.max(expected, ...months.map((m) => m.hundredths));
  const kinds = new Set(months.map((m) => m.kind));
  const total = months.filter((m) => m.kind === 'validated' || m.kind === 'to-check').reduce((sum, m) => sum + m.hundredths, 0);
  const gaps = months.filter((m) => m.kind === 'gap').length;
  return (
    <div class="strip">
      <p class="strip-total">
        <strong>{hoursOf(total)}</strong> validées
        {gaps > 0 && <span class="due due-due_soon">, {gaps} mois sans déclaration</span>}
      </p>
      <ol class="strip-months" aria-label={label}>
        {months.map((m) => (
          <li key={m.month}>
            <span class="visually-hidden">
              {month(m.month)} : {m.kind === 'gap' || m.kind === 'running' ? WORDS[m.kind] : `${hoursOf(m.hundredths)} ${WORDS[m.kind]}`}
            </span>
            <span class="strip-value" aria-hidden="true">
              {m.kind === 'gap' ? '?' : m.kind === 'running' && m.hundredths === 0 ? '…' : hoursRounded(m.hundredths).replace(/\sh$/, '')}
            </span>
            <Bar m={m} top={top} expected={expected} />
            <span class="strip-month" aria-hidden="true">
              {monthTick(m.month)}
              {m.month.endsWith('-01') && <small>{m.month.slice(0, 4)}</small>}
            </span>
          </li>
        ))}
      </ol>
      <ul class="strip-legend" aria-hidden="true">
        {LEGEND.filter((k) => kinds.has(k)).map((k) => (
          <li key={k}>
            <svg viewBox="0 0 12 12" width="12" height="12">
              <rect class={`strip-${k}`} x="1" y="1" width="10" height="10" />
            </svg>
            {WORDS[k]}
          </li>
        ))}
        {expected > 0 && (
          <li>
            <svg viewBox="0 0 12 12" width="12" height="12">
              <line class="strip-expected" x1="0" x2="12" y1="6" y2="6" />
            </svg>
            un mois entier au contrat de travail : {hoursRounded(expected)}
          </li>
        )}
      </ul>
    </div>
  );
}

const MINI = 6; // months

// The last months in the space of a cell.
export function MiniMonths({ months }: { months: PlacementMonth[] }): JSX.Element | null {
  const shown = months.slice(-MINI);
  if (shown.length === 0) return null;
  const top = Math.max(1, ...shown.map((m) => m.hundredths));
  const said = shown.map((m) => `${month(m.month)} : ${m.kind === 'gap' ? WORDS.gap : m.kind === 'running' ? WORDS.running : hoursOf(m.hundredths)}`);
  return (
    <svg class="mini-months" viewBox="0 0 96 28" width="96" height="28" role="img" aria-label={said.join(', ')}>
      {shown.map((m, i) => {
        const height = Math.round((m.hundredths / top) * 26);
        return m.kind === 'gap' ? (
          <rect key={m.month} class="strip-gap" x={i * 16 + 2} y="2" width="12" height="24" />
        ) : (
          <rect key={m.month} class={`strip-${m.kind}`} x={i * 16 + 1} y={28 - Math.max(2, height)} width="14" height={Math.max(2, height)} />
        );
      })}
    </svg>
  );
}
