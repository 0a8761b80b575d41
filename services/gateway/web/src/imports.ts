// A list on its way: read by the gateway, tried, recorded in parts, taken back. What has been sent is remembered, so that
// an import that broke off goes on where it stopped when it is sent again.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Api } from './api.ts';
import { Refused } from './api.ts';
import type { RequestOf } from './client.ts';
import { plural } from './format.ts';
import { useDesk } from './hooks.ts';
import { fieldOf } from './kinds.ts';
import type { Kind, Preview, Recording } from './kinds.ts';
import { FILE_BYTES_MAX, headerOf, partsOf, rowsUnder } from './tables.ts';
import type { FileTable, ListColumn, ListReport, RowVerdict, SentList, UndoReport } from './types.ts';

export type FormValues = Record<string, string>;

export interface Given {
  name: string;
  table: FileTable;
  header: number;
}
export interface Tried {
  given: Given;
  form: FormValues;
  mapping: ListColumn[]; // told, or else found
  rows: RowVerdict[];
  mostlyKnown: string;
  columnsWrong: Refused | null; // nothing was read: columns must be told
}
export interface Recorded {
  rows: RowVerdict[];
  batchId: string; // empty: nothing was recorded
}

function requestOf(kind: Kind, form: FormValues, list: SentList): object {
  const filled = Object.keys(kind.form).filter((name) => form[name]);
  const own = filled.map((name) => [name, kind.form[name] === 'year' ? Number(form[name]) : form[name]]);
  return { ...Object.fromEntries(own), list };
}

function listOf({ name, table, header }: Given, mapping: ListColumn[]): SentList {
  return { header: headerOf(table, header), rows: [], mapping, fileName: name, fileHash: table.fileHash };
}

export type Told = (done: number, of: number) => void;

// What would come of it, part by part. A refusal of the columns is told as such: they can be mapped.
export async function tryList(
  api: Api,
  kind: Kind,
  given: Given,
  form: FormValues,
  mapping: ListColumn[],
  told: Told,
  signal?: AbortSignal,
): Promise<Tried> {
  const rows = rowsUnder(given.table, given.header);
  const tried: Tried = { given, form, mapping, rows: [], mostlyKnown: '', columnsWrong: null };
  let above: unknown[] | undefined; // of a contract that a part begins and the next one goes on with
  for (const part of partsOf(rows)) {
    const request = requestOf(kind, form, { ...listOf(given, mapping), rows: part });
    const wrapped = kind.inside ? { [kind.inside]: request, ...(above && { above }) } : request;
    const { reply } = await api.listQuery(kind.preview, wrapped as RequestOf<Preview>, signal);
    above = (reply as { above?: unknown[] }).above;
    const report: ListReport = reply.report ?? {};
    tried.rows.push(...(report.rows ?? []));
    tried.mapping = report.mapping ?? tried.mapping;
    tried.mostlyKnown ||= report.mostlyKnown ?? '';
    told(tried.rows.length, rows.length);
  }
  return tried;
}

export interface Sent {
  parts: number; // that were taken
  recorded: Recorded;
}

// From the part on where it stopped. `chosen`: null where nothing was chosen by hand; a part that holds none of the
// chosen rows names the header's, which is no row of the list.
export async function recordList(
  api: Api,
  kind: Kind,
  tried: Tried,
  chosen: Set<number> | null,
  goOn: boolean,
  sent: Sent,
  told: Told,
  signal?: AbortSignal,
): Promise<void> {
  const { given, form, mapping } = tried;
  const rows = rowsUnder(given.table, given.header);
  const parts = partsOf(rows);
  while (sent.parts < parts.length) {
    if (signal?.aborted) throw new Refused(0, { detail: stoppedText(sent.recorded.rows.length, rows.length) });
    const part = parts[sent.parts]!;
    const only = chosen && part.map((r) => r.number).filter((n) => chosen.has(n));
    const list: SentList = {
      ...listOf(given, mapping),
      rows: part,
      ...(only && { only: only.length ? only : [given.header] }),
      ...(goOn && { goOn }),
      ...(sent.recorded.batchId && { batchId: sent.recorded.batchId }),
      isLast: sent.parts === parts.length - 1,
    };
    const request = requestOf(kind, form, list) as RequestOf<Recording>;
    const { reply } = await api.command(kind.record, request);
    sent.recorded.rows.push(...(reply.report?.rows ?? []));
    sent.recorded.batchId = reply.report?.batchId ?? sent.recorded.batchId;
    sent.parts++;
    told(sent.recorded.rows.length, rows.length);
  }
}

export async function undoList(api: Api, kind: Kind, batchId: string, reason: string): Promise<UndoReport> {
  const sum: Required<UndoReport> = { takenBack: 0, kept: 0, rows: [], goesOn: false };
  for (;;) {
    const { reply } = await api.command(kind.undo, { batchId, reason });
    const report: UndoReport = reply.report ?? {};
    sum.takenBack += report.takenBack ?? 0;
    sum.kept += report.kept ?? 0;
    sum.rows.push(...(report.rows ?? []));
    if (!report.goesOn) return sum;
  }
}

function stoppedText(done: number, of: number): string {
  if (done === 0) return 'Import arrêté : rien n’a été enregistré.';
  return `Import arrêté : ${done} lignes sur ${of} sont enregistrées. Enregistrez de nouveau pour continuer, ou donnez un autre fichier : cet import pourra être annulé parmi les précédents.`;
}

export function undoneText({ takenBack = 0, kept = 0, rows = [] }: UndoReport): string {
  const left = kept ? `, ${plural(kept, 'ligne gardée', 'lignes gardées')}` : '';
  const why = rows.map((r) => ` Ligne ${r.number} : ${r.why ?? 'gardée'}.`).join('');
  return `Import annulé : ${plural(takenBack, 'ligne reprise', 'lignes reprises')}${left}.${why}`;
}

// ---- the state of the page

export interface Advance {
  done: number;
  of: number;
}
export interface Import {
  busy: boolean;
  progress: Advance | null; // null: nobody knows how far it is
  said: string; // for the live region
  error: Refused | null;
  tried: Tried | null;
  recorded: Recorded | null;
  read: (kind: Kind, file: File, form: FormValues) => Promise<void>;
  again: (kind: Kind, header: number, mapping: ListColumn[]) => Promise<void>;
  record: (kind: Kind, chosen: Set<number> | null, goOn: boolean) => Promise<void>;
  stop: () => void;
  say: (said: string) => void; // the import was taken back
  forget: () => void;
}

interface State {
  busy: boolean;
  progress: Advance | null;
  said: string;
  error: Refused | null;
  tried: Tried | null;
  sent: Sent | null;
  done: boolean;
}
const NOTHING: State = { busy: false, progress: null, said: '', error: null, tried: null, sent: null, done: false };
const OUTCOMES: [RowVerdict['outcome'], string, string][] = [
  ['ROW_CREATED', 'nouvelle', 'nouvelles'],
  ['ROW_UPDATED', 'corrigée', 'corrigées'],
  ['ROW_UNCHANGED', 'inchangée', 'inchangées'],
  ['ROW_DOUBTFUL', 'à confirmer', 'à confirmer'],
  ['ROW_REJECTED', 'écartée', 'écartées'],
  ['ROW_NOT_CHOSEN', 'non choisie', 'non choisies'],
];

// « 12 nouvelles, 1 à confirmer, 2 écartées »
export function countsOf(rows: RowVerdict[]): string {
  const counts = OUTCOMES.map(([outcome, one, many]) => [rows.filter((r) => r.outcome === outcome).length, one, many] as const);
  const told = counts.filter(([n]) => n > 0).map(([n, one, many]) => plural(n, one, many));
  return told.length ? told.join(', ') : 'aucune ligne';
}

export function useImport(): Import {
  const { api, signOut } = useDesk();
  const [state, setState] = useState<State>(NOTHING);
  const abort = useRef(new AbortController());
  useEffect(() => () => abort.current.abort(), []); // who leaves the page waits for nothing
  const told: Told = (done, of) => setState((old) => ({ ...old, progress: { done, of }, said: `${done} lignes sur ${of}…` }));
  const run = async (begin: Partial<State>, act: () => Promise<Partial<State>>, partly: () => Partial<State> = () => ({})) => {
    abort.current = new AbortController();
    setState((old) => ({ ...old, ...begin, busy: true, progress: null, error: null }));
    try {
      const end = await act();
      setState((old) => ({ ...old, ...end, busy: false }));
    } catch (caught) {
      if (caught instanceof DOMException && caught.name === 'AbortError')
        return setState((old) => ({ ...old, busy: false, said: 'Envoi annulé : rien n’a été enregistré.' }));
      const error = caught instanceof Refused ? caught : new Refused(0, { detail: 'La page a rencontré une erreur. Rechargez-la.' });
      if (error.status === 401) return signOut(error.message);
      setState((old) => ({ ...old, ...partly(), busy: false, said: '', error }));
    }
  };
  const attempt = async (kind: Kind, given: Given, form: FormValues, mapping: ListColumn[]): Promise<Partial<State>> => {
    try {
      const tried = await tryList(api, kind, given, form, mapping, told, abort.current.signal);
      return { tried, said: `Aperçu : ${countsOf(tried.rows)}. Rien n’est encore enregistré.` };
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 400 || fieldOf(kind, error.field)) throw error;
      const tried: Tried = { given, form, mapping, rows: [], mostlyKnown: '', columnsWrong: error };
      return { tried, said: 'Dites quelles colonnes contiennent quoi.' };
    }
  };
  return {
    ...state,
    recorded: state.done ? state.sent!.recorded : null,
    read: (kind, file, form) =>
      run({ ...NOTHING, said: 'Envoi du fichier…' }, async () => {
        if (file.size > FILE_BYTES_MAX)
          throw new Refused(413, {
            detail: 'Ce fichier est trop grand : 4 Mio au plus. Retirez ses images, ou coupez la liste en plusieurs fichiers.',
            field: 'file',
          });
        const sending = (done: number, of: number) =>
          setState((old) => ({ ...old, progress: { done, of }, said: done < of ? 'Envoi du fichier…' : 'Lecture du fichier…' }));
        const table = await api.table(file, sending, abort.current.signal);
        return attempt(kind, { name: file.name.slice(0, 255), table, header: table.header }, form, []);
      }),
    again: (kind, header, mapping) =>
      run({ said: 'Nouvel aperçu…' }, () =>
        attempt(kind, { ...state.tried!.given, header }, state.tried!.form, header === state.tried!.given.header ? mapping : []),
      ),
    record: (kind, chosen, goOn) => {
      const sent: Sent = state.sent ?? { parts: 0, recorded: { rows: [], batchId: '' } };
      return run(
        { said: 'Enregistrement…' },
        async () => {
          await recordList(api, kind, state.tried!, chosen, goOn, sent, told, abort.current.signal);
          return { sent, done: true, said: `Import terminé : ${countsOf(sent.recorded.rows)}.` };
        },
        () => ({ sent: sent.parts ? sent : null }),
      );
    },
    stop: () => abort.current.abort(),
    say: (said) => setState((old) => ({ ...old, said })),
    forget: () => setState(NOTHING),
  };
}
