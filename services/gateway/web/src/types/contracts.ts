// Contracts, clauses, obligations and needs (proto/contracts).
import type { Day, Hours, Id, Instant, Money, Month, Share } from './common.ts';

export interface CompanyId {
  kind?: string;
  value?: string;
  name?: string;
}
export interface Place {
  code?: string;
  kind?: string;
  name?: string;
}
export interface Modification {
  number?: number;
  notifiedOn?: Day;
  amount?: Money;
  durationMonths?: number;
  contractors?: CompanyId[];
  object?: string;
}
export interface ContractRecord {
  kind?: string;
  format?: string;
  number?: string;
  buyerSiret?: string;
  buyerName?: string;
  nature?: string;
  object?: string;
  cpv?: string;
  procedure?: string;
  place?: Place;
  durationMonths?: number;
  notifiedOn?: Day;
  publishedOn?: Day;
  startsOn?: Day;
  amount?: Money;
  contractors?: CompanyId[];
  social?: string[];
  environmental?: string[];
  frameworkNumber?: string;
  offersReceived?: number;
  modifications?: Modification[];
}
export interface Calibration {
  amount?: Money;
  labourShare?: Share;
  insertionRate?: Share;
  hourlyCost?: Money;
  rounding?: string;
}
export interface LedgerEntry {
  number?: number;
  from?: string;
  to?: string;
  hours?: Hours;
  month?: Month;
  cause?: string;
  at?: Instant;
}
export interface Obligation {
  obligationId: Id;
  contractId?: Id;
  clauseId?: Id;
  lot?: number;
  contractorSiret?: string;
  contractorName?: string;
  contractorOrganisation?: Id;
  territories?: string[];
  due?: Hours;
  done?: Hours;
  converted?: Hours;
  remaining?: Hours;
  transferred?: Hours;
  waived?: Hours;
  entries?: LedgerEntry[];
}
export interface CompanyLedger {
  lines?: unknown[];
  total?: Pick<Obligation, 'due' | 'done' | 'converted' | 'remaining' | 'transferred' | 'waived'> & { surplus?: Hours };
  next?: string;
}
export interface Clause {
  clauseId: Id;
  lot?: number;
  calibration?: Calibration;
  hours?: Hours;
  obligations?: Obligation[];
  method?: string;
  calculation?: string;
  warnings?: string[];
}
export interface Contract {
  contractId: Id;
  record?: ContractRecord;
  currentAmount?: Money;
  social?: string[];
  currentDurationMonths?: number;
  clauses?: Clause[];
}
export interface Lot {
  number?: number;
  title?: string;
  amount?: Money;
}
export interface ReservedEntry {
  lot?: number; // none: the whole contract
  grounds?: string[];
  involvement?: string;
  followsPersons?: boolean;
  holderName?: string;
}
export interface ReservationCheck {
  verdict?: string;
  text?: string;
}
export interface Agreement {
  agreementId: Id;
  agreement?: { carrierName?: string };
  termEndsOn?: Day;
  warning?: string;
}
export interface Referral {
  referralId: Id;
  outcome?: string;
}
export interface ContractFile {
  stage?: string;
  lots?: Lot[];
  territories?: string[];
  reserved?: { entries?: ReservedEntry[] };
}
export interface CalendarLine {
  on: Day;
  what?: string;
  state?: string;
  source?: string;
}
export interface HistoryLine {
  number: string;
  at?: Instant;
  user?: string;
  event?: string;
  text?: string;
  withdrawnBy?: string; // number of the act that withdrew it
}
export interface ContractFacts {
  contract: Contract;
  file?: ContractFile;
  published?: ContractRecord;
  calendar?: CalendarLine[];
  history?: HistoryLine[]; // newest first
  agreement?: Agreement;
  withoutAgreement?: boolean;
  reservations?: ReservationCheck[]; // of file.reserved.entries, in their order
  referrals?: Referral[];
}
export interface ContractLine {
  contractId: Id;
  number?: string;
  buyerSiret?: string;
  buyerName?: string;
  object?: string;
  cpv?: string;
  notifiedOn?: Day;
  amount?: Money;
  social?: string[];
  clauses?: number;
}
export interface ContractsReply {
  contracts?: ContractLine[];
  next?: string;
}
export interface ObligationsReply {
  obligations?: Obligation[];
  next?: string;
}
export interface Need {
  needId: Id;
  romeCode?: string;
  title?: string;
  positions?: number;
  startsOn?: Day;
  commune?: string;
  territory?: string;
  modality?: string;
  contractorName?: string;
}
export interface NeedsReply {
  needs?: Need[];
  next?: string;
}
