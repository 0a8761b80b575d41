// What this page shows to the gateway. A session is a cookie, which no script reads and the browser sends by itself; here
// it is only known by the id of its key. A token is what somebody was handed over: it lives in this tab's sessionStorage,
// and nowhere else. A link may bring one in its fragment (#jeton=…), which no server ever sees; it is taken out of the
// address bar at once. It is kept only once it has opened a session, and never takes the place of another unless the
// person says so. On a machine with an invented region a fragment names a role to come in as (#entrer=…).
const KEY = 'guichet.jeton';
const COOKIE = 'cookie:'; // no token holds a colon

export type Credential = string;
export const BY_COOKIE: Credential = COOKIE;

export function cookieOf(key: string): Credential {
  return COOKIE + key;
}

export function isCookie(credential: Credential): boolean {
  return credential.startsWith(COOKIE);
}

export function authorization(credential: Credential): Record<string, string> {
  return credential && !isCookie(credential) ? { Authorization: `Bearer ${credential}` } : {};
}

export interface Place {
  location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  history: Pick<History, 'replaceState'>;
}
export interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

function inFragment(hash: string, name: string): string | null {
  const value = new URLSearchParams(hash.replace(/^#/, '')).get(name);
  return value?.trim() || null;
}

export function tokenInFragment(hash: string): string | null {
  return inFragment(hash, 'jeton');
}

function taken(place: Place, value: string | null): string | null {
  if (value !== null) place.history.replaceState(null, '', place.location.pathname + place.location.search);
  return value;
}

export function takeFragmentToken(place: Place): string | null {
  return taken(place, tokenInFragment(place.location.hash));
}

export function takeFragmentRole(place: Place): string | null {
  return taken(place, inFragment(place.location.hash, 'entrer'));
}

export function storedToken(store: Store): string | null {
  return store.getItem(KEY);
}

export function storeToken(store: Store, token: Credential): void {
  if (!isCookie(token)) store.setItem(KEY, token);
}

export function forgetToken(store: Store): void {
  store.removeItem(KEY);
}
