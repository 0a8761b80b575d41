// « Heures à valider »: the month's statements that companies sent and that the facilitator has not settled yet.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { HoursField, hoursOfField } from '../components/HoursField.tsx';
import type { FieldState } from '../components/HoursField.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { SendLink } from '../components/SendLink.tsx';
import { Table } from '../components/Table.tsx';
import { day, hours, month as monthName, ofMonth } from '../format.ts';
import { useCommand, useDesk, useFormWords, useLoaded, usePages, useQuery } from '../hooks.ts';
import { modality } from '../labels.ts';
import { hoursToValidate } from '../lists.ts';
import { recentMonths, shortId } from '../months.ts';
import type { HoursLine } from '../types.ts';

const MONTHS = 12;
const LOOKED_AT = 6; // months searched for statements that wait
const COUNTED = 500; // per month, at most
const LIMIT = 50;

interface Waiting {
  counts: Map<string, string>; // « 12 », « 500+ »; empty where nothing waits
  known: boolean;
  reload: () => void;
}

function useWaitingMonths(): Waiting {
  const { api } = useDesk();
  const months = recentMonths(LOOKED_AT);
  const state = useLoaded('waiting months', (signal) =>
    Promise.all(
      months.map(async (month) => {
        const { items, next } = await api.list(hoursToValidate(month), COUNTED, '', signal);
        return [month, items.length ? `${items.length}${next ? '+' : ''}` : ''] as const;
      }),
    ),
  );
  return { counts: new Map(state.data ?? []), known: !state.loading, reload: state.reload };
}

// What the line is about. Each row asks for its own placement: a page holds few, and no query gives them by month.
function PlacementCell({ placementId }: { placementId: string }): JSX.Element {
  const { data: p } = useQuery('tracking/PlacementById', { placementId });
  return (
    <>
      <code>{shortId(placementId)}</code> {p?.employerName}
      {p && (
        <span class="sub">
          {modality(p.modality)}, depuis le {day(p.startsOn)}
        </span>
      )}
      <SendLink field="placementId" id={placementId} about={shortId(placementId)} />
    </>
  );
}

interface LineFormProps {
  line: HoursLine;
  month: string;
  onDone: (said: string) => void;
}

function LineForm({ line, month, onDone }: LineFormProps): JSX.Element {
  const command = useCommand('tracking/ValidateHours');
  const words = useFormWords('tracking/ValidateHours').data;
  const stated = hours(line.submitted).replace(/\s*h$/, '');
  const [field, setField] = useState<FieldState>({ typed: stated });
  const [reason, setReason] = useState('');
  const name = shortId(line.placementId);
  const validate = async (event: Event) => {
    event.preventDefault();
    const read = hoursOfField(field.typed, words?.hours);
    if (typeof read === 'string') return setField({ ...field, problem: read });
    const reply = await command.send({
      placementId: line.placementId,
      month,
      hours: field.typed === stated ? undefined : read.value, // as stated: what of training counts is the daemon's
      reason: reason || undefined,
      seen: line.version,
    });
    if (reply) onDone(`${hours(reply.hours ?? read.value)} validées pour le placement ${name}.`);
  };
  return (
    <form class="line-form" onSubmit={(e) => void validate(e)} noValidate>
      <HoursField
        id={`v-${line.placementId}`}
        label={`Heures à valider du placement ${name}`}
        state={{ ...field, problem: field.problem ?? command.error?.message }}
        onType={(typed) => setField({ typed })}
      />
      {(field.typed !== stated || reason || command.error?.field === 'reason') && (
        <input
          class="form-control"
          aria-label={`Motif pour le placement ${name}`}
          placeholder="Motif, sans nommer la personne"
          maxLength={1000}
          value={reason}
          onInput={(e) => setReason(e.currentTarget.value)}
        />
      )}
      <button type="submit" class="btn btn-primary" disabled={command.busy}>
        Valider<span class="visually-hidden"> le placement {name}</span>
      </button>
    </form>
  );
}

function Lines({ month, onDone }: { month: string; onDone: () => void }): JSX.Element {
  const pages = usePages(hoursToValidate(month), LIMIT);
  const [said, setSaid] = useState('');
  const status = useRef<HTMLParagraphElement>(null);
  const done = (text: string) => {
    setSaid(text);
    status.current?.focus(); // the row that had the focus is about to go
    pages.reload();
    onDone();
  };
  return (
    <>
      <p ref={status} tabIndex={-1} role="status" class="said">
        {said}
      </p>
      <Wait state={pages} has={pages.items.length > 0} empty={`Rien à valider pour ${monthName(month)}.`}>
        <Table
          caption={`Heures à valider ${ofMonth(month)}`}
          rows={pages.items}
          rowKey={(l) => l.placementId}
          columns={[
            { title: 'Placement', cell: (l) => <PlacementCell placementId={l.placementId} /> },
            { title: 'Déclarées', cell: (l) => hours(l.submitted), number: true },
            { title: 'À valider', cell: (l) => <LineForm line={l} month={month} onDone={done} /> },
          ]}
        />
        {pages.more && (
          <button type="button" class="btn btn-outline-primary" onClick={pages.readMore}>
            Afficher la suite
          </button>
        )}
      </Wait>
    </>
  );
}

export function Validate(): JSX.Element {
  const months = recentMonths(MONTHS);
  const [chosen, setChosen] = useState('');
  const { counts, known, reload } = useWaitingMonths();
  const suggested = months.find((m) => counts.get(m)) ?? months[1]!;
  useEffect(() => {
    if (known && !chosen) setChosen(suggested);
  }, [known, chosen, suggested]);
  return (
    <>
      <PageHead title="Heures à valider" lead="Ce que les entreprises ont déclaré. Corrigez si besoin, puis validez.">
        <div class="filters">
          <label>
            Mois
            <select class="form-select" value={chosen} onChange={(e) => setChosen(e.currentTarget.value)}>
              {months.map((m) => (
                <option key={m} value={m}>
                  {monthName(m)}
                  {counts.get(m) ? ` (${counts.get(m)} à valider)` : ''}
                </option>
              ))}
            </select>
          </label>
        </div>
      </PageHead>
      <Panel title={chosen ? `Déclarations ${ofMonth(chosen)}` : 'Déclarations'}>
        {chosen && <Lines key={chosen} month={chosen} onDone={reload} />}
      </Panel>
    </>
  );
}
