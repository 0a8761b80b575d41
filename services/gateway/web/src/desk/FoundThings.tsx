// What was found of each kind: a kind that fails fails alone.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Panel, Wait } from '../components/Panel.tsx';
import { hrefOf, useDesk, useLoaded } from '../hooks.ts';
import { LEAST, SHOWN, findThings, soughtBy } from './finding.ts';
import type { Sought } from './finding.ts';
import { mayAsk } from './methods.ts';

const WAIT_MS = 250;

// The words, once she has stopped typing.
function useSettled(words: string): string {
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(words.trim().length >= LEAST ? words.trim() : ''), WAIT_MS);
    return () => clearTimeout(timer);
  }, [words]);
  return settled;
}

function Kind({ kind, words }: { kind: Sought; words: string }): JSX.Element | null {
  const { api, session } = useDesk();
  const where = { api, session, context: {} };
  const state = useLoaded(`find ${kind.thing} ${words}`, (signal) => findThings(kind, where, words, signal));
  const found = state.data ?? [];
  if (state.data && found.length === 0) return null;
  return (
    <Panel title={kind.title}>
      <Wait state={state} has={found.length > 0}>
        <ul class="operations found">
          {found.slice(0, SHOWN).map(({ value, label, sub, href }) => (
            <li key={value}>
              <a href={href}>{label}</a>
              {sub && <span class="sub">{sub}</span>}
            </li>
          ))}
        </ul>
        {found.length > SHOWN && <p class="quiet">Il y en a d’autres : précisez par un mot de plus.</p>}
      </Wait>
    </Panel>
  );
}

// A person's name is looked up by a command of its own, with its reason, and leaves its trace.
function ByName(): JSX.Element | null {
  const { session } = useDesk();
  if (!mayAsk(session.role, 'tracking.KnownPerson')) return null;
  return (
    <p class="quiet">
      Une personne ne se cherche pas ici par son nom :{' '}
      <a href={hrefOf(['personnes', 'agir', 'tracking.KnownPerson'])}>demandez si elle est déjà connue</a>, avec le motif.
    </p>
  );
}

export function FoundThings({ words }: { words: string }): JSX.Element | null {
  const { session } = useDesk();
  const settled = useSettled(words);
  if (!settled) return null;
  return (
    <>
      <div class="halves">
        {soughtBy(session.role).map((kind) => (
          <Kind key={kind.thing} kind={kind} words={settled} />
        ))}
      </div>
      <ByName />
    </>
  );
}
