// The second factor of who is signed in: a picture that the telephone reads, a code that shows that it did, and the
// recovery codes, seen once.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { encode } from 'uqr';
import { useCommand } from '../hooks.ts';
import type { ReplyOf } from '../client.ts';
import { ErrorBox } from './Panel.tsx';
import { SecretField } from './SecretField.tsx';

function Picture({ text }: { text: string }): JSX.Element {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const path = data.flatMap((line, y) => line.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg class="enrol-picture" viewBox={`0 0 ${size} ${size}`} role="img" aria-label="Image à lire avec votre téléphone">
      <path d={path} fill="#000" shape-rendering="crispEdges" />
    </svg>
  );
}

function groups(text: string): string {
  return text.replace(/(.{4})(?=.)/g, '$1 ');
}

function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }): JSX.Element {
  return (
    <div class="alert alert-success" role="status">
      <p>
        Votre second facteur est en place. Notez ces codes de secours en lieu sûr : chacun remplace une fois votre
        téléphone, et ils ne seront plus montrés.
      </p>
      <ul class="recovery-codes">
        {codes.map((code) => (
          <li key={code}>{groups(code)}</li>
        ))}
      </ul>
      <button type="button" class="btn btn-primary" onClick={onDone}>
        Je les ai notés
      </button>
    </div>
  );
}

const WRONG: Record<string, string> = {
  SIGN_IN_WRONG: 'Ce code n’est pas le bon, ou il a déjà servi : attendez le suivant.',
  SIGN_IN_WAIT: 'Trop d’essais : attendez un peu.',
};

export interface EnrolProps {
  replaces: boolean; // there is one already
  onDone: () => void;
}

export function Enrol({ replaces, onDone }: EnrolProps): JSX.Element {
  const begin = useCommand('accounts/BeginSecondFactor');
  const confirm = useCommand('accounts/ConfirmSecondFactor');
  const [begun, setBegun] = useState<ReplyOf<'accounts/BeginSecondFactor'> | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const start = async () => {
    const reply = await begin.send(code ? { code } : {});
    if (!reply) return;
    setProblem(WRONG[reply.outcome ?? ''] ?? '');
    setCode('');
    if (reply.secret) setBegun(reply);
  };
  const show = async () => {
    const reply = await confirm.send({ code: code.trim() });
    if (reply?.recoveryCodes) setCodes(reply.recoveryCodes);
    else field.current?.focus();
  };
  const submit = (next: () => Promise<void>) => (event: Event) => {
    event.preventDefault();
    if (code.trim() || (!begun && !replaces)) void next();
    else setProblem('Saisissez le code de votre téléphone.');
  };
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} />;
  if (!begun)
    return (
      <form class="access-form" onSubmit={submit(start)} noValidate>
        {begin.error && <ErrorBox error={begin.error} />}
        {replaces && (
          <SecretField
            label="Code de votre téléphone d’aujourd’hui"
            autocomplete="one-time-code"
            value={code}
            onChange={setCode}
            problem={problem || undefined}
            help="Ou l’un de vos codes de secours."
          />
        )}
        <button type="submit" class="btn btn-primary" disabled={begin.busy}>
          {replaces ? 'Changer de téléphone' : 'Mettre en place'}
        </button>
      </form>
    );
  return (
    <form class="access-form" onSubmit={submit(show)} noValidate>
      <ol>
        <li>
          Ouvrez votre application de codes (FreeOTP, Aegis, Google Authenticator…) et lisez cette image :
          <br />
          <Picture text={begun.address ?? ''} />
          <br />
          Sans appareil photo, tapez : <code class="token">{groups(begun.secret ?? '')}</code>
        </li>
        <li>Tapez le code de six chiffres qu’elle affiche.</li>
      </ol>
      {confirm.error && <ErrorBox error={confirm.error} />}
      <SecretField
        label="Code de votre téléphone"
        autocomplete="one-time-code"
        value={code}
        onChange={setCode}
        problem={problem || undefined}
        inputRef={field}
      />
      <button type="submit" class="btn btn-primary" disabled={confirm.busy}>
        Confirmer
      </button>
    </form>
  );
}
