// The guided tour: a panel beside the page, which it leaves usable; step n of 10, each at the page and the element that it
// speaks of. Offered once in a browser on the region of demonstration, and from the foot of every page.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useDesk } from '../hooks.ts';
import { TOUR } from './steps.fr.ts';
import { goToStep, noteOffered, step, wasOffered } from './state.ts';
import { targetOf } from './target.ts';

const MARK = 'data-tour';
const LOOKED_FOR_MS = 5000; // a page that is slow is pointed at when it has come

function unmark(): void {
  document.querySelectorAll(`[${MARK}]`).forEach((e) => e.removeAttribute(MARK));
}

// Marks the element as soon as it is there, and again where the page is drawn anew while it comes.
function usePointer(at: string | undefined, name: string): void {
  useEffect(() => {
    if (at && location.hash !== `#/${at}`) location.hash = `#/${at}`;
    const begun = performance.now();
    let frame = 0;
    const look = () => {
      const target = document.querySelector('main h1') ? targetOf(document.body, name) : null;
      if (target && !target.hasAttribute(MARK)) {
        unmark();
        target.setAttribute(MARK, '');
        target.scrollIntoView({ block: 'center', behavior: 'instant' });
      }
      if (performance.now() - begun < LOOKED_FOR_MS) frame = requestAnimationFrame(look);
    };
    frame = requestAnimationFrame(look);
    return () => {
      cancelAnimationFrame(frame);
      unmark();
    };
  }, [at, name]);
}

function Step({ number }: { number: number }): JSX.Element {
  const { session } = useDesk();
  const steps = TOUR[session.role] ?? [];
  const { at, to, text } = steps[number]!;
  const head = useRef<HTMLHeadingElement>(null);
  usePointer(at, to);
  // the view that a step leads to takes the focus for its heading: the panel takes it back
  useEffect(() => {
    const timer = setTimeout(() => head.current?.focus({ preventScroll: true }), 150);
    return () => clearTimeout(timer);
  }, [number]);
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Escape') goToStep(null);
  };
  const isLast = number === steps.length - 1;
  return (
    <section class="tour" aria-labelledby="visite" onKeyDown={pressed}>
      <h2 id="visite" ref={head} tabIndex={-1}>
        Visite guidée, étape {number + 1} sur {steps.length}
      </h2>
      <p>
        <strong>{to}.</strong> {text}
      </p>
      <div class="tour-buttons">
        <button type="button" class="btn btn-sm btn-outline-primary" disabled={number === 0} onClick={() => goToStep(number - 1)}>
          Précédent
        </button>
        <button type="button" class="btn btn-sm btn-primary" onClick={() => goToStep(isLast ? null : number + 1)}>
          {isLast ? 'Terminer' : 'Suivant'}
        </button>
        {!isLast && (
          <button type="button" class="link" onClick={() => goToStep(null)}>
            Quitter la visite
          </button>
        )}
      </div>
    </section>
  );
}

// Once in a browser, where there are roles of demonstration to come in as.
function Offer(): JSX.Element | null {
  const { api } = useDesk();
  const [isDemo, setIsDemo] = useState(false);
  const [done, setDone] = useState(wasOffered());
  useEffect(() => {
    if (done) return;
    api
      .demoRoles()
      .then((roles) => (roles.length > 0 ? setIsDemo(true) : noteOffered())) // elsewhere it is never asked again
      .catch(() => undefined);
  }, []);
  if (done || !isDemo) return null;
  const answer = (go: boolean) => {
    noteOffered();
    setDone(true);
    if (go) goToStep(0);
  };
  return (
    <section class="tour" aria-labelledby="visite-offerte">
      <h2 id="visite-offerte">Première visite ?</h2>
      <p>Dix étapes montrent vos pages, sur la région de démonstration. Vous pouvez aussi commencer plus tard, au pied de la page.</p>
      <div class="tour-buttons">
        <button type="button" class="btn btn-sm btn-primary" onClick={() => answer(true)}>
          Commencer la visite
        </button>
        <button type="button" class="btn btn-sm btn-outline-primary" onClick={() => answer(false)}>
          Pas maintenant
        </button>
      </div>
    </section>
  );
}

export function Tour(): JSX.Element | null {
  const { session } = useDesk();
  const number = step.use();
  const steps = TOUR[session.role] ?? [];
  if (session.mustEnrol || steps.length === 0) return null;
  return number !== null && number < steps.length ? <Step number={number} /> : <Offer />;
}
