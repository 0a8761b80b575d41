// A month's hours on their way: all rows in one go (a list for each territory), what came of each row; many validations
// at once, and what is sent back.
import type { Api } from '../api.ts';
import { Refused } from '../api.ts';
import type { RequestOf } from '../client.ts';
import { hours as hoursText, hundredths, month as monthName, parseHours } from '../format.ts';
import { reasonsOf } from '../tables.ts';
import type { ListReport, MonthLine, RowVerdict } from '../types.ts';
import type { Cell, Verdict } from './grid.ts';

const HEADER = ['Parcours', 'Heures', 'Formation']; // words of deploy/rules/hours_words.json
const LIST_ROWS = 1000;
const DECISIONS = 200;

export interface Typed {
  line: MonthLine;
  cell: Cell;
}
export type Judged = [id: string, verdict: Verdict, isTaken: boolean];

// By territory, which picks the service behind (and by employer, where each list is one's), in parts that one request holds.
function partsOf<T>(items: T[], most: number, keyOf: (item: T) => string): T[][] {
  const by = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (!by.has(key)) by.set(key, []);
    by.get(key)!.push(item);
  }
  return [...by.values()].flatMap((all) =>
    Array.from({ length: Math.ceil(all.length / most) }, (_, i) => all.slice(i * most, (i + 1) * most)),
  );
}
const territoryOf = (line: MonthLine): string => line.territory ?? '';

// A row whose hours were not typed keeps those that stand.
function rowOf({ line, cell }: Typed, number: number): { number: number; cells: string[] } {
  const worked = parseHours(cell.hours) ?? (line.submitted || '0');
  return { number, cells: [line.placementId, worked, parseHours(cell.training) ?? ''] };
}

// Every row is chosen on purpose: one that replaces what another had stated is taken too. Who enters what others signed
// says whose it is.
function listOfRows(month: string, part: Typed[], isOfOthers: boolean): RequestOf<'tracking/ImportHours'> {
  const rows = part.map((typed, i) => rowOf(typed, i + 2));
  const { line } = part[0]!;
  const fileName = `Saisie des heures, ${monthName(month)}`;
  const sender = isOfOthers && line.employer ? { sender: line.employer } : {};
  return { territory: territoryOf(line), ...sender, month, list: { header: HEADER, rows, fileName, only: rows.map((r) => r.number), goOn: true, isLast: true } };
}

const DONE: Partial<Record<NonNullable<RowVerdict['outcome']>, [before: string, done: string]>> = {
  ROW_CREATED: ['Sera enregistrée.', 'Envoyée.'],
  ROW_UPDATED: ['Remplacera ce qui est déclaré.', 'Envoyée : remplace la précédente.'],
  ROW_UNCHANGED: ['Déjà déclarée à ce chiffre.', 'Déjà déclarée à ce chiffre.'],
};

function judged({ line }: Typed, verdict: RowVerdict | undefined, isSent: boolean): Judged {
  const words = verdict && DONE[verdict.outcome ?? 'ROW_UNCHANGED'];
  if (!verdict || !words) {
    const why = verdict ? (verdict.errors ?? []).map((e) => e.text ?? '').join(' ') || reasonsOf(verdict).join(' ') : '';
    return [line.placementId, { isGood: false, text: why || 'Cette ligne n’a pas été prise : envoyez-la de nouveau.' }, false];
  }
  const warned = (verdict.warnings ?? []).map((w) => ` À vérifier : ${w.text ?? ''}`).join('');
  return [line.placementId, { isGood: !warned, text: words[isSent ? 1 : 0] + warned }, isSent];
}

export interface Sent {
  judged: Judged[];
  batches: string[]; // that can be taken back
  error: Refused | null; // where the rest was not sent
}

async function each(month: Month, typed: Typed[], ask: (list: RequestOf<'tracking/ImportHours'>) => Promise<ListReport>, isSent: boolean): Promise<Sent> {
  const sent: Sent = { judged: [], batches: [], error: null };
  const keyOf = ({ line }: Typed) => `${territoryOf(line)} ${month.isOfOthers ? (line.employer ?? '') : ''}`;
  for (const part of partsOf(typed, LIST_ROWS, keyOf)) {
    try {
      const report = await ask(listOfRows(month.name, part, month.isOfOthers));
      const by = new Map((report.rows ?? []).map((r) => [r.number, r]));
      sent.judged.push(...part.map((typed, i) => judged(typed, by.get(i + 2), isSent)));
      if (report.batchId) sent.batches.push(report.batchId);
    } catch (error) {
      if (!(error instanceof Refused) || error.status === 401) throw error;
      sent.error = error;
    }
  }
  return sent;
}

// Whose month it is: one's own, or, for a facilitator, what employers signed.
export interface Month {
  name: string;
  isOfOthers: boolean;
}

export function sendMonth(api: Api, month: Month, typed: Typed[]): Promise<Sent> {
  return each(month, typed, async (list) => (await api.command('tracking/ImportHours', list)).reply.report ?? {}, true);
}

// What would come of it; nothing is recorded.
export function tryMonth(api: Api, month: Month, typed: Typed[]): Promise<Sent> {
  return each(month, typed, async (list) => (await api.listQuery('tracking/PreviewHours', list)).reply.report ?? {}, false);
}

// ---- decisions

export interface Decision {
  line: MonthLine;
  hours?: string; // another figure than was stated
  reason?: string;
}
export interface Decided {
  done: MonthLine[];
  refused: Map<string, string>; // by placement: why
  error: Refused | null;
}

export async function validate(api: Api, month: string, decisions: Decision[]): Promise<Decided> {
  const decided: Decided = { done: [], refused: new Map(), error: null };
  for (const part of partsOf(decisions, DECISIONS, (d) => territoryOf(d.line))) {
    const territory = territoryOf(part[0]!.line);
    const asked = part.map(({ line, hours, reason }) => ({
      placementId: line.placementId,
      version: line.version,
      ...(hours !== undefined && { hours }),
      ...(reason && { reason }),
    }));
    try {
      const { reply } = await api.command('tracking/ValidateMonth', { territory, month, decisions: asked });
      const refusals = new Map((reply.verdicts ?? []).map((v) => [v.placementId, v.refusal]));
      for (const { line } of part) {
        const refusal = refusals.get(line.placementId);
        if (refusal) decided.refused.set(line.placementId, refusal.text ?? '');
        else decided.done.push(line);
      }
    } catch (error) {
      if (!(error instanceof Refused) || error.status === 401) throw error;
      decided.error = error;
    }
  }
  return decided;
}

export async function sendBack(api: Api, month: string, lines: MonthLine[], returnCode: string, reason: string): Promise<Decided> {
  const decided: Decided = { done: [], refused: new Map(), error: null };
  for (const line of lines) {
    const { placementId, version } = line;
    try {
      const request = { placementId, month, returnCode, ...(reason && { reason }), seen: version };
      await api.command('tracking/ReturnHours', request as RequestOf<'tracking/ReturnHours'>);
      decided.done.push(line);
    } catch (error) {
      if (!(error instanceof Refused) || error.status === 401) throw error;
      if (error.status === 0 || error.status >= 500) {
        decided.error = error; // nobody answers: the rest is not asked one by one
        return decided;
      }
      decided.refused.set(placementId, error.message);
    }
  }
  return decided;
}

// « 151,67 h, dont 7 h de formation »
export function figureText(line: MonthLine): string {
  const training = hundredths(line.training);
  return hoursText(line.submitted) + (training ? ` et ${hoursText(line.training)} de formation` : '');
}

