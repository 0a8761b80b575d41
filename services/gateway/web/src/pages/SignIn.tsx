// The first page of who is not signed in: name and password, then the code of the telephone where one is asked for; or
// the token that somebody was handed over for the first time. On a machine with an invented region, one click.
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Api, Refused } from '../api.ts';
import { Logo } from '../components/Logo.tsx';
import { nextViewTakesFocus } from '../components/PageHead.tsx';
import { Arrival, ProviderButtons, ProviderCode } from '../components/Providers.tsx';
import { SecretField } from '../components/SecretField.tsx';
import { Footer } from '../components/Shell.tsx';
import { SignInLink } from '../components/SignInLink.tsx';
import { role } from '../labels.ts';

export interface SignInProps {
  problem: string;
  ofToken: boolean; // it is one of the token that was given
  busy: boolean;
  onToken: (token: string) => void;
  onEntered: () => void; // the session is a cookie
}

function TokenForm({ problem, busy, onToken }: Omit<SignInProps, 'onEntered' | 'ofToken'>): JSX.Element {
  const [token, setToken] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const said = missing ? 'Saisissez votre jeton d’accès.' : problem;
  useEffect(() => {
    if (said) field.current?.focus();
  }, [said]);
  const submit = (event: Event) => {
    event.preventDefault();
    setMissing(token.trim() === '');
    if (token.trim()) onToken(token.trim());
  };
  return (
    <details class="sign-in-more" open={said !== ''}>
      <summary>J’ai un jeton d’accès</summary>
      <form onSubmit={submit} noValidate>
        <SecretField
          label="Jeton d’accès"
          autocomplete="off"
          value={token}
          onChange={setToken}
          problem={said || undefined}
          inputRef={field}
          help="Il vous est remis par l’exploitant de votre réseau, pour votre première visite. Il est oublié quand vous fermez cet onglet."
        />
        <button type="submit" class="btn btn-outline-primary" disabled={busy}>
          {busy ? 'Vérification…' : 'Entrer avec ce jeton'}
        </button>
      </form>
    </details>
  );
}

function PasswordForm({ api, onEntered }: { api: Api; onEntered: () => void }): JSX.Element {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const codeField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asksCode) codeField.current?.focus();
  }, [asksCode]);
  const send = async () => {
    setBusy(true);
    setProblem('');
    try {
      const { outcome } = await api.signIn(name.trim(), password, code.trim());
      if (outcome === 'SIGN_IN_OPEN') return onEntered();
      setAsksCode(true);
    } catch (error) {
      setProblem(error instanceof Refused ? error.message : 'La connexion a échoué.');
      setCode('');
      (asksCode ? codeField : first).current?.focus();
    }
    setBusy(false);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (name.trim() && password && (!asksCode || code.trim())) void send();
    else setProblem(asksCode ? 'Saisissez le code de votre téléphone.' : 'Saisissez votre nom de compte et votre mot de passe.');
  };
  return (
    <form onSubmit={submit} noValidate>
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
      <p class="quiet">Tout est obligatoire.</p>
      <SecretField label="Nom de compte" autocomplete="username" value={name} onChange={setName} inputRef={first} />
      <SecretField label="Mot de passe" autocomplete="current-password" value={password} onChange={setPassword} />
      {asksCode && (
        <SecretField
          label="Code de votre téléphone"
          autocomplete="one-time-code"
          value={code}
          onChange={setCode}
          inputRef={codeField}
          help="Les six chiffres que votre application affiche maintenant, ou l’un de vos codes de secours."
        />
      )}
      <button type="submit" class="btn btn-primary btn-lg" disabled={busy}>
        {busy ? 'Vérification…' : 'Se connecter'}
      </button>
    </form>
  );
}

function DemoRoles({ api, onEntered }: { api: Api; onEntered: () => void }): JSX.Element | null {
  const [roles, setRoles] = useState<string[]>([]);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    api
      .demoRoles()
      .then(setRoles)
      .catch(() => undefined); // most gateways have none
  }, [api]);
  if (!roles.length) return null;
  const enter = (name: string) =>
    api
      .enterDemo(name)
      .then(onEntered)
      .catch((error: unknown) => setProblem(error instanceof Refused ? error.message : 'L’entrée a échoué.'));
  return (
    <section class="sign-in-demo" aria-labelledby="demo">
      <h2 id="demo">Région de démonstration</h2>
      <p class="quiet">Tout y est inventé. Entrez d’un clic :</p>
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
      <ul>
        {roles.map((name) => (
          <li key={name}>
            <button type="button" class="btn btn-sm btn-outline-primary" onClick={() => void enter(name)}>
              {role(name)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function SignIn({ problem, ofToken, busy, onToken, onEntered }: SignInProps): JSX.Element {
  const api = useMemo(() => new Api(''), []);
  useEffect(() => {
    nextViewTakesFocus();
    document.title = 'Connexion – Guichet';
  }, []);
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
            Le suivi des clauses sociales d’insertion : contrats, heures, personnes et alertes de votre territoire.
          </p>
          {problem && !ofToken && (
            <p class="field-problem" role="alert">
              {problem}
            </p>
          )}
          <Arrival />
          <ProviderCode api={api} onEntered={onEntered} />
          <ProviderButtons api={api} />
          <PasswordForm api={api} onEntered={onEntered} />
          <SignInLink api={api} />
          <TokenForm problem={ofToken ? problem : ''} busy={busy} onToken={onToken} />
          <DemoRoles api={api} onEntered={onEntered} />
        </div>
      </main>
      <Footer />
    </>
  );
}
