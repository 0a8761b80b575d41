// The gateway's HTTP/JSON, typed. Answers are values; a refusal (a problem of RFC 9457) is thrown as Refused with the
// French text to show.
import type { FileTable, Health, Problem, Session } from './types.ts';
import { uuid7 } from './uuid.ts';

export interface Answer<T> {
  reply: T;
  position: number;
}

export class Refused extends Error {
  readonly code: string;
  readonly field: string;
  readonly status: number;
  constructor(status: number, problem: Problem) {
    super(problem.detail || fallbackText(problem.code ?? '', status));
    this.code = problem.code ?? '';
    this.field = problem.field ?? '';
    this.status = status;
  }
}

const FALLBACKS: Record<string, string> = {
  NOT_AUTHENTICATED: 'Votre jeton n’est pas reconnu, ou il a expiré. Connectez-vous de nouveau.',
  NOT_ALLOWED: 'Votre rôle ne permet pas de faire cela.',
  NOT_FOUND: 'Cet élément est introuvable.',
  UNAVAILABLE: 'Le service ne répond pas pour le moment. Réessayez dans un instant.',
};

function fallbackText(code: string, status: number): string {
  const byStatus = status === 401 ? 'NOT_AUTHENTICATED' : status === 403 ? 'NOT_ALLOWED' : 'UNAVAILABLE';
  return (
    FALLBACKS[code] ??
    (status >= 500 || status === 401 || status === 403 || status === 0
      ? FALLBACKS[byStatus]!
      : `La demande a été refusée (${status}).`)
  );
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface List<T> {
  service: string;
  name: string;
  request?: object;
  pick: (reply: object) => T[] | undefined; // the list inside a reply
}
export interface ListPage<T> {
  items: T[];
  next: string; // empty: that was all
}

const CALLS_OF_A_PAGE = 16; // more than a region has partitions
const COMMAND_ATTEMPTS = 3;
const RETRY_DELAY_MS = 400;

export class Api {
  private readonly unanswered = new Map<string, string>(); // what was asked, to its key

  constructor(
    private readonly token: string,
    private readonly doFetch: Fetch = (u, i) => fetch(u, i),
  ) {}

  session(): Promise<Session> {
    return this.send('/v1/session', {}) as Promise<Session>;
  }

  // What a method asks for; its "paths" are empty where the account may not ask it.
  describe(service: string, name: string): Promise<unknown> {
    return this.send(`/v1/openapi/${service}/${name}`, {});
  }

  // Answers 503 with the same body where an instance does not serve: that is news, not a failure.
  health(): Promise<Health> {
    return this.send('/health', {}, (body) => 'instances' in body) as Promise<Health>;
  }

  // The rows of a spreadsheet's file. Who asks again while one is read gets 429, which is told.
  async table(file: Blob): Promise<FileTable> {
    const body = (await this.send('/v1/table', {
      method: 'POST',
      body: file,
      headers: { 'Content-Type': 'application/octet-stream' },
    })) as { table?: Partial<FileTable> };
    const table = body.table;
    if (!table || !Array.isArray(table.rows)) throw new Refused(0, { code: 'UNAVAILABLE' });
    return table as FileTable;
  }

  async query<T>(service: string, name: string, request: object = {}, signal?: AbortSignal): Promise<Answer<T>> {
    const q = Object.keys(request).length ? `?q=${encodeURIComponent(JSON.stringify(request))}` : '';
    return answer<T>(await this.send(`/v1/${service}/${name}${q}`, { signal }));
  }

  // A question that holds rows of a list: they fit no address, and names of persons belong in none.
  async listQuery<T>(service: string, name: string, request: object): Promise<Answer<T>> {
    const headers = { 'Content-Type': 'application/json' };
    return answer<T>(await this.send(`/v1/${service}/${name}`, { method: 'POST', body: JSON.stringify(request), headers }));
  }

  // `limit` items of a list, from where `after` says. A page may be short, or empty, and still have a `next`: the
  // partitions of a service are read one after another.
  async list<T>(list: List<T>, limit: number, after: string = '', signal?: AbortSignal): Promise<ListPage<T>> {
    const items: T[] = [];
    for (let next = after, calls = 0; ; calls++) {
      const page = { limit: limit - items.length, ...(next && { after: next }) };
      const { reply } = await this.query<{ next?: string }>(list.service, list.name, { ...list.request, page }, signal);
      items.push(...(list.pick(reply) ?? []));
      next = reply.next ?? '';
      if (!next || items.length >= limit || calls >= CALLS_OF_A_PAGE) return { items, next };
    }
  }

  // A command is sent again with the same key: the daemon then answers what it answered the first time. So is one that
  // nobody answered, when the same is asked later: it may have been done.
  async command<T>(service: string, name: string, request: object): Promise<Answer<T>> {
    const body = JSON.stringify(request);
    const what = `${service}.${name} ${body}`;
    const key = this.unanswered.get(what) ?? uuid7();
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': key };
    this.unanswered.set(what, key);
    for (let attempt = 1; ; attempt++) {
      try {
        const said = answer<T>(await this.send(`/v1/${service}/${name}`, { method: 'POST', body, headers }));
        this.unanswered.delete(what);
        return said;
      } catch (error) {
        const open = error instanceof Refused && passing(error);
        if (!open) this.unanswered.delete(what);
        if (!open || attempt >= COMMAND_ATTEMPTS) throw error;
        await new Promise((done) => setTimeout(done, attempt * RETRY_DELAY_MS));
      }
    }
  }

  // What a method prints, as a file.
  async document(service: string, name: string, request: Record<string, string>): Promise<Blob> {
    const response = await this.reach(`/v1/${service}/${name}.pdf?${new URLSearchParams(request)}`, {});
    if (response.ok) return response.blob();
    throw new Refused(response.status, ((await response.json().catch(() => null)) as Problem | null) ?? {});
  }

  private async reach(url: string, init: RequestInit): Promise<Response> {
    const headers = { Accept: 'application/json', Authorization: `Bearer ${this.token}`, ...init.headers };
    try {
      return await this.doFetch(url, { ...init, headers });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new Refused(0, { code: 'UNAVAILABLE' });
    }
  }

  private async send(url: string, init: RequestInit, isAnswer = (_body: object) => false): Promise<unknown> {
    const response = await this.reach(url, init);
    const body = (await response.json().catch(() => null)) as Problem | null;
    if (body && isAnswer(body)) return body;
    if (!response.ok || body === null) throw new Refused(response.status, body ?? {});
    return body;
  }
}

// Worth another try: nothing answered, or what answered said that it cannot now.
function passing(error: Refused): boolean {
  return error.status === 0 || error.code === 'UNAVAILABLE' || (error.code === '' && error.status >= 502);
}

function answer<T>(body: unknown): Answer<T> {
  const { reply, position } = body as { reply?: T; position?: number | string };
  return { reply: reply ?? ({} as T), position: Number(position ?? 0) };
}
