// The documents of a contract: read as they will be printed, on paper by the browser or as a file.
import type { JSX } from 'preact';
import { ErrorBox, Panel } from '../components/Panel.tsx';
import { mayAsk } from '../desk/methods.ts';
import { hrefOf, useAddress, useDesk, useLoaded } from '../hooks.ts';
import type { ContractFacts, Draft } from '../types.ts';
import { AsFile, Note } from './Note.tsx';
import { papersOf } from './papers.ts';

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
              <AsFile {...p} />
            </li>
          ))}
        </ul>
      </Panel>
      {chosen && <Note {...chosen} key={chosen.key} />}
    </>
  );
}
