// Hours per month, worked and converted together as in the total; beside those of a year before, where they are asked for.
import type { JSX } from 'preact';
import { hoursOf, hoursRounded, hundredths, month, monthTick, shiftMonth } from '../format.ts';
import type { Consolidation, Month } from '../types.ts';
import { Chart } from './Chart.tsx';
import type { Place, Series } from './Chart.tsx';

export interface MonthHours {
  month: Month;
  hundredths: number;
}

type MonthFigures = NonNullable<Consolidation['byMonth']>[number];

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

export function monthPlaces(months: Month[], hrefOf?: (month: Month) => string): Place[] {
  return months.map((name, i) => ({
    key: name,
    label: month(name),
    tick: monthTick(name),
    short: monthTick(name).charAt(0).toUpperCase(),
    under: i === 0 || name.endsWith('-01') ? name.slice(0, 4) : undefined,
    href: hrefOf?.(name),
  }));
}

export interface MonthChartProps {
  series: MonthHours[];
  before?: MonthHours[]; // the same months of the year before
  hrefOf?: (month: Month) => string;
}

export function MonthChart({ series, before, hrefOf }: MonthChartProps): JSX.Element {
  const bars = (label: string, months: MonthHours[], tone: Series['tone']): Series => ({
    label,
    kind: 'bar',
    values: months.map((m) => m.hundredths),
    tone,
  });
  const own = bars('Heures', series, 0);
  return (
    <Chart
      title="Heures réalisées par mois"
      placeTitle="Mois"
      places={monthPlaces(
        series.map((m) => m.month),
        hrefOf,
      )}
      series={before ? [bars('Un an avant', before, 3), own] : [own]}
      told={hoursOf}
      axis={hoursRounded}
    />
  );
}
