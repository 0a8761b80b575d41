// What surrounds every view of a signed-in person: skip link, brand, navigation, who is acting, sign out.
import type { ComponentChildren, JSX } from 'preact';
import { daysLeft, instant, instantDay, plural } from '../format.ts';
import { useDesk } from '../hooks.ts';
import { role } from '../labels.ts';
import { viewsOf } from '../roles.ts';
import { Logo } from './Logo.tsx';

const WARN_DAYS = 14;

// Told in good time: who lets the token end has to be given another one.
function TokenEnd(): JSX.Element | null {
  const { tokenEnds } = useDesk().session;
  const left = daysLeft(tokenEnds);
  if (left === null || left > WARN_DAYS) return null;
  return (
    <div class="container">
      <p class="alert alert-warning token-end" role="status">
        Votre jeton d’accès prend fin le {instant(tokenEnds)}
        {left > 1 ? `, dans ${plural(left, 'jour')}` : ''} : demandez-en un nouveau à l’exploitant de votre réseau.
      </p>
    </div>
  );
}

export function Shell({ current, children }: { current: string; children: ComponentChildren }): JSX.Element {
  const { session, signOut } = useDesk();
  // A fragment link would change the route, so the skip link moves the focus itself.
  const skip = (event: Event) => {
    event.preventDefault();
    document.getElementById('contenu')?.focus();
  };
  return (
    <>
      <a class="skip" href="#contenu" onClick={skip}>
        Aller au contenu
      </a>
      <header class="top">
        <div class="container top-row">
          <a class="brand" href="#/" aria-label="Guichet, accueil">
            <Logo />
            Guichet
          </a>
          <nav aria-label="Navigation principale">
            <ul>
              {viewsOf(session.role).map((v) => (
                <li key={v.path}>
                  <a href={`#/${v.path}`} aria-current={v.path === current ? 'page' : undefined}>
                    {v.label}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <div class="who">
            <span>
              <strong>{session.user}</strong>
              <small>{role(session.role)}</small>
              {session.tokenEnds && <small>Jeton valable jusqu’au {instantDay(session.tokenEnds)}</small>}
            </span>
            <button type="button" class="btn btn-sm btn-outline-primary" onClick={() => signOut()}>
              Se déconnecter
            </button>
          </div>
        </div>
      </header>
      <TokenEnd />
      <main id="contenu" class="container" tabIndex={-1}>
        {children}
      </main>
      <Footer />
    </>
  );
}

export function Footer(): JSX.Element {
  return (
    <footer class="container foot">
      <p>
        Guichet, le système d’information des facilitateurs de la clause sociale d’insertion. Logiciel libre,{' '}
        <a href="LICENCES.txt">licences</a>.
      </p>
    </footer>
  );
}
