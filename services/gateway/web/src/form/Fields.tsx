// The fields of a message, those that must be there first; many that may be left out are folded up.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { plural } from '../format.ts';
import { Control } from './Control.tsx';
import type { Shape } from './shape.ts';
import { useForm } from './state.ts';
import { anyOf, isBlank, under } from './typed.ts';
import type { Typed, TypedGroup } from './typed.ts';

const FOLDED_FROM = 12; // fields that may be left out
const SHOWN = 8; // of them, where there are more; and those that come filled in

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
        <Control
          key={shape.name}
          shape={shape}
          at={under(at, shape.name)}
          typed={typed[shape.name]}
          onChange={set(shape.name)}
        />
      ))}
    </div>
  );
}

export function Fields(props: FieldsProps): JSX.Element {
  const { at, typed } = props;
  const { problems } = useForm();
  const unmarked = !props.shapes.some((s) => s.required);
  const shapes = props.shapes.map((s) => ({ ...s, unmarked }));
  const free = shapes.filter((s) => !s.required);
  const [filled] = useState(() => free.filter((s) => !isBlank(typed[s.name])).map((s) => s.name)); // a field stays where it is
  if (free.length <= FOLDED_FROM) return <Grid {...props} shapes={shapes} />;
  const first = new Set([...free.slice(0, SHOWN), ...free.filter((s) => filled.includes(s.name))]);
  const rest = free.filter((s) => !first.has(s));
  const isWrong = [...problems.keys()].some((p) => rest.some((s) => anyOf(p).startsWith(under(anyOf(at), s.name))));
  return (
    <>
      <Grid {...props} shapes={shapes.filter((s) => s.required || first.has(s))} />
      <details class="more" open={isWrong || undefined}>
        <summary>
          {plural(rest.length, 'autre champ', 'autres champs')}, <span class="nowrap">à remplir au besoin</span>
        </summary>
        <Grid {...props} shapes={rest.map((s) => ({ ...s, unmarked: true }))} />
      </details>
    </>
  );
}
