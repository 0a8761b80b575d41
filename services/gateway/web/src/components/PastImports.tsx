// The lists of a kind that were imported before, newest first, each to be taken back as long as it stands.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { undoList, undoneText } from '../imports.ts';
import { instant, plural } from '../format.ts';
import { useDesk, useFormWords, usePages } from '../hooks.ts';
import type { Kind } from '../kinds.ts';
import { imports } from '../lists.ts';
import { Refused } from '../api.ts';
import type { ImportBatch } from '../types.ts';
import { Field } from './Field.tsx';
import { Panel, Wait } from './Panel.tsx';
import { Table } from './Table.tsx';

const LIMIT = 20;

function figures(b: ImportBatch): string {
  const told = [
    [b.created, 'nouvelle', 'nouvelles'],
    [b.updated, 'corrigée', 'corrigées'],
    [b.unchanged, 'inchangée', 'inchangées'],
    [b.doubtful, 'à confirmer', 'à confirmer'],
    [b.rejected, 'écartée', 'écartées'],
  ] as const;
  return told
    .filter(([n]) => n)
    .map(([n, one, many]) => plural(n!, one, many))
    .join(', ');
}

export interface UndoFormProps {
  kind: Kind;
  batchId: string;
  name: string; // of the file
  onDone: (said: string) => void;
}

// Why it is taken back, and the button; what was kept is told by the one who shows it.
export function UndoForm({ kind, batchId, name, onDone }: UndoFormProps): JSX.Element {
  const { api, signOut } = useDesk();
  const words = useFormWords(kind.undo).data;
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const undo = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem('');
    try {
      onDone(undoneText(await undoList(api, kind, batchId, reason.trim())));
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return signOut(error.message);
      setProblem(error instanceof Refused ? error.message : 'L’annulation a échoué. Réessayez.');
    }
    setBusy(false);
  };
  return (
    <form onSubmit={(e) => void undo(e)} noValidate class="undo-form">
      <Field
        label={words?.reason?.label ?? 'Motif'}
        help={words?.reason?.help}
        maxLength={words?.reason?.maxLength}
        value={reason}
        problem={problem}
        onChange={setReason}
      />
      <button type="submit" class="btn btn-outline-primary" disabled={busy}>
        Annuler cet import<span class="visually-hidden"> : {name}</span>
      </button>
    </form>
  );
}

function State({ batch: b }: { batch: ImportBatch }): JSX.Element {
  if (b.undoneAt)
    return (
      <>
        Annulé le {instant(b.undoneAt)}
        <span class="sub">{b.undoneBecause}</span>
      </>
    );
  return <>{b.isWhole ? figures(b) || 'rien de nouveau' : `Interrompu : ${figures(b)}`}</>;
}

function Undo({ kind, batch: b, onDone }: { kind: Kind; batch: ImportBatch; onDone: (said: string) => void }): JSX.Element {
  const [open, setOpen] = useState(false);
  const name = b.fileName || 'sans nom';
  if (b.undoneAt && !b.undoneBelow) return <span aria-hidden="true">–</span>;
  return (
    <>
      <button type="button" class="btn btn-sm btn-outline-primary" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'Ne pas annuler' : 'Annuler…'}
        <span class="visually-hidden"> {name}</span>
      </button>
      {open && <UndoForm kind={kind} batchId={b.batchId} name={name} onDone={onDone} />}
    </>
  );
}

export function PastImports({ kind }: { kind: Kind }): JSX.Element {
  const pages = usePages(imports(kind), LIMIT);
  const [said, setSaid] = useState('');
  const done = (text: string) => {
    setSaid(text);
    pages.reload();
  };
  return (
    <Panel title="Imports précédents">
      <p role="status" class="said">
        {said}
      </p>
      <Wait state={pages} has={pages.items.length > 0} empty="Aucune liste n’a encore été importée.">
        <Table
          caption="Imports précédents"
          rows={pages.items}
          rowKey={(b) => b.batchId}
          columns={[
            {
              title: 'Fichier',
              cell: (b) => (
                <span class="row-says">
                  {b.fileName || 'sans nom'}
                  <span class="sub">
                    {instant(b.at)}, par {b.user || 'non dit'}
                  </span>
                </span>
              ),
            },
            { title: 'Résultat', cell: (b) => <State batch={b} /> },
            { title: 'Annuler', hideTitle: true, cell: (b) => <Undo kind={kind} batch={b} onDone={done} /> },
          ]}
        />
        {pages.more && (
          <button type="button" class="btn btn-outline-primary" onClick={pages.readMore}>
            Afficher la suite
          </button>
        )}
      </Wait>
    </Panel>
  );
}
