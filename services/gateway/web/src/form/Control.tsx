// The control of one field, by what the field is; each is a component that the page already has, or a group of them.
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { Combobox } from '../components/Combobox.tsx';
import { Beneath, Field, toldBy } from '../components/Field.tsx';
import type { FieldProps } from '../components/Field.tsx';
import { allTerritories, territory } from '../departments.ts';
import { Fields } from './Fields.tsx';
import { ListControl } from './ListControl.tsx';
import { hasPicker, searchOfCommunes, searchOfId, searchOfTrades } from './pickers.ts';
import type { Shape, ShapeKind } from './shape.ts';
import { useForm } from './state.ts';
import type { Typed, TypedGroup } from './typed.ts';

export interface ControlProps {
  shape: Shape;
  at: string;
  typed: Typed | undefined;
  onChange: (typed: Typed) => void;
  label?: string; // instead of the field's own
}

// How what is typed as text is typed.
const TYPED: Partial<Record<ShapeKind, Pick<FieldProps, 'kind' | 'unit'>>> = {
  text: {},
  long: { kind: 'long' },
  mail: { kind: 'mail' },
  siret: { kind: 'number' },
  id: {},
  day: { kind: 'date' },
  month: { kind: 'month' },
  hours: { kind: 'number', unit: 'h' },
  money: { kind: 'number', unit: '€' },
  share: { kind: 'number', unit: '%' },
  decimal: { kind: 'number' },
  integer: { kind: 'number' },
  version: { kind: 'number' },
};

export const isSecret = (name: string): boolean => name === 'consentToken';

// Whether a form has a control for it; « bytes » are never typed, and an instant is the daemon's to say.
export const hasControl = ({ kind }: Shape): boolean =>
  kind in TYPED || ['choice', 'boolean', 'territory', 'commune', 'rome', 'group'].includes(kind);

function choicesOf(shape: Shape, own: string[]): [string, string][] {
  const empty: [string, string] = ['', shape.required ? 'Choisissez' : shape.unsaid || 'Non renseigné'];
  if (shape.kind === 'choice') return [empty, ...shape.options];
  const others = allTerritories().filter((code) => !own.includes(code));
  const codes = [...own.filter((code) => code !== '*'), ...others];
  return [
    empty,
    ...(shape.anywhere ? [['*', territory('*')] as [string, string]] : []),
    ...codes.map((c): [string, string] => [c, territory(c)]),
  ];
}

function CheckControl({ shape, at, typed, onChange }: ControlProps): JSX.Element {
  const id = useId();
  const problem = useForm().problems.get(at);
  return (
    <div class="field field-check">
      <label for={id}>
        <input
          id={id}
          type="checkbox"
          class="form-check-input"
          checked={typed === true}
          data-at={at}
          {...toldBy({ id, help: shape.help, problem })}
          onChange={(e) => onChange(e.currentTarget.checked)}
        />{' '}
        {shape.label}
      </label>
      <Beneath id={id} help={shape.help} problem={problem} />
    </div>
  );
}

// One value of a field, which may be one of several.
export function OneControl(props: ControlProps): JSX.Element {
  const { shape, at, typed, onChange } = props;
  const { where, problems, leave } = useForm();
  if (shape.kind === 'boolean') return <CheckControl {...props} />;
  const common = {
    label: props.label ?? shape.label,
    help: shape.help,
    problem: problems.get(at),
    optional: !shape.required,
    unmarked: shape.unmarked,
    value: String(typed ?? ''),
    at,
    onChange,
    onLeave: () => leave(at),
  };
  if (shape.kind === 'group') return <GroupControl {...props} />;
  if (shape.kind === 'choice' || shape.kind === 'territory')
    return <Field {...common} options={choicesOf(shape, where.session.territories ?? [])} />;
  if (shape.kind === 'rome') return <Combobox {...common} free search={searchOfTrades(where)} searchKey="rome" />;
  if (shape.kind === 'commune')
    return <Combobox {...common} free search={searchOfCommunes(where)} searchKey="commune" />;
  if (shape.kind === 'id' && hasPicker(shape.name))
    return <Combobox {...common} search={searchOfId(shape.name, where)} searchKey={shape.name} />;
  const text = isSecret(shape.name) ? { kind: 'secret' as const } : (TYPED[shape.kind] ?? {});
  // a SIRET may be typed with its spaces
  return (
    <Field
      {...common}
      {...text}
      maxLength={shape.kind === 'text' || shape.kind === 'long' ? shape.maxLength : undefined}
    />
  );
}

// A message inside the request: a group of its own.
function GroupControl({ shape, at, typed, onChange, label }: ControlProps): JSX.Element {
  const { problems } = useForm();
  const id = useId();
  const problem = problems.get(at);
  return (
    <fieldset class="group" {...toldBy({ id, help: shape.help, problem })} data-at={at} tabIndex={-1}>
      <legend>
        {label ?? shape.label}
        {!shape.required && !shape.unmarked && <span class="quiet"> (facultatif)</span>}
      </legend>
      <Beneath id={id} help={shape.help} problem={problem} />
      <Fields shapes={shape.fields} at={at} typed={(typed ?? {}) as TypedGroup} onChange={onChange} />
    </fieldset>
  );
}

export function Control(props: ControlProps): JSX.Element {
  return props.shape.isList ? <ListControl {...props} /> : <OneControl {...props} />;
}
