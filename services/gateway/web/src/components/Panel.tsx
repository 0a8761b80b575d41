// A card with a heading, and what every card does alike while it waits, when it is refused, and when there is nothing.
import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Refused } from '../api.ts';

export interface PanelProps {
  title: string;
  children: ComponentChildren;
  aside?: ComponentChildren; // right of the heading
  className?: string;
}

export function Panel({ title, children, aside, className = '' }: PanelProps): JSX.Element {
  const id = useId();
  return (
    <section class={`panel ${className}`} aria-labelledby={id}>
      <div class="panel-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

export function ErrorBox({ error }: { error: Refused }): JSX.Element {
  return (
    <div class="alert alert-danger mb-0" role="alert">
      {error.message}
    </div>
  );
}

export interface WaitProps {
  state: { loading: boolean; error: Refused | null };
  has: boolean; // there is something to show
  empty?: string; // said where there is not
  children: ComponentChildren;
}

// Shows its children as soon as there is something; an error over old data does not hide the data.
export function Wait({ state, has, empty, children }: WaitProps): JSX.Element {
  return (
    <>
      {state.error && <ErrorBox error={state.error} />}
      {has ? (
        children
      ) : state.error ? null : state.loading ? (
        <p class="quiet" role="status">
          Chargement…
        </p>
      ) : (
        <p class="quiet" role="status">
          {empty ?? 'Rien à afficher pour le moment.'}
        </p>
      )}
    </>
  );
}
