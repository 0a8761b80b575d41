// A field that holds several: boxes to tick where each is one of a few values, else rows that are added, removed and
// moved, by keyboard too.
import type { JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { Beneath, toldBy } from '../components/Field.tsx';
import { OneControl } from './Control.tsx';
import type { ControlProps } from './Control.tsx';
import { useForm } from './state.ts';
import { blankOf, isBlank, nth } from './typed.ts';
import type { Typed } from './typed.ts';

const TICKED_UP_TO = 40; // values

function Boxes({ shape, at, typed, onChange }: ControlProps): JSX.Element {
  const chosen = (typed ?? []) as string[];
  const tick = (value: string, on: boolean) => onChange(on ? [...chosen, value] : chosen.filter((v) => v !== value));
  return (
    <ul class="boxes">
      {shape.options.map(([value, label], i) => (
        <li key={value}>
          <label>
            <input
              type="checkbox"
              class="form-check-input"
              data-at={i === 0 ? nth(at, 0) : undefined}
              checked={chosen.includes(value)}
              onChange={(e) => tick(value, e.currentTarget.checked)}
            />{' '}
            {label}
          </label>
        </li>
      ))}
    </ul>
  );
}

interface RowsProps extends ControlProps {
  list: Typed[];
}

function Rows({ shape, at, list, onChange }: RowsProps): JSX.Element {
  const ref = useRef<HTMLDivElement>(null);
  const one = { ...shape, isList: false, required: true, help: undefined };
  const nameOf = (i: number) => `${shape.label}, n° ${i + 1}`;
  const focus = (index: number) =>
    setTimeout(() => {
      const row = ref.current?.children[index];
      (
        row?.querySelector<HTMLElement>('input, select, textarea') ??
        ref.current?.parentElement?.querySelector<HTMLElement>('.list-add')
      )?.focus();
    });
  const put = (next: Typed[], index: number) => {
    onChange(next);
    focus(index);
  };
  const move = (from: number, to: number) => {
    const next = [...list];
    next.splice(to, 0, ...next.splice(from, 1));
    put(next, to);
  };
  const remove = (i: number) =>
    put(
      list.filter((_, j) => j !== i),
      Math.min(i, list.length - 2),
    );
  return (
    <>
      <div ref={ref} class="list-rows">
        {list.map((item, i) => (
          <div key={i} class="list-row">
            <OneControl
              shape={one}
              at={nth(at, i)}
              typed={item}
              label={nameOf(i)}
              onChange={(v) => onChange(list.map((old, j) => (j === i ? v : old)))}
            />
            <div class="list-buttons">
              <Tool text="Monter" of={nameOf(i)} disabled={i === 0} onClick={() => move(i, i - 1)} />
              <Tool text="Descendre" of={nameOf(i)} disabled={i === list.length - 1} onClick={() => move(i, i + 1)} />
              <Tool text="Retirer" of={nameOf(i)} onClick={() => remove(i)} />
            </div>
          </div>
        ))}
      </div>
      <button
        type="button"
        class="btn btn-sm btn-outline-primary list-add"
        data-at={list.length === 0 ? at : undefined}
        disabled={shape.maxItems !== undefined && list.length >= shape.maxItems}
        onClick={() => put([...list, blankOf(one)], list.length)}
      >
        Ajouter<span class="visually-hidden"> : {shape.label}</span>
      </button>
    </>
  );
}

function Tool({
  text,
  of,
  disabled,
  onClick,
}: {
  text: string;
  of: string;
  disabled?: boolean;
  onClick: () => void;
}): JSX.Element {
  return (
    <button type="button" class="btn btn-sm btn-outline-secondary" disabled={disabled} onClick={onClick}>
      {text}
      <span class="visually-hidden"> : {of}</span>
    </button>
  );
}

export function ListControl(props: ControlProps): JSX.Element {
  const { shape, at, typed } = props;
  const { problems } = useForm();
  const id = useId();
  const problem = problems.get(at);
  const isTicked = shape.kind === 'choice' && shape.options.length <= TICKED_UP_TO;
  return (
    <fieldset
      class={isTicked || !isBlank(typed) || (typed as Typed[] | undefined)?.length ? 'group' : 'group group-empty'}
      {...toldBy({ id, help: shape.help, problem })}
    >
      <legend>
        {shape.label}
        {!shape.required && !shape.unmarked && <span class="quiet"> (facultatif)</span>}
      </legend>
      <Beneath id={id} help={shape.help} problem={problem} />
      {isTicked ? <Boxes {...props} /> : <Rows {...props} list={(typed ?? []) as Typed[]} />}
    </fieldset>
  );
}
