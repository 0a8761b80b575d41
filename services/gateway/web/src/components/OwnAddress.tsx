// Where who is signed in gets mail: confirmed by a link that is mailed there.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useCommand } from '../hooks.ts';
import type { OwnAccess } from '../types.ts';
import { ErrorBox, Panel } from './Panel.tsx';
import { SecretField } from './SecretField.tsx';

export function OwnAddress({ own, onDone }: { own: OwnAccess; onDone: () => void }): JSX.Element {
  const change = useCommand('accounts/SetOwnAddress');
  const [email, setEmail] = useState('');
  const [problem, setProblem] = useState('');
  const set = async (wanted: string) => {
    if (!(await change.send({ email: wanted }))) return;
    setEmail('');
    onDone();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    setProblem(email.trim() ? '' : 'Saisissez votre adresse électronique.');
    if (email.trim()) void set(email.trim());
  };
  const wrong = problem || (change.error?.field === 'email' ? change.error.message : '');
  return (
    <Panel title="Adresse électronique">
      <p>
        {own.address ? (
          <>
            Vos courriels arrivent à <strong>{own.address}</strong>.
          </>
        ) : (
          'Sans adresse, personne ne peut vous prévenir d’une connexion inhabituelle, ni vous envoyer un lien de connexion.'
        )}
      </p>
      {own.awaitingAddress && (
        <p class="alert alert-warning" role="status">
          <span>
            Ouvrez le lien envoyé à <strong>{own.awaitingAddress}</strong> pour confirmer cette adresse. Il vaut trois
            jours.
          </span>
        </p>
      )}
      {change.error && change.error.field !== 'email' && <ErrorBox error={change.error} />}
      <form class="access-form" onSubmit={submit} noValidate>
        <SecretField
          label={own.address ? 'Nouvelle adresse' : 'Votre adresse'}
          autocomplete="email"
          value={email}
          onChange={setEmail}
          problem={wrong || undefined}
        />
        <button type="submit" class="btn btn-primary" disabled={change.busy}>
          {change.busy ? 'Envoi…' : 'Envoyer un lien de confirmation'}
        </button>
        {(own.address || own.awaitingAddress) && (
          <button type="button" class="btn btn-outline-primary" disabled={change.busy} onClick={() => void set('')}>
            Ne plus recevoir de courriel
          </button>
        )}
      </form>
    </Panel>
  );
}
