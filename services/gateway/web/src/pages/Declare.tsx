// « Déclarer les heures du mois »: a grid, a line a placement, filled in by keyboard or from a spreadsheet and sent in one
// go; what came of each row is told beside it. What is typed stays until it is sent, whatever month is shown.
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Refused } from '../api.ts';
import { Dialog } from '../components/Dialog.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Warning } from '../components/Warning.tsx';
import { UndoForm } from '../components/PastImports.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import type { FormWords } from '../description.ts';
import { draftKey } from '../form/draft.ts';
import { hours, hoursOf, month as monthName, ofMonth, plural, typographic } from '../format.ts';
import { useAddress, useDesk, useFormWords } from '../hooks.ts';
import { ContractCell, Choice, Employer, Figure, LineFilters, MonthField, OrderField, Reference, SortHead, addressFor } from '../hours/Columns.tsx';
import type { Address } from '../hours/Columns.tsx';
import { History } from '../hours/History.tsx';
import { Grid, asBefore, isEmpty, isSound, isTable, paste, problemOf, totalOf } from '../hours/grid.ts';
import type { Bounds, Column, Pasted } from '../hours/grid.ts';
import { sendMonth, tryMonth } from '../hours/send.ts';
import type { Sent, Typed } from '../hours/send.ts';
import { awaitsHours, inOrder, narrowed, referenceOf, stateOf, useObligations, useSheet } from '../hours/sheet.ts';
import { kindsOf } from '../kinds.ts';
import { hoursState } from '../labels.ts';
import { recentMonths } from '../months.ts';
import type { MonthLine, Obligation, Role } from '../types.ts';

const COLUMNS = ['reference', 'employeur', 'contrat', 'avant', 'declarees', 'etat'];
const METHOD = 'tracking/SubmitHours';
const NAMED_MOST = 5;

const mayState = (line: MonthLine): boolean => stateOf(line) !== 'HOURS_VOUCHED_FOR' && stateOf(line) !== 'HOURS_TO_CHECK';

// ---- a line

interface RowProps {
  line: MonthLine;
  names: Map<string, Obligation>;
  grid: Grid;
  words: FormWords | null;
  onHistory: (line: MonthLine) => void;
}

// Drawn again when this row is typed in, and no other.
function useRow(grid: Grid, id: string): void {
  const [, turn] = useState(0);
  useEffect(() => grid.hear(id, () => turn((n) => n + 1)), [grid, id]);
}

interface CellProps {
  line: MonthLine;
  column: Column;
  grid: Grid;
  words: FormWords | null;
}

const boundsOf = (words: FormWords | null, column: Column): Bounds => ({ least: words?.[column]?.least, most: words?.[column]?.most });

function CellField({ line, column, grid, words }: CellProps): JSX.Element {
  const [isLeft, setLeft] = useState(true);
  const id = `${column}-${line.placementId}`;
  const typed = grid.cell(line.placementId)[column];
  const problem = problemOf(typed, boundsOf(words, column), isLeft);
  const label = words?.[column]?.label ?? (column === 'hours' ? 'Heures du mois' : 'Heures de formation');
  return (
    <>
      <input
        id={id}
        class={`form-control hours-cell ${problem ? 'is-invalid' : ''}`}
        inputMode="decimal"
        autocomplete="off"
        data-column={column}
        aria-label={`${label}, ${referenceOf(line)}`}
        maxLength={12}
        value={typed}
        aria-invalid={problem ? true : undefined}
        aria-describedby={[problem && `${id}-problem`, `verdict-${line.placementId}`].filter(Boolean).join(' ')}
        onInput={(e) => {
          setLeft(false);
          grid.set([[line.placementId, { [column]: e.currentTarget.value }]]);
        }}
        onBlur={() => setLeft(true)}
      />
      {problem && (
        <p id={`${id}-problem`} class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

function StateCell({ line, grid, onHistory }: Pick<RowProps, 'line' | 'grid' | 'onHistory'>): JSX.Element {
  const state = stateOf(line);
  const verdict = grid.verdict(line.placementId);
  const isVouchedFor = line.validated !== undefined;
  const look = isVouchedFor ? 'state-good' : state === 'HOURS_SENT_BACK' ? 'state-bad' : '';
  return (
    <>
      <span class={`state ${look}`}>{isVouchedFor ? `${hours(line.validated)} validées` : hoursState(state)}</span>
      {state === 'HOURS_SENT_BACK' && line.returnLabel && <span class="sub">{typographic(line.returnLabel)}</span>}
      {line.warnings?.map((w) => (
        <Warning key={w.code} of={w} />
      ))}
      <span id={`verdict-${line.placementId}`} class={verdict && !verdict.isGood ? 'field-problem' : 'verdict'}>
        {typographic(verdict?.text)}
      </span>
      {state !== 'HOURS_AWAITED' && (
        <button type="button" class="link" onClick={() => onHistory(line)}>
          Histoire<span class="visually-hidden"> {referenceOf(line)}</span>
        </button>
      )}
    </>
  );
}

function Row({ line, names, grid, words, onHistory }: RowProps): JSX.Element {
  useRow(grid, line.placementId);
  const fixed = useMemo(
    () => [
      <td key="r" role="cell" data-label="Parcours">
        <div class="cell">
          <Reference line={line} />
        </div>
      </td>,
      <td key="e" role="cell" data-label="Employeur">
        <div class="cell">
          <Employer line={line} />
        </div>
      </td>,
      <td key="c" role="cell" data-label="Contrat">
        <div class="cell">
          <ContractCell line={line} names={names} isOpen={false} />
        </div>
      </td>,
      <td key="b" role="cell" class="number" data-label="Mois d’avant">
        <div class="cell">{line.before === undefined ? '–' : hours(line.before)}</div>
      </td>,
      <td key="d" role="cell" class="number" data-label="Déclarées">
        <div class="cell">
          <Figure worked={line.submitted} training={line.training} />
        </div>
      </td>,
    ],
    [line, names],
  );
  const cell = (column: Column, label: string) => (
    <td role="cell" class="type" data-label={label}>
      <div class="cell">{mayState(line) ? <CellField line={line} column={column} grid={grid} words={words} /> : null}</div>
    </td>
  );
  return (
    <tr role="row" data-line={line.placementId}>
      {fixed}
      {cell('hours', 'Heures')}
      {cell('training', 'Formation')}
      <td role="cell" data-label="État">
        <div class="cell">
          <StateCell line={line} grid={grid} onHistory={onHistory} />
        </div>
      </td>
    </tr>
  );
}

// ---- the keyboard: down and up the column, across at the end of what is typed

function neighbour(input: HTMLInputElement, step: number): HTMLInputElement | null {
  const all = [...input.closest('tbody')!.querySelectorAll<HTMLInputElement>(`input[data-column=${input.dataset.column}]`)];
  return all[all.indexOf(input) + step] ?? null;
}

function across(input: HTMLInputElement, column: Column): HTMLInputElement | null {
  return input.closest('tr')!.querySelector<HTMLInputElement>(`input[data-column=${column}]`);
}

function onKey(event: KeyboardEvent, send: () => void, grid: Grid): void {
  const input = event.target as HTMLInputElement;
  if (!(input instanceof HTMLInputElement) || !input.dataset.column || event.altKey) return;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    return send();
  }
  const isAtEnd = input.selectionEnd === input.value.length;
  const isAtStart = input.selectionStart === 0;
  const to: Record<string, () => HTMLInputElement | HTMLButtonElement | null> = {
    Enter: () => neighbour(input, event.shiftKey ? -1 : 1) ?? document.querySelector<HTMLButtonElement>('.send-month'),
    ArrowDown: () => neighbour(input, 1),
    ArrowUp: () => neighbour(input, -1),
    ArrowRight: () => (isAtEnd && input.dataset.column === 'hours' ? across(input, 'training') : null),
    ArrowLeft: () => (isAtStart && input.dataset.column === 'training' ? across(input, 'hours') : null),
    Escape: () => {
      grid.set([[input.closest('tr')!.dataset.line!, { [input.dataset.column!]: '' }]]);
      return null;
    },
  };
  const go = to[event.key];
  const target = go?.();
  if (event.key === 'Enter' || event.key === 'ArrowDown' || event.key === 'ArrowUp') event.preventDefault();
  if (!target) return;
  event.preventDefault();
  target.focus();
  if (target instanceof HTMLInputElement) target.select();
}

// ---- pasted

function pastedText({ changes, unknown, beyond }: Pasted): Said {
  const named = unknown.slice(0, NAMED_MOST).join(', ') + (unknown.length > NAMED_MOST ? '…' : '');
  const lost = [
    unknown.length && `${plural(unknown.length, 'référence inconnue', 'références inconnues')} ce mois-ci : ${named}.`,
    beyond && `${plural(beyond, 'ligne collée dépasse', 'lignes collées dépassent')} le bas du tableau.`,
  ].filter(Boolean);
  return { good: `${plural(changes.length, 'ligne remplie', 'lignes remplies')}.`, bad: lost.join(' ') };
}

function onPaste(event: ClipboardEvent, lines: MonthLine[], grid: Grid, say: (said: Said) => void): void {
  const input = event.target as HTMLInputElement;
  const text = event.clipboardData?.getData('text/plain') ?? '';
  const id = input.closest<HTMLElement>('tr[data-line]')?.dataset.line;
  if (!id || !input.dataset?.column || !isTable(text)) return;
  event.preventDefault();
  const pasted = paste(text, lines.filter(mayState), { id, column: input.dataset.column as Column });
  grid.set(pasted.changes);
  say(pastedText(pasted));
}

// ---- sending

interface Said {
  good: string;
  bad: string;
}
const SILENT: Said = { good: '', bad: '' };

function sentText({ judged, error }: Sent, wrong: number, isSent: boolean): Said {
  const taken = judged.filter(([, , isTaken]) => isTaken).length;
  const refused = judged.filter(([, v, isTaken]) => (isSent ? !isTaken : !v.isGood)).length + wrong;
  const toCorrect = refused ? `${plural(refused, 'ligne')} à ${isSent ? 'corriger' : 'regarder'} : le motif est dans l’état de la ligne.` : '';
  const cut = error ? `${error.message} Rien de ce que vous avez saisi n’est perdu : envoyez de nouveau quand le réseau est là.` : '';
  const good = isSent
    ? taken > 0 && `${plural(taken, 'déclaration enregistrée', 'déclarations enregistrées')}.`
    : judged.length > 0 && `${plural(judged.length, 'ligne vérifiée', 'lignes vérifiées')}, rien n’est encore envoyé.`;
  return { good: good || '', bad: [toCorrect, cut].filter(Boolean).join(' ') };
}

interface Sender {
  busy: boolean;
  said: Said;
  batches: string[];
  say: (said: Said) => void;
  run: (isSent: boolean) => void;
  undone: (text: string) => void;
}

function useSender(month: string, lines: MonthLine[], grid: Grid, words: FormWords | null, reload: () => void): Sender {
  const { api, session, signOut } = useDesk();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState(SILENT);
  const [batches, setBatches] = useState<string[]>([]);
  useEffect(() => {
    setSaid(SILENT);
    setBatches([]);
  }, [month]);
  const bounds = boundsOf(words, 'hours');
  const run = async (isSent: boolean) => {
    if (busy) return;
    const by = new Map(lines.map((l) => [l.placementId, l]));
    const filled = grid.filled().flatMap(([id, cell]): Typed[] => (by.has(id) ? [{ line: by.get(id)!, cell }] : []));
    const sound = filled.filter(({ cell }) => isSound(cell, bounds));
    if (filled.length === 0) return setSaid({ good: '', bad: 'Remplissez au moins une ligne.' });
    if (sound.length < filled.length) document.querySelector<HTMLElement>('.hours-cell.is-invalid')?.focus();
    setBusy(true);
    setSaid(SILENT);
    try {
      const sent = await (isSent ? sendMonth : tryMonth)(api, { name: month, isOfOthers: session.role === 'FACILITATOR' }, sound);
      grid.judge(sent.judged);
      setSaid(sentText(sent, filled.length - sound.length, isSent));
      if (sent.batches.length) setBatches(sent.batches);
      if (isSent && sent.judged.length) reload();
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return signOut(error.message);
      setSaid({ good: '', bad: 'La page a rencontré une erreur. Vos saisies sont gardées : rechargez-la.' });
    }
    setBusy(false);
  };
  return {
    busy,
    said,
    batches,
    say: setSaid,
    run: (isSent) => void run(isSent),
    undone: (good) => {
      setBatches((old) => old.slice(1));
      setSaid({ good, bad: '' });
      reload();
    },
  };
}

// How much is typed: the only part besides the row that follows each key.
function Total({ grid }: { grid: Grid }): JSX.Element {
  const [, turn] = useState(0);
  useEffect(() => grid.watch(() => turn((n) => n + 1)), [grid]);
  const filled = grid.filled();
  return (
    <span class="act-bar-count" role="status">
      {filled.length ? `${plural(filled.length, 'ligne saisie', 'lignes saisies')}, ${hoursOf(totalOf(filled))}` : 'Rien de saisi'}
    </span>
  );
}

interface BarProps {
  grid: Grid;
  lines: MonthLine[];
  sender: Sender;
}

function Bar({ grid, lines, sender }: BarProps): JSX.Element {
  const copy = () => {
    const changes = asBefore(lines.filter(awaitsHours), grid);
    grid.set(changes);
    sender.say({ good: `${plural(changes.length, 'ligne remplie', 'lignes remplies')} comme le mois d’avant.`, bad: '' });
  };
  return (
    <div class="act-bar">
      <button type="button" class="btn btn-outline-primary" onClick={copy}>
        Reprendre le mois d’avant
      </button>
      <Total grid={grid} />
      <button type="button" class="btn btn-outline-primary" disabled={sender.busy} onClick={() => sender.run(false)}>
        Vérifier sans envoyer
      </button>
      <button type="button" class="btn btn-primary send-month" disabled={sender.busy} onClick={() => sender.run(true)}>
        {sender.busy ? 'Envoi…' : 'Envoyer les déclarations'}
      </button>
    </div>
  );
}

function Undo({ batchId, month, onDone }: { batchId: string; month: string; onDone: (said: string) => void }): JSX.Element | null {
  const { session } = useDesk();
  const [isOpen, setOpen] = useState(false);
  const kind = kindsOf(session.role).find((k) => k.path === 'heures');
  if (!kind) return null;
  return (
    <>
      <button type="button" class="link" onClick={() => setOpen(true)}>
        Annuler cet envoi…
      </button>
      {isOpen && (
        <Dialog title="Annuler cet envoi" onClose={() => setOpen(false)}>
          <UndoForm kind={kind} batchId={batchId} name={`Saisie des heures, ${monthName(month)}`} onDone={onDone} />
        </Dialog>
      )}
    </>
  );
}

interface LinesProps {
  lines: MonthLine[]; // shown
  all: MonthLine[];
  names: Map<string, Obligation>;
  grid: Grid;
  month: string;
  address: Address;
  reload: () => void;
  onHistory: (line: MonthLine) => void;
}

function Lines({ lines, all, names, grid, month, address, reload, onHistory }: LinesProps): JSX.Element {
  const words = useFormWords(METHOD).data;
  const sender = useSender(month, all, grid, words, reload);
  const sort = { order: address.query.tri ?? 'reference', address };
  const rows = useMemo(
    () => lines.map((line) => <Row key={line.placementId} line={line} names={names} grid={grid} words={words} onHistory={onHistory} />),
    [lines, names, grid, words],
  );
  return (
    <>
      <Bar grid={grid} lines={lines} sender={sender} />
      <p class="said" role="status">
        {sender.said.good}
        {sender.said.good && sender.batches[0] && (
          <>
            {' '}
            <Undo batchId={sender.batches[0]} month={month} onDone={sender.undone} />
          </>
        )}
      </p>
      {sender.said.bad && (
        <p class="alert alert-danger" role="alert">
          {sender.said.bad}
        </p>
      )}
      <table
        class="grid hours-grid"
        role="table"
        onKeyDown={(e) => onKey(e, () => sender.run(true), grid)}
        onPaste={(e) => onPaste(e, lines, grid, sender.say)}
      >
        <caption class="visually-hidden">Heures {ofMonth(month)}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <SortHead names={['reference']} {...sort} />
            <SortHead names={['employeur']} {...sort} />
            <SortHead names={['contrat']} {...sort} />
            <SortHead names={['avant']} number {...sort} />
            <SortHead names={['declarees']} number {...sort} />
            <th role="columnheader" scope="col" class="col-type">
              Heures
            </th>
            <th role="columnheader" scope="col" class="col-type">
              Formation
            </th>
            <SortHead names={['etat']} {...sort} />
          </tr>
        </thead>
        <tbody role="rowgroup">{rows}</tbody>
      </table>
    </>
  );
}

// What is typed is kept for each account and month.
function useGrid(month: string): Grid {
  const { session } = useDesk();
  return useMemo(() => new Grid(sessionStorage, draftKey(session.account, METHOD, month)), [session.account, month]);
}

const STATES: [string, string][] = [
  ['toutes', 'Toutes'],
  ['a-declarer', 'À déclarer'],
  ['validees', 'Validées'],
];

// A line that is typed in stays, whatever is asked for.
function shownLines(lines: MonthLine[], query: Record<string, string>, grid: Grid): MonthLine[] {
  const state = query.etat ?? 'toutes';
  const inPlace = narrowed(lines, { ...query, etat: state === 'validees' ? state : 'toutes' });
  const wanted = state === 'a-declarer' ? inPlace.filter((l) => awaitsHours(l) || !isEmpty(grid.cell(l.placementId)) || grid.verdict(l.placementId)) : inPlace;
  return inOrder(wanted, query.tri ?? 'reference');
}

// A facilitator enters what employers handed in on paper; what she entered is still to be validated.
const headOf = (role: Role): { title: string; lead: string } =>
  role === 'FACILITATOR'
    ? {
        title: 'Saisir les heures du mois',
        lead: 'Heures que les employeurs ont déclarées sur papier. Choisissez l’employeur ; ce que vous saisissez reste à valider.',
      }
    : {
        title: 'Déclarer les heures du mois',
        lead: 'Heures réellement travaillées et payées. Ce qui est envoyé de nouveau remplace ce qui l’était, tant que ce n’est pas validé.',
      };

export function Declare(): JSX.Element {
  const { session } = useDesk();
  const { query } = useAddress();
  const month = query.mois ?? recentMonths(2)[1]!;
  const sheet = useSheet(month);
  const names = useObligations();
  const grid = useGrid(month);
  const [opened, setOpened] = useState<MonthLine | null>(null);
  const open = useRef(setOpened);
  const address = addressFor({ ...query, mois: month });
  const all = sheet.data?.lines ?? [];
  const lines = useMemo(() => shownLines(all, query, grid), [sheet.data, JSON.stringify(query), grid]);
  return (
    <>
      <PageHead {...headOf(session.role)}>
        <div class="filters">
          <MonthField month={month} address={address} />
        </div>
      </PageHead>
      <Panel title={`Parcours ${ofMonth(month)}`}>
        <div class="filters list-tools">
          <Choice label="État" name="etat" all="" options={STATES} address={{ ...address, query: { etat: query.etat ?? 'toutes' } }} />
          <LineFilters lines={all} names={names} address={address} />
          <OrderField names={COLUMNS} order={query.tri ?? 'reference'} address={address} />
        </div>
        <p class="quiet keys-told">
          Entrée ou ↓ : ligne suivante. ↑ : ligne d’avant. Ctrl + Entrée : envoyer. Une colonne de tableur se colle dans une case ; avec les
          références devant, chaque ligne trouve la sienne.
        </p>
        <Wait state={sheet} has={lines.length > 0} empty={all.length ? 'Rien ne répond à ces filtres : élargissez-les.' : 'Aucun parcours n’était en cours ce mois-là.'}>
          <Lines lines={lines} all={all} names={names} grid={grid} month={month} address={address} reload={sheet.reload} onHistory={open.current} />
        </Wait>
      </Panel>
      {opened && <History line={opened} month={month} onClose={() => setOpened(null)} />}
    </>
  );
}
