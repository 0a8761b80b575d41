// Accounts (proto/gateway).
import type { Id, Instant, Role } from './common.ts';

export interface Account {
  userId: Id;
  name: string;
  role: Role;
  organisation?: Id;
  territories?: string[];
  revoked?: boolean;
  tokenEnds?: Instant;
  awaitsConsent?: boolean;
  createdAt?: Instant;
  createdBy?: string;
  confirmedAt?: Instant;
  confirmedByName?: string;
  firstCoordinator?: boolean;
  mayConfirm?: boolean;
}
export interface AccountsReply {
  users?: Account[];
  next?: string;
}
export interface TokenReply {
  token?: string;
  tokenEnds?: Instant;
}
