// Where the tour is, across the pages that it leads through: which step, kept in the tab; and whether it was offered
// already, kept in the browser (nothing of persons).
import { signal } from './signal.ts';

const STEP = 'guichet.visite';
const OFFERED = 'guichet.visite.proposee';

const read = (storage: Storage, key: string): string | null => {
  try {
    return storage.getItem(key);
  } catch {
    return null; // a browser that keeps nothing
  }
};
const write = (storage: Storage, key: string, value: string | null): void => {
  try {
    if (value === null) storage.removeItem(key);
    else storage.setItem(key, value);
  } catch {
    /* it is offered again, then */
  }
};

const kept = read(sessionStorage, STEP);
export const step = signal<number | null>(kept === null ? null : Number(kept));

export function goToStep(next: number | null): void {
  write(sessionStorage, STEP, next === null ? null : String(next));
  step.set(next);
}

export const wasOffered = (): boolean => read(localStorage, OFFERED) !== null;
export const noteOffered = (): void => write(localStorage, OFFERED, 'oui');
