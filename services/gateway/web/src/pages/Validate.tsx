// « Heures à valider »: the month's sheet of a facilitator. Lines are chosen one by one, by employer or all at once, and
// decided on together; what was refused stays chosen, with why. Nothing moves under who reads: lines that were decided on
// keep their place until other ones are asked for.
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Refused } from '../api.ts';
import { Dialog } from '../components/Dialog.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Warning } from '../components/Warning.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { hours, hoursOf, month as monthName, ofMonth, plural, typographic } from '../format.ts';
import { useKey } from '../keys.ts';
import { useAddress, useDesk } from '../hooks.ts';
import { ContractCell, Choice, Employer, Figure, LineFilters, MonthField, OrderField, Reference, SortHead, addressFor } from '../hours/Columns.tsx';
import type { Address } from '../hours/Columns.tsx';
import { Decide } from '../hours/Decide.tsx';
import type { Kind, Told } from '../hours/Decide.tsx';
import { History } from '../hours/History.tsx';
import { Waiting } from '../hours/Waiting.tsx';
import { sendBack, validate } from '../hours/send.ts';
import type { Decided } from '../hours/send.ts';
import { awaitsDecision, employerKey, figureOf, inOrder, isState, narrowed, referenceOf, stateOf, useObligations, useSheet } from '../hours/sheet.ts';
import { hoursState } from '../labels.ts';
import { recentMonths } from '../months.ts';
import type { MonthLine, Obligation } from '../types.ts';

const SHOWN = 300;
const COLUMNS = ['reference', 'employeur', 'accueil', 'contrat', 'avant', 'declarees', 'etat'];
const STATES: [string, string][] = [
  ['a-valider', 'À valider'],
  ['attendues', 'Attendues'],
  ['renvoyees', 'Renvoyées'],
  ['validees', 'Validées'],
  ['toutes', 'Toutes'],
];
const KEYS: [keys: string, what: string][] = [
  ['↑ ↓', 'ligne d’avant, ligne d’après'],
  ['Espace', 'choisir la ligne, ou la laisser'],
  ['Maj + ↑ ↓', 'choisir en passant'],
  ['e', 'choisir toutes les lignes de cet employeur'],
  ['s', 'choisir tout ce qui est sans avertissement'],
  ['v', 'valider ce qui est choisi, ou cette ligne'],
  ['r', 'renvoyer ce qui est choisi, ou cette ligne'],
  ['c', 'valider un autre chiffre pour cette ligne'],
  ['h', 'histoire de cette ligne'],
  ['?', 'cette liste'],
];

const hasWarnings = (line: MonthLine): boolean => (line.warnings?.length ?? 0) > 0;

// ---- what is open over the page

interface Asked {
  kind: Kind | 'history' | 'keys';
  lines: MonthLine[];
}

// ---- decisions

interface Outcome {
  said: string;
  failed: string;
}
const NOTHING: Outcome = { said: '', failed: '' };

function outcomeOf({ done, refused, error }: Decided, one: string, many: string): Outcome {
  const said = done.length ? `${plural(done.length, one, many)}.` : '';
  const told = refused.size ? `${plural(refused.size, 'ligne refusée', 'lignes refusées')} : le motif est à côté de chacune.` : '';
  const cut = error ? `${error.message} ${done.length ? 'Le reste' : 'Rien'} n’a ${done.length ? 'pas ' : ''}été enregistré : votre choix est gardé, recommencez.` : '';
  return { said, failed: [told, cut].filter(Boolean).join(' ') };
}

interface Desk {
  chosen: Set<string>;
  refused: Map<string, string>;
  kept: Set<string>; // decided on, and still shown
  busy: boolean;
  outcome: Outcome;
}
const FRESH: Desk = { chosen: new Set(), refused: new Map(), kept: new Set(), busy: false, outcome: NOTHING };

function useDecisions(month: string, reload: () => void) {
  const { api, signOut } = useDesk();
  const [desk, setDesk] = useState<Desk>(FRESH);
  useEffect(() => setDesk(FRESH), [month]);
  const run = async (lines: MonthLine[], act: () => Promise<Decided>, one: string, many: string) => {
    if (desk.busy || lines.length === 0) return;
    setDesk((old) => ({ ...old, busy: true, outcome: NOTHING }));
    try {
      const decided = await act();
      const done = decided.done.map((l) => l.placementId);
      setDesk((old) => ({
        chosen: new Set([...old.chosen].filter((id) => !done.includes(id))),
        refused: new Map([...[...old.refused].filter(([id]) => !done.includes(id)), ...decided.refused]),
        kept: new Set([...old.kept, ...done]),
        busy: false,
        outcome: outcomeOf(decided, one, many),
      }));
      if (done.length || decided.refused.size) reload();
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return signOut(error.message);
      setDesk((old) => ({ ...old, busy: false, outcome: { said: '', failed: 'La page a rencontré une erreur. Rechargez-la.' } }));
    }
  };
  return {
    desk,
    choose: (ids: string[], isChosen: boolean) =>
      setDesk((old) => {
        const chosen = new Set(old.chosen);
        for (const id of ids) isChosen ? chosen.add(id) : chosen.delete(id);
        return { ...old, chosen };
      }),
    forgetKept: () => setDesk((old) => ({ ...old, kept: new Set(), outcome: NOTHING })),
    validate: (lines: MonthLine[], { hours, reason }: Told = {}) =>
      run(lines, () => validate(api, month, lines.map((line) => ({ line, hours, reason }))), 'ligne validée', 'lignes validées'),
    sendBack: (lines: MonthLine[], { returnCode = '', reason = '' }: Told) =>
      run(lines, () => sendBack(api, month, lines, returnCode, reason), 'ligne renvoyée', 'lignes renvoyées'),
  };
}
type Decisions = ReturnType<typeof useDecisions>;

// ---- a line

interface RowProps {
  line: MonthLine;
  names: Map<string, Obligation>;
  isChosen: boolean;
  refusal: string | undefined;
  busy: boolean;
  ask: (kind: Asked['kind'], lines: MonthLine[]) => void;
  choose: (ids: string[], isChosen: boolean) => void;
}

function Stated({ line, refusal }: { line: MonthLine; refusal: string | undefined }): JSX.Element {
  const isVouchedFor = line.validated !== undefined && stateOf(line) === 'HOURS_VOUCHED_FOR';
  return (
    <>
      <span class={`state ${isVouchedFor ? 'state-good' : stateOf(line) === 'HOURS_STATED' ? '' : 'state-doubtful'}`}>
        {isVouchedFor ? `${hours(line.validated)} validées` : hoursState(stateOf(line))}
      </span>
      {line.returnLabel && <span class="sub">{typographic(line.returnLabel)}</span>}
      {line.warnings?.map((w) => (
        <Warning key={w.code} of={w} />
      ))}
      {line.eligibleDays && <span class="sub">{typographic(line.eligibleDays)}</span>}
      {refusal !== undefined && (
        <p class="field-problem" id={`refusal-${line.placementId}`}>
          {typographic(refusal)}
        </p>
      )}
    </>
  );
}

function LineActs({ line, busy, ask }: Pick<RowProps, 'line' | 'busy' | 'ask'>): JSX.Element {
  const name = <span class="visually-hidden"> {referenceOf(line)}</span>;
  const isOpen = awaitsDecision(line);
  const act = (kind: Asked['kind'], text: string) => (
    <button type="button" class="link" disabled={busy} onClick={() => ask(kind, [line])}>
      {text}
      {name}
    </button>
  );
  return (
    <div class="line-acts">
      {isOpen && (
        <button type="button" class="btn btn-sm btn-outline-primary" disabled={busy} onClick={() => ask('validate', [line])}>
          Valider{name}
        </button>
      )}
      {(isOpen || stateOf(line) === 'HOURS_VOUCHED_FOR') && act('figure', isOpen ? 'Autre chiffre…' : 'Corriger…')}
      {stateOf(line) === 'HOURS_STATED' && act('return', 'Renvoyer…')}
      {stateOf(line) !== 'HOURS_AWAITED' && act('history', 'Histoire')}
    </div>
  );
}

function Row(props: RowProps): JSX.Element {
  const { line, names, isChosen, refusal, busy, ask, choose } = props;
  return useMemo(
    () => (
      <tr role="row" data-line={line.placementId} class={isChosen ? 'is-chosen' : undefined}>
        <td role="cell" class="pick">
          <input
            type="checkbox"
            class="form-check-input"
            aria-label={`Choisir ${referenceOf(line)}, ${line.employerName ?? ''}`}
            aria-describedby={refusal !== undefined ? `refusal-${line.placementId}` : undefined}
            checked={isChosen}
            onChange={(e) => choose([line.placementId], e.currentTarget.checked)}
          />
        </td>
        <td role="cell" data-label="Parcours">
          <div class="cell">
            <Reference line={line} />
          </div>
        </td>
        <td role="cell" data-label="Employeur">
          <div class="cell">
            <Employer line={line} />
          </div>
        </td>
        <td role="cell" data-label="Contrat">
          <div class="cell">
            <ContractCell line={line} names={names} isOpen />
          </div>
        </td>
        <td role="cell" class="number" data-label="Mois d’avant">
          <div class="cell">{line.before === undefined ? '–' : hours(line.before)}</div>
        </td>
        <td role="cell" class="number" data-label="Déclarées">
          <div class="cell">
            <Figure worked={line.submitted} training={line.training} />
          </div>
        </td>
        <td role="cell" data-label="État">
          <div class="cell">
            <Stated line={line} refusal={refusal} />
          </div>
        </td>
        <td role="cell">
          <LineActs line={line} busy={busy} ask={ask} />
        </td>
      </tr>
    ),
    [line, names, isChosen, refusal, busy],
  );
}

// ---- the keyboard, on the boxes of the lines

const boxOf = (row: Element | null | undefined): HTMLInputElement | null => row?.querySelector<HTMLInputElement>('.pick input') ?? null;

interface Keys {
  lines: MonthLine[];
  decisions: Decisions;
  ask: (kind: Asked['kind'], lines: MonthLine[]) => void;
  chosenOr: (line: MonthLine) => MonthLine[];
}

function move(row: Element, step: number, extend: (id: string) => void): void {
  const to = step > 0 ? row.nextElementSibling : row.previousElementSibling;
  const box = boxOf(to);
  if (!box) return;
  box.focus();
  to!.scrollIntoView({ block: 'nearest' });
  extend((to as HTMLElement).dataset.line!);
}

function onKey(event: KeyboardEvent, { lines, decisions, ask, chosenOr }: Keys): void {
  const box = (event.target as HTMLElement).closest('.pick input');
  const row = box?.closest<HTMLElement>('tr[data-line]');
  const line = row && lines.find((l) => l.placementId === row.dataset.line);
  if (!row || !line || event.ctrlKey || event.metaKey || event.altKey) return;
  const own = lines.filter((l) => employerKey(l) === employerKey(line) && awaitsDecision(l)).map((l) => l.placementId);
  const extend = (id: string) => event.shiftKey && decisions.choose([line.placementId, id], true);
  const acts: Record<string, () => void> = {
    ArrowDown: () => move(row, 1, extend),
    ArrowUp: () => move(row, -1, extend),
    Home: () => boxOf(row.parentElement!.firstElementChild)?.focus(),
    End: () => boxOf(row.parentElement!.lastElementChild)?.focus(),
    e: () => decisions.choose(own, true),
    s: () => decisions.choose(sound(lines), true),
    v: () => ask('validate', chosenOr(line)),
    r: () => ask('return', chosenOr(line)),
    c: () => ask('figure', [line]),
    h: () => ask('history', [line]),
  };
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

const sound = (lines: MonthLine[]): string[] => lines.filter((l) => awaitsDecision(l) && !hasWarnings(l)).map((l) => l.placementId);

// ---- what is chosen, and what is to be done with it

interface BarProps {
  lines: MonthLine[];
  chosen: MonthLine[];
  decisions: Decisions;
  ask: (kind: Asked['kind'], lines: MonthLine[]) => void;
}

function Bar({ lines, chosen, decisions, ask }: BarProps): JSX.Element {
  const { desk } = decisions;
  const open = lines.filter(awaitsDecision);
  const isAll = open.length > 0 && open.every((l) => desk.chosen.has(l.placementId));
  const clean = sound(lines);
  const sum = chosen.reduce((total, l) => total + figureOf(l), 0);
  return (
    <div class="act-bar">
      <label class="check">
        <input
          type="checkbox"
          class="form-check-input"
          checked={isAll}
          disabled={open.length === 0}
          onChange={(e) => decisions.choose(open.map((l) => l.placementId), e.currentTarget.checked)}
        />
        Tout choisir
      </label>
      <button type="button" class="link" disabled={clean.length === 0} onClick={() => decisions.choose(clean, true)}>
        Sans avertissement ({clean.length})
      </button>
      <span class="act-bar-count" role="status">
        {chosen.length ? `${plural(chosen.length, 'ligne choisie', 'lignes choisies')}, ${hoursOf(sum)}` : 'Aucune ligne choisie'}
      </span>
      <button type="button" class="btn btn-primary" disabled={desk.busy || chosen.length === 0} onClick={() => ask('validate', chosen)}>
        {desk.busy ? 'Envoi…' : 'Valider le choix'}
      </button>
      <button type="button" class="btn btn-outline-primary" disabled={desk.busy || chosen.length === 0} onClick={() => ask('return', chosen)}>
        Renvoyer…
      </button>
    </div>
  );
}

interface LinesProps {
  lines: MonthLine[];
  names: Map<string, Obligation>;
  month: string;
  address: Address;
  decisions: Decisions;
  ask: (kind: Asked['kind'], lines: MonthLine[]) => void;
}

function Lines({ lines, names, month, address, decisions, ask }: LinesProps): JSX.Element {
  const { desk } = decisions;
  const [shown, setShown] = useState(SHOWN);
  const order = address.query.tri ?? 'reference';
  const chosen = lines.filter((l) => desk.chosen.has(l.placementId));
  const chosenOr = (line: MonthLine) => (chosen.length ? chosen : [line]);
  const sort = { order, address };
  return (
    <>
      <Bar lines={lines} chosen={chosen} decisions={decisions} ask={ask} />
      <table class="grid hours-grid" role="table" onKeyDown={(e) => onKey(e, { lines, decisions, ask, chosenOr })}>
        <caption class="visually-hidden">Heures {ofMonth(month)}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col" class="col-pick">
              <span class="visually-hidden">Choix</span>
            </th>
            <SortHead names={['reference']} {...sort} />
            <SortHead names={['employeur', 'accueil']} {...sort} />
            <SortHead names={['contrat']} {...sort} />
            <SortHead names={['avant']} number {...sort} />
            <SortHead names={['declarees']} number {...sort} />
            <SortHead names={['etat']} {...sort} />
            <th role="columnheader" scope="col" class="col-acts">
              <span class="visually-hidden">Agir</span>
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {lines.slice(0, shown).map((line) => (
            <Row
              key={line.placementId}
              line={line}
              names={names}
              isChosen={desk.chosen.has(line.placementId)}
              refusal={desk.refused.get(line.placementId)}
              busy={desk.busy}
              ask={ask}
              choose={decisions.choose}
            />
          ))}
        </tbody>
      </table>
      {lines.length > shown && (
        <button type="button" class="btn btn-outline-primary" onClick={() => setShown(shown + SHOWN)}>
          Afficher la suite
        </button>
      )}
    </>
  );
}

function Shortcuts({ onClose }: { onClose: () => void }): JSX.Element {
  return (
    <Dialog title="Au clavier, sur la case d’une ligne" onClose={onClose}>
      <dl class="shortcuts">
        {KEYS.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

function Over({ asked, month, decisions, close }: { asked: Asked; month: string; decisions: Decisions; close: () => void }): JSX.Element {
  const { kind, lines } = asked;
  if (kind === 'keys') return <Shortcuts onClose={close} />;
  if (kind === 'history') return <History line={lines[0]!} month={month} onClose={close} />;
  const told = (answer: Told) => {
    close();
    void (kind === 'return' ? decisions.sendBack(lines, answer) : decisions.validate(lines, answer));
  };
  return <Decide kind={kind} lines={lines} onTold={told} onClose={close} />;
}

function emptyText(month: string, lines: MonthLine[], state: string): string {
  if (lines.length === 0) return `Aucun parcours n’était en cours en ${monthName(month)}.`;
  return state === 'a-valider' ? `Rien à valider pour ${monthName(month)} avec ces filtres.` : 'Rien ne répond à ces filtres : élargissez-les.';
}

export function Validate(): JSX.Element {
  const { query } = useAddress();
  const month = query.mois ?? recentMonths(2)[1]!;
  const state = isState(query.etat) ? query.etat : 'a-valider';
  const sheet = useSheet(month);
  const names = useObligations();
  const decisions = useDecisions(month, sheet.reload);
  const [asked, setAsked] = useState<Asked | null>(null);
  const address = addressFor({ ...query, mois: month });
  const all = sheet.data?.lines ?? [];
  const { kept } = decisions.desk;
  const lines = useMemo(() => inOrder(narrowed(all, { ...query, etat: state }, kept), query.tri ?? 'reference'), [all, location.hash, kept]);
  const ask = (kind: Asked['kind'], about: MonthLine[]) => {
    const open = kind === 'validate' || kind === 'return' ? about.filter(awaitsDecision) : about;
    if (kind === 'validate' && !open.some(hasWarnings)) return void decisions.validate(open); // nothing more to tell
    if (open.length || kind === 'keys') setAsked({ kind, lines: open });
  };
  useKey('?', () => setAsked({ kind: 'keys', lines: [] }), true);
  useEffect(() => decisions.forgetKept(), [query.etat, query.territoire, query.employeur, query.contrat, query.avertissements]);
  const { outcome } = decisions.desk;
  return (
    <>
      <PageHead title="Heures à valider" lead="Ce que les employeurs ont déclaré : validez, corrigez, ou renvoyez avec un motif.">
        <div class="filters">
          <MonthField month={month} address={address} />
          <Waiting months={12} shown={month} />
        </div>
      </PageHead>
      <Panel
        title={`Déclarations ${ofMonth(month)}`}
        aside={
          <button type="button" class="link" onClick={() => setAsked({ kind: 'keys', lines: [] })}>
            Raccourcis du clavier
          </button>
        }
      >
        <div class="filters list-tools">
          <Choice label="État" name="etat" all="" options={STATES} address={{ ...address, query: { etat: state } }} />
          <LineFilters lines={all} names={names} address={address} />
          <OrderField names={COLUMNS} order={query.tri ?? 'reference'} address={address} />
          <label class="check">
            <input
              type="checkbox"
              class="form-check-input"
              checked={query.avertissements === 'oui'}
              onChange={(e) => address.change({ avertissements: e.currentTarget.checked ? 'oui' : '' })}
            />
            Avec un avertissement seulement
          </label>
        </div>
        <p class="said" role="status">
          {outcome.said}
        </p>
        {outcome.failed && (
          <p class="alert alert-danger" role="alert">
            {outcome.failed}
          </p>
        )}
        <Wait state={sheet} has={lines.length > 0} empty={emptyText(month, all, state)}>
          <Lines lines={lines} names={names} month={month} address={address} decisions={decisions} ask={ask} />
        </Wait>
        {sheet.data?.isWhole === false && <p class="quiet">Ce mois a plus de lignes que cette page n’en lit : choisissez un territoire dans « Parcours ».</p>}
      </Panel>
      {asked && <Over asked={asked} month={month} decisions={decisions} close={() => setAsked(null)} />}
    </>
  );
}
