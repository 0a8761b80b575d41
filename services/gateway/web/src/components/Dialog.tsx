// A dialog over the page: the browser keeps the focus in it, Escape leaves it, and the focus goes back to where it was.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

export interface DialogProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

export function Dialog({ title, onClose, children }: DialogProps): JSX.Element {
  const id = useId();
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    ref.current?.showModal();
    return () => before?.isConnected && before.focus({ preventScroll: true });
  }, []);
  return (
    <dialog ref={ref} class="dialog" aria-labelledby={id} onClose={onClose}>
      <div class="panel-head">
        <h2 id={id}>{title}</h2>
        <button type="button" class="btn btn-outline-primary" onClick={() => ref.current?.close()}>
          Fermer
        </button>
      </div>
      {children}
    </dialog>
  );
}
