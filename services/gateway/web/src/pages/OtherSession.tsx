// A link brought the token of somebody else while a session runs: the person says who to be. Whoever sends such a link
// could otherwise make her work under another name without her noticing.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Api, Refused } from '../api.ts';
import { Logo } from '../components/Logo.tsx';
import { Footer } from '../components/Shell.tsx';
import { role } from '../labels.ts';
import type { Session } from '../types.ts';

export interface OtherSessionProps {
  session: Session;
  token: string; // the other's
  onStay: () => void;
  onChange: () => void;
}

type Other = { session: Session | null; problem: string };

function Somebody({ session }: { session: Session }): JSX.Element {
  return (
    <>
      <strong>{session.user}</strong> ({role(session.role)})
    </>
  );
}

export function OtherSession({ session, token, onStay, onChange }: OtherSessionProps): JSX.Element {
  const [other, setOther] = useState<Other>({ session: null, problem: '' });
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = 'Changer de compte ? – Guichet';
    heading.current?.focus();
  }, []);
  useEffect(() => {
    let current = true;
    const keep = (found: Other) => void (current && setOther(found));
    new Api(token)
      .session()
      .then((found) => keep({ session: found, problem: '' }))
      .catch((error: unknown) =>
        keep({ session: null, problem: error instanceof Refused ? error.message : 'Ce jeton n’a pas pu être vérifié.' }),
      );
    return () => void (current = false);
  }, [token]);
  return (
    <>
      <main class="sign-in" id="contenu">
        <div class="sign-in-card">
          <p class="sign-in-brand">
            <Logo />
            Guichet
          </p>
          <h1 ref={heading} tabIndex={-1}>
            Changer de compte ?
          </h1>
          <p>
            Vous êtes <Somebody session={session} />.
          </p>
          <p role="status">
            {other.session ? (
              <>
                Le lien que vous venez d’ouvrir est celui de <Somebody session={other.session} />. N’acceptez que s’il est
                à vous.
              </>
            ) : (
              other.problem || 'Le lien que vous venez d’ouvrir porte un autre jeton ; vérification…'
            )}
          </p>
          <button type="button" class="btn btn-primary btn-lg" onClick={onStay}>
            Rester {session.user}
          </button>
          {other.session && (
            <button type="button" class="btn btn-outline-primary btn-lg" onClick={onChange}>
              Devenir {other.session.user}
            </button>
          )}
        </div>
      </main>
      <Footer />
    </>
  );
}
