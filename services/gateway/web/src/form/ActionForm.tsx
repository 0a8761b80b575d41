// The form of any command: what it asks as the description says it, all that is wrong at once, the refusal of the
// daemon beside its field, what was typed kept until it is sent.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Refused } from '../api.ts';
import type { Method } from '../client.ts';
import { ErrorBox } from '../components/Panel.tsx';
import { useDesk } from '../hooks.ts';
import { uuid7 } from '../uuid.ts';
import { dropDraft, draftKey, keepDraft, loadDraft } from './draft.ts';
import type { Draft } from './draft.ts';
import { Fields } from './Fields.tsx';
import { isSecret } from './Control.tsx';
import { begun, merged, split } from './given.ts';
import type { Context } from './pickers.ts';
import type { Shape } from './shape.ts';
import { FormContext } from './state.ts';
import { StepFields } from './StepFields.tsx';
import { askedOf, shapesOfStep, stepOf } from './steps.ts';
import type { FormStep } from './steps.ts';
import { Summary, focusField } from './Summary.tsx';
import { isBlank, placeOf, readForm } from './typed.ts';
import type { Problems, TypedGroup } from './typed.ts';

type Value = Record<string, unknown>;

export interface ActionFormProps {
  method: Method; // « contracts/AmendContract »
  shapes: Shape[];
  context: Context;
  version?: unknown; // of what was read
  known: Value; // where the form begins
  about: string; // the thing, for its draft
  button: string;
  onDone: (reply: Value) => void;
  steps?: FormStep[]; // filled in step by step, and read again before it is sent; none: all at once
  onRequest?: (request: Value) => void; // takes what was typed, instead of its being sent: for several things at once
}

const FOCUS_AFTER_MS = 50; // the step with the field is drawn by then

interface Shown {
  problems: Problems;
  left: Set<string>; // fields that were left, and are judged from then on
  all: boolean; // it was sent: all are
  refused: Problems; // by the daemon, until the field is changed
}
const NOTHING: Shown = { problems: new Map(), left: new Set(), all: false, refused: new Map() };

// What is shown of what is wrong: all once it was sent, else of the fields that the person is done with.
function problemsOf(shapes: Shape[], typed: TypedGroup, shown: Shown): Problems {
  const { problems } = readForm(shapes, typed);
  const judged = [...problems].filter(
    ([at, text]) => shown.all || (shown.left.has(at) && !text.endsWith('à remplir.')),
  );
  return new Map([...judged, ...shown.refused]);
}

function useDraft(props: ActionFormProps, shapes: Shape[]) {
  const { session } = useDesk();
  const key = draftKey(session.account, props.method, props.about);
  const [first] = useState(() => {
    const draft = loadDraft(sessionStorage, key);
    const fresh = begun(shapes, props.known, props.context, session);
    return { draft, fresh };
  });
  const [typed, setTyped] = useState<TypedGroup>(first.draft?.typed ?? first.fresh);
  const [restored, setRestored] = useState(first.draft !== null);
  const sent = useRef<Draft['sent']>(first.draft?.sent);
  const keep = (next: TypedGroup) => keepDraft(sessionStorage, key, { typed: next, sent: sent.current });
  return {
    typed,
    restored,
    sent,
    change: (next: TypedGroup) => {
      setTyped(next);
      keep(next);
    },
    keep: () => keep(typed),
    forget: () => dropDraft(sessionStorage, key),
    again: () => {
      dropDraft(sessionStorage, key);
      sent.current = undefined;
      setTyped(first.fresh);
      setRestored(false);
    },
  };
}

// The same request, asked again after nobody answered, has the same key, also when the page was loaded in between.
function keyFor(sent: { current: Draft['sent'] }, body: string): string {
  if (sent.current?.body !== body) sent.current = { body, key: uuid7() };
  return sent.current.key;
}

const isOpen = (error: Refused): boolean => error.status === 0 || error.code === 'UNAVAILABLE' || error.status >= 502;

export function ActionForm(props: ActionFormProps): JSX.Element {
  const { method, context, version, button, onDone, steps } = props;
  const { api, session, signOut } = useDesk();
  const { shown: all, given } = split(props.shapes, context, version);
  const draft = useDraft(props, all);
  const { typed } = draft;
  const [at, setAt] = useState(0); // the step that is shown
  const step = steps?.[at];
  const shapes = steps ? askedOf(steps, all, typed) : all;
  const judged = step ? shapesOfStep(step, all, typed) : shapes;
  const [shown, setShown] = useState<Shown>(NOTHING);
  const [turn, setTurn] = useState(0);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Refused | null>(null);
  const element = useRef<HTMLFormElement>(null);
  const problems = problemsOf(judged, typed, shown);
  const refuse = (caught: unknown) => {
    const refused = caught instanceof Refused ? caught : new Refused(0, {});
    if (refused.status === 401) return signOut(refused.message);
    if (!isOpen(refused)) draft.sent.current = undefined;
    const fields = [...(element.current?.querySelectorAll<HTMLElement>('[data-at]') ?? [])].map((e) => e.dataset.at!);
    const place = refused.field ? placeOf(refused.field, steps ? shapes.map((s) => s.name) : fields) : undefined;
    setShown((old) => ({ ...old, refused: place ? new Map([[place, refused.message]]) : new Map() }));
    setError(place ? null : refused);
    if (place && steps) setAt(stepOf(steps, typed, place));
    if (place) setTimeout(() => focusField(place), steps ? FOCUS_AFTER_MS : 0);
  };
  const go = (next: number) => {
    setShown(NOTHING);
    setAt(next);
  };
  const send = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setError(null);
    const { request, problems: wrong } = readForm(judged, typed);
    setShown({ ...NOTHING, all: true });
    if (wrong.size > 0) return wrong.size === 1 ? focusField([...wrong.keys()][0]!) : setTurn(turn + 1);
    if (step) return go(at + 1);
    const whole = merged(given, request);
    if (props.onRequest) {
      draft.forget();
      return props.onRequest(whole);
    }
    const secret = shapes.some((s) => isSecret(s.name) && !isBlank(typed[s.name]));
    const ownKey = secret ? undefined : keyFor(draft.sent, JSON.stringify(whole));
    draft.keep();
    setBusy(true);
    try {
      const { reply } = await api.command(method, whole as never, { ownKey });
      draft.forget();
      onDone(reply as Value);
    } catch (caught) {
      refuse(caught);
    }
    setBusy(false);
  };
  const change = (next: TypedGroup) => {
    draft.change(next);
    if (shown.refused.size) setShown((old) => ({ ...old, refused: new Map() }));
  };
  useEffect(() => () => setBusy(false), []);
  const form = {
    where: { api, session, context },
    problems,
    leave: (at: string) => setShown((old) => ({ ...old, left: new Set([...old.left, at]) })),
  };
  return (
    <FormContext.Provider value={form}>
      <form ref={element} onSubmit={(e) => void send(e)} noValidate>
        {draft.restored && (
          <p class="alert alert-info draft" role="status">
            Ce que vous aviez écrit sans l’envoyer est revenu.{' '}
            <button type="button" class="link" onClick={draft.again}>
              Recommencer
            </button>
          </p>
        )}
        <Summary problems={shown.all ? problems : new Map()} turn={turn} />
        {error && <ErrorBox error={error} />}
        {shapes.length === 0 ? (
          <p>Il n’y a rien à remplir : confirmez.</p>
        ) : steps ? (
          <StepFields steps={steps} at={at} shapes={all} typed={typed} onChange={change} onGo={go} />
        ) : (
          <>
            {shapes.some((s) => s.required) && (
              <p class="quiet">Tout est obligatoire, sauf ce qui est dit facultatif ou se remplit au besoin.</p>
            )}
            <Fields shapes={shapes} at="" typed={typed} onChange={change} />
          </>
        )}
        <div class="form-end">
          {at > 0 && (
            <button type="button" class="btn btn-outline-primary" disabled={busy} onClick={() => go(at - 1)}>
              Étape précédente
            </button>
          )}
          <button type="submit" class="btn btn-primary" disabled={busy}>
            {busy ? 'Envoi…' : step ? 'Étape suivante' : button}
          </button>
        </div>
      </form>
    </FormContext.Provider>
  );
}
