// « Importer une liste »: a spreadsheet's file is read, shown with a verdict for each row, recorded, taken back; what was
// not taken is given back as a file.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Combobox } from '../components/Combobox.tsx';
import { Field } from '../components/Field.tsx';
import { FileField } from '../components/FileField.tsx';
import { ListColumns } from '../components/ListColumns.tsx';
import { ListRows, isTakenByItself } from '../components/ListRows.tsx';
import { PastImports, UndoForm } from '../components/PastImports.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ErrorBox, Panel } from '../components/Panel.tsx';
import type { FormWords } from '../description.ts';
import { territory } from '../departments.ts';
import { handOver } from '../files.ts';
import { searchOfId } from '../form/pickers.ts';
import { month as monthName, plural } from '../format.ts';
import { useDesk, useFormWords, useLoaded } from '../hooks.ts';
import { countsOf, useImport } from '../imports.ts';
import type { FormValues, Given, Import as ImportState, Tried } from '../imports.ts';
import { fieldOf, kindsOf } from '../kinds.ts';
import type { Filling, Kind } from '../kinds.ts';
import { organisationKinds } from '../labels.ts';
import { placements } from '../lists.ts';
import { recentMonths } from '../months.ts';
import { isReject, rejectsFile } from '../tables.ts';
import type { RowVerdict } from '../types.ts';

const MONTHS = 12;
const EMPLOYERS_FROM = 500; // placements looked at

type Choices = Partial<Record<Filling, [string, string][]>>;

// Employers are those of the placements that the account sees.
function useEmployers(wanted: boolean): [string, string][] {
  const { api } = useDesk();
  const seen = useLoaded(`employers ${wanted}`, async (signal) =>
    wanted ? (await api.list(placements(), EMPLOYERS_FROM, '', signal)).items : [],
  ).data;
  const names = new Map((seen ?? []).map((p) => [p.employer ?? '', p.employerName ?? '']));
  const named = [...names].filter(([id, name]) => id && name);
  return [['', 'Choisissez'], ...named.sort((a, b) => a[1].localeCompare(b[1], 'fr'))] as [string, string][];
}

function useChoices(kind: Kind, asked: string[]): Choices {
  const { session } = useDesk();
  const employers = useEmployers(asked.some((name) => kind.form[name] === 'employer'));
  const own = (session.territories ?? []).filter((t) => t !== '*');
  return {
    territory: own.length ? own.map((t): [string, string] => [t, territory(t)]) : undefined,
    employer: employers,
    organisationKind: [['', 'Celui que dit chaque ligne'], ...organisationKinds],
    month: [['', 'Celui que dit chaque ligne'], ...recentMonths(MONTHS).map((m): [string, string] => [m, monthName(m)])],
  };
}

const ownFields = (kind: Kind, role: string): string[] => {
  const left: string[] = kind.notFor?.[role as keyof typeof kind.notFor] ?? [];
  return Object.keys(kind.form).filter((name) => !left.includes(name));
};

// A programme is given before its year.
const firstValue = (filling: Filling): string => (filling === 'year' ? `${new Date().getFullYear() + 1}` : '');

interface GiveFormProps {
  kind: Kind;
  words: FormWords;
  state: ImportState;
}

function GiveForm({ kind, words, state }: GiveFormProps): JSX.Element {
  const { api, session } = useDesk();
  const asked = ownFields(kind, session.role);
  const choices = useChoices(kind, asked);
  const [typed, setTyped] = useState<FormValues>({});
  const [file, setFile] = useState<File | null>(null);
  const [missing, setMissing] = useState('');
  const element = useRef<HTMLFormElement>(null);
  const value = (name: string): string => typed[name] ?? choices[kind.form[name]!]?.[0]?.[0] ?? firstValue(kind.form[name]!);
  const wrong = fieldOf(kind, state.error?.field ?? '');
  const known = wrong !== '';
  useEffect(() => {
    if (known) element.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [state.error]);
  const send = (event: Event) => {
    event.preventDefault();
    setMissing(file ? '' : 'Choisissez le fichier de votre liste.');
    if (file) void state.read(kind, file, Object.fromEntries(asked.map((name) => [name, value(name).trim()])));
  };
  return (
    <form ref={element} onSubmit={send} noValidate>
      {state.error && !known && !state.tried && <ErrorBox error={state.error} />}
      <div class="fields">
        {asked.filter((name) => kind.form[name] === 'prescriber').map((name) => (
          <Combobox
            key={name}
            label={words[name]?.label ?? name}
            value={value(name)}
            search={searchOfId(name, { api, session, context: {} })}
            searchKey={name}
            problem={wrong === name ? state.error?.message : undefined}
            onChange={(v) => setTyped({ ...typed, [name]: v })}
          />
        ))}
        {asked.filter((name) => kind.form[name] !== 'prescriber').map((name) => (
          <Field
            key={name}
            label={words[name]?.label ?? name}
            help={choices[kind.form[name]!] ? undefined : words[name]?.help}
            maxLength={words[name]?.maxLength}
            options={choices[kind.form[name]!]}
            kind={kind.form[name] === 'year' ? 'number' : 'text'}
            value={value(name)}
            problem={wrong === name ? state.error?.message : undefined}
            onChange={(v) => setTyped({ ...typed, [name]: v })}
          />
        ))}
        <FileField
          label="Fichier de la liste"
          help="CSV ou .xlsx, enregistré par un tableur ; 4 Mio au plus. Seule la première feuille est lue."
          accept=".csv,.txt,.tsv,.xlsx,.xlsm"
          problem={missing || (wrong === 'file' ? state.error?.message : undefined)}
          onFile={(given) => {
            setFile(given);
            setMissing('');
            state.forget();
          }}
        />
      </div>
      <div class="form-end">
        <button type="submit" class="btn btn-primary" disabled={state.busy}>
          Voir l’aperçu
        </button>
      </div>
    </form>
  );
}

// Nothing leaves the page.
function RejectsButton({ given, rows }: { given: Given; rows: RowVerdict[] }): JSX.Element | null {
  const count = rows.filter(isReject).length;
  if (count === 0) return null;
  const download = () => {
    const bytes = rejectsFile(given.table, given.header, rows);
    handOver(new Blob([bytes], { type: 'text/csv' }), `${given.name.replace(/\.[^.]*$/, '')}-rejets.csv`);
  };
  return (
    <button type="button" class="btn btn-outline-primary" onClick={download}>
      Télécharger les rejets ({plural(count, 'ligne')})
    </button>
  );
}

interface PreviewProps {
  kind: Kind;
  tried: Tried;
  state: ImportState;
}

function Preview({ kind, tried, state }: PreviewProps): JSX.Element {
  const byItself = new Set(tried.rows.filter(isTakenByItself).map((r) => r.number));
  const [chosen, setChosen] = useState<Set<number> | null>(null);
  const [goOn, setGoOn] = useState(false);
  const taken = chosen ?? byItself;
  const choose = (numbers: number[], take: boolean) => {
    const next = new Set(taken);
    for (const n of numbers) take ? next.add(n) : next.delete(n);
    setChosen(next);
  };
  return (
    <>
      <Panel title="Colonnes reconnues" className={tried.columnsWrong ? 'panel-open' : ''}>
        {tried.columnsWrong && <ErrorBox error={tried.columnsWrong} />}
        <ListColumns kind={kind} tried={tried} busy={state.busy} onAgain={(header, mapping) => void state.again(kind, header, mapping)} />
      </Panel>
      {!tried.columnsWrong && (
        <Panel title="Aperçu des lignes" aside={<RejectsButton given={tried.given} rows={tried.rows} />}>
          <ListRows
            kind={kind}
            given={tried.given}
            mapping={tried.mapping}
            rows={tried.rows}
            done={false}
            chosen={taken}
            onChoose={choose}
          />
          {tried.mostlyKnown && (
            <div class="alert alert-warning">
              <p class="mb-1">{tried.mostlyKnown}</p>
              <label>
                <input type="checkbox" class="form-check-input" checked={goOn} onChange={(e) => setGoOn(e.currentTarget.checked)} />{' '}
                Enregistrer quand même
              </label>
            </div>
          )}
          {state.error && <ErrorBox error={state.error} />}
          <div class="form-end">
            <button
              type="button"
              class="btn btn-primary"
              disabled={state.busy || taken.size === 0 || (!!tried.mostlyKnown && !goOn)}
              onClick={() => void state.record(kind, chosen, goOn)}
            >
              Enregistrer {plural(taken.size, 'ligne')}
            </button>
          </div>
        </Panel>
      )}
    </>
  );
}

function Result({ kind, tried, state }: PreviewProps): JSX.Element {
  const { rows, batchId } = state.recorded!;
  const [undone, setUndone] = useState('');
  const done = (said: string) => {
    setUndone(said);
    state.say(said);
  };
  return (
    <Panel title="Résultat de l’import" aside={<RejectsButton given={tried.given} rows={rows} />}>
      {undone ? <p class="state">{undone}</p> : <p>{countsOf(rows)}.</p>}
      <ListRows kind={kind} given={tried.given} mapping={tried.mapping} rows={rows} done />
      {batchId && !undone && <UndoForm kind={kind} batchId={batchId} name={tried.given.name} onDone={done} />}
    </Panel>
  );
}

// How far it has come, and a way out: what is being read is dropped; what is being recorded stops after the part that is
// under way.
function UnderWay({ state }: { state: ImportState }): JSX.Element {
  const { progress } = state;
  return (
    <div class="under-way">
      <progress aria-label="Avancement" max={progress?.of || undefined} value={progress?.of ? progress.done : undefined} />
      <button type="button" class="btn btn-sm btn-outline-primary" onClick={state.stop}>
        {state.tried ? 'Arrêter' : 'Annuler l’envoi'}
      </button>
    </div>
  );
}

function KindImport({ kind }: { kind: Kind }): JSX.Element {
  const words = useFormWords(kind.record);
  const state = useImport();
  const said = useRef<HTMLParagraphElement>(null);
  const turn = useRef(0); // each preview is a new one: what was chosen in the one before is not kept
  const before = useRef<Tried | null>(null);
  if (before.current !== state.tried) {
    before.current = state.tried;
    turn.current++;
  }
  useEffect(() => {
    if (state.tried || state.recorded) said.current?.focus();
  }, [state.tried, state.recorded]);
  return (
    <>
      <Panel title="La liste">
        {words.error && <ErrorBox error={words.error} />}
        {words.data && <GiveForm kind={kind} words={words.data} state={state} />}
      </Panel>
      <p role="status" class="said" tabIndex={-1} ref={said}>
        {state.said}
      </p>
      {state.busy && <UnderWay state={state} />}
      {state.tried && state.recorded && <Result kind={kind} tried={state.tried} state={state} />}
      {state.tried && !state.recorded && <Preview key={turn.current} kind={kind} tried={state.tried} state={state} />}
      {!state.tried && <PastImports kind={kind} />}
    </>
  );
}

export function Import(): JSX.Element {
  const { session } = useDesk();
  const kinds = kindsOf(session.role);
  const [path, setPath] = useState(kinds[0]?.path ?? '');
  const kind = kinds.find((k) => k.path === path);
  return (
    <>
      <PageHead
        title="Importer une liste"
        lead="Donnez le fichier de votre tableur : vous verrez ce qui en serait fait, ligne par ligne, avant que rien ne soit enregistré."
      >
        <div class="filters">
          <label>
            Ce que contient la liste
            <select class="form-select" value={path} onChange={(e) => setPath(e.currentTarget.value)}>
              {kinds.map((k) => (
                <option key={k.path} value={k.path}>
                  {k.label}
                </option>
              ))}
            </select>
          </label>
        </div>
      </PageHead>
      {kind && <KindImport key={kind.path} kind={kind} />}
    </>
  );
}
