// « Envoyer un lien »: from the thing that it is about to the form that makes one. Nothing for whom may make none.
import type { JSX } from 'preact';
import { useDesk } from '../hooks.ts';
import { makesLinks, newLinkAddress } from '../links.ts';

export interface SendLinkProps {
  place: string; // of the thing: the first word of its page's address
  id: string;
  about: string; // said to screen readers: of which one
}

export function SendLink({ place, id, about }: SendLinkProps): JSX.Element | null {
  const { session } = useDesk();
  if (!makesLinks(session.role ?? 'ROLE_NONE')) return null;
  return (
    <a class="send-link" href={newLinkAddress(place, id)}>
      Envoyer un lien<span class="visually-hidden"> : {about}</span>
    </a>
  );
}
