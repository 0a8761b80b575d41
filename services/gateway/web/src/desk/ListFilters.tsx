// The filters of a list, by what its query asks; each change is in the address at once, text when it is left.
import type { JSX } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { allTerritories, territory } from '../departments.ts';
import { addressOf, changeQuery, useDesk, useLoaded } from '../hooks.ts';
import { contracts } from '../lists.ts';
import { mayAsk } from './methods.ts';
import type { Shape } from '../form/shape.ts';
import type { TypedGroup } from '../form/typed.ts';

const BUYERS_OF = 200; // contracts looked at

const set = (name: string, value: string) => changeQuery({ ...addressOf(location.hash).query, page: '', [name]: value });

function choicesOf(shape: Shape, own: string[]): [string, string][] {
  if (shape.kind === 'choice') return shape.options;
  const codes = own.filter((code) => code !== '*');
  return (codes.length ? codes : allTerritories()).map((code): [string, string] => [code, territory(code)]);
}

// Buyers of the contracts that the account sees: their SIRET is chosen by their name.
function Buyers({ id }: { id: string }): JSX.Element {
  const { api, session } = useDesk();
  const may = mayAsk(session.role, 'contracts/Contracts');
  const { data } = useLoaded(`buyers ${may}`, async (signal) => {
    if (!may) return [];
    const { items } = await api.list(contracts({}), BUYERS_OF, '', signal);
    return [...new Map(items.filter((c) => c.buyerSiret).map((c) => [c.buyerSiret!, c.buyerName ?? '']))];
  });
  return (
    <datalist id={id}>
      {(data ?? []).map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </datalist>
  );
}

function TextFilter({ shape, value }: { shape: Shape; value: string }): JSX.Element {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const id = useId();
  const kind =
    shape.kind === 'month'
      ? ({ type: 'month' } as const)
      : ({ type: 'text', inputMode: shape.kind === 'text' ? undefined : 'numeric' } as const);
  return (
    <label>
      {shape.label}
      <input
        class="form-control"
        {...kind}
        list={shape.kind === 'siret' ? id : undefined}
        autocomplete="off"
        value={typed}
        onInput={(e) => setTyped(e.currentTarget.value)}
        onChange={(e) => set(shape.name, e.currentTarget.value.trim())}
      />
      {shape.kind === 'siret' && <Buyers id={id} />}
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
  if (shape.kind !== 'choice' && shape.kind !== 'territory')
    return <TextFilter shape={shape} value={String(value ?? '')} />;
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

// A buyer lists its own, whatever SIRET it asks for: it is not asked to know it.
export function Filters({ shapes, typed }: { shapes: Shape[]; typed: TypedGroup }): JSX.Element {
  const { session } = useDesk();
  const shown = shapes.filter((s) => session.role !== 'BUYER' || s.name !== 'buyerSiret');
  return (
    <>
      {shown.map((shape) => (
        <One key={shape.name} shape={shape} value={typed[shape.name]} />
      ))}
    </>
  );
}
