// The annual programme of a buyer: of each line what may carry a social consideration and why, what was decided, whether
// the law obliges, and what is to be done next.
import type { JSX } from 'preact';
import { Facts } from '../components/Facts.tsx';
import { More } from '../components/More.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { Note } from '../contract/Note.tsx';
import { capital, lower, useWord } from '../contract/words.ts';
import type { Word } from '../contract/words.ts';
import { RowActs } from '../desk/Acts.tsx';
import { actTitle, mayAsk } from '../desk/methods.ts';
import { asAct, THINGS } from '../desk/places.ts';
import { listOf } from '../api.ts';
import { ABSENT, day, hours, money, plural, siret, typographic } from '../format.ts';
import { addressOf, changeQuery, hrefOf, useAddress, useDesk, useLoaded, usePages } from '../hooks.ts';
import { contracts, programmeImports } from '../lists.ts';
import type { LeverFit, LineCheck, ProgrammeLine } from '../types.ts';

const LIMIT = 30;
const NAMES_OF = 100; // contracts whose buyers have their names here
const NEXT_YEAR_FROM = 9; // October: the programme of the year to come

export const yearToShow = (now: Date): number => now.getFullYear() + (now.getMonth() >= NEXT_YEAR_FROM ? 1 : 0);

const set = (name: string, value: string) => changeQuery({ ...addressOf(location.hash).query, [name]: value });

// Buyers whose lists were taken, by their names where a contract of theirs tells it. A buyer has its own.
function useBuyers(): [string, string][] {
  const { api, session } = useDesk();
  const isBuyer = session.role === 'BUYER';
  const { data } = useLoaded(`buyers of programmes ${isBuyer}`, async (signal): Promise<[string, string][]> => {
    if (isBuyer || !mayAsk(session.role, 'contracts.ProgrammeImports')) return [];
    const [imports, named] = await Promise.all([
      api.list(programmeImports(), NAMES_OF, '', signal),
      api.list(contracts({}), NAMES_OF, '', signal),
    ]);
    const names = new Map(named.items.map((c) => [c.buyerSiret ?? '', c.buyerName ?? '']));
    const senders = [...new Set(imports.items.map((b) => b.sender ?? ''))].filter(Boolean);
    return senders.map((s): [string, string] => [s, names.get(s) || siret(s)]);
  });
  return data ?? [];
}

// ---- one line

function Lever({ value, word }: { value: LeverFit; word: Word }): JSX.Element {
  const score = value.score ?? 0;
  const name = capital(word('lines.assessment.levers.lever', value.lever));
  return (
    <li>
      <span class="bars-label">
        {name}
        <small>{word('lines.assessment.levers.fit', value.fit).toLowerCase()}</small>
      </span>
      <span class="bars-value">{score} / 100</span>
      <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect class="bars-track" width="100" height="4" />
        <rect class="bars-fill" width={score} height="4" />
      </svg>
      <details class="more lever-reasons">
        <summary>
          Pourquoi<span class="visually-hidden"> : {name}</span>
        </summary>
        <ul>
          {(value.reasons ?? []).map((r) => (
            <li key={r.fact}>
              <strong>{(r.points ?? 0) > 0 ? `+ ${r.points}` : (r.points ?? 0) < 0 ? `− ${-r.points!}` : r.excludes ? 'exclut' : '0'}</strong>{' '}
              {typographic(r.text)} <span class="quiet">({typographic(r.label)} : {typographic(r.value)})</span>
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

const DUTIES: Record<string, string> = { DUTY_MANDATORY: 'note-warn', DUTY_DEROGABLE: 'note-warn' };

function Duty({ check, word }: { check?: LineCheck; word: Word }): JSX.Element | null {
  if (!check) return null;
  const grounds = (check.grounds ?? []).filter((g) => g.state !== 'GROUND_NOT_APPLICABLE');
  return (
    <div class={DUTIES[check.duty ?? ''] ?? 'quiet'}>
      <p>
        <strong>Condition sociale : {lower(word('lines.check.duty', check.duty))}</strong>
        {check.article && ` (${typographic(check.article)})`}
      </p>
      {(check.reasons ?? []).map((text) => (
        <p key={text}>{typographic(text)}</p>
      ))}
      {grounds.length > 0 && (
        <details class="more">
          <summary>{plural(grounds.length, 'motif de dérogation possible', 'motifs de dérogation possibles')}</summary>
          <ul>
            {grounds.map((g) => (
              <li key={g.code}>
                {capital(typographic(g.label))} : {lower(word('lines.check.grounds.state', g.state))}. {typographic(g.why)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function decided(line: ProgrammeLine, word: Word): string {
  const { decision: d } = line;
  if (!d) return 'Rien n’est encore décidé.';
  const what = `${capital(word('lines.decision.status', d.status))} le ${day(d.decidedOn)} : ${lower(word('lines.decision.lever', d.lever))}.`;
  const other = d.differs ? ` Le calcul proposait : ${lower(word('lines.decision.proposed', d.proposed))}.` : '';
  return `${what}${d.reason ? ` ${d.reason}` : ''}${other}`;
}

// What comes next: to decide; then to open the contract of a line that was kept.
const nextOf = (line: ProgrammeLine): string | undefined =>
  !line.decision ? 'contracts.DecideLine' : line.contractId || line.decision.status === 'LINE_DROPPED' ? undefined : 'contracts.OpenContract';

interface LineProps {
  line: ProgrammeLine;
  word: Word;
  filters: Record<string, string>;
}
function Line({ line, word, filters }: LineProps): JSX.Element {
  const { session } = useDesk();
  const { query } = useAddress();
  const l = line.line ?? {};
  const path = ['programme', line.lineId ?? ''];
  const next = nextOf(line);
  const acts = Object.values(THINGS.programme!.acts)
    .flat()
    .filter((a) => asAct(a).method !== next);
  const isNoteOpen = query.note === line.lineId;
  return (
    <Panel title={l.title || 'Ligne sans intitulé'} aside={<span class="tag">{line.decision ? capital(word('lines.decision.status', line.decision.status)) : 'À décider'}</span>}>
      <Facts
        facts={[
          ['Référence', l.reference || ABSENT],
          ['Montant HT', money(l.amount)],
          ['Lancement', l.launchText || day(l.launchOn)],
          ['Durée', l.durationMonths ? `${l.durationMonths} mois` : ABSENT],
          ['Code CPV', l.cpv || ABSENT],
          ['Heures estimées', line.assessment?.hours ? hours(line.assessment.hours) : ABSENT],
        ]}
      />
      <div class="line-columns">
        <div>
          <h3 class="text-title">Leviers</h3>
          <ul class="bars">
            {(line.assessment?.levers ?? []).map((v) => (
              <Lever key={v.lever} value={v} word={word} />
            ))}
          </ul>
        </div>
        <div>
          <h3 class="text-title">Décision</h3>
          <p>{decided(line, word)}</p>
          {line.derogation && (
            <p>
              Dérogation du {day(line.derogation.decidedOn)} : {typographic(line.derogation.label)}. {line.derogation.reason}
            </p>
          )}
          <Duty check={line.check} word={word} />
          {line.contractId && (
            <p>
              <a href={hrefOf(['contrats', line.contractId])}>Ouvrir le dossier du contrat</a>
            </p>
          )}
        </div>
      </div>
      <div class="row-buttons">
        {next && mayAsk(session.role, next) && (
          <a class="btn btn-sm btn-primary" href={hrefOf([...path, 'agir', next], filters)}>
            {actTitle(next)}
            <span class="visually-hidden"> : {l.title}</span>
          </a>
        )}
        <RowActs acts={acts} path={path} query={filters} of={l.title ?? ''} />
        <button
          type="button"
          class="btn btn-sm btn-outline-secondary"
          aria-expanded={isNoteOpen}
          onClick={() => set('note', isNoteOpen ? '' : (line.lineId ?? ''))}
        >
          Note sur l’obligation<span class="visually-hidden"> : {l.title}</span>
        </button>
      </div>
      {isNoteOpen && <Note title="Note sur l’obligation" method="contracts/ObligationNote" request={{ lineId: line.lineId ?? '' }} />}
    </Panel>
  );
}

// ---- the page

function Lines({ year, buyerSiret }: { year: number; buyerSiret: string }): JSX.Element {
  const word = useWord('contracts/Programme');
  const request = { year, withAssessments: true, ...(buyerSiret && { buyerSiret }) };
  const pages = usePages(
    listOf('contracts/Programme', request, (r) => r.lines),
    LIMIT,
  );
  const lines = pages.items;
  const waiting = lines.filter((l) => !l.decision).length;
  const due = lines.filter((l) => l.check?.duty === 'DUTY_MANDATORY' && !l.derogation).length;
  const filters = { year: String(year), buyerSiret };
  if (lines.length === 0)
    return (
      <Panel title={`Programme ${year}`}>
        <Wait
          state={pages}
          has={false}
          empty={`Aucune ligne pour ${year} : importez le programme de l’acheteur (« Importer »), ou choisissez une autre année.`}
        >
          {null}
        </Wait>
      </Panel>
    );
  return (
    <>
      <p class="pager" role="status">
        {`${plural(lines.length, 'ligne')} pour ${year} : ${waiting} à décider, ${due} où une condition sociale est obligatoire.`}
      </p>
      {lines.map((l) => (
        <Line key={l.lineId} line={l} word={word} filters={filters} />
      ))}
      <More pages={pages} />
    </>
  );
}

export function ProgrammePage(): JSX.Element {
  const { session } = useDesk();
  const { query } = useAddress();
  const buyers = useBuyers();
  const isBuyer = session.role === 'BUYER';
  const first = yearToShow(new Date());
  const year = Number(query.year) || first;
  const buyerSiret = isBuyer ? '' : (query.buyerSiret ?? buyers[0]?.[0] ?? '');
  return (
    <>
      <PageHead title="Programmes d’achats" lead="Ce que l’acheteur prévoit, et ce que chaque ligne peut porter.">
        <div class="filters">
          {!isBuyer && buyers.length > 0 && (
            <label>
              Acheteur
              <select class="form-select" value={buyerSiret} onChange={(e) => set('buyerSiret', e.currentTarget.value)}>
                {buyers.map(([id, name]) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          )}
          <label>
            Année
            <select class="form-select" value={year} onChange={(e) => set('year', e.currentTarget.value)}>
              {[first + 1, first, first - 1, first - 2, first - 3].map((y) => (
                <option key={y} value={y}>
                  {y}
                </option>
              ))}
            </select>
          </label>
        </div>
      </PageHead>
      {isBuyer || buyerSiret ? (
        <Lines year={year} buyerSiret={buyerSiret} />
      ) : (
        <Panel title="Aucun programme">
          <p class="quiet">
            Aucun acheteur n’a encore donné son programme. {mayAsk(session.role, 'contracts.ImportProgramme') && <a href="#/importer">Importer un programme</a>}
          </p>
        </Panel>
      )}
    </>
  );
}
