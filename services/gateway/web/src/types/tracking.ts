// Placements and hours (proto/tracking).
import type { Day, Hours, Id, Instant, Month } from './common.ts';

export interface MonthView {
  month?: Month;
  submitted?: Hours;
  validated?: Hours;
}
export interface Placement {
  placementId: Id;
  obligationId?: Id;
  modality?: string;
  employer?: Id;
  employerName?: string;
  tutor?: string;
  startsOn?: Day;
  endsOn?: Day;
  romeCode?: string;
  workContract?: string;
  eligibleUntil?: Day;
  ended?: boolean;
  endedOn?: Day;
  months?: MonthView[];
}
export interface PlacementsReply {
  placements?: Placement[];
  next?: string;
}
export interface HoursLine {
  placementId: Id;
  submitted?: Hours;
  validated?: Hours;
  version?: string; // what is validated is what was read: sent back as « seen »
}
export interface FileReading {
  at?: Instant;
  account?: Id;
  user?: string;
  beneficiaryId: Id;
  territory?: string;
  reasonCode?: string;
  reasonLabel?: string;
  reason?: string;
  reasonErased?: boolean;
}
export interface FileReadingsReply {
  readings?: FileReading[];
  next?: string;
}
export interface HoursReply {
  lines?: HoursLine[];
  next?: string;
}
