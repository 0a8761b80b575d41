// Reserved contracts: their figures of a year, and each with whether its reservation stands, by which article, and what
// would mend it.
import type { JSX } from 'preact';
import { listOf } from '../api.ts';
import { More } from '../components/More.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { capital, useWord } from '../contract/words.ts';
import type { Word } from '../contract/words.ts';
import { Acts, RowActs } from '../desk/Acts.tsx';
import { Filters } from '../desk/ListFilters.tsx';
import { isFilter } from '../desk/lines.ts';
import { THINGS } from '../desk/places.ts';
import { shapesFor } from '../desk/read.ts';
import { count, day, share, siret, typographic } from '../format.ts';
import { addressOf, changeQuery, hrefOf, useAddress, useDesk, useLoaded, usePages, useQuery } from '../hooks.ts';
import type { ReservedLine } from '../types.ts';

const METHOD = 'contracts/ReservedContracts';
const LIMIT = 30;
const YEARS_BACK = 6;
const set = (name: string, value: string) => changeQuery({ ...addressOf(location.hash).query, [name]: value });

function Figure({ title, value, note }: { title: string; value: number | undefined; note?: string }): JSX.Element {
  return (
    <li class="figure">
      <p class="figure-title">{title}</p>
      <p class="figure-value">{count(value)}</p>
      {note && <p class="figure-note">{note}</p>}
    </li>
  );
}

function Figures({ year }: { year: number }): JSX.Element {
  const state = useQuery('contracts/ReservedStatistics', year ? { year } : {});
  const t = state.data?.total ?? {};
  return (
    <Wait state={state} has={state.data !== null}>
      <ul class="figures">
        <Figure title="Marchés et lots réservés" value={t.contracts} note={year ? `notifiés en ${year}` : 'toutes années'} />
        <Figure title="Insertion" value={t.iae} note={`handicap ${count(t.handicap)}, détention ${count(t.prison)}, ESS ${count(t.ess)}`} />
        <Figure title="Avec le facilitateur" value={(t.sourcing ?? 0) + (t.followUp ?? 0)} note={`dont ${count(t.followUp)} suivis`} />
        <Figure title="Réservations à revoir" value={t.invalid} note="contraires à un article" />
      </ul>
    </Wait>
  );
}

const TONES: Record<string, string> = { RESERVATION_INVALID: 'due due-late', RESERVATION_TO_CHECK: 'due due-due_soon' };

function Line({ line, word }: { line: ReservedLine; word: Word }): JSX.Element {
  const e = line.entry ?? {};
  const findings = line.check?.findings ?? [];
  const said = [
    line.buyerName || siret(line.buyerSiret),
    e.lot ? `lot ${e.lot}` : '',
    line.number ? `n° ${line.number}` : '',
    e.notifiedOn ? `notifié le ${day(e.notifiedOn)}` : '',
  ];
  return (
    <article class="obligation">
      <h3>
        <a href={hrefOf(['contrats', line.contractId ?? ''])}>{line.object || 'Contrat'}</a>{' '}
        {(e.grounds ?? []).map((g) => (
          <span key={g} class="tag">
            {capital(word('lines.entry.grounds', g))}
          </span>
        ))}
      </h3>
      <p class="quiet">{said.filter(Boolean).join(' · ')}</p>
      <p>
        <span class={TONES[line.check?.verdict ?? ''] ?? 'due due-kept'}>{typographic(line.check?.text)}</span>{' '}
        {e.holderName && `Titulaire : ${e.holderName}. `}
        {e.minimumShare && `Part minimale : ${share(e.minimumShare)}. `}
        {capital(word('lines.entry.involvement', e.involvement))}
        {e.followsPersons && ', avec suivi des personnes'}.
      </p>
      <details class="more">
        <summary>
          Ce qui a été vérifié<span class="visually-hidden"> : {line.object}</span>
        </summary>
        <ul>
          {findings.map((f) => (
            <li key={`${f.article} ${f.reason}`}>
              <strong>{capital(word('lines.check.findings.verdict', f.verdict))}</strong>, {f.article} : {typographic(f.reason)}{' '}
              {typographic(f.remedy)}
            </li>
          ))}
        </ul>
      </details>
      <RowActs
        acts={THINGS.contrats!.acts['Le marché réservé']!}
        path={['contrats', line.contractId ?? '']}
        query={{}}
        of={line.object ?? ''}
      />
    </article>
  );
}

export function ReservedPage(): JSX.Element {
  const { api } = useDesk();
  const { query } = useAddress();
  const word = useWord(METHOD);
  const asked = useLoaded(`shapes ${METHOD}`, () => shapesFor(api, METHOD));
  const shapes = (asked.data?.request ?? []).filter((s) => isFilter(s) && ['ground', 'involvement'].includes(s.name));
  const year = Number(query.year) || 0;
  const chosen = Object.fromEntries(['ground', 'involvement'].filter((n) => query[n]).map((n) => [n, query[n]!]));
  const pages = usePages(
    listOf(METHOD, { ...chosen, ...(year && { year }) }, (r) => r.lines),
    LIMIT,
  );
  const thisYear = new Date().getFullYear();
  return (
    <>
      <PageHead title="Marchés réservés" lead="À qui ils sont réservés, et si la réservation tient." />
      <Acts acts={{ 'Un marché réservé': ['contracts.EnterReserved'] }} path={['contrats']} />
      <Figures year={year} />
      <Panel title="Marchés et lots réservés">
        <div class="filters list-tools">
          <label>
            Année
            <select class="form-select" value={query.year ?? ''} onChange={(e) => set('year', e.currentTarget.value)}>
              <option value="">Toutes</option>
              {Array.from({ length: YEARS_BACK }, (_, i) => thisYear - i).map((y) => (
                <option key={y} value={y}>
                  {y}
                </option>
              ))}
            </select>
          </label>
          <Filters shapes={shapes} typed={query} />
        </div>
        <Wait state={pages} has={pages.items.length > 0} empty="Aucun marché réservé : saisissez-en un en cinq champs.">
          {pages.items.map((line) => (
            <Line key={`${line.contractId} ${line.entry?.lot ?? 0}`} line={line} word={word} />
          ))}
          <More pages={pages} />
        </Wait>
      </Panel>
    </>
  );
}
