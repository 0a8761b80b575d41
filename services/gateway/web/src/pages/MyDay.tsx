// « Ma journée »: what waits for who asks, the most pressing first, each with the act that settles it.
import type { JSX } from 'preact';
import { More } from '../components/More.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ErrorBox, Panel, Wait } from '../components/Panel.tsx';
import { shapesFor } from '../desk/read.ts';
import { actTitle, commands, mayAsk } from '../desk/methods.ts';
import { thingOf } from '../desk/IdLink.tsx';
import { told } from '../desk/told.ts';
import type { Shape } from '../form/shape.ts';
import { day } from '../format.ts';
import { hrefOf, useDesk, useLoaded, usePages } from '../hooks.ts';
import { listOf } from '../api.ts';
import type { DayItem, Role } from '../types.ts';

const LIMIT = 50;
const TONES: Record<string, string> = { URGENT_LATE: 'due due-late', URGENT_TODAY: 'due due-due_soon' };

// Where the act is done: the form on the page of the thing, else that page; none where a thing has no page of its own.
function hrefTo(role: Role, item: DayItem): string | undefined {
  const thing = thingOf(`${item.thingKind ?? ''}Id`);
  if (!thing || !item.thingId) return undefined;
  const act = item.act ?? '';
  const path = commands().includes(act) && mayAsk(role, act) ? ['agir', act] : [];
  return hrefOf([thing, item.thingId, ...path], path.length ? { month: item.month } : {});
}

function Item({ item, fields }: { item: DayItem; fields: Shape[] }): JSX.Element {
  const { session } = useDesk();
  const href = hrefTo(session.role, item);
  const word = (name: 'kind' | 'urgency') => {
    const shape = fields.find((f) => f.name === name);
    return shape ? told(shape, item[name]) : '';
  };
  const act = item.act && commands().includes(item.act) ? actTitle(item.act) : 'Ouvrir';
  return (
    <li>
      <div>
        <p class="notice-head">
          <span class="kind">{word('kind')}</span>
          <span class={TONES[item.urgency ?? ''] ?? 'quiet'}>
            {word('urgency')}
            {item.until && (item.urgency === 'URGENT_LATE' ? ` depuis le ${day(item.until)}` : `, jusqu’au ${day(item.until)}`)}
          </span>
        </p>
        <p class="notice-title">{item.title}</p>
        <p class="notice-text long-text">{item.text}</p>
      </div>
      {href && (
        <a class="btn btn-sm btn-outline-primary" href={href}>
          {act}
          <span class="visually-hidden"> : {item.title}</span>
        </a>
      )}
    </li>
  );
}

export function MyDay(): JSX.Element {
  const { api } = useDesk();
  const asked = useLoaded('shapes notifications/MyDay', () => shapesFor(api, 'notifications/MyDay'));
  const pages = usePages(
    listOf('notifications/MyDay', {}, (r) => r.items),
    LIMIT,
  );
  const fields = asked.data?.reply.find((s) => s.name === 'items')?.fields ?? [];
  return (
    <>
      <PageHead
        title="Ma journée"
        lead="Ce qui vous attend, le plus pressé d’abord. Ce qui est réglé s’en va de lui-même."
      />
      {asked.error && <ErrorBox error={asked.error} />}
      <Panel title="À faire">
        <Wait state={pages} has={pages.items.length > 0} empty="Rien ne vous attend aujourd’hui.">
          <ul class="inbox">
            {pages.items.map((item) => (
              <Item key={item.waitId} item={item} fields={fields} />
            ))}
          </ul>
          <More pages={pages} />
        </Wait>
      </Panel>
    </>
  );
}
