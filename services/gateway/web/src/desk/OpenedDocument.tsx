// A document that was opened with its reason: it can be read within the hour.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Refused } from '../api.ts';
import { ErrorBox, Panel } from '../components/Panel.tsx';
import { handOver } from '../files.ts';
import { useDesk } from '../hooks.ts';

export function OpenedDocument({ placementId, documentId }: { placementId: string; documentId: string }): JSX.Element {
  const { api } = useDesk();
  const [error, setError] = useState<Refused | null>(null);
  const read = async () => {
    try {
      handOver(await api.file(placementId, documentId), 'piece');
      setError(null);
    } catch (caught) {
      setError(caught instanceof Refused ? caught : new Refused(0, {}));
    }
  };
  return (
    <Panel title="La pièce">
      {error && <ErrorBox error={error} />}
      <button type="button" class="btn btn-primary" onClick={() => void read()}>
        Lire la pièce
      </button>
    </Panel>
  );
}
