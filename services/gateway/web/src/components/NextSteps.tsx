// Who acts next: the most pressing on top with the act that settles it, the others below in a line each.
import type { JSX } from 'preact';
import { day, plural } from '../format.ts';

export interface Step {
  what: string; // as an order: « Décider de son éligibilité »
  who?: string; // who is to do it
  why?: string;
  since?: string;
  by?: string;
  late?: boolean;
  act?: { href: string; label: string }; // the form that settles it, where the reader may give it
  page?: string; // else the address of what tells more
}

// What is late first, then what the reader can settle, by the day; what has none, last.
export function inTurn(steps: Step[]): Step[] {
  const rank = (s: Step) => `${s.late ? 0 : 1}${s.act ? 0 : 1}${s.by ?? '9999'}${s.since ?? '9999'}`;
  return [...steps].sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
}

const OTHERS = 5;

const when = ({ since, by, late }: Step): string =>
  [since && `depuis le ${day(since)}`, by && (late ? `c’était à faire avant le ${day(by)}` : `avant le ${day(by)}`)]
    .filter(Boolean)
    .join(', ');

function Way({ step, main = false }: { step: Step; main?: boolean }): JSX.Element | null {
  const hidden = <span class="visually-hidden"> : {step.what}</span>;
  const look = main ? 'btn btn-primary' : 'btn btn-sm btn-outline-primary';
  if (step.act)
    return (
      <a class={look} href={step.act.href}>
        {step.act.label}
        {hidden}
      </a>
    );
  if (step.page)
    return (
      <a class="btn btn-sm btn-outline-primary" href={step.page}>
        Voir{hidden}
      </a>
    );
  return null;
}

function About({ step }: { step: Step }): JSX.Element {
  return (
    <>
      {step.late && <span class="due due-late">En retard</span>}
      {step.who && <span>{step.who}</span>}
      {when(step) && <span>{when(step)}</span>}
    </>
  );
}

function Other({ step }: { step: Step }): JSX.Element {
  return (
    <li>
      <div>
        {step.what}
        <p class="next-who">
          <About step={step} />
          {step.why && <span>{step.why.split('. ')[0]!.replace(/\.$/, '')}</span>}
        </p>
      </div>
      <Way step={step} />
    </li>
  );
}

export function NextSteps({ steps, calm }: { steps: Step[]; calm: string }): JSX.Element {
  const [first, ...others] = inTurn(steps);
  return (
    <section class="panel next" aria-labelledby="ensuite">
      <h2 id="ensuite">À faire ensuite</h2>
      {!first && <p class="next-what">{calm}</p>}
      {first && (
        <div class="next-first">
          <div>
            <p class="next-what">{first.what}</p>
            <p class="next-who">
              <About step={first} />
            </p>
            {first.why && <p class="next-why">{first.why}</p>}
          </div>
          <Way step={first} main />
        </div>
      )}
      {others.length > 0 && (
        <ul class="next-others">
          {others.slice(0, OTHERS).map((step, i) => (
            <Other key={i} step={step} />
          ))}
        </ul>
      )}
      {others.length > OTHERS && (
        <details class="more">
          <summary>{plural(others.length - OTHERS, 'autre chose à faire', 'autres choses à faire')}</summary>
          <ul class="next-others">
            {others.slice(OTHERS).map((step, i) => (
              <Other key={i} step={step} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
