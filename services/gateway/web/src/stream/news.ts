// News for this tab: whether a stream brings them, and what they are of. One stream for all tabs of the browser: read by
// a SharedWorker; where there are none, by the tab that holds a lock, which tells the others. Where there is neither, or
// the gateway refuses the stream, nothing comes, and whoever waits for news asks at intervals.
import { StreamReader, boxesOf } from './reader.ts';
import type { StreamState } from './reader.ts';
import { LEAVE } from './shared.ts';
import type { ToTab, ToWorker } from './shared.ts';
import { uuid7 } from '../uuid.ts';

export class News {
  live = false;
  private readonly listeners = new Set<() => void>();
  private readonly turns = new Map<string, number>();
  private all = 0;
  turn = 0; // of whatever was told

  turnOf(box: string): number {
    return this.all + (this.turns.get(box) ?? 0);
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  take(message: ToTab): void {
    if ('state' in message) this.live = message.state === 'live';
    else if (message.boxes === null) this.all++;
    else for (const box of message.boxes) this.turns.set(box, (this.turns.get(box) ?? 0) + 1);
    if (!('state' in message)) this.turn++;
    for (const listener of this.listeners) listener();
  }
}

type Leave = () => void;

function joinWorker(news: News, token: string): Leave {
  const worker = new SharedWorker('stream.js');
  const gone = new AbortController();
  const lock = `guichet.tab.${uuid7()}`;
  worker.port.onmessage = ({ data }: MessageEvent<ToTab>) => news.take(data);
  worker.port.start();
  const join = () => worker.port.postMessage({ join: token, lock } satisfies ToWorker);
  if (navigator.locks)
    void navigator.locks
      .request(lock, () => {
        join();
        return new Promise<void>((done) => gone.signal.addEventListener('abort', () => done()));
      })
      .catch(() => undefined);
  else join();
  return () => {
    worker.port.postMessage(LEAVE);
    gone.abort();
    news.take({ state: 'opening' });
  };
}

// The lock names the account: the token is nobody's to read.
function takeTurns(news: News, token: string, account: string): Leave {
  const name = `guichet.stream.${account}`;
  const channel = new BroadcastChannel(name);
  const gone = new AbortController();
  let state: StreamState = 'opening';
  const say = (message: ToTab) => {
    news.take(message);
    channel.postMessage(message);
  };
  channel.onmessage = ({ data }: MessageEvent<ToTab | 'who?'>) => {
    if (data !== 'who?') news.take(data);
    else if (state === 'live') channel.postMessage({ state } satisfies ToTab);
  };
  channel.postMessage('who?');
  void navigator.locks
    .request(name, { signal: gone.signal }, () => {
      const reader = new StreamReader(token, {
        heard: (event) => {
          const boxes = boxesOf(event);
          if (boxes === null || boxes.length > 0) say({ boxes });
        },
        changed: (now) => say({ state: (state = now) }),
      });
      gone.signal.addEventListener('abort', () => reader.stop());
      return reader.run();
    })
    .catch(() => undefined);
  return () => {
    gone.abort();
    channel.close();
    news.take({ state: 'opening' });
  };
}

export function joinStream(news: News, token: string, account: string): Leave {
  if (typeof SharedWorker === 'function') return joinWorker(news, token);
  if (navigator.locks && typeof BroadcastChannel === 'function') return takeTurns(news, token, account);
  return () => undefined;
}
