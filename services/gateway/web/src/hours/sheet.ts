// The sheet of a month: a line a placement that ran in it, with all that is needed to state its hours or to decide on
// them. One question tells it; it is sorted and narrowed here, by what stands in the address.
import { useMemo } from 'preact/hooks';
import { listOf } from '../api.ts';
import { hundredths } from '../format.ts';
import { useDesk, useLoaded } from '../hooks.ts';
import type { Loaded } from '../hooks.ts';
import { shortId } from '../months.ts';
import type { HoursState, MonthLine, Obligation } from '../types.ts';

const LINES = 5000; // of a month, at most
const OBLIGATIONS = 500;

export interface Sheet {
  lines: MonthLine[];
  isWhole: boolean;
}

export function useSheet(month: string): Loaded<Sheet> {
  const { api } = useDesk();
  return useLoaded(`sheet ${month}`, async (signal) => {
    const list = listOf('tracking/MonthSheet', { month }, (r) => r.lines);
    const { items, next } = await api.list(list, LINES, '', signal);
    return { lines: items, isWhole: !next };
  });
}

// What the obligations of the lines are called: who owes the hours, and the lot. Read once; a structure may not.
export function useObligations(): Map<string, Obligation> {
  const { api, session } = useDesk();
  const may = session.role !== 'STRUCTURE';
  const own = session.role === 'COMPANY' && session.organisation ? { contractorOrganisation: session.organisation } : {};
  const { data } = useLoaded(`obligations of the sheet ${session.account}`, async (signal) => {
    if (!may) return [];
    return (await api.list(listOf('contracts/Obligations', own, (r) => r.obligations), OBLIGATIONS, '', signal)).items;
  });
  return useMemo(() => new Map((data ?? []).map((o) => [o.obligationId, o])), [data]);
}

// How the person of a line is told without her name: by the employer's reference, else by the end of the number.
export const referenceOf = (line: MonthLine): string => line.employerReference || `n° …${shortId(line.placementId)}`;

export const stateOf = (line: MonthLine): HoursState => line.state ?? 'HOURS_AWAITED';

// In JSON what holds nothing is left out: « 0 h » came as no text.
export const isStated = (line: MonthLine): boolean => stateOf(line) !== 'HOURS_AWAITED';

export const awaitsDecision = (line: MonthLine): boolean => ['HOURS_STATED', 'HOURS_TO_CHECK'].includes(stateOf(line));
export const awaitsHours = (line: MonthLine): boolean => ['HOURS_AWAITED', 'HOURS_SENT_BACK'].includes(stateOf(line));

export const figureOf = (line: MonthLine): number => hundredths(line.submitted) + hundredths(line.training);

// ---- order

type Key = (line: MonthLine) => string | number;
export const ORDERS: Record<string, [label: string, key: Key]> = {
  reference: ['Parcours', referenceOf],
  employeur: ['Employeur', (l) => l.employerName ?? ''],
  accueil: ['Accueil', (l) => l.hostName ?? ''],
  contrat: ['Contrat', (l) => l.contractId ?? ''],
  avant: ['Mois d’avant', (l) => hundredths(l.before)],
  declarees: ['Déclarées', figureOf],
  etat: ['État', (l) => `${9 - (l.warnings?.length ?? 0)} ${stateOf(l)}`],
};

const collator = new Intl.Collator('fr', { numeric: true, sensitivity: 'base' });

// « -avant »: the greatest first. Equal lines stay by their reference.
export function inOrder(lines: MonthLine[], order: string): MonthLine[] {
  const [, key] = ORDERS[order.replace(/^-/, '')] ?? ORDERS.reference!;
  const sign = order.startsWith('-') ? -1 : 1;
  const compare = (a: string | number, b: string | number) =>
    typeof a === 'number' ? a - (b as number) : collator.compare(a, b as string);
  return lines
    .map((line) => [line, key(line), referenceOf(line)] as const)
    .sort((a, b) => sign * compare(a[1], b[1]) || collator.compare(a[2], b[2]))
    .map(([line]) => line);
}

// ---- narrowed

export type Query = Record<string, string>;

const STATES: Record<string, (line: MonthLine) => boolean> = {
  'a-valider': awaitsDecision,
  attendues: (l) => stateOf(l) === 'HOURS_AWAITED',
  renvoyees: (l) => stateOf(l) === 'HOURS_SENT_BACK',
  validees: (l) => stateOf(l) === 'HOURS_VOUCHED_FOR',
  toutes: () => true,
};
export const isState = (name: string | undefined): name is string => !!name && name in STATES;

const NARROWING: Record<string, (line: MonthLine, value: string) => boolean> = {
  territoire: (l, v) => l.territory === v,
  employeur: (l, v) => employerKey(l) === v,
  contrat: (l, v) => l.contractId === v,
  avertissements: (l, v) => v !== 'oui' || (l.warnings?.length ?? 0) > 0,
};
export const employerKey = (line: MonthLine): string => line.employer ?? line.employerName ?? '';

// `kept`: lines that were just decided on stay where they are until other ones are asked for.
export function narrowed(lines: MonthLine[], query: Query, kept: Set<string> = new Set()): MonthLine[] {
  const wanted = Object.entries(NARROWING).filter(([name]) => query[name]);
  const ofState = STATES[query.etat ?? ''] ?? awaitsDecision;
  return lines.filter(
    (line) => (ofState(line) || kept.has(line.placementId)) && wanted.every(([name, fits]) => fits(line, query[name]!)),
  );
}

// What may be chosen among, by its words, without what is the same in all lines.
export function choicesOf(lines: MonthLine[], value: (l: MonthLine) => string | undefined, label: (l: MonthLine) => string): [string, string][] {
  const found = new Map(lines.flatMap((l): [string, string][] => (value(l) ? [[value(l)!, label(l)]] : [])));
  return [...found].sort((a, b) => collator.compare(a[1], b[1]));
}
