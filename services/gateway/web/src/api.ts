// The gateway's HTTP/JSON by the generated client (client.ts), with what this page adds: a refusal (a problem of RFC
// 9457) is thrown as Refused with the French text to show, a command is sent again with its key, lists are put together.
import { newClient } from './client.ts';
import type { Client, Method, ReplyOf, RequestOf } from './client.ts';
import type { Credential } from './session.ts';
import type { FileTable, Health, Problem, Provider, Session, SignedIn } from './types.ts';
import { sendingAll } from './upload.ts';
import type { Progress } from './upload.ts';
import { readable } from './readable.ts';
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
    super(readable(problem.detail ?? '') || fallbackText(problem.code ?? '', status));
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

export type Fetch = (request: Request) => Promise<Response>;

// The list inside of a method's reply.
export interface List<T> {
  method: Method;
  request: object;
  pick: (reply: object) => T[] | undefined;
}
export interface ListPage<T> {
  items: T[];
  next: string; // empty: that was all
}

export function listOf<M extends Method, T>(
  method: M,
  request: RequestOf<M>,
  pick: (reply: ReplyOf<M>) => T[] | undefined,
): List<T> {
  return { method, request: request as object, pick: pick as List<T>['pick'] };
}

const CALLS_OF_A_PAGE = 16; // more than a region has partitions
const COMMAND_ATTEMPTS = 3;
const RETRY_DELAY_MS = 400;

// What the client gives of a call, whatever its method.
type Sent = Promise<{ data?: unknown; error?: unknown; response: Response }>;
type Loose = (path: string, init: object) => Sent;

export class Api {
  private readonly unanswered = new Map<string, string>(); // what was asked, to its key
  private readonly client: Client;

  constructor(token: Credential, doFetch?: Fetch, base: string = globalThis.location?.origin) {
    this.client = newClient(token, base, doFetch);
  }

  // The way in; a session comes as a cookie. Without one of them (a recovery code is a code) it says what is missing.
  async signIn(name: string, password: string, code: string): Promise<SignedIn> {
    const body = { name, password, ...(code && { code }) };
    return (await this.hear(this.client.POST('/v1/sign-in', { body }))) as SignedIn;
  }

  async setPassword(current: string, password: string): Promise<SignedIn> {
    const body = { password, ...(current && { current }) };
    return (await this.hear(this.client.POST('/v1/password', { body }))) as SignedIn;
  }

  // A link to sign in by goes to that address, if an account has confirmed it.
  async askSignInLink(address: string): Promise<void> {
    await this.hear(this.client.POST('/v1/sign-in/link', { body: { address } }));
  }

  // Who else vouches for people here: `start` leads this browser there.
  async providers(): Promise<Provider[]> {
    return ((await this.hear(this.client.GET('/v1/oidc'))) as { providers?: Provider[] }).providers ?? [];
  }

  async providerCode(code: string): Promise<SignedIn> {
    return (await this.hear(this.client.POST('/v1/oidc/code', { body: { code } }))) as SignedIn;
  }

  // Where this browser is to go to show the identity that will open this account.
  async bindProvider(provider: string): Promise<string> {
    const sent = this.client.POST('/v1/oidc/{provider}/bind', { params: { path: { provider } } });
    return ((await this.hear(sent)) as { address: string }).address;
  }

  // The roles of an invented region that a browser of the gateway's own machine may come in as.
  async demoRoles(): Promise<string[]> {
    return ((await this.hear(this.client.GET('/v1/demo'))) as { roles?: string[] }).roles ?? [];
  }

  async enterDemo(role: string): Promise<void> {
    const { response } = await this.client.POST('/v1/demo/{role}', { params: { path: { role } } });
    if (!response.ok) throw new Refused(response.status, { code: 'NOT_FOUND' });
  }

  async forget(): Promise<void> {
    await this.client.POST('/v1/sign-out');
  }

  async session(): Promise<Session> {
    return (await this.hear(this.client.GET('/v1/session'))) as Session;
  }

  // What a method asks for; its "paths" are empty where the account may not ask it.
  describe(service: string, name: string): Promise<unknown> {
    const path = { service, Method: name };
    return this.hear(this.client.GET('/v1/openapi/{service}/{Method}', { params: { path } }));
  }

  // What this account may ask for, all of it.
  description(signal?: AbortSignal): Promise<unknown> {
    return this.hear(this.client.GET('/v1/openapi.json', { signal }), signal);
  }

  // Answers 503 with the same body where an instance does not serve: that is news, not a failure.
  async health(): Promise<Health> {
    return (await this.hear(this.client.GET('/health'), undefined, (body) => 'instances' in body)) as Health;
  }

  // The rows of a spreadsheet's file. Who asks again while one is read gets 429, which is told.
  async table(file: Blob, progress?: Progress, signal?: AbortSignal): Promise<FileTable> {
    const sent = this.client.POST('/v1/table', {
      body: file as never, // bytes are no text: the description has no other word for them
      bodySerializer: (body) => body,
      headers: { 'Content-Type': 'application/octet-stream' },
      signal,
      ...(progress && { fetch: sendingAll(file, progress) }),
    });
    const { table } = (await this.hear(sent, signal)) as { table?: Partial<FileTable> };
    if (!table || !Array.isArray(table.rows)) throw new Refused(0, { code: 'UNAVAILABLE' });
    return table as FileTable;
  }

  async query<M extends Method>(
    method: M,
    ...[request, signal]: [request?: RequestOf<M>, signal?: AbortSignal]
  ): Promise<Answer<ReplyOf<M>>> {
    const q = Object.keys(request ?? {}).length ? request : undefined;
    return this.ask(this.client.GET as Loose, method, { params: { query: { q } }, signal }, signal);
  }

  // A question that holds rows of a list: they fit no address, and names of persons belong in none.
  async listQuery<M extends Method>(method: M, request: RequestOf<M>, signal?: AbortSignal): Promise<Answer<ReplyOf<M>>> {
    return this.ask(this.client.POST as Loose, method, { body: request, signal }, signal);
  }

  // `limit` items of a list, from where `after` says. A page may be short, or empty, and still have a `next`: the
  // partitions of a service are read one after another.
  async list<T>(list: List<T>, limit: number, after: string = '', signal?: AbortSignal): Promise<ListPage<T>> {
    const items: T[] = [];
    for (let next = after, calls = 0; ; calls++) {
      const page = { limit: limit - items.length, ...(next && { after: next }) };
      const reply: object = (await this.query(list.method, { ...list.request, page } as never, signal)).reply;
      items.push(...(list.pick(reply) ?? []));
      next = (reply as { next?: string }).next ?? '';
      if (!next || items.length >= limit || calls >= CALLS_OF_A_PAGE) return { items, next };
    }
  }

  // A command is sent again with the same key: the daemon then answers what it answered the first time. So is one that
  // nobody answered, when the same is asked later: it may have been done.
  // `ownKey`: of a form that was filled in before the page was loaded again.
  async command<M extends Method>(
    method: M,
    request: RequestOf<M>,
    { signal, ownKey }: { signal?: AbortSignal; ownKey?: string } = {},
  ): Promise<Answer<ReplyOf<M>>> {
    const what = `${method} ${JSON.stringify(request)}`;
    const key = this.unanswered.get(what) ?? ownKey ?? uuid7();
    const headers = { 'Idempotency-Key': key };
    this.unanswered.set(what, key);
    for (let attempt = 1; ; attempt++) {
      try {
        const said = await this.ask<M>(this.client.POST as Loose, method, { body: request, headers, signal }, signal);
        this.unanswered.delete(what);
        return said;
      } catch (error) {
        const open = error instanceof Refused && passing(error);
        if (!open && !signal?.aborted) this.unanswered.delete(what);
        if (!open || attempt >= COMMAND_ATTEMPTS) throw error;
        await new Promise((done) => setTimeout(done, attempt * RETRY_DELAY_MS));
      }
    }
  }

  // A file as the body of its own, told piece by piece to the service behind; and one that was opened.
  async sendFile(placementId: string, uploadId: string, file: Blob, progress?: Progress): Promise<void> {
    const sent = this.client.PUT('/v1/files/tracking/PutDocumentPiece', {
      params: { query: { placementId, uploadId } },
      body: file as never, // bytes are no text: the description has no other word for them
      bodySerializer: (body) => body,
      headers: { 'Content-Type': 'application/octet-stream' },
      ...(progress && { fetch: sendingAll(file, progress) }),
    });
    await this.hear(sent);
  }

  async file(placementId: string, documentId: string): Promise<Blob> {
    const params = { query: { placementId, documentId } };
    return (await this.hear(this.client.GET('/v1/files/tracking/DocumentPiece', { params, parseAs: 'blob' }))) as Blob;
  }

  // What a method prints, as a file.
  async document<M extends Method>(method: M, request: RequestOf<M>, form: 'pdf' | 'html' = 'pdf'): Promise<Blob> {
    const sent = (this.client.GET as Loose)(`/v1/${method}.${form}`, { params: { query: { q: request } }, parseAs: 'blob' });
    return (await this.hear(sent)) as Blob;
  }

  private async ask<M extends Method>(
    send: Loose,
    method: M,
    init: object,
    signal?: AbortSignal,
  ): Promise<Answer<ReplyOf<M>>> {
    const { reply, position } = (await this.hear(send(`/v1/${method}`, init), signal)) as {
      reply?: ReplyOf<M>;
      position?: number | string;
    };
    return { reply: reply ?? ({} as ReplyOf<M>), position: Number(position ?? 0) };
  }

  private async hear(sent: Sent, signal?: AbortSignal, isAnswer = (_body: object) => false): Promise<unknown> {
    let said: Awaited<Sent>;
    try {
      said = await sent;
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Refused(error instanceof SyntaxError ? 200 : 0, error instanceof SyntaxError ? {} : { code: 'UNAVAILABLE' });
    }
    if (said.response.status === 204) return undefined; // done, and nothing to tell
    if (said.response.ok && said.data !== undefined && said.data !== null) return said.data;
    const problem = typeof said.error === 'object' && said.error !== null ? said.error : {};
    if (isAnswer(problem)) return problem;
    throw new Refused(said.response.status, problem as Problem);
  }
}

// Worth another try: nothing answered, or what answered said that it cannot now.
function passing(error: Refused): boolean {
  return error.status === 0 || error.code === 'UNAVAILABLE' || (error.code === '' && error.status >= 502);
}
