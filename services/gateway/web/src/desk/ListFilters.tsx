// The filters of a list, by what its query asks; each change is in the address at once, text when it is left.
import type { JSX } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { allTerritories, territory } from '../departments.ts';
import { addressOf, changeQuery, useDesk } from '../hooks.ts';
import type { Shape } from '../form/shape.ts';
import type { TypedGroup } from '../form/typed.ts';

const set = (name: string, value: string) => changeQuery({ ...addressOf(location.hash).query, [name]: value });

function choicesOf(shape: Shape, own: string[]): [string, string][] {
  if (shape.kind === 'choice') return shape.options;
  const codes = own.filter((code) => code !== '*');
  return (codes.length ? codes : allTerritories()).map((code): [string, string] => [code, territory(code)]);
}

function TextFilter({ shape, value }: { shape: Shape; value: string }): JSX.Element {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const kind = shape.kind === 'month' ? ({ type: 'month' } as const) : ({ type: 'text', inputMode: shape.kind === 'text' ? undefined : 'numeric' } as const);
  return (
    <label>
      {shape.label}
      <input
        class="form-control"
        {...kind}
        autocomplete="off"
        value={typed}
        onInput={(e) => setTyped(e.currentTarget.value)}
        onChange={(e) => set(shape.name, e.currentTarget.value.trim())}
      />
    </label>
  );
}

function One({ shape, value }: { shape: Shape; value: TypedGroup[string] | undefined }): JSX.Element {
  const { session } = useDesk();
  const id = useId();
  if (shape.kind === 'boolean')
    return (
      <label for={id} class="check">
        <input
          id={id}
          type="checkbox"
          class="form-check-input"
          checked={value === true}
          onChange={(e) => set(shape.name, e.currentTarget.checked ? 'oui' : '')}
        />{' '}
        {shape.label}
      </label>
    );
  if (shape.kind !== 'choice' && shape.kind !== 'territory') return <TextFilter shape={shape} value={String(value ?? '')} />;
  return (
    <label>
      {shape.label}
      <select class="form-select" value={String(value ?? '')} onChange={(e) => set(shape.name, e.currentTarget.value)}>
        <option value="">Tous</option>
        {choicesOf(shape, session.territories ?? []).map(([v, text]) => (
          <option key={v} value={v}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Filters({ shapes, typed }: { shapes: Shape[]; typed: TypedGroup }): JSX.Element {
  return (
    <>
      {shapes.map((shape) => (
        <One key={shape.name} shape={shape} value={typed[shape.name]} />
      ))}
    </>
  );
}
