// What surrounds every view of a signed-in person: skip link, brand, navigation, who is acting, sign out.
import type { ComponentChildren, ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { daysLeft, instant, instantDay, plural } from '../format.ts';
import { useCommand, useDesk } from '../hooks.ts';
import { role } from '../labels.ts';
import { isCookie } from '../session.ts';
import { goToStep, step, wasOffered } from '../tour/state.ts';
import { HeadSearch } from './HeadSearch.tsx';
import { Logo } from './Logo.tsx';
import { Menu } from './Menu.tsx';
import { Offline } from './Offline.tsx';
import { ErrorBox } from './Panel.tsx';

const WARN_DAYS = 14;

// Told in good time: the holder may renew the token as long as it opens something; later it takes somebody else.
function TokenEnd(): JSX.Element | null {
  const { session, changeToken, credential } = useDesk();
  const renew = useCommand('accounts/RenewToken');
  const left = daysLeft(session.tokenEnds);
  if (left === null || left > WARN_DAYS || isCookie(credential)) return null; // a session is signed in anew
  const send = async () => {
    const reply = await renew.send({ name: session.user });
    if (reply?.token) changeToken(reply.token);
  };
  return (
    <div class="container">
      <div class="alert alert-warning token-end">
        <p role="status">
          Votre jeton d’accès prend fin le {instant(session.tokenEnds)}
          {left > 1 ? `, dans ${plural(left, 'jour')}` : ''}. Renouvelez-le d’ici là : l’ancien n’ouvrira plus rien, et le
          nouveau sera montré une seule fois.
        </p>
        {renew.error && <ErrorBox error={renew.error} />}
        <button type="button" class="btn btn-sm btn-primary" disabled={renew.busy} onClick={() => void send()}>
          Renouveler mon jeton
        </button>
      </div>
    </div>
  );
}

// The only time that it is seen. What was renewed on this page is of use on the next visit.
function NewToken(): JSX.Element | null {
  const { session, renewed } = useDesk();
  if (!renewed) return null;
  return (
    <div class="container">
      <div class="alert alert-success token-end" role="status">
        <p>
          Voici votre nouveau jeton. Notez-le en lieu sûr : il vaut jusqu’au {instantDay(session.tokenEnds)} et ne sera plus
          montré.
        </p>
        <code class="token">{renewed}</code>
      </div>
    </div>
  );
}

// The guided tour: its code comes when it is wanted, or to offer it once.
function Visit(): JSX.Element | null {
  const number = step.use();
  const [Tour, setTour] = useState<ComponentType | null>(null);
  useEffect(() => {
    if (Tour || (number === null && wasOffered())) return;
    import('../tour/Tour.tsx').then((m) => setTour(() => m.Tour)).catch(() => undefined); // the page does without
  }, [number]);
  return Tour && <Tour />;
}

function Who(): JSX.Element {
  const { session, signOut, credential } = useDesk();
  return (
    <div class="who">
      <span>
        <a href="#/acces" aria-label={`${session.user} : mon accès`}>
          <strong>{session.user}</strong>
        </a>
        <small>{role(session.role)}</small>
        {session.tokenEnds && !isCookie(credential) && (
          <small>Jeton valable jusqu’au {instantDay(session.tokenEnds)}</small>
        )}
      </span>
      <button type="button" class="btn btn-sm btn-outline-primary" onClick={() => signOut()}>
        Se déconnecter
      </button>
    </div>
  );
}

export function Shell({ current, children }: { current: string; children: ComponentChildren }): JSX.Element {
  const { session } = useDesk();
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
          <Menu current={current} />
          <div class="side">
            {!session.mustEnrol && current !== 'tout' && <HeadSearch />}
            <Who />
          </div>
        </div>
      </header>
      <Offline />
      <NewToken />
      <TokenEnd />
      <main id="contenu" class="container" tabIndex={-1}>
        {children}
      </main>
      <Footer signedIn />
      <Visit />
    </>
  );
}

// Pages of the gateway, the same for who holds a link (services/gateway/links/legal.h).
const ABOUT = [
  ['accessibilite', 'Accessibilité : partiellement conforme'],
  ['mentions-legales', 'Mentions légales'],
  ['donnees-personnelles', 'Données personnelles'],
  ['aide', 'Aide et contact'],
] as const;

export function Footer({ signedIn = false }: { signedIn?: boolean }): JSX.Element {
  return (
    <footer class="container foot">
      <nav aria-label="À propos">
        <ul>
          {ABOUT.map(([name, label]) => (
            <li key={name}>
              <a href={`/a-propos/${name}`}>{label}</a>
            </li>
          ))}
        </ul>
      </nav>
      <p>
        Guichet, le système d’information des facilitateurs de la clause sociale d’insertion. Logiciel libre,{' '}
        <a href="LICENCES.txt">licences</a>
        {signedIn && (
          <>
            ,{' '}
            <button type="button" class="link" onClick={() => goToStep(0)}>
              visite guidée
            </button>
            , <a href="#/acces">mon accès</a>, <a href="#/interface">interface pour les programmes</a>
          </>
        )}
        .
      </p>
    </footer>
  );
}
