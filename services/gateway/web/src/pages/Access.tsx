// « Mon accès »: by what somebody comes in, in which of her roles she is, and where else she is signed in.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Refused } from '../api.ts';
import { PageHead } from '../components/PageHead.tsx';
import { ErrorBox, Panel, Wait } from '../components/Panel.tsx';
import { OwnAddress } from '../components/OwnAddress.tsx';
import { Arrival, OwnIdentities } from '../components/Providers.tsx';
import { Enrol } from '../components/SecondFactor.tsx';
import { SecretField } from '../components/SecretField.tsx';
import { OwnSignIns } from '../components/SignIns.tsx';
import { Table } from '../components/Table.tsx';
import { territories } from '../departments.ts';
import { instant } from '../format.ts';
import { useCommand, useDesk, usePages, useQuery } from '../hooks.ts';
import { keyKind, role } from '../labels.ts';
import { ownKeys } from '../lists.ts';
import { isCookie } from '../session.ts';
import type { OwnMembership } from '../types.ts';

// `free`: the one before is not asked for: a link of her mail brought her here a moment ago.
function PasswordPanel({ has, free, onDone }: { has: boolean; free: boolean; onDone: () => void }): JSX.Element {
  const { api, enter, session } = useDesk();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const problem = (field: string) => (error?.field === field ? error.message : undefined);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    try {
      await api.setPassword(current, password);
      setError(null);
      setDone(true);
      enter(); // a token has made room for a session
      onDone();
    } catch (caught) {
      setError(caught instanceof Refused ? caught : new Refused(0, {}));
    }
    setBusy(false);
  };
  return (
    <Panel title="Mot de passe">
      <form class="access-form" onSubmit={(e) => void submit(e)} noValidate>
        {/* for the browser's keeper of passwords */}
        <input type="text" autocomplete="username" value={session.user} readOnly hidden />
        {error && !error.field && <ErrorBox error={error} />}
        {free && <p>Vous êtes venu par un lien reçu par courriel : votre mot de passe actuel n’est pas demandé.</p>}
        {has && !free && (
          <SecretField
            label="Mot de passe actuel"
            autocomplete="current-password"
            value={current}
            onChange={setCurrent}
            problem={problem('current')}
          />
        )}
        <SecretField
          label={has ? 'Nouveau mot de passe' : 'Mot de passe'}
          autocomplete="new-password"
          value={password}
          onChange={setPassword}
          problem={problem('password')}
          help="12 caractères au moins. Quelques mots sans lien entre eux se retiennent bien."
        />
        <button type="submit" class="btn btn-primary" disabled={busy}>
          {busy ? 'Vérification…' : has ? 'Changer le mot de passe' : 'Choisir ce mot de passe'}
        </button>
        {done && (
          <p class="quiet" role="status">
            C’est fait. Vos autres sessions sont terminées.
          </p>
        )}
      </form>
    </Panel>
  );
}

function RolesPanel({ memberships }: { memberships: OwnMembership[] }): JSX.Element {
  const { enter } = useDesk();
  const change = useCommand('accounts/SwitchMembership');
  const go = async (membershipId: string | undefined) => {
    if (membershipId && (await change.send({ membershipId }))) enter();
  };
  return (
    <Panel title="Mes rôles">
      {change.error && <ErrorBox error={change.error} />}
      <Table
        caption="Mes rôles"
        rows={memberships}
        rowKey={(m) => m.membershipId ?? ''}
        columns={[
          { title: 'Rôle', cell: (m) => role(m.role) },
          { title: 'Territoires', cell: (m) => territories(m.territories) },
          {
            title: 'Agir dans ce rôle',
            hideTitle: true,
            cell: (m) =>
              m.isCurrent ? (
                <strong>En ce moment</strong>
              ) : (
                <button
                  type="button"
                  class="btn btn-sm btn-outline-primary"
                  disabled={change.busy}
                  onClick={() => void go(m.membershipId)}
                >
                  Agir dans ce rôle<span class="visually-hidden"> : {role(m.role)}</span>
                </button>
              ),
          },
        ]}
      />
    </Panel>
  );
}

function KeysPanel(): JSX.Element {
  const pages = usePages(ownKeys(), 64);
  const end = useCommand('accounts/EndKey');
  const others = useCommand('accounts/EndOtherSessions');
  const endOne = async (keyId: string | undefined) => {
    if (keyId && (await end.send({ keyId }))) pages.reload();
  };
  const endOthers = async () => {
    if (await others.send({})) pages.reload();
  };
  return (
    <Panel
      title="Sessions et clés"
      aside={
        <button
          type="button"
          class="btn btn-sm btn-outline-primary"
          disabled={others.busy}
          onClick={() => void endOthers()}
        >
          Terminer mes autres sessions
        </button>
      }
    >
      {(end.error ?? others.error) && <ErrorBox error={(end.error ?? others.error)!} />}
      <Wait state={pages} has={pages.items.length > 0}>
        <Table
          caption="Sessions et clés"
          rows={pages.items}
          rowKey={(k) => k.keyId ?? ''}
          columns={[
            {
              title: 'Quoi',
              cell: (k) => (
                <>
                  {k.label || k.browser || keyKind(k.kind)}
                  <span class="sub">
                    {k.kind === 'KEY_SESSION'
                      ? `Session depuis ${k.place || 'la machine de la passerelle'}`
                      : k.label
                        ? keyKind(k.kind)
                        : ''}
                  </span>
                </>
              ),
            },
            { title: 'Depuis', cell: (k) => instant(k.givenAt) },
            { title: 'Jusqu’au', cell: (k) => instant(k.ends) },
            {
              title: 'Terminer',
              hideTitle: true,
              cell: (k) =>
                k.isCurrent ? (
                  <strong>Ici</strong>
                ) : (
                  <button
                    type="button"
                    class="btn btn-sm btn-outline-primary"
                    disabled={end.busy}
                    onClick={() => void endOne(k.keyId)}
                  >
                    Terminer<span class="visually-hidden"> {k.label || k.browser}</span>
                  </button>
                ),
            },
          ]}
        />
      </Wait>
    </Panel>
  );
}

export function Access(): JSX.Element {
  const { session, credential, enter } = useDesk();
  const access = useQuery('accounts/OwnAccess', {});
  const own = access.data;
  return (
    <>
      <PageHead title="Mon accès" lead="Par quoi vous entrez, dans quels rôles, et où vous êtes connecté." />
      <Arrival />
      <Wait state={access} has={own !== null}>
        <Panel title="Second facteur">
          <p>
            {own?.hasSecondFactor
              ? `En place. Il vous reste ${own.recoveryCodesLeft ?? 0} codes de secours.`
              : own?.needsSecondFactor
                ? 'Votre rôle le demande : un code de votre téléphone, à chaque connexion.'
                : 'Un code de votre téléphone, à chaque connexion : personne n’entre avec votre seul mot de passe.'}
          </p>
          <Enrol replaces={own?.hasSecondFactor ?? false} onDone={enter} />
        </Panel>
        {!session.mustEnrol && (
          <>
            <PasswordPanel has={own?.hasPassword ?? false} free={own?.mayReplacePassword ?? false} onDone={access.reload} />
            {own && <OwnAddress own={own} onDone={access.reload} />}
            {(own?.memberships?.length ?? 0) > 1 && isCookie(credential) && (
              <RolesPanel memberships={own!.memberships!} />
            )}
            <OwnIdentities />
            <KeysPanel />
            <OwnSignIns />
          </>
        )}
      </Wait>
    </>
  );
}
