// The life of a contract in sentences: the last of them with the page, all of them by its own question.
import type { JSX } from 'preact';
import { listOf } from '../api.ts';
import { More } from '../components/More.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { mayAsk } from '../desk/methods.ts';
import { instant } from '../format.ts';
import { useDesk, usePages } from '../hooks.ts';
import type { HistoryLine } from '../types.ts';

const LIMIT = 50;

export function Lines({ lines, reversed }: { lines: HistoryLine[]; reversed: boolean }): JSX.Element {
  return (
    <ol class="history" reversed={reversed}>
      {lines.map((l) => (
        <li key={l.number}>
          <time dateTime={l.at}>{instant(l.at)}</time>
          {Number(l.withdrawnBy) ? <del>{l.text}</del> : <span>{l.text}</span>}
          <small>
            n° {l.number}
            {Number(l.withdrawnBy) > 0 && `, annulé par le n° ${l.withdrawnBy}`}
            {l.user && `, ${l.user}`}
          </small>
        </li>
      ))}
    </ol>
  );
}

// From its first day on.
function Whole({ contractId }: { contractId: string }): JSX.Element {
  const pages = usePages(
    listOf('contracts/ContractHistory', { contractId }, (r) => r.lines),
    LIMIT,
  );
  return (
    <Wait state={pages} has={pages.items.length > 0} empty="Rien n’est encore arrivé.">
      <Lines lines={pages.items} reversed={false} />
      <More pages={pages} />
    </Wait>
  );
}

export function HistoryPart({ contractId, lines }: { contractId: string; lines: HistoryLine[] }): JSX.Element {
  const { session } = useDesk();
  return (
    <Panel title="Histoire du contrat">
      {mayAsk(session.role, 'contracts.ContractHistory') ? (
        <Whole contractId={contractId} />
      ) : (
        <Lines lines={lines} reversed />
      )}
    </Panel>
  );
}
