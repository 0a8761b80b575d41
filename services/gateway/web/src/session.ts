// Where the access token lives: this tab's sessionStorage, and nowhere else. A link may bring one in its fragment
// (#jeton=…), which no server ever sees; it is taken out of the address bar at once. It is kept only once it has opened
// a session, and never takes the place of another unless the person says so.
const KEY = 'guichet.jeton';

export interface Place {
  location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  history: Pick<History, 'replaceState'>;
}
export interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export function tokenInFragment(hash: string): string | null {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get('jeton');
  return token?.trim() || null;
}

export function takeFragmentToken(place: Place): string | null {
  const token = tokenInFragment(place.location.hash);
  if (token !== null) place.history.replaceState(null, '', place.location.pathname + place.location.search);
  return token;
}

export function storedToken(store: Store): string | null {
  return store.getItem(KEY);
}

export function storeToken(store: Store, token: string): void {
  store.setItem(KEY, token);
}

export function forgetToken(store: Store): void {
  store.removeItem(KEY);
}
