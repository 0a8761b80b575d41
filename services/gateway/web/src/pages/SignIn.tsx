// The first page of who has no token yet, or whose token was refused.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { nextViewTakesFocus } from '../components/PageHead.tsx';
import { Footer } from '../components/Shell.tsx';
import { Logo } from '../components/Logo.tsx';

export interface SignInProps {
  problem: string;
  busy: boolean;
  onToken: (token: string) => void;
}

export function SignIn({ problem, busy, onToken }: SignInProps): JSX.Element {
  const [token, setToken] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const said = missing ? 'Saisissez votre jeton d’accès.' : problem;
  useEffect(() => {
    nextViewTakesFocus();
    document.title = 'Connexion – Guichet';
  }, []);
  useEffect(() => {
    if (said) field.current?.focus();
  }, [said]);
  const submit = (event: Event) => {
    event.preventDefault();
    setMissing(token.trim() === '');
    if (token.trim()) onToken(token.trim());
  };
  return (
    <>
      <main class="sign-in" id="contenu">
        <div class="sign-in-card">
          <p class="sign-in-brand">
            <Logo />
            Guichet
          </p>
          <h1>Connexion</h1>
          <p class="quiet">
            Le suivi des clauses sociales d’insertion : contrats, heures, personnes et alertes de votre territoire.
          </p>
          <form onSubmit={submit} noValidate>
            <label for="jeton" class="form-label">
              Jeton d’accès
            </label>
            <input
              id="jeton"
              ref={field}
              type="password"
              class="form-control form-control-lg"
              autocomplete="off"
              spellcheck={false}
              value={token}
              required
              aria-invalid={said ? true : undefined}
              aria-describedby={said ? 'jeton-problem jeton-help' : 'jeton-help'}
              onInput={(e) => setToken(e.currentTarget.value)}
            />
            {said && (
              <p id="jeton-problem" class="field-problem" role="alert">
                {said}
              </p>
            )}
            <button type="submit" class="btn btn-primary btn-lg" disabled={busy}>
              {busy ? 'Vérification…' : 'Se connecter'}
            </button>
            <p id="jeton-help" class="form-text">
              Le jeton vous est remis par l’exploitant de votre réseau. Il est oublié quand vous fermez cet onglet.
            </p>
          </form>
        </div>
      </main>
      <Footer />
    </>
  );
}
