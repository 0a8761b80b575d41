// What happened, in sentences, the newest first; what is planned stands above today.
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { dayNamed, plural } from '../format.ts';

export type EventTone = 'file' | 'eligibility' | 'proposal' | 'placement' | 'contact' | 'outcome';

export interface TimelineEvent {
  on: string; // day
  tone: EventTone;
  text: string;
  note?: string;
  href?: string;
  struck?: boolean; // undone: it stays, crossed out
  line?: [name: string, id: string]; // what it is of: « contactId », for its acts
}

const SHOWN = 12;

type ActsOf = (event: TimelineEvent) => ComponentChildren;

function One({ event: e, actsOf }: { event: TimelineEvent; actsOf?: ActsOf }): JSX.Element {
  const text = e.href ? <a href={e.href}>{e.text}</a> : e.text;
  return (
    <li class={`event event-${e.tone}`}>
      <time dateTime={e.on}>{dayNamed(e.on)}</time>
      <div>
        <p>{e.struck ? <del>{text}</del> : text}</p>
        {e.note && <p class="quiet">{e.note}</p>}
        {e.line && actsOf?.(e)}
      </div>
    </li>
  );
}

const newest = (a: TimelineEvent, b: TimelineEvent): number => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0);

export interface TimelineProps {
  events: TimelineEvent[];
  now: string; // today
  actsOf?: ActsOf; // what may be done about one
}

export function Timeline({ events, now, actsOf }: TimelineProps): JSX.Element {
  const [all, setAll] = useState(false);
  const sorted = [...events].reverse().sort(newest); // of one day, what came last stands first
  const coming = sorted.filter((e) => e.on > now);
  const past = sorted.filter((e) => e.on <= now);
  const shown = all ? past : past.slice(0, SHOWN);
  return (
    <>
      {coming.length > 0 && (
        <>
          <h3 class="text-title">À venir</h3>
          <ol class="events events-coming">
            {coming.map((e, i) => (
              <One key={i} event={e} actsOf={actsOf} />
            ))}
          </ol>
          <h3 class="text-title">Jusqu’à aujourd’hui</h3>
        </>
      )}
      <ol class="events">
        {shown.map((e, i) => (
          <One key={i} event={e} actsOf={actsOf} />
        ))}
      </ol>
      {shown.length < past.length && (
        <button type="button" class="btn btn-sm btn-outline-primary" onClick={() => setAll(true)}>
          {plural(past.length - shown.length, 'événement plus ancien', 'événements plus anciens')}
        </button>
      )}
    </>
  );
}
