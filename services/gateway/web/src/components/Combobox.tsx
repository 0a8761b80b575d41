// A field that is searched in a long list (WAI-ARIA's combobox): what is typed is looked for, arrows and Enter choose,
// Escape leaves it. What was chosen is shown by its name; what is sent is its code.
import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Framed, toldBy } from './Field.tsx';
import type { Optional } from './Field.tsx';

export interface Option {
  value: string;
  label: string;
  sub?: string;
}
export type Search = (words: string, signal: AbortSignal) => Promise<Option[]>;

export interface ComboboxProps extends Optional {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onLeave?: () => void;
  search: Search;
  searchKey: string; // another list: it is read again
  free?: boolean; // what is typed may be sent as it is
  help?: string;
  problem?: string;
  at?: string;
}

const SHOWN = 30;
const WAIT_MS = 150;

interface Found {
  words: string;
  options: Option[];
  failed: boolean;
}

function useFound({ search, searchKey }: ComboboxProps, words: string, wanted: boolean): Found | null {
  const [found, setFound] = useState<Found | null>(null);
  const latest = useRef(search);
  latest.current = search;
  useEffect(() => {
    if (!wanted) return;
    const abort = new AbortController();
    const run = async () => {
      try {
        const options = (await latest.current(words, abort.signal)).slice(0, SHOWN);
        if (!abort.signal.aborted) setFound({ words, options, failed: false });
      } catch {
        if (!abort.signal.aborted) setFound({ words, options: [], failed: true });
      }
    };
    const timer = window.setTimeout(() => void run(), WAIT_MS);
    return () => {
      abort.abort();
      window.clearTimeout(timer);
    };
  }, [words, wanted, searchKey]);
  return found;
}

// The name of what is chosen, where only its code is known (a draft, a thing that is amended).
function useName(props: ComboboxProps, known: Option | null): string {
  const [name, setName] = useState('');
  const { value, searchKey } = props;
  useEffect(() => {
    if (!value || known?.value === value) return;
    const abort = new AbortController();
    props
      .search(value, abort.signal)
      .then((options) => options.find((o) => o.value === value)?.label ?? '')
      .catch(() => '')
      .then((label) => !abort.signal.aborted && setName(label));
    return () => abort.abort();
  }, [value, searchKey]);
  if (!value) return '';
  return known?.value === value ? known.label : name || (props.free ? value : `n° …${value.slice(-6).toUpperCase()}`);
}

export function Combobox(props: ComboboxProps): JSX.Element {
  const { label, value, onChange, onLeave, free = false, help, problem, optional, unmarked, at } = props;
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null); // null: what is chosen is shown
  const [chosen, setChosen] = useState<Option | null>(null);
  const [active, setActive] = useState(-1);
  const open = typed !== null;
  const found = useFound(props, typed ?? '', open);
  const name = useName(props, chosen);
  const options = open ? (found?.options ?? []) : [];
  const choose = (option: Option) => {
    setChosen(option);
    setTyped(null);
    setActive(-1);
    onChange(option.value);
  };
  const leave = () => {
    if (typed !== null) {
      if (typed.trim() === '') onChange('');
      else if (free) onChange(typed.trim());
      setTyped(null);
      setActive(-1);
    }
    onLeave?.();
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!open) return setTyped('');
      setActive((n) => Math.max(0, Math.min(options.length - 1, n + step)));
    } else if (event.key === 'Enter' && open) {
      event.preventDefault(); // it chooses, and sends nothing
      if (options[active]) choose(options[active]);
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation();
      setTyped(null);
    }
  };
  const said =
    !open || !found
      ? ''
      : found.failed
        ? 'La recherche a échoué.'
        : options.length
          ? `${options.length} choix.`
          : 'Aucun choix ne correspond.';
  return (
    <Framed id={id} label={label} help={help} problem={problem} optional={optional} unmarked={unmarked}>
      <div class="combobox">
        <input
          id={id}
          type="text"
          class="form-control"
          role="combobox"
          autocomplete="off"
          aria-autocomplete="list"
          aria-expanded={options.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={options[active] ? `${id}-${active}` : undefined}
          aria-required={!optional}
          {...toldBy({ id, help, problem })}
          data-at={at}
          placeholder={open ? 'Tapez pour chercher' : 'Chercher…'}
          value={typed ?? name}
          onInput={(e) => {
            setTyped(e.currentTarget.value);
            setActive(0);
            if (!free && value) onChange('');
          }}
          onClick={() => !open && setTyped('')}
          onKeyDown={onKey}
          onBlur={leave}
        />
        <ul id={`${id}-list`} role="listbox" aria-label="Choix" hidden={options.length === 0}>
          {options.map((option, i) => (
            <li
              key={option.value}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === active}
              onMouseDown={(e) => e.preventDefault()} // the field keeps the focus
              onClick={() => choose(option)}
            >
              {option.label}
              {option.sub && <span class="sub">{option.sub}</span>}
            </li>
          ))}
        </ul>
        <span class="combobox-said" role="status">
          {said}
        </span>
      </div>
    </Framed>
  );
}
