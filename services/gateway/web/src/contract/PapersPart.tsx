// The documents of a contract: read as they will be printed, on paper by the browser or as a file.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Refused } from '../api.ts';
import { PaperSheet } from '../components/PaperSheet.tsx';
import { ErrorBox, Panel, Wait } from '../components/Panel.tsx';
import { mayAsk } from '../desk/methods.ts';
import { handOver } from '../files.ts';
import { hrefOf, useAddress, useDesk, useLoaded } from '../hooks.ts';
import type { ContractFacts, Draft } from '../types.ts';
import { papersOf } from './papers.ts';
import type { Paper } from './papers.ts';

function AsFile({ paper }: { paper: Paper }): JSX.Element {
  const { api } = useDesk();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Refused | null>(null);
  const take = async () => {
    setBusy(true);
    setError(null);
    try {
      handOver(await api.document(paper.method, paper.request as never), `${paper.key}.pdf`);
    } catch (caught) {
      setError(caught instanceof Refused ? caught : new Refused(0, {}));
    }
    setBusy(false);
  };
  return (
    <>
      <button type="button" class="btn btn-sm btn-outline-primary" disabled={busy} onClick={take}>
        PDF<span class="visually-hidden"> : {paper.title}</span>
      </button>
      {error && <ErrorBox error={error} />}
    </>
  );
}

function Sheet({ paper }: { paper: Paper }): JSX.Element {
  const { api } = useDesk();
  const state = useLoaded(`paper ${paper.method} ${JSON.stringify(paper.request)}`, async () =>
    (await api.document(paper.method, paper.request as never, 'html')).text(),
  );
  return (
    <Wait state={state} has={state.data !== null}>
      {state.data && <PaperSheet html={state.data} title={paper.title} />}
    </Wait>
  );
}

export function PapersPart({ contractId, facts }: { contractId: string; facts: ContractFacts }): JSX.Element {
  const { api, session } = useDesk();
  const { query } = useAddress();
  const may = mayAsk(session.role, 'contracts.Drafts');
  const drafts = useLoaded<Draft[]>(`drafts ${contractId} ${may}`, async (signal) =>
    may ? ((await api.query('contracts/Drafts', { contractId }, signal)).reply.drafts ?? []) : [],
  );
  const papers = papersOf(session.role, contractId, facts, drafts.data ?? []);
  const chosen = papers.find((p) => p.key === query.document);
  return (
    <>
      <Panel title="Documents">
        {drafts.error && <ErrorBox error={drafts.error} />}
        {papers.length === 0 && <p class="quiet">Aucun document : ils viennent avec la clause, la consultation et le contrôle.</p>}
        <ul class="papers">
          {papers.map((p) => (
            <li key={p.key}>
              <div>
                <a
                  href={hrefOf(['contrats', contractId], { partie: 'pieces', document: p.key })}
                  aria-current={p.key === chosen?.key ? 'true' : undefined}
                >
                  {p.title}
                </a>
                <span class="sub">{p.note}</span>
              </div>
              <AsFile paper={p} />
            </li>
          ))}
        </ul>
      </Panel>
      {chosen && <Sheet key={chosen.key} paper={chosen} />}
    </>
  );
}
