// « Ma journée »: what waits for who is signed in, the most urgent first: since when, until when, and the act that
// settles it, one click away. What is settled goes by itself: the day is read again when the stream tells of something, when
// midnight comes, and when somebody comes back to a page that is older than a minute; a page that nobody looks at asks nothing.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { thingOf } from '../desk/IdLink.tsx';
import { actTitle, mayAsk } from '../desk/methods.ts';
import { THINGS, actsOf } from '../desk/places.ts';
import { waysTo } from '../desk/reach.ts';
import { shapesFor } from '../desk/read.ts';
import { territory } from '../departments.ts';
import { day, dayInWords, plural, typographic } from '../format.ts';
import { hrefOf, useAddress, useDesk, useLoaded, useQuery } from '../hooks.ts';
import { pagesOf } from '../roles.ts';
import type { DayItem, Role } from '../types.ts';

const STEP = 50;
const SHOWN_MAX = 500; // a page holds no more
const OLD_MS = 60000;
const TOGETHER_MS = 2000; // what is told within is one change
const TOUCHES = ['pointermove', 'pointerdown', 'keydown', 'focus'];

const GROUPS: [urgency: string, title: string][] = [
  ['URGENT_LATE', 'En retard'],
  ['URGENT_TODAY', 'Aujourd’hui'],
  ['URGENT_THIS_WEEK', 'Cette semaine'],
  ['NOT_URGENT', 'Plus tard'],
];

type Kind = NonNullable<DayItem['kind']>;

export interface Ways {
  thing?: string; // the address of what it is about
  act?: string; // of the form that settles it
}

// The form on the page of the thing, where it has its place there; else wherever the act has one.
export function waysOf(item: DayItem, role: Role): Ways {
  const thing = thingOf(`${item.thingKind}Id`);
  const isThere = thing && item.thingId && (!THINGS[thing]!.read || mayAsk(role, THINGS[thing]!.read));
  const page = isThere ? hrefOf([thing, item.thingId!]) : undefined;
  if (!item.act || !mayAsk(role, item.act)) return { thing: page };
  const isOn = thing && item.thingId && actsOf(THINGS[thing]!.acts).some((a) => a.method === item.act);
  if (isOn) return { thing: page, act: hrefOf([thing, item.thingId!, 'agir', item.act], { month: item.month }) };
  const [way] = waysTo(role, item.act, pagesOf(role).map((p) => p.path));
  return { thing: page, act: way?.href };
}

function Item({ item }: { item: DayItem }): JSX.Element {
  const { session } = useDesk();
  const ways = waysOf(item, session.role);
  const title = typographic(item.title);
  return (
    <li>
      <div class="day-item">
        <p class="notice-title">{ways.thing ? <a href={ways.thing}>{title}</a> : title}</p>
        <p class="notice-text">{typographic(item.text)}</p>
        <p class="notice-foot">
          Depuis le {day(item.since)}
          {item.until && <>, avant le {day(item.until)} inclus</>}
          {item.territory && <> · {territory(item.territory)}</>}
        </p>
      </div>
      {ways.act && (
        <a class="btn btn-sm btn-outline-primary" href={ways.act}>
          {actTitle(item.act!)}
          <span class="visually-hidden"> : {title}</span>
        </a>
      )}
    </li>
  );
}

interface TotalsProps {
  totals: { kind?: string; items?: number }[];
  chosen?: string;
}

// How much of each kind there is, in all; each leads to what there is of it.
function Totals({ totals, chosen }: TotalsProps): JSX.Element {
  const { api } = useDesk();
  const shapes = useLoaded('words of my day', () => shapesFor(api, 'notifications/MyDay'));
  const kind = shapes.data?.reply.find((s) => s.name === 'items')?.fields.find((s) => s.name === 'kind');
  const named = (value?: string): string => kind?.options.find(([v]) => v === value)?.[1] ?? '';
  return (
    <ul class="day-totals" aria-label="Combien de chaque sorte">
      {chosen && (
        <li>
          <a href={hrefOf([])}>Tout afficher</a>
        </li>
      )}
      {kind && totals.map((t) => (
        <li key={t.kind}>
          <a href={hrefOf(['aujourdhui'], { sorte: t.kind })} aria-current={t.kind === chosen ? 'true' : undefined}>
            {named(t.kind)} <strong>{t.items ?? 0}</strong>
          </a>
        </li>
      ))}
    </ul>
  );
}

const untilMidnight = (now: Date = new Date()): number =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 0, 0, 5).getTime() - now.getTime();

// Calls `look` when the day may have changed. Of a hidden tab when it is seen again.
function useChanges(isOn: boolean, read: unknown, look: () => void): void {
  const { news } = useDesk();
  const latest = useRef(look);
  latest.current = look;
  const readAt = useRef(Date.now());
  const missed = useRef(false);
  useEffect(() => {
    readAt.current = Date.now();
    missed.current = false;
  }, [read]);
  useEffect(() => {
    if (!isOn) return;
    let timer = 0;
    let midnight = 0;
    const now = () => {
      window.clearTimeout(timer);
      timer = 0;
      if (document.hidden) return void (missed.current = true);
      readAt.current = Date.now();
      latest.current();
    };
    const soon = () => {
      if (!timer) timer = window.setTimeout(now, TOGETHER_MS);
    };
    const touched = () => {
      if (!document.hidden && (missed.current || Date.now() - readAt.current > OLD_MS)) now();
    };
    const wait = () => {
      midnight = window.setTimeout(() => {
        now();
        wait();
      }, untilMidnight());
    };
    wait();
    let turn = news.turn;
    const unlisten = news.listen(() => {
      if (news.turn !== turn) soon();
      turn = news.turn;
    });
    for (const kind of TOUCHES) window.addEventListener(kind, touched, { passive: true });
    document.addEventListener('visibilitychange', touched);
    return () => {
      unlisten();
      window.clearTimeout(timer);
      window.clearTimeout(midnight);
      for (const kind of TOUCHES) window.removeEventListener(kind, touched);
      document.removeEventListener('visibilitychange', touched);
    };
  }, [isOn, news]);
}

// What changed since it was read before, in one sentence; nothing the first time.
export function changeOfDay(before: Set<string> | null, now: DayItem[]): string {
  if (!before) return '';
  const fresh = now.filter((item) => !before.has(item.waitId ?? ''));
  const gone = [...before].filter((id) => !now.some((item) => item.waitId === id)).length;
  const parts = [
    fresh.length === 1 ? `une nouvelle chose à faire : ${fresh[0]!.title ?? ''}` : fresh.length ? `${plural(fresh.length, 'nouvelle chose', 'nouvelles choses')} à faire` : '',
    gone ? `${plural(gone, 'chose n’attend', 'choses n’attendent')} plus` : '',
  ].filter(Boolean);
  return parts.length ? `Votre journée a changé : ${parts.join(' ; ')}.` : '';
}

// Compared with what was shown before of as many things, of the same kind.
function useToldChange(items: DayItem[] | undefined, shown: string): string {
  const before = useRef<{ shown: string; ids: Set<string> } | null>(null);
  const [text, setText] = useState('');
  useEffect(() => {
    if (!items) return;
    const told = changeOfDay(before.current?.shown === shown ? before.current.ids : null, items);
    before.current = { shown, ids: new Set(items.map((item) => item.waitId ?? '')) };
    if (told) setText(told);
  }, [items]);
  return text;
}

export function Today(): JSX.Element {
  const [shown, setShown] = useState(STEP);
  const { sorte } = useAddress().query;
  const [isLive, setLive] = useState(true);
  const asked = sorte ? { kinds: [sorte as Kind] } : {};
  const state = useQuery('notifications/MyDay', { page: { limit: shown }, ...asked });
  useChanges(isLive, state.data, state.reload);
  const told = useToldChange(state.data?.items, `${shown} ${sorte ?? ''}`);
  const { items = [], totals = [], today, next } = state.data ?? {};
  const groups = GROUPS.map(([urgency, title]) => ({ title, items: items.filter((i) => i.urgency === urgency) })).filter(
    (group) => group.items.length > 0,
  );
  return (
    <>
      <PageHead title="Ma journée" lead={today && dayInWords(today)}>
        <button
          type="button"
          class="btn btn-sm btn-outline-secondary"
          aria-pressed={!isLive}
          onClick={() => setLive(!isLive)}
        >
          {isLive ? 'Mettre en pause' : 'Reprendre'}
        </button>
      </PageHead>
      <p role="status" class="day-change">
        {told}
      </p>
      <Wait state={state} has={items.length > 0} empty="Rien n’attend de vous aujourd’hui.">
        {totals.length > 1 && <Totals totals={totals} chosen={sorte} />}
        {groups.map((group) => (
          <Panel key={group.title} title={group.title}>
            <ul class="inbox day">
              {group.items.map((item) => (
                <Item key={item.waitId} item={item} />
              ))}
            </ul>
          </Panel>
        ))}
        {next && shown < SHOWN_MAX && (
          <button type="button" class="btn btn-outline-primary" onClick={() => setShown(shown + STEP)}>
            Afficher ce qui attend ensuite
          </button>
        )}
      </Wait>
    </>
  );
}
