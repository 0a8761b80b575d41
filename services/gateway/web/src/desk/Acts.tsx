// « Agir »: what the account may do here, in groups, by the words of the description; each opens its form.
import type { JSX } from 'preact';
import { Panel } from '../components/Panel.tsx';
import { plural } from '../format.ts';
import { hrefOf, useDesk } from '../hooks.ts';
import { actTitle, mayAsk } from './methods.ts';
import { asAct } from './places.ts';
import type { Acts as ActsTable } from './places.ts';
import { makesSense } from './when.ts';

export interface ActsProps {
  acts: ActsTable;
  path: string[]; // of the page
  query?: Record<string, string | undefined>; // further ids for the forms
  value?: Record<string, unknown>; // the thing, where it was read
}

function Links({
  methods,
  path,
  query,
}: {
  methods: string[];
  path: string[];
  query?: ActsProps['query'];
}): JSX.Element {
  return (
    <ul class="acts">
      {methods.map((method) => (
        <li key={method}>
          <a href={hrefOf([...path, 'agir', method], query)}>{actTitle(method)}</a>
        </li>
      ))}
    </ul>
  );
}

export function allowed(role: Parameters<typeof mayAsk>[0], acts: ActsTable): [string, string[]][] {
  return Object.entries(acts)
    .map(([group, list]): [string, string[]] => [
      group,
      list.map((a) => asAct(a).method).filter((m) => mayAsk(role, m)),
    ])
    .filter(([, methods]) => methods.length > 0);
}

const FOLDED_FROM = 12; // actions: what is known of the thing comes first

// Those that the state of the thing has no use for are folded away.
function Others({
  methods,
  path,
  query,
}: {
  methods: string[];
  path: string[];
  query?: ActsProps['query'];
}): JSX.Element | null {
  if (methods.length === 0) return null;
  return (
    <details class="more">
      <summary>{plural(methods.length, 'action')} hors de l’état actuel</summary>
      <Links methods={methods} path={path} query={query} />
    </details>
  );
}

export function Acts({ acts, path, query, value = {} }: ActsProps): JSX.Element | null {
  const { session } = useDesk();
  const all = allowed(session.role, acts);
  const groups = all
    .map(([group, methods]): [string, string[]] => [group, methods.filter((m) => makesSense(m, value))])
    .filter(([, methods]) => methods.length > 0);
  const others = all.flatMap(([, methods]) => methods.filter((m) => !makesSense(m, value)));
  const count = groups.reduce((total, [, methods]) => total + methods.length, 0);
  if (count + others.length === 0) return null;
  const links = (
    <>
      <div class="act-groups">
        {groups.map(([group, methods]) => (
          <div key={group}>
            {groups.length > 1 && <h3>{group}</h3>}
            <Links methods={methods} path={path} query={query} />
          </div>
        ))}
      </div>
      <Others methods={others} path={path} query={query} />
    </>
  );
  if (count <= FOLDED_FROM)
    return (
      <Panel title="Agir" className="panel-acts">
        {links}
      </Panel>
    );
  return (
    <section class="panel panel-acts" aria-labelledby="agir">
      <details>
        <summary>
          <h2 id="agir">Agir</h2> <span class="quiet">{plural(count, 'action')}</span>
        </summary>
        {links}
      </details>
    </section>
  );
}

// The same in a line of a table: one is a link, several unfold.
export function RowActs({
  acts,
  path,
  query,
  of,
}: {
  acts: ActsTable[string];
  path: string[];
  query: Record<string, string>;
  of: string;
}): JSX.Element | null {
  const { session } = useDesk();
  const methods = acts.map((a) => asAct(a).method).filter((m) => mayAsk(session.role, m));
  if (methods.length === 0) return null;
  return (
    <details class="row-acts">
      <summary>
        Agir<span class="visually-hidden"> : {of}</span>
      </summary>
      <Links methods={methods} path={path} query={query} />
    </details>
  );
}
