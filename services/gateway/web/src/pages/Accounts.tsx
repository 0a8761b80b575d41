// « Comptes »: who may come in, newest first, for those who watch over it; and the consent to a new account, whose token
// is shown once to the one who consents.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { PageHead } from '../components/PageHead.tsx';
import { ErrorBox, Panel, Wait } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import { territories } from '../departments.ts';
import { day, instant } from '../format.ts';
import { useCommand, usePages } from '../hooks.ts';
import { role } from '../labels.ts';
import { accounts } from '../lists.ts';
import type { Account } from '../types.ts';

const LIMIT = 50;

function State({ account: a }: { account: Account }): JSX.Element {
  if (a.revoked) return <>Révoqué</>;
  if (a.awaitsConsent) return <strong>Attend un consentement</strong>;
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
  token: string;
  ends: string;
}

// The only time that it is seen.
function GivenToken({ given }: { given: Given }): JSX.Element {
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
  const [awaitingOnly, setAwaitingOnly] = useState(false);
  const [given, setGiven] = useState<Given | null>(null);
  const top = useRef<HTMLDivElement>(null);
  const pages = usePages(accounts(awaitingOnly), LIMIT);
  const consent = useCommand('accounts/ConfirmUser');
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
        {consent.error && <ErrorBox error={consent.error} />}
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
                    {a.name}
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
                title: 'Consentir',
                hideTitle: true,
                cell: (a) =>
                  a.mayConfirm ? (
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
            ]}
          />
          {pages.more && (
            <button type="button" class="btn btn-outline-primary" onClick={pages.readMore}>
              Afficher la suite
            </button>
          )}
        </Wait>
      </Panel>
    </>
  );
}
