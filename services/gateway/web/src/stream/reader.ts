// One event stream of the gateway, read by fetch: an EventSource cannot send the token, and none belongs in an address.
// It comes again by itself, behind the last event that came whole; a refusal that another try would not change ends it.
import { authorization } from '../session.ts';
import type { Credential } from '../session.ts';

export interface StreamEvent {
  name: string;
  data: string;
}

// What came, cut into events; `rest` is what has no end yet. `id` is that of the last event, or '' where none told one.
export function parseEvents(text: string): { events: StreamEvent[]; id: string; rest: string } {
  const events: StreamEvent[] = [];
  let id = '';
  const parts = text.split('\n\n');
  const rest = parts.pop() ?? '';
  for (const part of parts) {
    const event = { name: 'message', data: '' };
    for (const line of part.split('\n')) {
      const [, field, value] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
      if (field === 'id') id = value!;
      else if (field === 'event') event.name = value!;
      else if (field === 'data') event.data = event.data ? `${event.data}\n${value}` : value!;
    }
    if (event.data) events.push(event);
  }
  return { events, id, rest };
}

export type StreamState = 'opening' | 'live' | 'refused';
export interface Listening {
  heard: (event: StreamEvent) => void;
  changed: (state: StreamState) => void;
}
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const RETRY_MS = 2000;
const RETRY_MAX_MS = 60000;
const SILENT_MS = 60000; // four heartbeats
const LATER = new Set([0, 429, 502, 503, 504]);

export class StreamReader {
  private readonly stopped = new AbortController();
  private lastId = '';
  private waitMs = RETRY_MS;

  constructor(
    private readonly token: Credential,
    private readonly listening: Listening,
    private readonly doFetch: Fetch = (u, i) => fetch(u, i),
    private readonly pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms)),
  ) {}

  stop(): void {
    this.stopped.abort();
  }

  // Until it is stopped, or refused for good.
  async run(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      const status = await this.listen();
      if (this.stopped.signal.aborted) return;
      if (status !== 200 && !LATER.has(status)) return this.listening.changed('refused');
      this.listening.changed('opening');
      const jitter = 0.5 + Math.random(); // a gateway that comes back is not to be asked by all at once
      await this.pause(Math.min(this.waitMs, RETRY_MAX_MS) * jitter);
      this.waitMs *= 2;
    }
  }

  // One connection, to its end: its status, or 0 where nobody answered.
  private async listen(): Promise<number> {
    const once = new AbortController();
    const end = () => once.abort();
    this.stopped.signal.addEventListener('abort', end);
    let silent = setTimeout(end, SILENT_MS);
    try {
      const headers: Record<string, string> = { Accept: 'text/event-stream', ...authorization(this.token) };
      if (this.lastId) headers['Last-Event-ID'] = this.lastId;
      const response = await this.doFetch('/v1/stream', { headers, cache: 'no-store', signal: once.signal });
      if (!response.ok || !response.body) return response.status;
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      for (let text = ''; ; ) {
        const { done, value } = await reader.read();
        if (done) return 200;
        clearTimeout(silent);
        silent = setTimeout(end, SILENT_MS);
        text = this.take(text + decoder.decode(value, { stream: true }));
      }
    } catch {
      return 0;
    } finally {
      clearTimeout(silent);
      this.stopped.signal.removeEventListener('abort', end);
    }
  }

  private take(text: string): string {
    const { events, id, rest } = parseEvents(text);
    for (const event of events) {
      if (event.name === 'open') {
        this.waitMs = RETRY_MS;
        this.listening.changed('live');
      }
      this.listening.heard(event);
    }
    if (id) this.lastId = id;
    return rest;
  }
}

// Which boxes an event says something new of; null: any of them may have.
export function boxesOf(event: StreamEvent): string[] | null {
  if (event.name !== 'notices') return event.name === 'open' || event.name === 'reset' ? null : [];
  const { notices = [] } = JSON.parse(event.data) as { notices?: { box: string }[] };
  return [...new Set(notices.map((n) => n.box))];
}
