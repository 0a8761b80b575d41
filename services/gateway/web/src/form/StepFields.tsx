// The steps of a form: one group of fields after another, then what was answered, each answer leading back to its step.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { told } from '../desk/told.ts';
import { Fields } from './Fields.tsx';
import type { Shape } from './shape.ts';
import { shapesOfStep } from './steps.ts';
import type { FormStep } from './steps.ts';
import { readForm } from './typed.ts';
import type { TypedGroup } from './typed.ts';

export interface StepFieldsProps {
  steps: FormStep[];
  at: number; // the step that is shown; as many as there are: the summary
  shapes: Shape[];
  typed: TypedGroup;
  onChange: (typed: TypedGroup) => void;
  onGo: (step: number) => void;
}

const SUMMARY = 'Relire et envoyer';

function Line({ steps, at }: { steps: FormStep[]; at: number }): JSX.Element {
  return (
    <ol class="steps" aria-label="Étapes">
      {[...steps.map((s) => s.title), SUMMARY].map((title, i) => (
        <li key={title} aria-current={i === at ? 'step' : undefined} class={i < at ? 'is-done' : undefined}>
          {title}
          {i < at && <span class="visually-hidden"> (remplie)</span>}
        </li>
      ))}
    </ol>
  );
}

function Answers({ steps, shapes, typed, onGo }: Omit<StepFieldsProps, 'at' | 'onChange'>): JSX.Element {
  const { request } = readForm(shapes, typed);
  return (
    <>
      {steps.map((step, i) => (
        <section key={step.title} class="answers">
          <h3 class="text-title">
            {step.title}{' '}
            <button type="button" class="link" onClick={() => onGo(i)}>
              Modifier<span class="visually-hidden"> : {step.title}</span>
            </button>
          </h3>
          <dl class="facts">
            {shapesOfStep(step, shapes, typed).map((s) => (
              <div key={s.name}>
                <dt>{s.label}</dt>
                <dd>{told(s, request[s.name])}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}

export function StepFields(props: StepFieldsProps): JSX.Element {
  const { steps, at, shapes, typed, onChange } = props;
  const step = steps[at];
  const head = useRef<HTMLLegendElement>(null);
  const first = useRef(at);
  useEffect(() => {
    if (first.current !== at) head.current?.focus();
    first.current = at;
  }, [at]);
  return (
    <>
      <Line steps={steps} at={at} />
      <fieldset class="step">
        <legend ref={head} tabIndex={-1}>
          {step?.title ?? SUMMARY}{' '}
          <span class="quiet">
            étape {at + 1} sur {steps.length + 1}
          </span>
        </legend>
        {step?.lead && <p class="quiet">{step.lead}</p>}
        {step ? (
          <Fields key={at} shapes={shapesOfStep(step, shapes, typed)} at="" typed={typed} onChange={onChange} />
        ) : (
          <Answers {...props} />
        )}
      </fieldset>
    </>
  );
}
