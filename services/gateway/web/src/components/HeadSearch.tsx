// The search in the head of every page: Enter leads to what was found.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { seek } from '../desk/finding.ts';

export function HeadSearch(): JSX.Element {
  const [words, setWords] = useState('');
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    seek(words);
    setWords('');
  };
  return (
    <div role="search" class="head-search">
      <input
        class="form-control"
        type="search"
        aria-label="Chercher un contrat, une organisation, une action"
        aria-keyshortcuts="/"
        placeholder="Chercher ( / )"
        autocomplete="off"
        value={words}
        onInput={(e) => setWords(e.currentTarget.value)}
        onKeyDown={pressed}
      />
    </div>
  );
}
