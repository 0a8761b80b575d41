// What is done to the lines that were chosen: the acts that take several, their one form, how far it has gone, what failed.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Method } from '../client.ts';
import { Dialog } from '../components/Dialog.tsx';
import { ErrorBox } from '../components/Panel.tsx';
import { plural } from '../format.ts';
import { ActionForm } from '../form/ActionForm.tsx';
import { useDesk, useLoaded } from '../hooks.ts';
import { uuid7 } from '../uuid.ts';
import { idsOf } from './lines.ts';
import { actTitle, mayAsk, pathOf } from './methods.ts';
import { THINGS } from './places.ts';
import type { ListOf, TogetherAct } from './places.ts';
import { shapesFor } from './read.ts';
import type { Value } from './read.ts';
import { forEach, givenBy, sharedShapes } from './together.ts';
import type { Outcome } from './together.ts';

type Outcomes = Outcome<Value>[];

const lineWord = (n: number): string => plural(n, 'ligne');

function Progress({ outcomes, of, running, onStop }: { outcomes: Outcomes; of: number; running: boolean; onStop: () => void }): JSX.Element {
  const failed = outcomes.filter((o) => o.error).length;
  const ref = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (!running) ref.current?.focus();
  }, [running]);
  const left = of - outcomes.length;
  return (
    <>
      <progress max={of} value={outcomes.length} aria-label="Lignes traitées" />
      <p ref={ref} role="status" tabIndex={-1}>
        {running
          ? `${lineWord(outcomes.length)} sur ${of}…`
          : `${lineWord(outcomes.length - failed)} : c’est fait.` +
            (failed ? ` ${plural(failed, 'refusée', 'refusées')}, toujours choisies : la raison est ci-dessous et dans la liste.` : '') +
            (left ? ` ${plural(left, 'ligne laissée', 'lignes laissées')} sans être envoyées.` : '')}
      </p>
      {running && (
        <button type="button" class="btn btn-outline-primary" onClick={onStop}>
          Arrêter après celles-ci
        </button>
      )}
    </>
  );
}

function Failures({ outcomes, nameOf }: { outcomes: Outcomes; nameOf: (line: Value) => string }): JSX.Element | null {
  const failed = outcomes.filter((o) => o.error);
  if (failed.length === 0) return null;
  return (
    <ul class="failures">
      {failed.map(({ line, error }, i) => (
        <li key={i}>
          <strong>{nameOf(line)}</strong> : {error!.message}
        </li>
      ))}
    </ul>
  );
}

interface RunProps {
  act: TogetherAct;
  list: ListOf;
  lines: Value[];
  known: Record<string, string>; // filters of the list that the form asks too
  nameOf: (line: Value) => string;
  onOver: (outcomes: Outcomes) => void;
  onClose: () => void;
}

function Run({ act, list, lines: chosen, known, nameOf, onOver, onClose }: RunProps): JSX.Element {
  const { api, signOut } = useDesk();
  const [lines] = useState(chosen); // as they were chosen
  const method = pathOf(act.method) as Method;
  const asked = useLoaded(`shapes ${method}`, () => shapesFor(api, method));
  const [outcomes, setOutcomes] = useState<Outcomes | null>(null);
  const [running, setRunning] = useState(false);
  const stop = useRef(new AbortController());
  const { id: names, inside = '', given = {} } = THINGS[list.opens]!;
  const where = [`${inside}.version`, given.version ?? ''];
  const run = async (typed: Value) => {
    const shapes = asked.data!.request;
    setRunning(true);
    setOutcomes([]);
    const send = (line: Value) => {
      const ids = Object.fromEntries(names.map((name, i) => [name, idsOf(list, line)![i]!]));
      const request = { ...typed, ...givenBy(shapes, ids, line, { act, where }) };
      return api.command(method, request as never, { ownKey: uuid7() });
    };
    const over = await forEach(lines, send, { signal: stop.current.signal, told: setOutcomes });
    setRunning(false);
    const ended = over.find((o) => o.error?.status === 401);
    if (ended) return signOut(ended.error!.message);
    onOver(over);
  };
  const close = () => {
    stop.current.abort();
    onClose();
  };
  return (
    <Dialog title={`${actTitle(act.method)} : ${lineWord(lines.length)}`} onClose={close}>
      {asked.error && <ErrorBox error={asked.error} />}
      {asked.data && !outcomes && (
        <ActionForm
          method={method}
          shapes={sharedShapes(asked.data.request, names, act)}
          context={{}}
          known={known}
          about={`ensemble ${list.title}`}
          button={`Enregistrer pour ${lineWord(lines.length)}`}
          onDone={() => undefined}
          onRequest={(typed) => void run(typed)}
        />
      )}
      {outcomes && (
        <>
          <Progress outcomes={outcomes} of={lines.length} running={running} onStop={() => stop.current.abort()} />
          {!running && <Failures outcomes={outcomes} nameOf={nameOf} />}
        </>
      )}
    </Dialog>
  );
}

// Of a list what may be done to several of its lines, by this account.
export function useTogether(list: ListOf): TogetherAct[] {
  const { session } = useDesk();
  return (THINGS[list.opens]!.together ?? []).filter((act) => mayAsk(session.role, act.method));
}

export interface TogetherProps extends Omit<RunProps, 'act' | 'onClose'> {
  acts: TogetherAct[];
  onLeave: () => void;
}

export function Together({ acts, lines, onLeave, ...rest }: TogetherProps): JSX.Element | null {
  const [act, setAct] = useState<TogetherAct | null>(null);
  return (
    <>
      {lines.length > 0 && (
        <div class="together" role="group" aria-label="Lignes choisies">
          <p role="status">
            <strong>{plural(lines.length, 'ligne choisie', 'lignes choisies')}</strong>
          </p>
          <ul>
            {acts.map((one) => (
              <li key={one.method}>
                <button type="button" class="btn btn-sm btn-outline-primary" onClick={() => setAct(one)}>
                  {actTitle(one.method)}
                </button>
              </li>
            ))}
          </ul>
          <button type="button" class="link" onClick={onLeave}>
            Ne plus rien choisir
          </button>
        </div>
      )}
      {act && <Run {...rest} act={act} lines={lines} onClose={() => setAct(null)} />}
    </>
  );
}
