// What a decision asks besides the lines that it is about: another figure, a reason, what is to be corrected. Words and
// bounds are those of the description; the choice of what to correct is, too.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Method } from '../client.ts';
import { Dialog } from '../components/Dialog.tsx';
import { ErrorBox } from '../components/Panel.tsx';
import { shapesFor } from '../desk/read.ts';
import { Fields } from '../form/Fields.tsx';
import type { Shape } from '../form/shape.ts';
import { FormContext } from '../form/state.ts';
import { focusField } from '../form/Summary.tsx';
import { readForm } from '../form/typed.ts';
import type { Problems, TypedGroup } from '../form/typed.ts';
import { plural, typographic } from '../format.ts';
import { useDesk, useLoaded } from '../hooks.ts';
import type { MonthLine } from '../types.ts';
import { referenceOf } from './sheet.ts';
import { figureText } from './send.ts';

export type Kind = 'validate' | 'figure' | 'return';
export interface Told {
  hours?: string;
  reason?: string;
  returnCode?: string;
}

const ASKED: Record<Kind, { method: Method; fields: string[]; must: string[]; button: string; title: string }> = {
  validate: { method: 'tracking/ValidateHours', fields: ['reason'], must: ['reason'], button: 'Valider', title: 'Valider' },
  figure: {
    method: 'tracking/ValidateHours',
    fields: ['hours', 'reason'],
    must: ['hours', 'reason'],
    button: 'Valider ce chiffre',
    title: 'Valider un autre chiffre :',
  },
  return: { method: 'tracking/ReturnHours', fields: ['returnCode', 'reason'], must: ['returnCode'], button: 'Renvoyer', title: 'Renvoyer' },
};

const SHOWN = 8;

// The lines, with what the checks say of them.
function About({ lines }: { lines: MonthLine[] }): JSX.Element {
  return (
    <ul class="about-lines">
      {lines.slice(0, SHOWN).map((line) => (
        <li key={line.placementId}>
          <strong>{referenceOf(line)}</strong>, {line.employerName} : {figureText(line)}
          {line.warnings?.map((w) => <span key={w.code} class="sub state-doubtful">{typographic(w.text)}</span>)}
        </li>
      ))}
      {lines.length > SHOWN && <li>et {plural(lines.length - SHOWN, 'autre ligne', 'autres lignes')}</li>}
    </ul>
  );
}

interface FormProps {
  kind: Kind;
  shapes: Shape[];
  lines: MonthLine[];
  onTold: (told: Told) => void;
}

function DecideForm({ kind, shapes, lines, onTold }: FormProps): JSX.Element {
  const { api, session } = useDesk();
  const [typed, setTyped] = useState<TypedGroup>({});
  const [problems, setProblems] = useState<Problems>(new Map());
  const once = useRef(false);
  const submit = (event: Event) => {
    event.preventDefault();
    const read = readForm(shapes, typed);
    setProblems(read.problems);
    const [first] = read.problems.keys();
    if (first) return focusField(first);
    if (once.current) return;
    once.current = true;
    onTold(read.request as Told);
  };
  const context = { where: { api, session, context: {} }, problems, leave: () => undefined };
  return (
    <FormContext.Provider value={context}>
      <form onSubmit={submit} noValidate>
        <About lines={lines} />
        <Fields
          shapes={shapes}
          at=""
          typed={typed}
          onChange={(next) => {
            setTyped(next);
            setProblems(new Map());
          }}
        />
        <div class="form-end">
          <button type="submit" class="btn btn-primary">
            {ASKED[kind].button}
          </button>
        </div>
      </form>
    </FormContext.Provider>
  );
}

export interface DecideProps {
  kind: Kind;
  lines: MonthLine[];
  onTold: (told: Told) => void;
  onClose: () => void;
}

export function Decide({ kind, lines, onTold, onClose }: DecideProps): JSX.Element {
  const { api } = useDesk();
  const { method, fields, must, title } = ASKED[kind];
  const asked = useLoaded(`shapes ${method}`, () => shapesFor(api, method));
  const shapes = fields
    .flatMap((name) => asked.data?.request.filter((s) => s.name === name) ?? [])
    .map((s) => ({ ...s, required: must.includes(s.name) }));
  const about = lines.length === 1 ? referenceOf(lines[0]!) : plural(lines.length, 'ligne');
  return (
    <Dialog title={`${title} ${about}`} onClose={onClose}>
      {asked.error && <ErrorBox error={asked.error} />}
      {asked.data && <DecideForm kind={kind} shapes={shapes} lines={lines} onTold={onTold} />}
    </Dialog>
  );
}
