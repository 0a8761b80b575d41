// « Recevoir un lien de connexion »: for who forgot her password, or has none. The answer is the same whether an account
// has that address.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Refused } from '../api.ts';
import type { Api } from '../api.ts';
import { SecretField } from './SecretField.tsx';

export function SignInLink({ api }: { api: Api }): JSX.Element {
  const [address, setAddress] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    setDone(false);
    setProblem('');
    if (!address.trim()) {
      setProblem('Saisissez votre adresse électronique.');
      field.current?.focus();
      return;
    }
    setBusy(true);
    try {
      await api.askSignInLink(address.trim());
      setDone(true);
    } catch (error) {
      setProblem(error instanceof Refused ? error.message : 'La demande a échoué.');
      field.current?.focus();
    }
    setBusy(false);
  };
  return (
    <details class="sign-in-more">
      <summary>Recevoir un lien de connexion</summary>
      <form onSubmit={(e) => void submit(e)} noValidate>
        <SecretField
          label="Adresse électronique"
          autocomplete="email"
          value={address}
          onChange={setAddress}
          problem={problem || undefined}
          inputRef={field}
          help="Celle que vous avez confirmée pour votre compte. Mot de passe oublié : une fois connecté, choisissez-en un autre dans « Mon accès »."
        />
        <button type="submit" class="btn btn-outline-primary" disabled={busy}>
          {busy ? 'Envoi…' : 'Recevoir un lien'}
        </button>
        <p role="status" class="quiet">
          {done &&
            'C’est demandé. Si un compte a confirmé cette adresse, un courriel y arrive dans quelques minutes ; le lien vaut dix minutes. Regardez aussi parmi les indésirables. Vous pouvez le redemander dans dix minutes.'}
        </p>
      </form>
    </details>
  );
}
