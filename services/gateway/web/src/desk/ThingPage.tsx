// The page of any thing: what is known of it, what belongs to it, and what may be done.
import type { JSX } from 'preact';
import type { Method } from '../client.ts';
import { PageHead } from '../components/PageHead.tsx';
import { ErrorBox, Panel, Wait } from '../components/Panel.tsx';
import { hrefOf, useDesk, useLoaded } from '../hooks.ts';
import { Acts } from './Acts.tsx';
import { mayAsk } from './methods.ts';
import { LISTS, THINGS } from './places.ts';
import { RecordView } from './RecordView.tsx';
import { listsTo } from './reach.ts';
import { idOf, requestOf, shapesFor, titleOf, useThing } from './read.ts';
import type { Value } from './read.ts';
import { isTold } from './told.ts';

interface AlsoProps {
  method: Method;
  title: string;
  ids: Record<string, string>;
  path: string[];
  thing: string;
}

// A further query of the same id: its sections, or that it tells nothing.
export function Also({ method, title, ids, path, thing }: AlsoProps): JSX.Element {
  const { api } = useDesk();
  const state = useLoaded(`also ${method} ${JSON.stringify(ids)}`, async (signal) => {
    const [shapes, answer] = await Promise.all([
      shapesFor(api, method),
      api.query(method, requestOf(ids) as never, signal),
    ]);
    return { shapes: shapes.reply, value: answer.reply as Value };
  });
  const { shapes = [], value = {} } = state.data ?? {};
  const has = shapes.some((s) => s.kind === 'group' && isTold(value[s.name]));
  const columns = Object.values(LISTS).find((list) => list.method === method)?.columns;
  const named = shapes.map((s) => (columns && s.isList && s.kind === 'group' ? { ...s, label: title } : s));
  if (has)
    return (
      <RecordView
        shapes={named}
        columns={columns}
        value={value}
        path={path}
        rows={THINGS[thing]!.rows}
        hidden={THINGS[thing]!.id}
        title={title}
      />
    );
  return (
    <Panel title={title}>
      <Wait state={state} has={false} empty="Rien pour le moment.">
        {null}
      </Wait>
    </Panel>
  );
}

export function ThingPage({
  thing,
  id,
  query,
}: {
  thing: string;
  id: string;
  query: Record<string, string>;
}): JSX.Element {
  const { session } = useDesk();
  const { one, read, also = [], acts, rows, id: names } = THINGS[thing]!;
  const state = useThing(thing, id, query);
  const [list] = listsTo(session.role, thing);
  const path = [thing, id];
  const value = state.data?.value ?? {};
  const isEmpty = state.data && Object.keys(value).length === 0;
  return (
    <>
      {list && (
        <p class="back">
          <a href={hrefOf([list[0]], read ? {} : query)}>{list[1].title}</a>
        </p>
      )}
      <PageHead
        title={state.data && !isEmpty ? titleOf(thing, value) : `${THINGS[thing]!.name} ${id.slice(-6).toUpperCase()}`}
        lead={THINGS[thing]!.name}
      />
      {state.error && <ErrorBox error={state.error} />}
      {!state.data && !state.error && (
        <p class="quiet" role="status">
          Chargement…
        </p>
      )}
      {state.data && (
        <>
          <Acts acts={acts} path={path} query={read ? {} : query} value={value} />
          {isEmpty && !read && (
            <p class="quiet">{`On ne trouve plus ${one} dans sa liste : peut-être est-ce réglé.`}</p>
          )}
          <RecordView shapes={state.data.shapes} value={value} path={path} rows={rows} hidden={names} />
        </>
      )}
      {also
        .filter(([method]) => mayAsk(session.role, method))
        .map(([method, title]) => (
          <Also key={method} method={method} title={title} ids={idOf(thing, id)} path={path} thing={thing} />
        ))}
    </>
  );
}
