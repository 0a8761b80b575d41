// Quantities, the session and refusals (proto/types.proto).
export type Id = string;
export type Day = string;
export type Month = string;
export type Instant = string;
export type Hours = string;
export type Money = string;
export type Share = string;
export type Decimal = string;
export type Role =
  | 'ROLE_NONE'
  | 'FACILITATOR'
  | 'COORDINATOR'
  | 'BUYER'
  | 'COMPANY'
  | 'STRUCTURE'
  | 'PRESCRIBER'
  | 'AUDITOR'
  | 'OPERATOR'
  | 'SERVICE';
export interface Session {
  account: string; // its id
  user: string;
  role: Role;
  organisation?: Id;
  territories?: string[];
  tokenEnds?: Instant;
}
// RFC 9457; `code` and `field` are the network's own.
export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
  field?: string;
}
export interface Page {
  limit?: number;
  after?: string;
}
