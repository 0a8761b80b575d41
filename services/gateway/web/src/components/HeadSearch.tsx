// The search in the head of every page: Enter leads to what was found.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { seek } from '../desk/finding.ts';

export function HeadSearch(): JSX.Element {
  const [words, setWords] = useState('');
  const send = (event: Event) => {
    event.preventDefault();
    seek(words);
    setWords('');
  };
  return (
    <form role="search" class="head-search" onSubmit={send}>
      <input
        class="form-control"
        type="search"
        aria-label="Chercher un contrat, une organisation, une action"
        aria-keyshortcuts="/"
        placeholder="Chercher ( / )"
        autocomplete="off"
        value={words}
        onInput={(e) => setWords(e.currentTarget.value)}
      />
    </form>
  );
}
