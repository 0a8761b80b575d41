// What a tab and the worker that reads the stream for all tabs say to each other.
import type { StreamState } from './reader.ts';

// `lock`: one that the tab holds as long as it lives, so that its end is seen whatever ends it.
export interface ToWorker {
  join: string; // the token
  lock: string;
}
export type ToTab = { state: StreamState } | { boxes: string[] | null };
export const LEAVE = 'leave';
