// What is typed into the grid of a month and not sent yet: kept for the tab until it is sent, whatever month is shown.
// Only the row that is typed in hears of it.
import { hundredths, parseHours } from '../format.ts';
import { dropDraft, keepDraft, loadDraft } from '../form/draft.ts';
import type { TypedGroup } from '../form/typed.ts';
import type { Store } from '../session.ts';
import { shortId } from '../months.ts';
import type { MonthLine } from '../types.ts';

export interface Cell {
  hours: string;
  training: string;
}
export type Column = keyof Cell;
export const EMPTY: Cell = { hours: '', training: '' };

export const isEmpty = (cell: Cell): boolean => !cell.hours.trim() && !cell.training.trim();

// What came of a row that was tried or sent.
export interface Verdict {
  isGood: boolean;
  text: string;
}

export interface Bounds {
  least?: number;
  most?: number;
}

// What is wrong with what was typed; "" where nothing is, or where it is not whole yet (« 151, », « 151h4 »).
export function problemOf(typed: string, bounds: Bounds, isLeft: boolean): string {
  const text = typed.trim();
  if (!text || (!isLeft && /^\d+(,|\.|h\d?)$/i.test(text))) return '';
  const value = parseHours(text);
  if (value === null) return 'Écrivez un nombre d’heures, par exemple 151,67 ou 151h40.';
  const { least = 0, most = Infinity } = bounds;
  return Number(value) < least || Number(value) > most ? `Écrivez de ${least} à ${most} heures.` : '';
}

export const isSound = (cell: Cell, bounds: Bounds): boolean =>
  !problemOf(cell.hours, bounds, true) && !problemOf(cell.training, bounds, true);

export class Grid {
  private cells = new Map<string, Cell>();
  private readonly verdicts = new Map<string, Verdict>();
  private readonly listeners = new Map<string, () => void>();
  private readonly watchers = new Set<() => void>();

  constructor(
    private readonly store: Store,
    private readonly key: string,
  ) {
    for (const [id, typed] of Object.entries(loadDraft(store, key)?.typed ?? {}))
      if (typeof typed === 'object' && 'hours' in typed)
        this.cells.set(id, { hours: String(typed.hours), training: String(typed.training ?? '') });
  }

  cell(id: string): Cell {
    return this.cells.get(id) ?? EMPTY;
  }

  verdict(id: string): Verdict | undefined {
    return this.verdicts.get(id);
  }

  // What is typed, row by row.
  filled(): [id: string, cell: Cell][] {
    return [...this.cells].filter(([, cell]) => !isEmpty(cell));
  }

  set(changes: [id: string, change: Partial<Cell>][]): void {
    for (const [id, change] of changes) {
      const cell = { ...this.cell(id), ...change };
      if (isEmpty(cell)) this.cells.delete(id);
      else this.cells.set(id, cell);
      this.verdicts.delete(id);
    }
    this.keep();
    this.tell(changes.map(([id]) => id));
  }

  // Rows that were taken are typed no more; what came of each is told beside it.
  judge(verdicts: [id: string, verdict: Verdict, isTaken: boolean][]): void {
    for (const [id, verdict, isTaken] of verdicts) {
      this.verdicts.set(id, verdict);
      if (isTaken) this.cells.delete(id);
    }
    this.keep();
    this.tell(verdicts.map(([id]) => id));
  }

  // One listener a row, and whoever counts all of them.
  hear(id: string, listener: () => void): () => void {
    this.listeners.set(id, listener);
    return () => void (this.listeners.get(id) === listener && this.listeners.delete(id));
  }

  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => void this.watchers.delete(watcher);
  }

  private keep(): void {
    if (this.cells.size === 0) return dropDraft(this.store, this.key);
    keepDraft(this.store, this.key, { typed: Object.fromEntries(this.cells) as unknown as TypedGroup });
  }

  private tell(ids: string[]): void {
    for (const id of ids) this.listeners.get(id)?.();
    for (const watcher of this.watchers) watcher();
  }
}

// « 12 lignes, 1 820,04 h »: what is about to be sent.
export function totalOf(cells: [string, Cell][]): number {
  const one = (typed: string) => hundredths(parseHours(typed) ?? undefined);
  return cells.reduce((sum, [, cell]) => sum + one(cell.hours) + one(cell.training), 0);
}

// ---- pasted from a spreadsheet

export interface Pasted {
  changes: [id: string, change: Partial<Cell>][];
  unknown: string[]; // references that no line has
  beyond: number; // rows under the last line
}

const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toLowerCase();

function rowsOf(text: string): string[][] {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n');
  const separator = text.includes('\t') ? '\t' : text.includes(';') ? ';' : null;
  return lines.map((line) => (separator ? line.split(separator) : [line]).map((cell) => cell.trim()));
}

export const isTable = (text: string): boolean => /[\t\n\r;]/.test(text.trim());

function namesOf(lines: MonthLine[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { placementId, employerReference } of lines)
    for (const name of [placementId, shortId(placementId), employerReference ?? ''])
      if (name) names.set(plain(name), placementId);
  return names;
}

const filledIn = (cells: string[], begin: Column): Partial<Cell> => {
  const columns: Column[] = begin === 'hours' ? ['hours', 'training'] : ['training'];
  return Object.fromEntries(columns.flatMap((c, i) => (cells[i] ? [[c, cells[i]]] : [])));
};

// References with hours (and training) go to the lines that they name; figures alone go down from the cell that they were
// pasted into. A heading is passed over.
export function paste(text: string, lines: MonthLine[], from: { id: string; column: Column }): Pasted {
  const rows = rowsOf(text);
  const names = namesOf(lines);
  const isNamed = rows.some(([first = '', ...rest]) => rest.some(Boolean) && names.has(plain(first)));
  const result: Pasted = { changes: [], unknown: [], beyond: 0 };
  if (isNamed) {
    rows.forEach(([first = '', ...rest], i) => {
      const id = names.get(plain(first));
      if (id) result.changes.push([id, filledIn(rest, 'hours')]);
      else if (first && (i > 0 || rest.some((cell) => parseHours(cell) !== null))) result.unknown.push(first);
    });
    return result;
  }
  const begun = lines.findIndex((l) => l.placementId === from.id);
  const isHeading = rows.length > 1 && !rows[0]!.some((cell) => /\d/.test(cell)) && rows[0]!.some(Boolean);
  (isHeading ? rows.slice(1) : rows).forEach((cells, i) => {
    const line = lines[begun + i];
    if (line) result.changes.push([line.placementId, filledIn(cells, from.column)]);
    else if (cells.some(Boolean)) result.beyond++;
  });
  return result;
}

const typedHours = (n: number): string => (n / 100).toFixed(n % 100 ? 2 : 0).replace('.', ',');

// ---- as the month before: where nothing is stated and nothing typed

export function asBefore(lines: MonthLine[], grid: Grid): [string, Partial<Cell>][] {
  return lines
    .filter((l) => l.before !== undefined && isEmpty(grid.cell(l.placementId)))
    .map((l) => {
      const training = hundredths(l.beforeTraining);
      const worked = Math.max(0, hundredths(l.before) - training);
      return [l.placementId, { hours: typedHours(worked), ...(training && { training: typedHours(training) }) }];
    });
}
