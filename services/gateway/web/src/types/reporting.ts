// Statements and the consolidation (proto/reporting).
import type { Decimal, Hours, Id, Month } from './common.ts';

export interface ModalityFigures {
  modality?: string;
  hours?: Hours;
  persons?: number;
  placements?: number;
}
export interface Statement {
  contractId?: Id;
  due?: Hours;
  done?: Hours;
  converted?: Hours;
  remaining?: Hours;
  surplus?: Hours;
  transferred?: Hours;
  waived?: Hours;
  persons?: number;
  placements?: number;
  byModality?: ModalityFigures[];
}
export interface Consolidation {
  contracts?: number;
  byConsideration?: { consideration?: string; contracts?: number }[];
  contractsWithClause?: number;
  obligations?: number;
  due?: Hours;
  done?: Hours;
  converted?: Hours;
  remaining?: Hours;
  surplus?: Hours;
  waived?: Hours;
  fullTimeEquivalents?: Decimal;
  persons?: number;
  placements?: number;
  byModality?: ModalityFigures[];
  byOutcome?: { outcome?: string; placements?: number }[];
  byMonth?: { month?: Month; hours?: Hours; converted?: Hours }[];
  byTerritory?: { territory?: string; hours?: Hours; persons?: number }[];
  organisations?: number;
  needs?: number;
  positionsWanted?: number;
}
