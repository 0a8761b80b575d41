// The hours of a contract as a line, month by month, against the line of the time that passes; today and promised dates
// are marked. The same figures stand in a table.
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { DIGIT, niceCeiling, useWidth } from '../components/MonthChart.tsx';
import { Table } from '../components/Table.tsx';
import { day, hoursOf, hoursRounded, hundredths, month, monthTick } from '../format.ts';
import type { ContractPace, Month } from '../types.ts';

const HEIGHT = 260,
  TOP = 18,
  BOTTOM = 44,
  RIGHT = 10;
const LABEL = 40; // room that the name of a month takes

export interface PaceMonth {
  month: Month;
  of: number; // hundredths of that month
  done: number; // and in all by its end
  expected: number;
}

export function paceSeries(pace: ContractPace): PaceMonth[] {
  let done = 0;
  return (pace.months ?? []).map((m) => {
    const of = hundredths(m.done) + hundredths(m.converted);
    done += of;
    return { month: m.month ?? '', of, done, expected: hundredths(m.expected) };
  });
}

// How far a day is along the months, counted from the first day of the first one; null: outside of them.
export function placeOf(series: PaceMonth[], on: string | undefined): number | null {
  const index = series.findIndex((m) => m.month === on?.slice(0, 7));
  if (index < 0 || !on) return null;
  const days = new Date(Date.UTC(Number(on.slice(0, 4)), Number(on.slice(5, 7)), 0)).getUTCDate();
  return index + (Number(on.slice(8, 10)) || days) / days;
}

export interface Milestone {
  on: string;
  text: string;
}
export interface PaceChartProps {
  pace: ContractPace;
  today: string;
  milestones: Milestone[];
}

interface Scale {
  left: number;
  width: number;
  x: (place: number) => number;
  y: (value: number) => number;
}

function scaleOf(width: number, months: number, ceiling: number): Scale {
  const left = Math.ceil(hoursRounded(ceiling).length * DIGIT) + 14;
  return {
    left,
    width,
    x: (place) => left + (place / months) * (width - left - RIGHT),
    y: (value) => HEIGHT - BOTTOM - (value / ceiling) * (HEIGHT - TOP - BOTTOM),
  };
}

const path = (points: [number, number][]): string =>
  points.map(([x, y], i) => `${i ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');

function Axes({ series, scale, ceiling }: { series: PaceMonth[]; scale: Scale; ceiling: number }): JSX.Element {
  const room = (scale.x(series.length) - scale.left) / series.length;
  const every = Math.max(1, Math.ceil(LABEL / room));
  const base = scale.y(0);
  return (
    <>
      {[0, ceiling / 2, ceiling].map((v) => (
        <g key={v}>
          <line class="chart-grid" x1={scale.left} x2={scale.width - RIGHT} y1={scale.y(v)} y2={scale.y(v)} />
          <text class="chart-tick" x={scale.left - 8} y={scale.y(v) + 4} text-anchor="end">
            {hoursRounded(v)}
          </text>
        </g>
      ))}
      {series.map((m, i) => (
        <g key={m.month}>
          {i % every === 0 && (
            <text class="chart-tick" x={scale.x(i + 0.5)} y={base + 17} text-anchor="middle">
              {monthTick(m.month)}
            </text>
          )}
          {(i === 0 || (m.month.endsWith('-01') && i > 1)) && (
            <text class="chart-year" x={scale.x(i + 0.5)} y={base + 35} text-anchor="middle">
              {m.month.slice(0, 4)}
            </text>
          )}
        </g>
      ))}
    </>
  );
}

function Legend({ milestones, hasToday }: { milestones: Milestone[]; hasToday: boolean }): JSX.Element {
  return (
    <ul class="chart-legend">
      <li class="is-done">Heures faites et validées</li>
      <li class="is-expected">Attendues avec le temps qui passe</li>
      {hasToday && <li class="is-today">Aujourd’hui</li>}
      {milestones.map((m) => (
        <li key={m.on + m.text} class="is-milestone">
          {day(m.on)} : {m.text}
        </li>
      ))}
    </ul>
  );
}

export function PaceChart({ pace, today, milestones }: PaceChartProps): JSX.Element | null {
  const [ref, width] = useWidth();
  const id = useId();
  const series = paceSeries(pace);
  const owed = hundredths(pace.owed);
  if (series.length === 0) return null;
  const ceiling = niceCeiling(Math.max(owed, series.at(-1)!.done));
  const scale = scaleOf(width, series.length, ceiling);
  const now = placeOf(series, today);
  const known = series.filter((m) => m.month <= today.slice(0, 7));
  const done: [number, number][] = known.map((m, i) => [
    scale.x(now !== null && i === known.length - 1 ? now : i + 1),
    scale.y(m.done),
  ]);
  const start: [number, number] = [scale.x(0), scale.y(0)];
  const expected: [number, number][] = series.map((m, i) => [scale.x(i + 1), scale.y(m.expected)]);
  const shown = milestones.filter((m) => placeOf(series, m.on) !== null);
  return (
    <div ref={ref}>
      <svg
        class="chart"
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="img"
        aria-labelledby={`${id}-t ${id}-d`}
      >
        <title id={`${id}-t`}>Avancement des heures face au temps</title>
        <desc id={`${id}-d`}>
          {`${hoursOf(hundredths(pace.done))} faites sur ${hoursOf(owed)}, du ${day(pace.startsOn)} au ${day(pace.endsOn)}. ` +
            'Les chiffres de chaque mois sont dans le tableau qui suit.'}
        </desc>
        <Axes series={series} scale={scale} ceiling={ceiling} />
        <line class="chart-owed" x1={scale.left} x2={width - RIGHT} y1={scale.y(owed)} y2={scale.y(owed)} />
        <path class="chart-expected" d={path([start, ...expected])} />
        {done.length > 0 && (
          <>
            <path class="chart-area" d={`${path([start, ...done])}L${done.at(-1)![0].toFixed(1)} ${scale.y(0)}z`} />
            <path class="chart-done" d={path([start, ...done])} />
            <circle class="chart-dot" cx={done.at(-1)![0]} cy={done.at(-1)![1]} r="4.5" />
          </>
        )}
        {now !== null && <line class="chart-today" x1={scale.x(now)} x2={scale.x(now)} y1={TOP - 8} y2={scale.y(0)} />}
        {shown.map((m) => {
          const x = scale.x(placeOf(series, m.on)!),
            y = scale.y(0);
          return (
            <path key={m.on + m.text} class="chart-milestone" d={`M${x} ${y - 7}l6 7-6 7-6-7z`}>
              <title>{`${day(m.on)} : ${m.text}`}</title>
            </path>
          );
        })}
      </svg>
      <Legend milestones={shown} hasToday={now !== null} />
      {pace.cut && <p class="quiet">Ce contrat a plus d’écritures que cette image n’en montre : le registre les a toutes.</p>}
      <details class="more">
        <summary>Voir ces heures en tableau</summary>
        <Table
          caption="Heures du contrat par mois"
          compact
          rows={series}
          rowKey={(m) => m.month}
          columns={[
            { title: 'Mois', cell: (m) => month(m.month) },
            { title: 'Dans le mois', cell: (m) => hoursOf(m.of), number: true },
            { title: 'En tout', cell: (m) => (m.month <= today.slice(0, 7) ? hoursOf(m.done) : '–'), number: true },
            { title: 'Attendues', cell: (m) => hoursOf(m.expected), number: true },
          ]}
        />
      </details>
    </div>
  );
}
