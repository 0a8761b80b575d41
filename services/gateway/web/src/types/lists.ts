// Lists that are given as files: what the gateway reads of one, and what daemons say of its rows (proto/types.proto).
import type { Id, Instant } from './common.ts';

export interface ListRow {
  number: number;
  cells?: string[];
}
// What `POST /v1/table` answers.
export interface FileTable {
  encoding: string;
  separator: string;
  hasMark: boolean;
  fileHash: string;
  header: number; // the row that names the columns
  rows: ListRow[];
}
export interface ListColumn {
  column: string;
  field: string;
}
export interface SentList {
  header: string[];
  rows: ListRow[];
  mapping: ListColumn[];
  fileName: string;
  fileHash: string;
  only?: number[];
  goOn?: boolean;
  batchId?: Id;
  isLast?: boolean;
}
export type RowOutcome =
  | 'ROW_CREATED'
  | 'ROW_UPDATED'
  | 'ROW_UNCHANGED'
  | 'ROW_REJECTED'
  | 'ROW_EMPTY'
  | 'ROW_DOUBTFUL'
  | 'ROW_NOT_CHOSEN';
export interface CellError {
  column?: string;
  cell?: string;
  text?: string;
}
export interface RowVerdict {
  number: number;
  outcome?: RowOutcome;
  title?: string;
  errors?: CellError[];
  warnings?: CellError[]; // taken all the same
}
export interface ListReport {
  batchId?: Id;
  rows?: RowVerdict[];
  mapping?: ListColumn[];
  unusedColumns?: string[];
  mostlyKnown?: string;
}
export interface UndoReport {
  takenBack?: number;
  kept?: number;
  rows?: { number: number; why?: string }[];
  goesOn?: boolean;
}
// A list that was imported.
export interface ImportBatch {
  batchId: Id;
  list?: string; // what it is a list of
  fileName?: string;
  at?: Instant;
  user?: string;
  created?: number;
  updated?: number;
  unchanged?: number;
  doubtful?: number;
  rejected?: number;
  isWhole?: boolean;
  undoneAt?: Instant;
  undoneBecause?: string;
  undoneBelow?: number; // of an undo that has not come to the first row
}
export interface ImportsReply {
  imports?: ImportBatch[];
}
