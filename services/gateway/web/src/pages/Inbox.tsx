// Two boxes: « Mes alertes », what the prescriber's organisation was told; « Changements », what the account itself was:
// that somebody changed what it had decided on. Read again when the stream tells of something new.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { NoticeItem } from '../components/NoticeItem.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ErrorBox, Panel, Wait } from '../components/Panel.tsx';
import { plural } from '../format.ts';
import { useBox, useCommand } from '../hooks.ts';
import type { Notice } from '../types.ts';

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

export function Inbox(): JSX.Element {
  return (
    <Box
      query="Inbox"
      title="Mes alertes"
      lead="Besoins de votre territoire, et suites données aux personnes que vous avez adressées."
      one="alerte"
      none="Aucune alerte pour le moment."
    />
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
