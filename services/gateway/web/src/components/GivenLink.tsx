// A link that was just made, the only time that it is seen: its address to copy, or that a mail brings it.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { instant } from '../format.ts';

export interface Given {
  what: string;
  whom: string;
  ends: string;
  token: string; // "": by mail
}

export function GivenLink({ given }: { given: Given }): JSX.Element {
  const [copied, setCopied] = useState('');
  const address = `${location.origin}/l/${given.token}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      setCopied('Le lien est copié.');
    } catch {
      setCopied('Le navigateur ne l’a pas copié : sélectionnez-le, puis copiez-le.');
    }
  };
  if (!given.token)
    return (
      <p class="alert alert-success">
        Le courriel part à {given.whom} : {given.what}. Son lien sert une fois, jusqu’au {instant(given.ends)}.
      </p>
    );
  return (
    <div class="alert alert-success">
      <p>
        Le lien est fait pour {given.whom} : {given.what}. Remettez-le vous-même : il sert une fois, jusqu’au{' '}
        {instant(given.ends)}, et ne sera plus montré.
      </p>
      <code class="token">{address}</code>
      <button type="button" class="btn btn-sm btn-primary" onClick={() => void copy()}>
        Copier le lien
      </button>
      <span role="status">{copied}</span>
    </div>
  );
}
