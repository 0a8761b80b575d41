// Hours per month, worked and converted together as in the total: bars drawn by hand in SVG, and the same figures as a table for who prefers or needs it.
import type { JSX, RefObject } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { hoursOf, hoursRounded, hundredths, month, monthTick, ofMonth, shiftMonth } from '../format.ts';
import type { Consolidation, Month } from '../types.ts';
import { Table } from './Table.tsx';

export interface MonthHours {
  month: Month;
  hundredths: number;
}

type MonthFigures = NonNullable<Consolidation['byMonth']>[number];

const HEIGHT = 280,
  TOP = 24,
  BOTTOM = 40,
  RIGHT = 4;

// The `span` months that end with `last` (or with the last one that has hours), holes filled with zero.
export function monthSeries(figures: MonthFigures[], span: number, last?: Month): MonthHours[] {
  const known = new Map(
    figures.filter((f) => f.month).map((f) => [f.month!, hundredths(f.hours) + hundredths(f.converted)]),
  );
  const end = last ?? [...known.keys()].sort().at(-1);
  if (!end) return [];
  return Array.from({ length: span }, (_, i) => {
    const name = shiftMonth(end, i - span + 1);
    return { month: name, hundredths: known.get(name) ?? 0 };
  });
}

// A round number at or above `value`: 1, 2, 2.5 or 5 times a power of ten.
export function niceCeiling(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((m) => m * power).find((n) => n >= value)!;
}

// The width that there is for a drawing.
export function useWidth(): [RefObject<HTMLDivElement | null>, number] {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(640);
  useEffect(() => {
    const watch = new ResizeObserver((entries) => setWidth(Math.max(240, entries[0]!.contentRect.width)));
    watch.observe(ref.current!);
    return () => watch.disconnect();
  }, []);
  return [ref, width];
}

export const DIGIT = 6.6; // widest advance of a digit at 12 px, in px

interface Scale {
  left: number; // room for the longest figure of the axis
  x: (index: number) => number;
  y: (hundredths: number) => number;
  step: number;
  bar: number;
}

function scaleOf(width: number, count: number, ceiling: number): Scale {
  const left = Math.ceil(hoursRounded(ceiling).length * DIGIT) + 14;
  const step = (width - left - RIGHT) / count;
  return {
    left,
    step,
    bar: Math.min(44, step * 0.64),
    x: (i) => left + step * (i + 0.5),
    y: (v) => HEIGHT - BOTTOM - (v / ceiling) * (HEIGHT - TOP - BOTTOM),
  };
}

function Bars({ series, scale }: { series: MonthHours[]; scale: Scale }): JSX.Element {
  const base = scale.y(0);
  return (
    <>
      {series.map((m, i) => {
        const left = scale.x(i) - scale.bar / 2,
          top = scale.y(m.hundredths);
        const radius = Math.min(4, base - top);
        return (
          <g key={m.month}>
            {m.hundredths > 0 && (
              <path
                class="chart-bar"
                d={
                  `M${left} ${base}V${top + radius}q0 -${radius} ${radius} -${radius}` +
                  `h${scale.bar - 2 * radius}q${radius} 0 ${radius} ${radius}V${base}z`
                }
              >
                <title>{`${month(m.month)} : ${hoursOf(m.hundredths)}`}</title>
              </path>
            )}
            <text class="chart-tick" x={scale.x(i)} y={base + 17} text-anchor="middle">
              {scale.step < 38 ? monthTick(m.month).charAt(0).toUpperCase() : monthTick(m.month)}
            </text>
            {(i === 0 || m.month.endsWith('-01')) && (
              <text class="chart-year" x={scale.x(i)} y={base + 34} text-anchor="middle">
                {m.month.slice(0, 4)}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

export function MonthChart({ series }: { series: MonthHours[] }): JSX.Element {
  const [ref, width] = useWidth();
  const id = useId();
  const top = Math.max(...series.map((m) => m.hundredths));
  const ceiling = niceCeiling(top);
  const scale = scaleOf(width, series.length, ceiling);
  const best = series.find((m) => m.hundredths === top);
  const total = series.reduce((sum, m) => sum + m.hundredths, 0);
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
        <title id={`${id}-t`}>Heures réalisées par mois</title>
        <desc id={`${id}-d`}>
          {`Du mois ${ofMonth(series[0]!.month)} au mois ${ofMonth(series.at(-1)!.month)} : ${hoursRounded(total)} en tout, ` +
            `au plus ${hoursRounded(top)} en ${month(best?.month)}. Les chiffres sont dans le tableau qui suit.`}
        </desc>
        {[0, ceiling / 2, ceiling].map((v) => (
          <g key={v}>
            <line class="chart-grid" x1={scale.left} x2={width - RIGHT} y1={scale.y(v)} y2={scale.y(v)} />
            <text class="chart-tick" x={scale.left - 8} y={scale.y(v) + 4} text-anchor="end">
              {hoursRounded(v)}
            </text>
          </g>
        ))}
        <Bars series={series} scale={scale} />
      </svg>
      <details class="more">
        <summary>Voir ces heures en tableau</summary>
        <Table
          caption="Heures réalisées par mois"
          compact
          rows={series}
          rowKey={(m) => m.month}
          columns={[
            { title: 'Mois', cell: (m) => month(m.month) },
            { title: 'Heures', cell: (m) => hoursOf(m.hundredths), number: true },
          ]}
        />
      </details>
    </div>
  );
}
