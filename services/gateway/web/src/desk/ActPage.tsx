// One act on one thing, or one that begins a thing: its form, and what came of it.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Method } from '../client.ts';
import { PageHead } from '../components/PageHead.tsx';
import { ErrorBox, Panel } from '../components/Panel.tsx';
import { ActionForm } from '../form/ActionForm.tsx';
import type { Context } from '../form/pickers.ts';
import { hrefOf, useDesk, useLoaded } from '../hooks.ts';
import { AttachForm } from './AttachForm.tsx';
import { IdLink, thingOf } from './IdLink.tsx';
import { actTitle, mayAsk, pathOf } from './methods.ts';
import { OpenedDocument } from './OpenedDocument.tsx';
import { LISTS, THINGS, actsOf, asAct } from './places.ts';
import type { Act } from './places.ts';
import { RecordView } from './RecordView.tsx';
import { idOf, shapesFor, titleOf, useThing } from './read.ts';
import type { Asked, Value } from './read.ts';
import { at, isTold } from './told.ts';

interface Place {
  path: string[]; // of the page that it is on
  query: Record<string, string>;
  act: Act;
  thing?: string;
  value: Value; // the thing, as it was read
  position?: number;
}

const strings = (value: Record<string, unknown>): Context =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => typeof v === 'string' || typeof v === 'number')
      .map(([k, v]) => [k, String(v)]),
  );

// The line of the thing that the act is about (a question, an offer), found by the id that the address gives.
function lineOf(value: unknown, query: Record<string, string>): Value | undefined {
  if (Array.isArray(value)) return value.map((v) => lineOf(v, query)).find(Boolean);
  if (!value || typeof value !== 'object') return undefined;
  const fields = value as Value;
  if (Object.entries(query).some(([name, v]) => /Id$/.test(name) && fields[name] === v)) return fields;
  return Object.values(fields)
    .map((v) => lineOf(v, query))
    .find(Boolean);
}

function contextOf({ thing, path, query, value }: Place): Context {
  if (!thing) return query;
  const { given = {} } = THINGS[thing]!;
  const told = Object.fromEntries(Object.entries(given).map(([name, where]) => [name, at(value, where)]));
  return { ...strings(told), ...(path[1] ? idOf(thing, path[1]) : {}), ...query };
}

function knownOf({ act, query, value }: Place): Value {
  const line = lineOf(value, query);
  const from = act.from === undefined ? undefined : ((at(line ?? value, act.from) as Value | undefined) ?? {});
  const renamed = Object.fromEntries(Object.entries(act.rename ?? {}).map(([to, name]) => [to, at(line ?? value, name)]));
  const known = { ...from, ...renamed };
  return act.into ? { [act.into]: known } : known;
}

// Up to where this account has read: the position of the daemon that is asked holds for all that hangs on the thing, also
// for what tells no version of its own (a plan of control, who is responsible).
function versionOf({ query, value, thing, act, position }: Place): unknown {
  const reader = thing && THINGS[thing]!.read?.split('/')[0];
  if (position !== undefined && act.method.startsWith(`${reader}.`)) return String(position);
  const line = lineOf(value, query);
  const where = thing && THINGS[thing]!.given?.version;
  return (line ?? value).version ?? (where ? at(value, where) : undefined);
}

interface DoneProps {
  place: Place;
  asked: Asked;
  reply: Value;
  back: JSX.Element;
}

function Done({ place, asked, reply, back }: DoneProps): JSX.Element {
  const { act, path } = place;
  const made = asked.reply.find(
    (s) => s.kind === 'id' && thingOf(s.name) && isTold(reply[s.name]) && reply[s.name] !== path[1],
  );
  return (
    <>
      <Panel title="Et maintenant">
        <ul class="acts">
          {made && (
            <li>
              {made.label} : <IdLink shape={made} id={String(reply[made.name])} />
            </li>
          )}
          <li>{back}</li>
        </ul>
      </Panel>
      {act.method === 'tracking.OpenDocument' && (
        <OpenedDocument placementId={path[1] ?? ''} documentId={place.query.documentId ?? ''} />
      )}
      <RecordView
        shapes={asked.reply}
        value={reply}
        path={path}
        rows={place.thing ? THINGS[place.thing]!.rows : undefined}
        title="Ce qui en est résulté"
      />
    </>
  );
}

function Form({ place, back }: { place: Place; back: JSX.Element }): JSX.Element {
  const { api } = useDesk();
  const { act, path, query } = place;
  const method = pathOf(act.method) as Method;
  const asked = useLoaded(`shapes ${method}`, () => shapesFor(api, method));
  const [reply, setReply] = useState<Value | null>(null);
  const status = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (reply) status.current?.focus();
  }, [reply]);
  const done =
    act.method === 'tracking.AttachDocument' ? 'La pièce est jointe.' : `C’est fait : ${lower(actTitle(act.method))}.`;
  return (
    <>
      <p ref={status} role="status" class="said" tabIndex={-1}>
        {reply && done}
      </p>
      {asked.error && <ErrorBox error={asked.error} />}
      {asked.data && reply && <Done place={place} asked={asked.data} reply={reply} back={back} />}
      {asked.data && !reply && (
        <Panel title="À remplir">
          {act.method === 'tracking.AttachDocument' ? (
            <AttachForm placementId={path[1] ?? ''} onDone={() => setReply({})} />
          ) : (
            <ActionForm
              method={method}
              shapes={asked.data.request}
              context={contextOf(place)}
              version={versionOf(place)}
              known={knownOf(place)}
              about={[...path, ...Object.values(query)].join('/')}
              button={actTitle(act.method).length > 40 ? 'Enregistrer' : actTitle(act.method)}
              onDone={setReply}
            />
          )}
        </Panel>
      )}
    </>
  );
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function Head({ method, name }: { method: string; name: string }): JSX.Element {
  return <PageHead title={actTitle(method)} lead={name} />;
}

export interface ActPageProps {
  path: string[]; // « contrats », ID: the page; without an id: beside its list
  method: string;
  query: Record<string, string>;
}

const actNamed = (thing: string | undefined, method: string): Act => {
  const { acts = {}, begins = {}, rows = {} } = thing ? THINGS[thing]! : {};
  return (
    [...actsOf(acts), ...Object.values(rows).flat().map(asAct), ...actsOf(begins)].find((a) => a.method === method) ?? {
      method,
    }
  );
};

function OnThing({ path, method, query, thing }: ActPageProps & { thing: string }): JSX.Element {
  const filters = Object.fromEntries(Object.entries(query).filter(([name]) => !/Id$/.test(name)));
  const state = useThing(thing, path[1]!, LISTS[thing] && !THINGS[thing]!.read ? filters : {});
  const name = state.data ? titleOf(thing, state.data.value) : '';
  const href = hrefOf(path, THINGS[thing]!.read ? {} : filters);
  const act = rowAct(thing, method, query) ?? actNamed(thing, method);
  return (
    <>
      <p class="back">
        <a href={href}>{name || THINGS[thing]!.name}</a>
      </p>
      <Head method={method} name={name} />
      {state.error && <ErrorBox error={state.error} />}
      {state.loading && <p class="quiet">Chargement…</p>}
      {state.data && (
        <Form
          place={{ path, query, act, thing, value: state.data.value, position: state.data.position }}
          back={<a href={href}>Revenir à {name || THINGS[thing]!.one}</a>}
        />
      )}
    </>
  );
}

// The same command may begin otherwise from a line than from the thing.
function rowAct(thing: string, method: string, query: Record<string, string>): Act | undefined {
  return Object.entries(THINGS[thing]!.rows ?? {})
    .filter(([name]) => query[name])
    .flatMap(([, acts]) => acts.map(asAct))
    .find((a) => a.method === method);
}

export function ActPage(props: ActPageProps): JSX.Element {
  const { path, method, query } = props;
  const { session } = useDesk();
  const list = LISTS[path[0] ?? ''];
  const thing = list?.opens ?? (path[0]! in THINGS ? path[0] : undefined);
  if (!mayAsk(session.role, method))
    return <PageHead title="Rien à faire ici" lead="Votre rôle ne permet pas cette action." />;
  if (path[1] && path[0]! in THINGS) return <OnThing {...props} thing={path[0]!} />;
  const back = <a href={hrefOf([path[0]!])}>{list?.title ?? 'Revenir'}</a>;
  const act = { method };
  return (
    <>
      <p class="back">{back}</p>
      <Head method={method} name={list?.title ?? ''} />
      <Form place={{ path: [path[0]!], query, act: { ...act, ...(thing ? {} : {}) }, thing, value: {} }} back={back} />
    </>
  );
}
