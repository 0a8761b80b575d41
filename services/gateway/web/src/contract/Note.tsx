// A document in its place on a page: read as a sheet, printed by the browser, or taken as a file.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Refused } from '../api.ts';
import type { Method } from '../client.ts';
import { PaperSheet } from '../components/PaperSheet.tsx';
import { ErrorBox, Wait } from '../components/Panel.tsx';
import { handOver } from '../files.ts';
import { useDesk, useLoaded } from '../hooks.ts';

export interface NoteProps {
  title: string;
  method: Method;
  request: Record<string, string | number>;
}

export function AsFile({ title, method, request }: NoteProps): JSX.Element {
  const { api } = useDesk();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Refused | null>(null);
  const take = async () => {
    setBusy(true);
    setError(null);
    try {
      handOver(await api.document(method, request as never), `${title}.pdf`);
    } catch (caught) {
      setError(caught instanceof Refused ? caught : new Refused(0, {}));
    }
    setBusy(false);
  };
  return (
    <>
      <button type="button" class="btn btn-sm btn-outline-primary" disabled={busy} onClick={take}>
        PDF<span class="visually-hidden"> : {title}</span>
      </button>
      {error && <ErrorBox error={error} />}
    </>
  );
}

export function Note({ title, method, request }: NoteProps): JSX.Element {
  const { api } = useDesk();
  const state = useLoaded(`paper ${method} ${JSON.stringify(request)}`, async () =>
    (await api.document(method, request as never, 'html')).text(),
  );
  return (
    <Wait state={state} has={state.data !== null}>
      {state.data && <PaperSheet html={state.data} title={title} />}
    </Wait>
  );
}
