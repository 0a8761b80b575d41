// Figures as a picture (SVG) and as the table below it: bars side by side or one on the other, lines, all by the same places
// of the x axis. Where the marks stand is d3-array's and d3-shape's; the look is the style's, so no style stands in the
// picture (the page allows none), night and print follow, and nothing moves.
import { nice, ticks } from 'd3-array';
import { line as lineOf } from 'd3-shape';
import type { JSX, RefObject } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Table } from './Table.tsx';
import type { Column } from './Table.tsx';

export interface Place {
  key: string;
  label: string; // « décembre 2026 »
  tick: string; // below the axis; a short one where there is little room
  short?: string;
  under?: string; // a second line: the year
  href?: string; // the rows behind
}
export interface Series {
  label: string;
  kind: 'bar' | 'line';
  values: (number | null)[]; // one for each place; null: not told
  tone?: 0 | 1 | 2 | 3;
}
export interface ChartProps {
  title: string;
  places: Place[];
  placeTitle: string; // « Mois »
  series: Series[];
  stacked?: boolean;
  told: (value: number) => string; // with its unit
  axis?: (value: number) => string;
  today?: number; // the place that is marked
  note?: string; // said with the description
}

const HEIGHT = 280,
  TOP = 24,
  BOTTOM = 44,
  RIGHT = 8,
  DIGIT = 6.6; // widest advance of a digit at 12 px, in px

export interface Frame {
  left: number;
  width: number;
  step: number; // of the x axis
  x: (place: number) => number; // its middle
  y: (value: number) => number;
  marks: number[]; // of the y axis
}

// The least and the greatest that are drawn; bars stand on zero.
export function extentOf(series: Series[], stacked: boolean): [number, number] {
  const bars = series.filter((s) => s.kind === 'bar');
  const count = Math.max(0, ...series.map((s) => s.values.length));
  const sums = Array.from({ length: count }, (_, i) => bars.reduce((sum, s) => sum + Math.max(0, s.values[i] ?? 0), 0));
  const all = [...(stacked ? sums : []), ...series.flatMap((s) => s.values.map((v) => v ?? 0))];
  const top = Math.max(0, ...all);
  return [Math.min(0, ...all), top > 0 ? top : 1];
}

export function frameOf(width: number, count: number, extent: [number, number], axis: (v: number) => string): Frame {
  const [from, to] = nice(...extent, 4);
  const marks = ticks(from, to, 4);
  const left = Math.ceil(Math.max(...marks.map((v) => axis(v).length)) * DIGIT) + 14;
  const step = (width - left - RIGHT) / count;
  const base = HEIGHT - BOTTOM;
  return {
    left,
    width,
    step,
    marks,
    x: (i) => left + step * (i + 0.5),
    y: (v) => base - ((v - from) / (to - from)) * (base - TOP),
  };
}

function useWidth(): [RefObject<HTMLDivElement | null>, number] {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(640);
  useEffect(() => {
    const watch = new ResizeObserver((entries) => setWidth(Math.max(240, entries[0]!.contentRect.width)));
    watch.observe(ref.current!);
    return () => watch.disconnect();
  }, []);
  return [ref, width];
}

const toneOf = ({ tone }: Series, index: number): number => tone ?? index % 4;

// Its upper corners are round.
function barPath(x: number, width: number, top: number, base: number): string {
  const r = Math.max(0, Math.min(4, base - top, width / 2));
  return `M${x} ${base}V${top + r}q0 ${-r} ${r} ${-r}h${width - 2 * r}q${r} 0 ${r} ${r}V${base}z`;
}

function Bars({ chart, frame }: { chart: ChartProps; frame: Frame }): JSX.Element {
  const bars = chart.series.filter((s) => s.kind === 'bar');
  const room = Math.min(44 * (chart.stacked ? 1 : bars.length), frame.step * 0.7);
  const width = chart.stacked ? room : room / Math.max(1, bars.length);
  return (
    <>
      {chart.places.map((place, i) => {
        let below = 0;
        return (
          <g key={place.key}>
            {bars.map((s, b) => {
              const value = s.values[i] ?? 0;
              const from = chart.stacked ? below : 0;
              if (chart.stacked) below += value;
              if (value <= 0) return null;
              const x = frame.x(i) - room / 2 + (chart.stacked ? 0 : b * width);
              const bar = (
                <path class={`chart-bar tone-${toneOf(s, b)}`} d={barPath(x, width, frame.y(from + value), frame.y(from))}>
                  <title>{`${place.label}, ${s.label} : ${chart.told(value)}`}</title>
                </path>
              );
              return <g key={s.label}>{bar}</g>;
            })}
          </g>
        );
      })}
    </>
  );
}

function Lines({ chart, frame }: { chart: ChartProps; frame: Frame }): JSX.Element {
  const draw = lineOf<number | null>()
    .defined((v) => v !== null)
    .x((_, i) => frame.x(i))
    .y((v) => frame.y(v ?? 0));
  return (
    <>
      {chart.series.map((s, i) =>
        s.kind === 'line' ? (
          <path key={s.label} class={`chart-line tone-${toneOf(s, i)}`} d={draw(s.values) ?? ''}>
            <title>{s.label}</title>
          </path>
        ) : null,
      )}
    </>
  );
}

function Axes({ chart, frame }: { chart: ChartProps; frame: Frame }): JSX.Element {
  const axis = chart.axis ?? chart.told;
  const base = HEIGHT - BOTTOM;
  const longest = Math.max(...chart.places.map((p) => p.tick.length)) * DIGIT;
  const isShort = frame.step < longest + 6;
  const every = isShort ? Math.max(1, Math.ceil((Math.max(...chart.places.map((p) => (p.short ?? p.tick).length)) * DIGIT + 4) / frame.step)) : 1;
  return (
    <>
      {frame.marks.map((v) => (
        <g key={v}>
          <line class="chart-grid" x1={frame.left} x2={frame.width - RIGHT} y1={frame.y(v)} y2={frame.y(v)} />
          <text class="chart-tick" x={frame.left - 8} y={frame.y(v) + 4} text-anchor="end">
            {axis(v)}
          </text>
        </g>
      ))}
      {chart.places.map((p, i) => (
        <g key={p.key}>
          {i % every === 0 && (
            <text class="chart-tick" x={frame.x(i)} y={base + 17} text-anchor="middle">
              {isShort ? (p.short ?? p.tick) : p.tick}
            </text>
          )}
          {p.under && (
            <text class="chart-year" x={frame.x(i)} y={base + 34} text-anchor="middle">
              {p.under}
            </text>
          )}
        </g>
      ))}
      {chart.today !== undefined && (
        <line class="chart-today" x1={frame.x(chart.today)} x2={frame.x(chart.today)} y1={TOP - 12} y2={base} />
      )}
    </>
  );
}

function Legend({ series }: { series: Series[] }): JSX.Element | null {
  if (series.length < 2) return null;
  return (
    <ul class="chart-legend" aria-hidden="true">
      {series.map((s, i) => (
        <li key={s.label}>
          <svg width="18" height="12" viewBox="0 0 18 12">
            {s.kind === 'bar' ? (
              <rect class={`chart-bar tone-${toneOf(s, i)}`} width="18" height="12" rx="2" />
            ) : (
              <path class={`chart-line tone-${toneOf(s, i)}`} d="M0 6H18" />
            )}
          </svg>
          {s.label}
        </li>
      ))}
    </ul>
  );
}

// What the picture shows, in a sentence: of each series its sum of bars, or where its line ends.
function description({ places, series, told, note = '' }: ChartProps): string {
  const parts = series.map((s) => {
    const known = s.values.filter((v): v is number => v !== null);
    if (known.length === 0) return `${s.label} : rien`;
    if (s.kind === 'line') return `${s.label} : ${told(known.at(-1)!)} à la fin`;
    const top = Math.max(...known);
    return `${s.label} : ${told(known.reduce((a, b) => a + b, 0))} en tout, au plus ${told(top)} (${places[s.values.indexOf(top)]?.label})`;
  });
  return `${places[0]?.label} à ${places.at(-1)?.label}. ${parts.join(' ; ')}. ${note} Les chiffres sont dans le tableau qui suit.`;
}

function Figures({ title, places, placeTitle, series, told }: ChartProps): JSX.Element {
  const columns: Column<number>[] = [
    {
      title: placeTitle,
      cell: (i) => (places[i]!.href ? <a href={places[i]!.href}>{places[i]!.label}</a> : places[i]!.label),
    },
    ...series.map(
      (s): Column<number> => ({
        title: s.label,
        number: true,
        cell: (i) => (s.values[i] === null || s.values[i] === undefined ? '–' : told(s.values[i])),
      }),
    ),
  ];
  return (
    <details class="more">
      <summary>Voir ces chiffres en tableau</summary>
      <Table caption={title} compact rows={places.map((_, i) => i)} rowKey={(i) => places[i]!.key} columns={columns} />
    </details>
  );
}

export function Chart(chart: ChartProps): JSX.Element {
  const [ref, width] = useWidth();
  const id = useId();
  const { title, places, series, stacked = false, told, axis = told } = chart;
  const frame = frameOf(width, Math.max(1, places.length), extentOf(series, stacked), axis);
  return (
    <div ref={ref} class="chart-box">
      <svg
        class="chart"
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="img"
        aria-labelledby={`${id}-t ${id}-d`}
      >
        <title id={`${id}-t`}>{title}</title>
        <desc id={`${id}-d`}>{description(chart)}</desc>
        <Axes chart={chart} frame={frame} />
        <Bars chart={chart} frame={frame} />
        <Lines chart={chart} frame={frame} />
      </svg>
      <Legend series={series} />
      <Figures {...chart} />
    </div>
  );
}
