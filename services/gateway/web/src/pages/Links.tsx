// « Liens »: what was asked of those who have no account: for what, of whom, until when, and what was done. A link is
// made from the page of the thing that it is about (NewLink.tsx), or here by who knows its number.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { GivenLink } from '../components/GivenLink.tsx';
import type { Given } from '../components/GivenLink.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ErrorBox, Panel, Wait } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import { describe } from '../description.ts';
import { territory } from '../departments.ts';
import { instant } from '../format.ts';
import { useCommand, useDesk, useLoaded, usePages, useQuery } from '../hooks.ts';
import { role } from '../labels.ts';
import { newLinkAddress, sentence, whatFor, wordsOf } from '../links.ts';
import { links } from '../lists.ts';
import { shortId } from '../months.ts';
import type { LinkView } from '../types.ts';

const LIMIT = 30;

type Words = (value: string | undefined) => string;

// The directory has the name; the link has the organisation's id alone.
function Organisation({ id }: { id: string | undefined }): JSX.Element {
  const { data } = useQuery('directory/OrganisationById', { organisationId: id ?? '' });
  return <>{data?.organisation?.name || `Organisation ${shortId(id ?? '')}`}</>;
}

function sent(view: LinkView): string {
  if (!view.link?.byMail) return 'montré à qui l’a fait';
  if (!view.sentAt) return 'le courriel n’est pas encore parti';
  const times = (view.sendings ?? 0) > 1 ? `, ${view.sendings} fois` : '';
  return `par courriel, ${instant(view.sentAt)}${times}`;
}

function State({ view: v, words }: { view: LinkView; words: Words }): JSX.Element {
  const state = sentence(words(v.state));
  const when = v.usedAt ?? v.closedAt;
  return (
    <>
      {v.state === 'LINK_DISOWNED' ? <strong>{state}</strong> : state}
      {v.state === 'LINK_OPEN' || v.state === 'LINK_EXPIRED' ? (
        <span class="sub">jusqu’au {instant(v.ends)}</span>
      ) : (
        when && <span class="sub">{instant(when)}</span>
      )}
      {v.usedWhat && <span class="sub">{v.usedWhat}</span>}
    </>
  );
}

interface ActsProps {
  view: LinkView;
  name: string;
  busy: boolean;
  onResend: () => void;
  onEnd: () => void;
}

function Acts({ view, name, busy, onResend, onEnd }: ActsProps): JSX.Element | null {
  if (view.state !== 'LINK_OPEN' && view.state !== 'LINK_EXPIRED') return null;
  return (
    <div class="row-acts">
      <button type="button" class="btn btn-sm btn-outline-primary" disabled={busy} onClick={onResend}>
        {view.link?.byMail ? 'Renvoyer' : 'Montrer de nouveau'}
        <span class="visually-hidden"> : {name}</span>
      </button>
      <button type="button" class="btn btn-sm btn-outline-danger" disabled={busy} onClick={onEnd}>
        Retirer<span class="visually-hidden"> : {name}</span>
      </button>
    </div>
  );
}

function LinkList(): JSX.Element {
  const { api } = useDesk();
  const [openOnly, setOpenOnly] = useState(false);
  const [given, setGiven] = useState<Given | null>(null);
  const [said, setSaid] = useState('');
  const top = useRef<HTMLDivElement>(null);
  const pages = usePages(links(openOnly), LIMIT);
  const described = useLoaded('words of links', () => describe(api, 'accounts', 'Links'));
  const purposes = wordsOf(described.data, 'accounts.LinkPurpose');
  const states = wordsOf(described.data, 'accounts.LinkState');
  const again = useCommand('accounts/ResendLink');
  const end = useCommand('accounts/EndLink');
  const tell = (text: string, shown: Given | null) => {
    setSaid(text);
    setGiven(shown);
    top.current?.focus(); // the button that had the focus may be about to go
    pages.reload();
  };
  const resend = async (view: LinkView, what: string) => {
    const reply = await again.send({ linkId: view.link?.linkId ?? '', byMail: view.link?.byMail ?? false });
    if (reply) tell('', { what, whom: 'qui doit le recevoir', ends: reply.ends ?? '', token: reply.token ?? '' });
  };
  const close = async (view: LinkView, what: string) => {
    const reply = await end.send({ linkId: view.link?.linkId ?? '' });
    if (reply) tell(`Le lien n’ouvre plus rien : ${what}.`, null);
  };
  const error = again.error ?? end.error;
  return (
    <>
      <div ref={top} tabIndex={-1} role="status" class="focus-stop">
        {given && <GivenLink given={given} />}
        {said && <p class="said">{said}</p>}
      </div>
      <Panel
        title={openOnly ? 'Liens ouverts' : 'Tous les liens'}
        aside={
          <label class="check">
            <input type="checkbox" checked={openOnly} onChange={(e) => setOpenOnly(e.currentTarget.checked)} /> Ouverts
            seulement
          </label>
        }
      >
        {error && <ErrorBox error={error} />}
        <Wait
          state={pages}
          has={pages.items.length > 0}
          empty="Aucun lien ici. Faites-en un depuis ce dont il s’agit : « Envoyer un lien », sur un contrat, des heures ou un besoin."
        >
          <Table
            caption="Liens"
            rows={pages.items}
            rowKey={(v) => v.link?.linkId ?? ''}
            columns={[
              {
                title: 'Pour quoi',
                cell: (v) => (
                  <>
                    {whatFor(v, purposes)}
                    <span class="sub">
                      {shortId(v.link?.objectId ?? '')} · {territory(v.link?.territory)}
                    </span>
                  </>
                ),
              },
              {
                title: 'Pour qui',
                cell: (v) => (
                  <>
                    <Organisation id={v.link?.organisationId} />
                    <span class="sub">
                      {role(v.link?.role)}, {sent(v)}
                    </span>
                  </>
                ),
              },
              {
                title: 'Fait par',
                cell: (v) => (
                  <>
                    {v.givenBy || 'le réseau'}
                    <span class="sub">{instant(v.givenAt)}</span>
                  </>
                ),
              },
              { title: 'État', cell: (v) => <State view={v} words={states} /> },
              {
                title: 'Agir',
                hideTitle: true,
                cell: (v) => (
                  <Acts
                    view={v}
                    name={whatFor(v, purposes)}
                    busy={again.busy || end.busy}
                    onResend={() => void resend(v, whatFor(v, purposes))}
                    onEnd={() => void close(v, whatFor(v, purposes))}
                  />
                ),
              },
            ]}
          />
          {pages.more && (
            <button type="button" class="btn btn-outline-primary" disabled={pages.loading} onClick={pages.readMore}>
              Afficher la suite
            </button>
          )}
        </Wait>
      </Panel>
    </>
  );
}

export function Links(): JSX.Element {
  return (
    <>
      <PageHead
        title="Liens"
        lead="Ce qui est demandé à qui n’a pas de compte. Chaque lien ne sert qu’à une chose, une fois."
      >
        <a class="btn btn-outline-primary" href={newLinkAddress('liens')}>
          Faire un lien
        </a>
      </PageHead>
      <LinkList />
    </>
  );
}
