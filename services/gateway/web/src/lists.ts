// The lists that the page reads.
import { listOf } from './api.ts';
import type { List } from './api.ts';
import type { Kind } from './kinds.ts';
import type { Account, ContractLine, Exported, HoursLine, ImportBatch, Need, Obligation, OwnKey, Placement } from './types.ts';
import type { LinkView, Session, SignInLine } from './types.ts';

export function contracts(request: Record<string, string | number | boolean>): List<ContractLine> {
  return listOf('contracts/Contracts', request, (r) => r.contracts);
}

export function needs(territory: string): List<Need> {
  return listOf('contracts/Needs', territory ? { territory } : {}, (r) => r.needs);
}

// What the organisation of the session owes.
export function ownObligations({ organisation }: Session): List<Obligation> {
  const request = organisation ? { contractorOrganisation: organisation } : {};
  return listOf('contracts/Obligations', request, (r) => r.obligations);
}

export function placements(): List<Placement> {
  return listOf('tracking/Placements', {}, (r) => r.placements);
}

export function hoursToValidate(month: string): List<HoursLine> {
  return listOf('tracking/HoursByMonth', { month, toValidateOnly: true }, (r) => r.lines);
}

// Newest first.
export function accounts(awaitingOnly: boolean): List<Account> {
  return listOf('accounts/Users', awaitingOnly ? { awaitingOnly } : {}, (r) => r.users);
}

// Links for those who have no account, newest first.
export function links(openOnly: boolean): List<LinkView> {
  return listOf('accounts/Links', openOnly ? { openOnly } : {}, (r) => r.links);
}

// Files that were taken out, newest first.
export function exports(): List<Exported> {
  return listOf('accounts/Exports', {}, (r) => r.exports);
}

// One's own keys and sessions, newest first.
export function ownKeys(): List<OwnKey> {
  return listOf('accounts/OwnKeys', {}, (r) => r.keys);
}

// One's own ways in, refused ones too, newest first; everybody's.
export function ownSignIns(): List<SignInLine> {
  return listOf('accounts/OwnSignIns', {}, (r) => r.signIns);
}

export function signIns(accountId: string, from: string, until: string): List<SignInLine> {
  const request = { ...(accountId && { accountId }), ...(from && { from }), ...(until && { until }) };
  return listOf('accounts/SignIns', request, (r) => r.signIns);
}

// Lists of a kind that were imported, newest first.
export function imports(kind: Kind): List<ImportBatch> {
  return listOf(kind.imports, {}, (r) => r.imports?.filter((b) => b.list === kind.list));
}
