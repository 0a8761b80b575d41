// The hours of a contract as a line, month by month, against the line of the time that passes; this month is marked, and
// below the picture the dates that were promised.
import type { JSX } from 'preact';
import { Chart } from '../components/Chart.tsx';
import { monthPlaces } from '../components/MonthChart.tsx';
import { day, hoursOf, hoursRounded, hundredths } from '../format.ts';
import type { ContractPace, Month } from '../types.ts';

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

export interface Milestone {
  on: string;
  text: string;
}
export interface PaceChartProps {
  pace: ContractPace;
  today: string;
  milestones: Milestone[];
}

export function PaceChart({ pace, today, milestones }: PaceChartProps): JSX.Element | null {
  const series = paceSeries(pace);
  if (series.length === 0) return null;
  const thisMonth = today.slice(0, 7);
  const isKnown = (m: PaceMonth): boolean => m.month <= thisMonth;
  const now = series.findIndex((m) => m.month === thisMonth);
  const owed = hundredths(pace.owed);
  return (
    <>
      <Chart
        title="Heures du contrat par mois"
        placeTitle="Mois"
        places={monthPlaces(series.map((m) => m.month))}
        series={[
          { label: 'Dans le mois', kind: 'bar', tone: 1, values: series.map((m) => (isKnown(m) ? m.of : null)) },
          { label: 'Attendues en tout', kind: 'line', tone: 3, values: series.map((m) => m.expected) },
          { label: 'Faites en tout', kind: 'line', tone: 0, values: series.map((m) => (isKnown(m) ? m.done : null)) },
        ]}
        told={hoursOf}
        axis={hoursRounded}
        today={now < 0 ? undefined : now}
        note={`${hoursOf(owed)} dues, du ${day(pace.startsOn)} au ${day(pace.endsOn)}.`}
      />
      {milestones.length > 0 && (
        <ul class="milestones">
          {milestones.map((m) => (
            <li key={m.on + m.text}>
              <strong>{day(m.on)}</strong> : {m.text}
            </li>
          ))}
        </ul>
      )}
      {pace.cut && <p class="quiet">Ce contrat a plus d’écritures que cette image n’en montre : le registre les a toutes.</p>}
    </>
  );
}
