// State that comes from the gateway: one query, a list read page by page, the route in the address bar.
import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Api, List, ListPage } from './api.ts';
import type { Method, ReplyOf, RequestOf } from './client.ts';
import { Refused } from './api.ts';
import { describe, formWords } from './description.ts';
import type { FormWords } from './description.ts';
import type { News } from './stream/news.ts';
import type { Credential } from './session.ts';
import type { Session } from './types.ts';
import { isResting } from './rest.ts';

export interface Desk {
  api: Api;
  session: Session;
  news: News;
  renewed: string; // the token that has just taken the place of the one before; empty: none
  signOut: (why?: string) => void;
  changeToken: (token: string) => void;
  credential: Credential; // by which this page asks
  enter: () => void; // the cookie holds another session now: all is asked anew
}
export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('useDesk outside of a signed-in page');
  return desk;
}

export interface Loaded<T> {
  data: T | null;
  error: Refused | null;
  loading: boolean;
  reload: () => void;
}

function asRefused(error: unknown): Refused {
  return error instanceof Refused ? error : new Refused(0, { detail: 'La page a rencontré une erreur. Rechargez-la.' });
}

// Runs `read` now, again when `key` changes, and every `pollMs` while the tab is visible; `pollMs` going to 0 stops
// the reads at once. What was shown stays while it is read again; a session that ended signs out.
export function useLoaded<T>(key: string, read: (signal: AbortSignal) => Promise<T>, pollMs: number = 0): Loaded<T> {
  const { signOut } = useDesk();
  const [state, setState] = useState<{ key: string; data: T | null; error: Refused | null }>({
    key: '',
    data: null,
    error: null,
  });
  const [turn, setTurn] = useState(0);
  const latest = useRef(read);
  latest.current = read;
  const done = useRef('');
  useEffect(() => {
    const job = `${turn} ${key}`;
    if (!pollMs && done.current === job) return;
    const abort = new AbortController();
    let timer = 0;
    const wait = () => {
      if (pollMs) timer = window.setTimeout(tick, pollMs);
    };
    const tick = async (): Promise<void> => {
      if ((document.hidden || isResting()) && pollMs) return wait();
      try {
        const data = await latest.current(abort.signal);
        if (abort.signal.aborted) return;
        done.current = job;
        setState({ key, data, error: null });
      } catch (caught) {
        if (abort.signal.aborted) return;
        const error = asRefused(caught);
        if (error.status === 401) return signOut(error.message);
        setState((old) => ({ key, data: old.key === key ? old.data : null, error }));
      }
      if (!abort.signal.aborted) wait();
    };
    void tick();
    return () => {
      abort.abort();
      window.clearTimeout(timer);
    };
  }, [key, turn, pollMs]);
  const current = state.key === key;
  const reload = useCallback(() => setTurn((n) => n + 1), []);
  return { data: current ? state.data : null, error: current ? state.error : null, loading: !current, reload };
}

export function useQuery<M extends Method>(method: M, request: RequestOf<M>, pollMs: number = 0): Loaded<ReplyOf<M>> {
  const { api } = useDesk();
  return useLoaded(
    `${method} ${JSON.stringify(request)}`,
    async (signal) => (await api.query(method, request, signal)).reply,
    pollMs,
  );
}

const POLL_MS = 5000;
const CALM_MS = 60000; // beside a stream: what it does not tell (who has read it, the mail that left)

// The same of a box of notices: read again when something new is in it, as the stream tells; at intervals without one.
export function useBox<M extends Method>(
  box: string,
  method: M,
  request: RequestOf<M>,
  paused: boolean = false,
): Loaded<ReplyOf<M>> {
  const { news } = useDesk();
  const [seen, setSeen] = useState({ live: news.live, turn: news.turnOf(box) });
  useEffect(() => {
    const look = () => setSeen({ live: news.live, turn: news.turnOf(box) });
    look();
    return news.listen(look);
  }, [news, box]);
  const state = useQuery(method, request, paused ? 0 : seen.live ? CALM_MS : POLL_MS);
  const first = useRef(seen.turn);
  useEffect(() => {
    if (seen.turn === first.current || paused) return;
    first.current = seen.turn;
    state.reload();
  }, [seen.turn, paused]);
  return state;
}

// The words and bounds of a form; a query's request is called NameRequest.
export function useFormWords(method: Method, message: string = method.replace('/', '.')): Loaded<FormWords> {
  const { api } = useDesk();
  const [service, name] = method.split('/') as [string, string];
  return useLoaded(`words ${message}`, async () => formWords(await describe(api, service, name), message));
}

interface Rest<T> extends ListPage<T> {
  key: string;
  error: Refused | null;
  busy: boolean;
}
export interface Pages<T> {
  items: T[];
  more: boolean;
  loading: boolean;
  error: Refused | null;
  readMore: () => void;
  readTo: (count: number) => void; // on, until so many are read
  stop: () => void; // what was read stays
  reload: () => void;
}

const READ_AT_ONCE = 500; // a page of the network holds no more

// A list read page by page. The pages read so far stay; a change of the request, or reload, starts again.
export function usePages<T>(list: List<T>, limit: number): Pages<T> {
  const { api } = useDesk();
  const key = `${list.method} ${JSON.stringify(list.request)}`;
  const first = useLoaded(key, (signal) => api.list(list, limit, '', signal));
  const [rest, setRest] = useState<Rest<T> | null>(null);
  const reading = useRef<AbortController | null>(null);
  const mine = rest?.key === key ? rest : null;
  const begun = first.data?.items;
  const drop = () => {
    reading.current?.abort();
    reading.current = null;
  };
  useEffect(() => drop, [key]);
  const readTo = async (count: number) => {
    drop();
    const mayRead = new AbortController();
    reading.current = mayRead;
    const tell = (next: Rest<T>) => reading.current === mayRead && setRest(next);
    let had: Rest<T> = { key, items: [], next: first.data?.next ?? '', ...mine, error: null, busy: true };
    tell(had);
    const left = () => count - (begun?.length ?? 0) - had.items.length;
    try {
      while (had.next && left() > 0 && !mayRead.signal.aborted) {
        const page = await api.list(list, Math.min(READ_AT_ONCE, left()), had.next, mayRead.signal);
        had = { ...had, items: [...had.items, ...page.items], next: page.next };
        tell(had);
      }
    } catch (error) {
      if (!mayRead.signal.aborted) had = { ...had, error: asRefused(error) };
    }
    tell({ ...had, busy: false });
  };
  const rested = mine?.items;
  const items = useMemo(() => [...(begun ?? []), ...(rested ?? [])], [begun, rested]);
  return {
    items,
    more: (mine ?? first.data ?? { next: '' }).next !== '',
    loading: first.loading || (mine?.busy ?? false),
    error: first.error ?? mine?.error ?? null,
    readMore: () => void readTo(items.length + limit),
    readTo: (count) => void readTo(count),
    stop: () => reading.current?.abort(),
    reload: () => {
      drop();
      setRest(null);
      first.reload();
    },
  };
}

export interface Sending<M extends Method> {
  busy: boolean;
  error: Refused | null;
  send: (request: RequestOf<M>) => Promise<ReplyOf<M> | null>;
}

// One command at a time. `send` gives the reply, or null where it was refused (then `error` says why).
export function useCommand<M extends Method>(method: M): Sending<M> {
  const { api, signOut } = useDesk();
  const [state, setState] = useState<{ busy: boolean; error: Refused | null }>({ busy: false, error: null });
  const send = async (request: RequestOf<M>): Promise<ReplyOf<M> | null> => {
    setState({ busy: true, error: null });
    try {
      const { reply } = await api.command(method, request);
      setState({ busy: false, error: null });
      return reply;
    } catch (caught) {
      const error = asRefused(caught);
      if (error.status === 401) signOut(error.message);
      setState({ busy: false, error });
      return null;
    }
  };
  return { ...state, send };
}

// « #/contrats/ID?lot=1 » -> ['contrats', 'ID'] and what is asked of it.
export interface Address {
  path: string[];
  query: Record<string, string>;
}

export function addressOf(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  return {
    path: path.split('/').filter(Boolean).map(decodeURIComponent),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

export function hrefOf(path: string[], query: Record<string, string | undefined> = {}): string {
  const asked = Object.entries(query).filter((pair): pair is [string, string] => !!pair[1]);
  const words = new URLSearchParams(asked).toString();
  return `#/${path.map(encodeURIComponent).join('/')}${words && `?${words}`}`;
}

// The same view with other filters: Back leaves the view, and not filter after filter.
export function changeQuery(query: Record<string, string | undefined>): void {
  history.replaceState(null, '', location.pathname + location.search + hrefOf(addressOf(location.hash).path, query));
  window.dispatchEvent(new Event('hashchange'));
}

export function useAddress(): Address {
  const [address, setAddress] = useState(() => addressOf(location.hash));
  useEffect(() => {
    const changed = () => setAddress(addressOf(location.hash));
    window.addEventListener('hashchange', changed);
    return () => window.removeEventListener('hashchange', changed);
  }, []);
  return address;
}
