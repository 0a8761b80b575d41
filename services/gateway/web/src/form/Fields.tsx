// The fields of a message, those that must be there first; many that may be left out are folded up.
import type { JSX } from 'preact';
import { plural } from '../format.ts';
import { Control } from './Control.tsx';
import type { Shape } from './shape.ts';
import { useForm } from './state.ts';
import { anyOf, isBlank, under } from './typed.ts';
import type { Typed, TypedGroup } from './typed.ts';

const FOLDED_FROM = 6; // fields that may be left out

export interface FieldsProps {
  shapes: Shape[];
  at: string;
  typed: TypedGroup;
  onChange: (typed: TypedGroup) => void;
}

function Grid({ shapes, at, typed, onChange }: FieldsProps): JSX.Element {
  const set = (name: string) => (value: Typed) => onChange({ ...typed, [name]: value });
  return (
    <div class="fields fields-even">
      {shapes.map((shape) => (
        <Control key={shape.name} shape={shape} at={under(at, shape.name)} typed={typed[shape.name]} onChange={set(shape.name)} />
      ))}
    </div>
  );
}

export function Fields(props: FieldsProps): JSX.Element {
  const { at, typed } = props;
  const { problems } = useForm();
  const unmarked = !props.shapes.some((s) => s.required);
  const shapes = props.shapes.map((s) => ({ ...s, unmarked }));
  const needed = shapes.filter((s) => s.required);
  const free = shapes.filter((s) => !s.required);
  if (free.length < FOLDED_FROM || needed.length === 0) return <Grid {...props} shapes={shapes} />;
  const filled = free.filter((s) => !isBlank(typed[s.name]));
  const isWrong = [...problems.keys()].some((p) => free.some((s) => anyOf(p).startsWith(under(anyOf(at), s.name))));
  return (
    <>
      <Grid {...props} shapes={needed} />
      <details class="more" open={isWrong || filled.length > 0 || undefined}>
        <summary>
          {plural(free.length, 'autre champ', 'autres champs')}, <span class="nowrap">à remplir au besoin</span>
        </summary>
        <Grid {...props} shapes={free.map((s) => ({ ...s, unmarked: true }))} />
      </details>
    </>
  );
}
