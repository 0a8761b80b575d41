// « Comptes »: who may come in, newest first, for those who watch over it; and the consent to a new account, whose token
// is shown once to the one who consents.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { PageHead } from '../components/PageHead.tsx';
import { ErrorBox, Panel, Wait } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import { territories } from '../departments.ts';
import { day, instant } from '../format.ts';
import { SignIns } from '../components/SignIns.tsx';
import { useCommand, useDesk, usePages } from '../hooks.ts';
import { invitation, role } from '../labels.ts';
import { accounts } from '../lists.ts';
import type { Account, Role } from '../types.ts';

const LIMIT = 50;
const INVITES: Role[] = ['OPERATOR', 'COORDINATOR', 'FACILITATOR'];
const JOURNAL: Role[] = ['OPERATOR', 'DATA_PROTECTION'];

function State({ account: a }: { account: Account }): JSX.Element {
  if (a.revoked) return <>Révoqué</>;
  if (a.awaitsConsent) return <strong>Attend un consentement</strong>;
  const invited = a.invitation && a.invitation !== 'LINK_USED' ? invitation(a.invitation) : '';
  if (invited && !a.tokenEnds)
    return (
      <>
        <strong>{invited.charAt(0).toUpperCase() + invited.slice(1)}</strong>
        {a.invitation === 'LINK_OPEN' && a.invitationEnds && <span class="sub">jusqu’au {instant(a.invitationEnds)}</span>}
      </>
    );
  if (!a.tokenEnds)
    return (
      <>
        Ouvert
        <span class="sub">par mot de passe{a.confirmedByName ? `, confirmé par ${a.confirmedByName}` : ''}</span>
      </>
    );
  return (
    <>
      Ouvert jusqu’au {day(a.tokenEnds?.slice(0, 10))}
      <span class="sub">
        {a.firstCoordinator
          ? 'première coordination, sans second consentement'
          : a.confirmedByName
            ? `confirmé par ${a.confirmedByName}, ${instant(a.confirmedAt)}`
            : 'ce rôle ne demande pas de consentement'}
      </span>
    </>
  );
}

interface Given {
  name: string;
  token: string; // "": an invitation was mailed instead
  ends: string;
}

// The only time that it is seen.
function GivenToken({ given }: { given: Given }): JSX.Element {
  if (!given.token)
    return (
      <p class="alert alert-success">
        <span>
          Le compte <strong>{given.name}</strong> est ouvert : une invitation part à son adresse.
        </span>
      </p>
    );
  return (
    <div class="alert alert-success">
      <p>
        Le compte <strong>{given.name}</strong> est confirmé. Remettez-lui ce jeton de la main à la main : il vaut
        jusqu’au {day(given.ends.slice(0, 10))} et ne sera plus montré.
      </p>
      <code class="token">{given.token}</code>
    </div>
  );
}

export function Accounts(): JSX.Element {
  const { session } = useDesk();
  const [awaitingOnly, setAwaitingOnly] = useState(false);
  const [given, setGiven] = useState<Given | null>(null);
  const top = useRef<HTMLDivElement>(null);
  const pages = usePages(accounts(awaitingOnly), LIMIT);
  const consent = useCommand('accounts/ConfirmUser');
  const invite = useCommand('accounts/Invite');
  const endInvitation = useCommand('accounts/EndInvitation');
  const [watched, setWatched] = useState<{ accountId: string; name: string } | null>(null);
  const sendAgain = async ({ name, membershipId }: Account) => {
    if (!(await invite.send({ name, ...(membershipId && { membershipId }) }))) return;
    setGiven({ name, token: '', ends: '' });
    top.current?.focus();
    pages.reload();
  };
  const takeBack = async ({ name }: Account) => {
    if (await endInvitation.send({ name })) pages.reload();
  };
  const problem = consent.error ?? invite.error ?? endInvitation.error;
  const confirm = async ({ name }: Account) => {
    const reply = await consent.send({ name });
    if (!reply) return;
    setGiven({ name, token: reply.token ?? '', ends: reply.tokenEnds ?? '' });
    top.current?.focus(); // the button that had the focus is about to go
    pages.reload();
  };
  return (
    <>
      <PageHead
        title="Comptes"
        lead="Qui peut entrer, du plus récent au plus ancien. Un compte qui voit des personnes demande deux consentements : celui de l’exploitant qui le crée, et celui de la coordination ou d’un facilitateur du territoire."
      />
      <div ref={top} tabIndex={-1} role="status" class="focus-stop">
        {given && <GivenToken given={given} />}
      </div>
      <Panel
        title={awaitingOnly ? 'En attente d’un consentement' : 'Tous les comptes'}
        aside={
          <label class="check">
            <input
              type="checkbox"
              checked={awaitingOnly}
              onChange={(e) => setAwaitingOnly(e.currentTarget.checked)}
            />{' '}
            En attente seulement
          </label>
        }
      >
        {problem && <ErrorBox error={problem} />}
        <Wait state={pages} has={pages.items.length > 0} empty="Aucun compte à montrer.">
          <Table
            caption="Comptes"
            rows={pages.items}
            rowKey={(a) => a.userId}
            columns={[
              {
                title: 'Compte',
                cell: (a) => (
                  <>
                    <a href={`#/comptes/${a.userId}`}>{a.name}</a>
                    <span class="sub">
                      créé par {a.createdBy || 'le réseau'}, {instant(a.createdAt)}
                    </span>
                  </>
                ),
              },
              { title: 'Rôle', cell: (a) => role(a.role) },
              { title: 'Territoires', cell: (a) => territories(a.territories) },
              { title: 'État', cell: (a) => <State account={a} /> },
              {
                title: 'Agir',
                hideTitle: true,
                cell: (a) =>
                  INVITES.includes(session.role) && a.invitation && a.invitation !== 'LINK_USED' && !a.revoked ? (
                    <>
                      <button
                        type="button"
                        class="btn btn-sm btn-outline-primary"
                        disabled={invite.busy}
                        onClick={() => void sendAgain(a)}
                      >
                        Renvoyer l’invitation<span class="visually-hidden"> de {a.name}</span>
                      </button>
                      {a.invitation === 'LINK_OPEN' && (
                        <button
                          type="button"
                          class="btn btn-sm btn-outline-primary"
                          disabled={endInvitation.busy}
                          onClick={() => void takeBack(a)}
                        >
                          Annuler<span class="visually-hidden"> l’invitation de {a.name}</span>
                        </button>
                      )}
                    </>
                  ) : a.mayConfirm ? (
                    <button
                      type="button"
                      class="btn btn-sm btn-primary"
                      disabled={consent.busy}
                      onClick={() => void confirm(a)}
                    >
                      Je consens<span class="visually-hidden"> au compte {a.name}</span>
                    </button>
                  ) : null,
              },
              ...(JOURNAL.includes(session.role)
                ? [
                    {
                      title: 'Connexions',
                      hideTitle: true,
                      cell: (a: Account) => (
                        <button
                          type="button"
                          class="btn btn-sm btn-outline-primary"
                          onClick={() => setWatched({ accountId: a.userId, name: a.name })}
                        >
                          Connexions<span class="visually-hidden"> de {a.name}</span>
                        </button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
          {pages.more && (
            <button type="button" class="btn btn-outline-primary" onClick={pages.readMore}>
              Afficher la suite
            </button>
          )}
        </Wait>
      </Panel>
      {JOURNAL.includes(session.role) && <SignIns key={watched?.accountId ?? ''} account={watched} />}
    </>
  );
}
