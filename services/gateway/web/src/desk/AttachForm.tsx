// « Joindre une pièce »: announced, sent as one body, attached with its title; dropped where it fails.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Refused } from '../api.ts';
import type { RequestOf } from '../client.ts';
import { Field } from '../components/Field.tsx';
import { FileField } from '../components/FileField.tsx';
import { ErrorBox } from '../components/Panel.tsx';
import { useDesk, useFormWords } from '../hooks.ts';

const TYPES: Record<string, string> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'text/plain': 'TEXT',
};

export function AttachForm({ placementId, onDone }: { placementId: string; onDone: () => void }): JSX.Element {
  const { api } = useDesk();
  const words = useFormWords('tracking/AttachDocument').data;
  const [title, setTitle] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const [error, setError] = useState<Refused | null>(null);
  const [tried, setTried] = useState(false);
  const attach = async (given: File): Promise<void> => {
    const mediaType = TYPES[given.type] as RequestOf<'tracking/BeginDocument'>['mediaType'];
    const { uploadId = '' } = (
      await api.command('tracking/BeginDocument', { placementId, size: given.size, mediaType })
    ).reply;
    try {
      await api.sendFile(placementId, uploadId, given, (done, of) => setSent(of ? done / of : 0));
      await api.command('tracking/AttachDocument', { placementId, uploadId, title: title.trim() });
    } catch (caught) {
      await api.command('tracking/DropUpload', { placementId, uploadId }).catch(() => undefined);
      throw caught;
    }
  };
  const send = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    setError(null);
    if (!file || !TYPES[file.type] || !title.trim()) return;
    setSent(0);
    try {
      await attach(file);
      onDone();
    } catch (caught) {
      setError(caught instanceof Refused ? caught : new Refused(0, {}));
    }
    setSent(null);
  };
  const fileProblem =
    tried &&
    (!file ? 'Choisissez le fichier.' : !TYPES[file.type] ? 'Donnez un PDF, une image JPEG ou PNG, ou un texte.' : '');
  return (
    <form onSubmit={(e) => void send(e)} noValidate>
      {error && error.field !== 'title' && <ErrorBox error={error} />}
      <div class="fields">
        <FileField
          label="Fichier"
          help="Un PDF, une image JPEG ou PNG, ou un texte."
          accept={Object.keys(TYPES).join(',')}
          problem={fileProblem || undefined}
          onFile={setFile}
        />
        <Field
          label={words?.title?.label ?? 'Intitulé'}
          help={words?.title?.help}
          maxLength={words?.title?.maxLength}
          value={title}
          problem={
            error?.field === 'title' ? error.message : tried && !title.trim() ? 'Dites ce que c’est.' : undefined
          }
          onChange={setTitle}
        />
      </div>
      {sent !== null && <progress aria-label="Avancement de l’envoi" max={1} value={sent} />}
      <div class="form-end">
        <button type="submit" class="btn btn-primary" disabled={sent !== null}>
          {sent !== null ? 'Envoi…' : 'Joindre la pièce'}
        </button>
      </div>
    </form>
  );
}
