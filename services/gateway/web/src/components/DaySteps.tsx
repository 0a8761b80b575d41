// The first things of who is signed in's day, above a page of hers.
import type { JSX } from 'preact';
import { actTitle, mayAsk } from '../desk/methods.ts';
import { useDesk, useLoaded } from '../hooks.ts';
import { waysOf } from '../pages/Today.tsx';
import type { DayItem, Role } from '../types.ts';
import { NextSteps } from './NextSteps.tsx';
import type { Step } from './NextSteps.tsx';

const LIMIT = 6;

function stepOf(item: DayItem, role: Role): Step {
  const { thing, act } = waysOf(item, role);
  return {
    what: (item.title ?? '').replaceAll("'", '’'),
    why: (item.text ?? '').replaceAll("'", '’').replaceAll('\n', ' '),
    since: item.since,
    by: item.until,
    late: item.urgency === 'URGENT_LATE',
    act: act && item.act ? { href: act, label: actTitle(item.act) } : undefined,
    page: thing,
  };
}

export function DaySteps({ calm }: { calm: string }): JSX.Element | null {
  const { api, session } = useDesk();
  const may = mayAsk(session.role, 'notifications/MyDay');
  const { data } = useLoaded(`first of my day ${may}`, async (signal) =>
    may ? (await api.query('notifications/MyDay', { page: { limit: LIMIT } }, signal)).reply : null,
  );
  return data ? <NextSteps steps={(data.items ?? []).map((item) => stepOf(item, session.role))} calm={calm} /> : null;
}
