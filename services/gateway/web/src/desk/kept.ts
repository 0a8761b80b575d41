// How somebody likes a list: its columns, and views by name. In localStorage for this account, as a matter of this
// browser: filters that hold words somebody typed are left out, as they may be of a person (decision 0086).
import type { Shape } from '../form/shape.ts';
import type { Store } from '../session.ts';
import type { Query } from './lines.ts';

export interface View {
  name: string;
  query: Query; // filters and order
  columns?: string[];
}
export interface Kept {
  columns?: string[];
  views: View[];
}

export const VIEWS_MAX = 20;
export const NAME_MAX = 60;

const keyOf = (account: string, list: string): string => `guichet.liste ${account} ${list}`;

const isView = (v: unknown): v is View =>
  typeof v === 'object' && v !== null && typeof (v as View).name === 'string' && typeof (v as View).query === 'object';

export function loadKept(store: Store, account: string, list: string): Kept {
  try {
    const kept = JSON.parse(store.getItem(keyOf(account, list)) ?? '{}') as Partial<Kept>;
    return {
      columns: Array.isArray(kept.columns) ? kept.columns : undefined,
      views: Array.isArray(kept.views) ? kept.views.filter(isView) : [],
    };
  } catch {
    return { views: [] }; // not ours, or a browser that keeps nothing
  }
}

export function storeKept(store: Store, account: string, list: string, kept: Kept): void {
  try {
    if (kept.columns || kept.views.length) store.setItem(keyOf(account, list), JSON.stringify(kept));
    else store.removeItem(keyOf(account, list));
  } catch {
    // the browser keeps no more: the list works on without it
  }
}

// Of an address what a view may hold.
export function keepable(query: Query, filters: Shape[]): Query {
  const chosen = filters.filter((s) => s.kind !== 'text').map((s) => s.name);
  return Object.fromEntries(Object.entries(query).filter(([name]) => name === 'tri' || chosen.includes(name)));
}

// A view of the same name is replaced; what is too much is refused by the form.
export const withView = ({ views, ...kept }: Kept, view: View): Kept => ({
  ...kept,
  views: [...views.filter((v) => v.name !== view.name), view].slice(-VIEWS_MAX),
});

export const withoutView = ({ views, ...kept }: Kept, name: string): Kept => ({
  ...kept,
  views: views.filter((v) => v.name !== name),
});
