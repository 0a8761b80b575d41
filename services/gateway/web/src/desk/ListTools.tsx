// Beside a list: which columns it has, views that somebody keeps by name, and what is seen as a file.
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { changeQuery, useDesk } from '../hooks.ts';
import { keepable, loadKept, NAME_MAX, storeKept, VIEWS_MAX, withoutView, withView } from './kept.ts';
import type { Kept, View } from './kept.ts';
import type { Query } from './lines.ts';
import type { Shape } from '../form/shape.ts';
import { rowsOf, takeCsv, takeWorkbook } from './take.ts';
import type { Told } from './told.ts';
import type { Value } from './read.ts';

export function useKept(list: string): [Kept, (next: Kept) => void] {
  const { account } = useDesk().session;
  const [kept, setKept] = useState(() => loadKept(localStorage, account, list));
  const keep = (next: Kept) => {
    setKept(next);
    storeKept(localStorage, account, list, next);
  };
  return [kept, keep];
}

// Fields of the same words are told apart by what they are in.
const labelOf = ({ path, shape }: Told, all: Told[]): string =>
  all.filter((c) => c.shape.label === shape.label).length > 1 && path.includes('.') ? `${shape.label} (${path.split('.')[0]})` : shape.label;

interface ColumnsProps {
  offered: Told[];
  shown: Told[];
  onChoose: (paths: string[] | undefined) => void;
}

function Columns({ offered, shown, onChoose }: ColumnsProps): JSX.Element {
  const paths = shown.map((c) => c.path);
  const toggle = (path: string, on: boolean) => onChoose(on ? [...paths, path] : paths.filter((p) => p !== path));
  return (
    <details class="tool">
      <summary>Colonnes</summary>
      <fieldset>
        <legend class="visually-hidden">Colonnes montrées</legend>
        <ul class="boxes">
          {offered.map((c) => (
            <li key={c.path}>
              <label>
                <input
                  type="checkbox"
                  class="form-check-input"
                  checked={paths.includes(c.path)}
                  disabled={paths.length === 1 && paths[0] === c.path}
                  onChange={(e) => toggle(c.path, e.currentTarget.checked)}
                />
                {labelOf(c, offered)}
              </label>
            </li>
          ))}
        </ul>
        <button type="button" class="link" onClick={() => onChoose(undefined)}>
          Revenir aux colonnes de départ
        </button>
      </fieldset>
    </details>
  );
}

interface ViewsProps {
  kept: Kept;
  onKeep: (next: Kept) => void;
  query: Query;
  filters: Shape[];
}

function NewView({ kept, onKeep, query, filters }: ViewsProps): JSX.Element {
  const [name, setName] = useState('');
  const id = useId();
  const given = name.trim();
  const isFull = kept.views.length >= VIEWS_MAX && !kept.views.some((v) => v.name === given);
  const leavesOut = filters.some((s) => s.kind === 'text' && query[s.name]);
  const save = (event: Event) => {
    event.preventDefault();
    if (!given || isFull) return;
    onKeep(withView(kept, { name: given, query: keepable(query, filters), columns: kept.columns }));
    setName('');
  };
  return (
    <form class="new-view" onSubmit={save}>
      <label for={id}>Garder cette vue sous le nom</label>
      <input
        id={id}
        class="form-control"
        maxLength={NAME_MAX}
        autocomplete="off"
        value={name}
        aria-describedby={`${id}-help`}
        onInput={(e) => setName(e.currentTarget.value)}
      />
      <button type="submit" class="btn btn-sm btn-outline-primary" disabled={!given || isFull}>
        Garder
      </button>
      <p id={`${id}-help`} class="form-text">
        {isFull
          ? `${VIEWS_MAX} vues sont gardées : supprimez-en une.`
          : `Sur ce navigateur, pour votre compte. N’y écrivez le nom de personne.${leavesOut ? ' Les mots cherchés ne sont pas gardés.' : ''}`}
      </p>
    </form>
  );
}

function Views(props: ViewsProps): JSX.Element {
  const { kept, onKeep, query } = props;
  const open = ({ query: filters, columns }: View) => {
    onKeep({ ...kept, columns });
    changeQuery({ ...filters, pour: query.pour, liste: query.liste });
  };
  return (
    <details class="tool">
      <summary>Mes vues{kept.views.length > 0 && ` (${kept.views.length})`}</summary>
      {kept.views.length > 0 && (
        <ul class="views">
          {kept.views.map((view) => (
            <li key={view.name}>
              <button type="button" class="btn btn-sm btn-outline-primary" onClick={() => open(view)}>
                {view.name}
              </button>{' '}
              <button type="button" class="link" onClick={() => onKeep(withoutView(kept, view.name))}>
                Supprimer<span class="visually-hidden"> la vue {view.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <NewView {...props} />
    </details>
  );
}

export interface ToolsProps extends ViewsProps {
  title: string;
  offered: Told[];
  shown: Told[];
  lines: Value[];
}

export function ListTools({ title, offered, shown, lines, ...views }: ToolsProps): JSX.Element {
  const { kept, onKeep } = views;
  return (
    <div class="tools">
      <Columns offered={offered} shown={shown} onChoose={(columns) => onKeep({ ...kept, columns })} />
      <Views {...views} />
      {lines.length > 0 && (
        <>
          <button type="button" class="btn btn-sm btn-outline-primary" onClick={() => takeCsv(title, rowsOf(shown, lines))}>
            Emporter en CSV
          </button>
          <button
            type="button"
            class="btn btn-sm btn-outline-primary"
            onClick={() => void takeWorkbook(title, shown, lines)}
          >
            Emporter en XLSX
          </button>
        </>
      )}
    </div>
  );
}
