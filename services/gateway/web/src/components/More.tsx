// The button below a list that is read page by page.
import type { JSX } from 'preact';

export function More({
  pages,
  text = 'Afficher la suite',
}: {
  pages: { more: boolean; loading: boolean; readMore: () => void };
  text?: string;
}): JSX.Element | null {
  if (!pages.more) return null;
  return (
    <button type="button" class="btn btn-outline-primary" disabled={pages.loading} onClick={pages.readMore}>
      {text}
    </button>
  );
}
