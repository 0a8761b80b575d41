// The identity providers of a gateway: to sign in by one, the code of one's own telephone where it has seen none, and
// one's identities that open the account.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Api, Refused } from '../api.ts';
import { CODE_WANTED, arrival } from '../arrival.ts';
import { instant } from '../format.ts';
import { useCommand, useDesk, useQuery } from '../hooks.ts';
import type { Provider } from '../types.ts';
import { ErrorBox, Panel, Wait } from './Panel.tsx';
import { SecretField } from './SecretField.tsx';
import { Table } from './Table.tsx';

function useProviders(api: Api): Provider[] {
  const [providers, setProviders] = useState<Provider[]>([]);
  useEffect(() => {
    api
      .providers()
      .then(setProviders)
      .catch(() => undefined); // many gateways have none
  }, [api]);
  return providers;
}

// What became of who comes back from a provider.
export function Arrival(): JSX.Element | null {
  const { text, good } = arrival();
  if (!text) return null;
  return (
    <p class={good ? 'alert alert-success' : 'alert alert-warning'} role={good ? 'status' : 'alert'}>
      {text}
    </p>
  );
}

export function ProviderButtons({ api }: { api: Api }): JSX.Element | null {
  const providers = useProviders(api);
  if (!providers.length) return null;
  return (
    <section class="sign-in-providers" aria-label="Par un fournisseur d’identité">
      {providers.map(({ name, label, start }) => (
        <a key={name} class="btn btn-outline-primary" href={start}>
          Se connecter avec {label}
        </a>
      ))}
    </section>
  );
}

export function ProviderCode({ api, onEntered }: { api: Api; onEntered: () => void }): JSX.Element | null {
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  if (arrival().word !== CODE_WANTED) return null;
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!code.trim()) return setProblem('Saisissez le code de votre téléphone.');
    setBusy(true);
    try {
      await api.providerCode(code.trim());
      return onEntered();
    } catch (error) {
      setProblem(error instanceof Refused ? error.message : 'La connexion a échoué.');
      setCode('');
      field.current?.focus();
    }
    setBusy(false);
  };
  return (
    <form onSubmit={(e) => void submit(e)} noValidate>
      <SecretField
        label="Code de votre téléphone"
        autocomplete="one-time-code"
        value={code}
        onChange={setCode}
        problem={problem || undefined}
        inputRef={field}
        help="Les six chiffres que votre application affiche maintenant, ou l’un de vos codes de secours."
      />
      <button type="submit" class="btn btn-primary btn-lg" disabled={busy}>
        {busy ? 'Vérification…' : 'Terminer la connexion'}
      </button>
    </form>
  );
}

export function OwnIdentities(): JSX.Element | null {
  const { api } = useDesk();
  const providers = useProviders(api);
  const own = useQuery('accounts/OwnProviderBindings', {});
  const end = useCommand('accounts/EndProviderBinding');
  const [error, setError] = useState<Refused | null>(null);
  const bindings = own.data?.bindings ?? [];
  const bind = (name: string) =>
    api
      .bindProvider(name)
      .then((address) => location.assign(address))
      .catch((caught: unknown) => setError(caught instanceof Refused ? caught : new Refused(0, {})));
  const unbind = async (bindingId: string | undefined) => {
    if (bindingId && (await end.send({ bindingId }))) own.reload();
  };
  if (!providers.length && !bindings.length) return null;
  return (
    <Panel title="Identités liées">
      <p>Une identité d’un fournisseur, que vous liez ici, ouvre votre compte sans votre mot de passe.</p>
      {(error ?? end.error) && <ErrorBox error={(error ?? end.error)!} />}
      <Wait state={own} has={own.data !== null}>
        {bindings.length > 0 && (
          <Table
            caption="Identités liées"
            rows={bindings}
            rowKey={(b) => b.bindingId ?? ''}
            columns={[
              {
                title: 'Fournisseur',
                cell: (b) => (
                  <>
                    {b.label}
                    {b.mail && <span class="sub">{b.mail}</span>}
                  </>
                ),
              },
              { title: 'Depuis', cell: (b) => instant(b.boundAt) },
              {
                title: 'Délier',
                hideTitle: true,
                cell: (b) => (
                  <button
                    type="button"
                    class="btn btn-sm btn-outline-primary"
                    disabled={end.busy}
                    onClick={() => void unbind(b.bindingId)}
                  >
                    Délier
                    <span class="visually-hidden">
                      {' '}
                      {b.label} {b.mail}
                    </span>
                  </button>
                ),
              },
            ]}
          />
        )}
      </Wait>
      {providers.map(({ name, label }) => (
        <button key={name} type="button" class="btn btn-outline-primary" onClick={() => void bind(name)}>
          Lier une identité de {label}
        </button>
      ))}
    </Panel>
  );
}
