// What was typed and not sent, kept for this tab alone: a reload or a wrong link loses nothing. It may hold the data of
// persons, so it lives in sessionStorage, which ends with the tab, and is forgotten when it is sent or when the person
// signs out. Secrets are never in it.
import type { Store } from '../session.ts';
import type { Typed, TypedGroup } from './typed.ts';

const PREFIX = 'guichet.brouillon ';
const SECRETS = ['consentToken', 'code', 'password'];

export interface Draft {
  typed: TypedGroup;
  sent?: { body: string; key: string }; // what nobody has answered yet, with the key by which it is asked again
}

// One for each account, command, and thing that it is about.
export function draftKey(account: string, method: string, about: string): string {
  return `${PREFIX}${account} ${method} ${about}`;
}

export function loadDraft(store: Store, key: string): Draft | null {
  try {
    const draft = JSON.parse(store.getItem(key) ?? 'null') as Draft | null;
    return draft && typeof draft.typed === 'object' ? draft : null;
  } catch {
    return null; // not ours
  }
}

const withoutSecrets = (typed: TypedGroup): TypedGroup =>
  Object.fromEntries(Object.entries(typed).filter(([name]: [string, Typed]) => !SECRETS.includes(name)));

export function keepDraft(store: Store, key: string, draft: Draft): void {
  try {
    store.setItem(key, JSON.stringify({ ...draft, typed: withoutSecrets(draft.typed) }));
  } catch {
    // the browser keeps no more: the form works on without it
  }
}

export function dropDraft(store: Store, key: string): void {
  store.removeItem(key);
}

export function dropAllDrafts(store: Storage): void {
  for (const key of Object.keys(store)) if (key.startsWith(PREFIX)) store.removeItem(key);
}
