// Whether the browser has a connection, said when it goes and when it comes back: what was typed stays in its form (form/draft.ts),
// and what nobody answered is sent again with its key.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

type Link = 'there' | 'cut' | 'back';

export function Offline(): JSX.Element {
  const [link, setLink] = useState<Link>(navigator.onLine ? 'there' : 'cut');
  useEffect(() => {
    const cut = () => setLink('cut');
    const back = () => setLink('back');
    window.addEventListener('offline', cut);
    window.addEventListener('online', back);
    return () => {
      window.removeEventListener('offline', cut);
      window.removeEventListener('online', back);
    };
  }, []);
  return (
    <div role="status" class={link === 'there' ? undefined : 'container link-state'}>
      {link === 'cut' && (
        <p class="alert alert-warning">
          La connexion est coupée. Ce que vous écrivez dans un formulaire reste dans cet onglet : envoyez-le quand elle sera
          revenue, il ne sera pris qu’une fois.
        </p>
      )}
      {link === 'back' && (
        <p class="alert alert-info">
          La connexion est revenue.{' '}
          <button type="button" class="link" onClick={() => setLink('there')}>
            Fermer
          </button>
        </p>
      )}
    </div>
  );
}
