// One obligation: who owes how many hours, how far it is, and its ledger on demand.
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { sentenceOf } from '../contract/ledger.ts';
import { territory } from '../departments.ts';
import { instant, siret } from '../format.ts';
import { useQuery } from '../hooks.ts';
import type { LedgerEntry, Obligation } from '../types.ts';
import { Wait } from './Panel.tsx';
import { ProgressBar, ProgressLegend } from './Progress.tsx';
import { SendLink } from './SendLink.tsx';

function Ledger({ obligationId }: { obligationId: string }): JSX.Element {
  const state = useQuery('contracts/ObligationById', { obligationId });
  const entries: LedgerEntry[] = state.data?.entries ?? [];
  return (
    <Wait state={state} has={entries.length > 0} empty="Aucune écriture.">
      <ol class="ledger" aria-label="Registre des heures">
        {entries.map((e) => (
          <li key={e.number}>
            <span>{sentenceOf(e)}</span>
            <small>
              écriture n° {e.number}, {instant(e.at, '–')}
            </small>
          </li>
        ))}
      </ol>
    </Wait>
  );
}

export interface ObligationCardProps {
  obligation: Obligation;
  title: string;
  subtitle?: string;
  withLedger?: boolean;
  href?: string; // its own page
  aside?: ComponentChildren; // right of the title
  children?: ComponentChildren; // what else is known of it
}

export function ObligationCard({
  obligation: o,
  title,
  subtitle,
  withLedger = true,
  href,
  aside,
  children,
}: ObligationCardProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const places = (o.territories ?? []).map(territory).join(', ');
  return (
    <article class="obligation">
      <h3>
        {href ? <a href={href}>{title}</a> : title} {aside}
      </h3>
      <p class="quiet">{[subtitle, places].filter(Boolean).join(' · ')}</p>
      <ProgressBar figures={o} />
      <ProgressLegend figures={o} />
      {children}
      <SendLink place="obligations" id={o.obligationId ?? ''} about={title} />
      {withLedger && (
        <details class="more" onToggle={(e) => setOpen(e.currentTarget.open)}>
          <summary>Registre des heures</summary>
          {open && <Ledger obligationId={o.obligationId} />}
        </details>
      )}
    </article>
  );
}

export function contractorOf(o: Obligation): string {
  return o.contractorName || `SIRET ${siret(o.contractorSiret)}`;
}
