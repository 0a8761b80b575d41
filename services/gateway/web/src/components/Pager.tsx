// A long list, some rows at a time: where one is in it, and on and back.
import type { JSX } from 'preact';
import { count } from '../format.ts';
import type { Pages } from '../hooks.ts';

export interface PagerProps {
  page: number; // from 1
  step: number; // rows of a page
  had: number; // rows that there are so far
  pages: Pages<unknown>;
  most: number; // rows that are read at most
  onPage: (page: number) => void;
}

export function Pager({ page, step, had, pages, most, onPage }: PagerProps): JSX.Element {
  const from = (page - 1) * step + 1;
  const until = Math.min(page * step, had);
  const isLast = until >= had && !pages.more;
  const told =
    had <= step && !pages.more
      ? `${count(had)} ${had < 2 ? 'ligne affichée' : 'lignes affichées'}, c’est toute la liste`
      : `Lignes affichées : ${count(from)} à ${count(until)}, ${pages.more ? `${count(had)} lues` : `sur ${count(had)}`}`;
  return (
    <div class="paging">
      <p role="status">{told}</p>
      {(page > 1 || !isLast) && (
        <nav aria-label="Pages de la liste">
          <button type="button" class="btn btn-outline-primary" disabled={page === 1} onClick={() => onPage(page - 1)}>
            Page précédente
          </button>
          <button
            type="button"
            class="btn btn-outline-primary"
            disabled={isLast || pages.loading}
            onClick={() => onPage(page + 1)}
          >
            Page suivante
          </button>
        </nav>
      )}
      {pages.more && had < most && (
        <button
          type="button"
          class="btn btn-outline-secondary"
          onClick={() => (pages.loading ? pages.stop() : pages.readTo(most))}
        >
          {pages.loading ? 'Arrêter la lecture' : 'Lire toute la liste'}
        </button>
      )}
    </div>
  );
}
