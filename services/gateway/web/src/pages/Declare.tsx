// « Déclarer les heures du mois »: one field per placement of the company, sent together; what the daemon refuses
// is said under its field and the rest is kept.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { HoursField, hoursOfField } from '../components/HoursField.tsx';
import type { FieldState } from '../components/HoursField.tsx';
import { More } from '../components/More.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import { Refused } from '../api.ts';
import { day, hours, month as monthName, ofMonth, plural } from '../format.ts';
import { hrefOf, useDesk, useFormWords, usePages } from '../hooks.ts';
import { modality } from '../labels.ts';
import { placements } from '../lists.ts';
import { recentMonths, runsIn, shortId } from '../months.ts';
import type { Placement } from '../types.ts';

const LIMIT = 200;
const MONTHS = 12;

type Fields = Record<string, FieldState>; // by placement

function declared(p: Placement, month: string): JSX.Element | string {
  const m = p.months?.find((v) => v.month === month);
  if (m?.validated) return <span class="state state-good">{hours(m.validated)} validées</span>;
  return m?.submitted ? `${hours(m.submitted)} déclarées` : 'rien encore';
}

interface FormProps {
  month: string;
  placements: Placement[];
  onSent: () => void;
}

function DeclareForm({ month, placements, onSent }: FormProps): JSX.Element {
  const { api } = useDesk();
  const words = useFormWords('tracking/SubmitHours').data;
  const [fields, setFields] = useState<Fields>({});
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const set = (id: string, change: Partial<FieldState>) =>
    setFields((old) => ({ ...old, [id]: { typed: '', ...old[id], ...change } }));
  const sendOne = async (id: string, typed: string): Promise<boolean> => {
    const read = hoursOfField(typed, words?.hours);
    if (typeof read === 'string') {
      set(id, { problem: read });
      return false;
    }
    try {
      await api.command('tracking/SubmitHours', { placementId: id, month, hours: read.value });
      set(id, { typed: '', problem: undefined });
      return true;
    } catch (error) {
      set(id, { problem: error instanceof Refused ? error.message : 'L’envoi a échoué. Réessayez.' });
      return false;
    }
  };
  const send = async (event: Event) => {
    event.preventDefault();
    const filled = Object.entries(fields).filter(([, f]) => f.typed.trim());
    if (filled.length === 0) return setSaid('Remplissez au moins une ligne.');
    setBusy(true);
    let kept = 0;
    for (const [id, f] of filled) if (await sendOne(id, f.typed)) kept++;
    setBusy(false);
    const refused = filled.length - kept;
    setSaid(
      `${plural(kept, 'déclaration enregistrée', 'déclarations enregistrées')}` +
        (refused ? `, ${plural(refused, 'ligne')} à corriger.` : '.'),
    );
    if (kept) onSent();
  };
  return (
    <form onSubmit={(e) => void send(e)} noValidate>
      <Table
        caption={`Heures ${ofMonth(month)}`}
        rows={placements}
        rowKey={(p) => p.placementId}
        columns={[
          {
            title: 'Placement',
            cell: (p) => (
              <>
                <a href={hrefOf(['parcours', p.placementId])}>
                  <code>{shortId(p.placementId)}</code>
                </a>
                <span class="sub">
                  {[p.romeCode && `ROME ${p.romeCode}`, `depuis le ${day(p.startsOn)}`].filter(Boolean).join(', ')}
                </span>
              </>
            ),
          },
          {
            title: 'Employeur',
            cell: (p) => (
              <>
                {p.employerName || '–'}
                <span class="sub">{modality(p.modality)}</span>
              </>
            ),
          },
          { title: 'Tuteur', cell: (p) => p.tutor || '–' },
          { title: 'Déjà déclaré', cell: (p) => declared(p, month) },
          {
            title: words?.hours?.label ?? 'Heures',
            cell: (p) => (
              <HoursField
                id={`h-${p.placementId}`}
                label={`Heures du placement ${shortId(p.placementId)}`}
                state={fields[p.placementId] ?? { typed: '' }}
                onType={(typed) => set(p.placementId, { typed, problem: undefined })}
              />
            ),
          },
        ]}
      />
      <div class="form-end">
        <button type="submit" class="btn btn-primary" disabled={busy}>
          {busy ? 'Envoi…' : 'Envoyer les déclarations'}
        </button>
        <p role="status" class="said">
          {said}
        </p>
      </div>
    </form>
  );
}

export function Declare(): JSX.Element {
  const months = recentMonths(MONTHS);
  const [month, setMonth] = useState(months[1]!);
  const pages = usePages(placements(), LIMIT);
  const running = pages.items.filter((p) => runsIn(p, month));
  return (
    <>
      <PageHead
        title="Déclarer les heures du mois"
        lead={
          'Heures réellement travaillées et payées. Une déclaration ' +
          'envoyée de nouveau remplace la précédente tant qu’elle n’est pas validée.'
        }
      >
        <div class="filters">
          <label>
            Mois
            <select class="form-select" value={month} onChange={(e) => setMonth(e.currentTarget.value)}>
              {months.map((m) => (
                <option key={m} value={m}>
                  {monthName(m)}
                </option>
              ))}
            </select>
          </label>
        </div>
      </PageHead>
      <Panel title={`Placements ${ofMonth(month)}`}>
        <Wait state={pages} has={running.length > 0} empty="Aucun placement n’était en cours ce mois-là.">
          <DeclareForm key={month} month={month} placements={running} onSent={pages.reload} />
          <More pages={pages} text="Afficher plus de placements" />
        </Wait>
      </Panel>
    </>
  );
}
