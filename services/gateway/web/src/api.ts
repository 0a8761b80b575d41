// The gateway's HTTP/JSON, typed. Answers are values; a refusal is thrown as Refused with the French text to show.
import type { Health, Refusal, Session } from './types.ts';
import { uuid7 } from './uuid.ts';

export interface Answer<T> {
  reply: T;
  position: number;
}

export class Refused extends Error {
  readonly code: string;
  readonly field: string;
  readonly status: number;
  constructor(status: number, refusal: Refusal) {
    super(refusal.text || fallbackText(refusal.code ?? '', status));
    this.code = refusal.code ?? '';
    this.field = refusal.field ?? '';
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

const COMMAND_ATTEMPTS = 3;
const RETRY_DELAY_MS = 400;

export class Api {
  constructor(
    private readonly token: string,
    private readonly doFetch: Fetch = (u, i) => fetch(u, i),
  ) {}

  session(): Promise<Session> {
    return this.send('/api/session', {}) as Promise<Session>;
  }

  health(): Promise<Health> {
    return this.send('/health', {}) as Promise<Health>;
  }

  async query<T>(service: string, name: string, request: object = {}, signal?: AbortSignal): Promise<Answer<T>> {
    const q = Object.keys(request).length ? `?q=${encodeURIComponent(JSON.stringify(request))}` : '';
    return answer<T>(await this.send(`/api/${service}/${name}${q}`, { signal }));
  }

  // A command may be sent again with the same key: the daemon then answers what it answered the first time.
  async command<T>(service: string, name: string, request: object, key: string = uuid7()): Promise<Answer<T>> {
    const init = {
      method: 'POST',
      body: JSON.stringify(request),
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    };
    for (let attempt = 1; ; attempt++) {
      try {
        return answer<T>(await this.send(`/api/${service}/${name}`, init));
      } catch (error) {
        if (attempt >= COMMAND_ATTEMPTS || !(error instanceof Refused) || !passing(error)) throw error;
        await new Promise((done) => setTimeout(done, attempt * RETRY_DELAY_MS));
      }
    }
  }

  private async send(url: string, init: RequestInit): Promise<unknown> {
    const headers = { Accept: 'application/json', Authorization: `Bearer ${this.token}`, ...init.headers };
    let response: Response;
    try {
      response = await this.doFetch(url, { ...init, headers });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new Refused(0, { code: 'UNAVAILABLE' });
    }
    const body = (await response.json().catch(() => null)) as { refusal?: Refusal } | null;
    if (!response.ok || body === null || body.refusal) throw new Refused(response.status, body?.refusal ?? {});
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
