// All that happened to a placement's month: every figure, who, for whom, when and why.
import type { JSX } from 'preact';
import { listOf } from '../api.ts';
import { Dialog } from '../components/Dialog.tsx';
import { More } from '../components/More.tsx';
import { Wait } from '../components/Panel.tsx';
import { day, hours, hundredths, instant, ofMonth, typographic } from '../format.ts';
import { usePages } from '../hooks.ts';
import { hoursAct } from '../labels.ts';
import type { HoursEntry, MonthLine } from '../types.ts';
import { referenceOf } from './sheet.ts';

const STEP = 50;

function whoOf({ user, organisationName }: HoursEntry): string {
  return [user, organisationName && `pour ${organisationName}`].filter(Boolean).join(', ');
}

function whyOf(entry: HoursEntry): string {
  if (entry.reasonErased) return 'motif effacé avec le dossier';
  if (entry.reasonWithheld) return 'motif gardé : dossier à l’accès limité';
  return typographic([entry.label, entry.reason].filter(Boolean).join(' : '));
}

function Entry({ entry }: { entry: HoursEntry }): JSX.Element {
  const why = whyOf(entry);
  const training = hundredths(entry.training) ? `, et ${hours(entry.training)} de formation` : '';
  return (
    <li>
      <strong>{hoursAct(entry.act)}</strong>
      {entry.hours && ` : ${hours(entry.hours)}${training}`}
      {why && <span class="history-why">{why}</span>}
      <span class="sub">
        {[whoOf(entry), instant(entry.at), entry.happenedOn && `au ${day(entry.happenedOn)}`].filter(Boolean).join(', ')}
      </span>
    </li>
  );
}

export function History({ line, month, onClose }: { line: MonthLine; month: string; onClose: () => void }): JSX.Element {
  const request = { placementId: line.placementId, month };
  const pages = usePages(listOf('tracking/HoursHistory', request, (r) => r.entries), STEP);
  return (
    <Dialog title={`Histoire des heures ${ofMonth(month)}, ${referenceOf(line)}`} onClose={onClose}>
      <Wait state={pages} has={pages.items.length > 0} empty="Rien n’est encore arrivé à ce mois.">
        <ol class="hours-history">
          {pages.items.map((entry, i) => (
            <Entry key={i} entry={entry} />
          ))}
        </ol>
        <More pages={pages} />
      </Wait>
    </Dialog>
  );
}
