// « Dernières alertes » of the region: read again when the stream tells of new ones (hooks.ts: useBox). New ones are said to
// screen readers in one short sentence; the button stops the updates for who reads or is disturbed by them.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { plural } from '../format.ts';
import { useBox } from '../hooks.ts';
import type { Notice } from '../types.ts';
import { NoticeItem } from './NoticeItem.tsx';
import { Panel, Wait } from './Panel.tsx';

const SHOWN = 8;

// What to say when `now` holds notices that `seen` did not; nothing the first time.
export function announcement(seen: Set<string> | null, now: Notice[]): string {
  const fresh = seen ? now.filter((n) => !seen.has(n.noticeId)) : [];
  if (fresh.length === 0) return '';
  return fresh.length === 1
    ? `Nouvelle alerte : ${fresh[0]!.title ?? ''}`
    : `${plural(fresh.length, 'nouvelle')} alertes`;
}

function useAnnouncement(notices: Notice[] | undefined): string {
  const seen = useRef<Set<string> | null>(null);
  const [text, setText] = useState('');
  useEffect(() => {
    if (!notices) return;
    const said = announcement(seen.current, notices);
    seen.current = new Set(notices.map((n) => n.noticeId));
    if (said) setText(said);
  }, [notices]);
  return text;
}

export function Alerts(): JSX.Element {
  const [live, setLive] = useState(true);
  const state = useBox('BOX_RECENT', 'notifications/RecentNotices', { page: { limit: SHOWN } }, !live);
  const notices = state.data?.notices;
  const said = useAnnouncement(notices);
  const toggle = (
    <button type="button" class="btn btn-sm btn-outline-secondary" aria-pressed={!live} onClick={() => setLive(!live)}>
      {live ? 'Mettre en pause' : 'Reprendre'}
    </button>
  );
  return (
    <Panel title="Dernières alertes" aside={toggle} className="panel-feed">
      <p class="visually-hidden" aria-live="polite">
        {said}
      </p>
      <Wait state={state} has={(notices?.length ?? 0) > 0} empty="Aucune alerte pour le moment.">
        <ul class="feed" tabIndex={0} aria-label="Dernières alertes">
          {notices?.map((n) => (
            <li key={n.noticeId}>
              <NoticeItem n={n} />
            </li>
          ))}
        </ul>
      </Wait>
    </Panel>
  );
}
