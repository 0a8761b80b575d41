// The SharedWorker of a browser: one stream for each token that its tabs are signed in with, which is one, and news of it
// to all of them. It ends with the last tab.
import { StreamReader, boxesOf } from './reader.ts';
import type { StreamState } from './reader.ts';
import { LEAVE } from './shared.ts';
import type { ToTab, ToWorker } from './shared.ts';

interface Feed {
  reader: StreamReader;
  ports: Set<MessagePort>;
  state: StreamState;
}
const feeds = new Map<string, Feed>();

function tell(feed: Feed, message: ToTab): void {
  for (const port of feed.ports) port.postMessage(message);
}

function feedOf(token: string): Feed {
  const known = feeds.get(token);
  if (known) return known;
  const feed: Feed = {
    ports: new Set(),
    state: 'opening',
    reader: new StreamReader(token, {
      heard: (event) => {
        const boxes = boxesOf(event);
        if (boxes === null || boxes.length > 0) tell(feed, { boxes });
      },
      changed: (state) => {
        feed.state = state;
        tell(feed, { state });
        if (state === 'refused') feeds.delete(token); // who joins later tries again
      },
    }),
  };
  feeds.set(token, feed);
  void feed.reader.run();
  return feed;
}

function leave(token: string, feed: Feed, port: MessagePort): void {
  feed.ports.delete(port);
  if (feed.ports.size > 0) return;
  feed.reader.stop();
  if (feeds.get(token) === feed) feeds.delete(token);
}

function welcome(port: MessagePort): void {
  port.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    const feed = feedOf(data.join);
    const left = () => leave(data.join, feed, port);
    feed.ports.add(port);
    port.postMessage({ state: feed.state } satisfies ToTab);
    if (feed.state === 'live') port.postMessage({ boxes: null } satisfies ToTab); // what it has read may be of before
    void navigator.locks?.request(data.lock, left);
    port.onmessage = (said) => {
      if (said.data === LEAVE) left();
    };
  };
}

(self as unknown as { onconnect: (event: MessageEvent) => void }).onconnect = (event) => welcome(event.ports[0]!);
