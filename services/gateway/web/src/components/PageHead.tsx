// The heading of a view. It takes the focus when the person went to the view, so that a screen reader starts there;
// not when the browser loads the page, which starts at its top, with the skip link.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

let wentThere = false;

export function nextViewTakesFocus(): void {
  wentThere = true;
}

export interface PageHeadProps {
  title: string;
  lead?: ComponentChildren;
  children?: ComponentChildren;
}

export function PageHead({ title, lead, children }: PageHeadProps): JSX.Element {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – Guichet`;
  }, [title]);
  useEffect(() => {
    if (wentThere) {
      ref.current?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    nextViewTakesFocus();
  }, []);
  return (
    <div class="page-head">
      <div>
        <h1 ref={ref} tabIndex={-1}>
          {title}
        </h1>
        {lead && <p class="lead-in">{lead}</p>}
      </div>
      {children}
    </div>
  );
}
