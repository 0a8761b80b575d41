// The lists that the page reads.
import type { List } from './api.ts';
import type { Kind } from './kinds.ts';
import type { ImportBatch, ImportsReply } from './types.ts';
import type { Account, AccountsReply, FileReading, FileReadingsReply } from './types.ts';
import type { ContractLine, ContractsReply, HoursLine, HoursReply, Need, NeedsReply, Obligation } from './types.ts';
import type { ObligationsReply, Placement, PlacementsReply, Session } from './types.ts';

export function contracts(request: { buyerSiret?: string; number?: string }): List<ContractLine> {
  return { service: 'contracts', name: 'Contracts', request, pick: (r: ContractsReply) => r.contracts };
}

export function needs(territory: string): List<Need> {
  const request = territory ? { territory } : {};
  return { service: 'contracts', name: 'Needs', request, pick: (r: NeedsReply) => r.needs };
}

// What the organisation of the session owes.
export function ownObligations({ organisation }: Session): List<Obligation> {
  const request = organisation ? { contractorOrganisation: organisation } : {};
  return { service: 'contracts', name: 'Obligations', request, pick: (r: ObligationsReply) => r.obligations };
}

export function placements(): List<Placement> {
  return { service: 'tracking', name: 'Placements', pick: (r: PlacementsReply) => r.placements };
}

export function hoursToValidate(month: string): List<HoursLine> {
  const request = { month, toValidateOnly: true };
  return { service: 'tracking', name: 'HoursByMonth', request, pick: (r: HoursReply) => r.lines };
}

// Newest first.
export function accounts(awaitingOnly: boolean): List<Account> {
  const request = awaitingOnly ? { awaitingOnly } : {};
  return { service: 'gateway', name: 'Users', request, pick: (r: AccountsReply) => r.users };
}

// Lists of a kind that were imported, newest first.
export function imports(kind: Kind): List<ImportBatch> {
  const pick = (r: ImportsReply) => r.imports?.filter((b) => b.list === kind.list);
  return { service: kind.service, name: kind.imports, pick };
}

// Who opened persons' files, newest first.
export function fileReadings(): List<FileReading> {
  return { service: 'tracking', name: 'FileReadings', pick: (r: FileReadingsReply) => r.readings };
}
