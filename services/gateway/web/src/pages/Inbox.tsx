// Two boxes: « Mes alertes », what the prescriber's organisation was told; « Changements », what the account itself was:
// that somebody changed what it had decided on. Read again when the stream tells of something new.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { NoticeItem } from '../components/NoticeItem.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ErrorBox, Panel, Wait } from '../components/Panel.tsx';
import { territory } from '../departments.ts';
import { RowActs } from '../desk/Acts.tsx';
import { actTitle, mayAsk } from '../desk/methods.ts';
import { THINGS } from '../desk/places.ts';
import { plural } from '../format.ts';
import { hrefOf, useBox, useCommand, useDesk, useQuery } from '../hooks.ts';
import type { ReplyOf } from '../client.ts';
import type { Notice } from '../types.ts';

const SUBSCRIBE = 'notifications.Subscribe';
const STEP = 50;
const SHOWN_MAX = 500; // a page holds no more

interface Kind {
  query: 'Inbox' | 'OwnNotices';
  title: string;
  lead: string;
  one: string; // "alerte", feminine
  none: string;
}

function Box({ query, title, lead, one, none }: Kind): JSX.Element {
  const [unreadOnly, setUnreadOnly] = useState(false);
  const [shown, setShown] = useState(STEP);
  const [said, setSaid] = useState('');
  const heading = useRef<HTMLDivElement>(null);
  const request = { page: { limit: shown }, ...(unreadOnly && { unreadOnly: true }) };
  const state = useBox(query === 'Inbox' ? 'BOX_INBOX' : 'BOX_OWN', `notifications/${query}`, request);
  const mark = useCommand('notifications/MarkNoticeRead');
  const notices = state.data?.notices ?? [];
  const unread = notices.filter((n) => !n.read).length;
  const read = async (n: Notice) => {
    if ((await mark.send({ noticeId: n.noticeId })) === null) return;
    setSaid(`Marquée comme lue : ${n.title ?? ''}`);
    heading.current?.focus(); // the button that had the focus is about to go
    state.reload();
  };
  return (
    <>
      <PageHead title={title} lead={lead} />
      <div ref={heading} tabIndex={-1} class="focus-stop">
        <Panel
          title={unread ? `${plural(unread, one)} à lire` : `Toutes les ${one}s sont lues`}
          aside={
            <label class="check">
              <input type="checkbox" checked={unreadOnly} onChange={(e) => setUnreadOnly(e.currentTarget.checked)} /> À
              lire seulement
            </label>
          }
        >
          <p class="visually-hidden" role="status">
            {said}
          </p>
          {mark.error && <ErrorBox error={mark.error} />}
          <Wait state={state} has={notices.length > 0} empty={none}>
            <ul class="inbox">
              {notices.map((n) => (
                <li key={n.noticeId} class={n.read ? 'is-read' : 'is-unread'}>
                  <div>
                    <NoticeItem n={n} whole />
                  </div>
                  {n.read ? (
                    <span class="quiet">lue</span>
                  ) : (
                    <button
                      type="button"
                      class="btn btn-sm btn-outline-primary"
                      disabled={mark.busy}
                      onClick={() => void read(n)}
                    >
                      Marquer comme lue<span class="visually-hidden"> : {n.title}</span>
                    </button>
                  )}
                </li>
              ))}
            </ul>
            {state.data?.next && shown < SHOWN_MAX && (
              <button type="button" class="btn btn-outline-primary" onClick={() => setShown(shown + STEP)}>
                Afficher les plus anciennes
              </button>
            )}
          </Wait>
        </Panel>
      </div>
    </>
  );
}

type Subscription = NonNullable<ReplyOf<'notifications/Subscriptions'>['subscriptions']>[number];

function howReceived({ email, awaitingEmail }: Subscription): string {
  if (email) return `ici et par courriel à ${email}`;
  return awaitingEmail ? `ici ; ${awaitingEmail} n’a pas encore confirmé, et ne reçoit rien` : 'ici seulement';
}

// For which departments, and where they go.
function Subscribed(): JSX.Element {
  const { session } = useDesk();
  const state = useQuery('notifications/Subscriptions', { page: { limit: 100 } });
  const lines = state.data?.subscriptions ?? [];
  return (
    <Panel
      title="Comment je les reçois"
      aside={
        mayAsk(session.role, SUBSCRIBE) && (
          <a class="btn btn-sm btn-outline-primary" href={hrefOf(['abonnements', 'agir', SUBSCRIBE])}>
            {actTitle(SUBSCRIBE)}
          </a>
        )
      }
    >
      <Wait state={state} has={lines.length > 0} empty="Vous n’êtes abonné à aucun département : abonnez-vous pour être prévenu des besoins.">
        <ul class="plain-list">
          {lines.map((s) => (
            <li key={s.subscriptionId}>
              <strong>{territory(s.territory)}</strong> : {howReceived(s)}
              <RowActs
                acts={Object.values(THINGS.abonnements!.acts).flat()}
                path={['abonnements', s.subscriptionId ?? '']}
                query={{}}
                of={territory(s.territory)}
              />
            </li>
          ))}
        </ul>
      </Wait>
    </Panel>
  );
}

export function Inbox(): JSX.Element {
  const { session } = useDesk();
  return (
    <>
      <Box
        query="Inbox"
        title="Mes alertes"
        lead="Besoins de votre territoire, et suites données aux personnes que vous avez adressées."
        one="alerte"
        none="Aucune alerte pour le moment."
      />
      {mayAsk(session.role, 'notifications/Subscriptions') && <Subscribed />}
    </>
  );
}

export function Changes(): JSX.Element {
  return (
    <Box
      query="OwnNotices"
      title="Changements"
      lead="Ce que d’autres ont changé de ce que vous aviez décidé : ce qui était, ce qui est, qui l’a fait."
      one="nouvelle"
      none="Personne n’a changé ce que vous avez décidé."
    />
  );
}
