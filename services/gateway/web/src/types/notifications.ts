// Alerts (proto/notifications).
import type { Id, Instant } from './common.ts';

export interface Notice {
  noticeId: Id;
  organisationName?: string;
  kind?: string;
  title?: string;
  text?: string;
  at?: Instant;
  read?: boolean;
  delivery?: string;
  territory?: string;
}
export interface InboxReply {
  notices?: Notice[];
  next?: string;
}
