// Who opened a person's file, when and why: her right to know, and the reader's reminder that it is kept.
import type { JSX } from 'preact';
import { More } from '../components/More.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { instant } from '../format.ts';
import { usePages } from '../hooks.ts';
import { listOf } from '../api.ts';
import type { FileReading } from '../types.ts';

const LIMIT = 10;

function what(r: FileReading): string {
  if (r.exported) return 'a emporté tout le dossier';
  if (r.documentId) return 'a ouvert une pièce';
  return r.sought ? 'l’a cherchée par son nom' : 'a ouvert le dossier';
}

export function FileReadings({ id }: { id: string }): JSX.Element {
  const pages = usePages(listOf('tracking/FileReadings', { beneficiaryId: id }, (r) => r.readings), LIMIT);
  return (
    <Panel title="Qui a ouvert le dossier">
      <Wait state={pages} has={pages.items.length > 0} empty="Personne n’a ouvert ce dossier. Chaque ouverture laisse ici sa trace.">
        <ol class="events events-plain">
          {pages.items.map((r) => (
            <li key={`${r.at} ${r.account}`} class="event event-file">
              <time dateTime={r.at}>{instant(r.at)}</time>
              <div>
                <p>
                  {r.user || 'Quelqu’un'} {what(r)}
                </p>
                <p class="quiet">{[(r.reasonLabel ?? '').replaceAll("'", '’'), r.reasonErased ? 'motif effacé avec le dossier' : r.reason].filter(Boolean).join(' : ')}</p>
              </div>
            </li>
          ))}
        </ol>
        <More pages={pages} />
      </Wait>
    </Panel>
  );
}
