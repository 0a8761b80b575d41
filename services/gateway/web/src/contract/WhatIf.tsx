// « Et si… »: what the clause would ask for with other figures, as the daemon calculates it; nothing is recorded.
import type { JSX } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { ErrorBox } from '../components/Panel.tsx';
import { decimal, hours, hoursOf, hundredths, money, share, typographic } from '../format.ts';
import { useFormWords, useLoaded, useDesk } from '../hooks.ts';
import type { Calibrated, Calibration, Clause } from '../types.ts';

type Name = 'amount' | 'labourShare' | 'insertionRate' | 'hourlyCost' | 'amountPerHour' | 'chosenHours' | 'durationMonths';

interface Figure {
  name: Name;
  step: (value: number) => number;
  tell: (value: number) => string;
  text: (value: number) => string | number; // as the request has it
  most?: number;
}

const roundStep = (value: number): number => 10 ** Math.max(0, Math.floor(Math.log10(value)) - 2);
const euros: Pick<Figure, 'tell' | 'text'> = { tell: (v) => money(v.toFixed(2)), text: (v) => v.toFixed(2) };
const part: Pick<Figure, 'tell' | 'text' | 'most'> = {
  tell: (v) => share(v.toFixed(4)),
  text: (v) => String(Number(v.toFixed(4))),
  most: 1,
};

const FIGURES: Figure[] = [
  { name: 'amount', step: roundStep, ...euros },
  { name: 'labourShare', step: () => 0.01, ...part },
  { name: 'insertionRate', step: () => 0.005, ...part },
  { name: 'hourlyCost', step: () => 0.5, ...euros },
  { name: 'amountPerHour', step: roundStep, ...euros },
  { name: 'chosenHours', step: () => 1, tell: (v) => hoursOf(v * 100), text: (v) => v.toFixed(2) },
  { name: 'durationMonths', step: () => 1, tell: (v) => `${v} mois`, text: (v) => v },
];

// Figures that a method calculates with.
const OF_METHOD: Record<string, Name[]> = {
  FORMULA: ['amount', 'labourShare', 'insertionRate', 'hourlyCost', 'durationMonths'],
  PER_INVOICED: ['amount', 'amountPerHour', 'durationMonths'],
  STEP_TABLE: ['amount', 'chosenHours', 'durationMonths'],
  SHARE_OF_HOURS: ['amount', 'labourShare', 'insertionRate', 'hourlyCost', 'durationMonths'],
  FIXED_HOURS: ['chosenHours', 'durationMonths'],
};

export const figuresOf = (method: string | undefined, given: Calibration): Figure[] =>
  FIGURES.filter((f) => (OF_METHOD[method ?? ''] ?? OF_METHOD.FORMULA!).includes(f.name) && Number(given[f.name] ?? 0) > 0);

// The value a moment after it was last moved: one question for a movement, and not for each step.
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), 250);
    return () => window.clearTimeout(timer);
  }, [JSON.stringify(value)]);
  return settled;
}

interface SliderProps {
  figure: Figure;
  label: string;
  first: number;
  value: number;
  onChange: (value: number) => void;
}

// From half to double of what it is; a whole has no more than itself.
function Slider({ figure, label, first, value, onChange }: SliderProps): JSX.Element {
  const id = useId();
  const step = figure.step(first);
  const least = Math.max(step, Math.round(first / 2 / step) * step);
  const most = Math.min(figure.most ?? Infinity, Math.max(least + 10 * step, Math.round((first * 2) / step) * step));
  return (
    <div class="slider">
      <label for={id}>{label}</label>
      <output for={id}>{figure.tell(value)}</output>
      <input
        id={id}
        type="range"
        class="form-range"
        min={least}
        max={most}
        step={step}
        value={value}
        aria-valuetext={figure.tell(value)}
        onInput={(e) => onChange(Number(e.currentTarget.value))}
      />
    </div>
  );
}

type Values = Partial<Record<Name, number>>;

function changed(given: Calibration, figures: Figure[], values: Values): Calibration {
  const moved = figures.filter((f) => values[f.name] !== undefined).map((f) => [f.name, f.text(values[f.name]!)]);
  return { ...given, ...Object.fromEntries(moved) } as Calibration;
}

const difference = (now: number, then: number): string =>
  now === then ? 'comme aujourd’hui' : `${now > then ? '+' : '−'} ${hoursOf(Math.abs(now - then))}`;

interface ResultProps {
  clause: Clause;
  contractId: string;
  calibration: Calibration;
}

function Result({ clause, contractId, calibration }: ResultProps): JSX.Element {
  const { api } = useDesk();
  const request = { calibration, contractId, lot: clause.lot ?? 1 };
  const [kept, setKept] = useState<Calibrated | null>(null);
  const state = useLoaded<Calibrated>(
    `what if ${JSON.stringify(request)}`,
    async (signal) => (await api.query('contracts/Calibrate', request, signal)).reply,
  );
  useEffect(() => {
    if (state.data) setKept(state.data);
  }, [state.data]);
  const told = state.data ?? kept;
  if (state.error) return <ErrorBox error={state.error} />;
  return (
    <div class="what-if-result" role="status" aria-busy={state.loading}>
      {told && (
        <>
          <p class="hero-line">
            <strong>{hours(told.hours)}</strong> à réaliser,{' '}
            {difference(hundredths(told.hours), hundredths(clause.hours))}
          </p>
          <p class="quiet">
            {`${decimal(told.weeks35h, 0)} semaines de 35 h, ${decimal(told.fullTimeEquivalent, 2)} équivalent temps plein`}
            {told.persons && `, soit ${decimal(told.persons, 1)} personne à temps plein sur la durée`}
          </p>
          {(told.warnings ?? []).map((text) => (
            <p key={text} class="note-warn">
              {typographic(text)}
            </p>
          ))}
        </>
      )}
    </div>
  );
}

export function WhatIf({ clause, contractId, months }: { clause: Clause; contractId: string; months: number }): JSX.Element | null {
  const [values, setValues] = useState<Values>({});
  const words = useFormWords('contracts/Calibrate', 'contracts.Calibration').data;
  const given: Calibration = { durationMonths: months, ...clause.calibration };
  const figures = figuresOf(clause.method, given);
  const calibration = useSettled(changed(given, figures, values));
  if (figures.length === 0) return null;
  return (
    <div class="what-if">
      <p class="quiet">
        Déplacez un curseur : le service des contrats recalcule la clause avec la même méthode. Rien n’est enregistré.
      </p>
      <div class="what-if-columns">
        <div>
          {figures.map((f) => (
            <Slider
              key={f.name}
              figure={f}
              label={words?.[f.name]?.label ?? f.name}
              first={Number(given[f.name])}
              value={values[f.name] ?? Number(given[f.name])}
              onChange={(value) => setValues({ ...values, [f.name]: value })}
            />
          ))}
          <button
            type="button"
            class="btn btn-sm btn-outline-secondary"
            disabled={Object.keys(values).length === 0}
            onClick={() => setValues({})}
          >
            Revenir aux valeurs de la clause
          </button>
        </div>
        <Result clause={clause} contractId={contractId} calibration={calibration} />
      </div>
    </div>
  );
}
