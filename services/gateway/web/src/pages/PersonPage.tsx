// One person, without her name: who acts next, how she stands, what happened, her placements, her rights. Her name is
// behind « Ouvrir le dossier », with a reason, and leaves its trace.
import type { JSX } from 'preact';
import { HoursStrip } from '../components/HoursStrip.tsx';
import { NextSteps } from '../components/NextSteps.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ErrorBox, Panel, Wait } from '../components/Panel.tsx';
import { TimeBar } from '../components/TimeBar.tsx';
import { Timeline } from '../components/Timeline.tsx';
import type { TimelineEvent } from '../components/Timeline.tsx';
import { territory } from '../departments.ts';
import { Acts, RowActs, allowed } from '../desk/Acts.tsx';
import { actTitle, mayAsk } from '../desk/methods.ts';
import { THINGS, asAct } from '../desk/places.ts';
import type { Acts as ActsTable } from '../desk/places.ts';
import { listsTo } from '../desk/reach.ts';
import { today } from '../form/typed.ts';
import { day } from '../format.ts';
import { hrefOf, useDesk, useLoaded } from '../hooks.ts';
import { modality, outcome } from '../labels.ts';
import { shortId } from '../months.ts';
import { FileReadings } from '../persons/FileReadings.tsx';
import { decisionText, eventsOf } from '../persons/events.ts';
import { placementMonths, togetherMonths } from '../persons/months.ts';
import { nextSteps } from '../persons/next.ts';
import { Standing } from '../persons/Standing.tsx';
import { RIGHTS, Rights } from '../persons/Rights.tsx';
import { useTrades } from '../trades.ts';
import type { TradeName } from '../trades.ts';
import type { Eligibility, FollowUpReply, Pathway, PathwayPlacement, Placement } from '../types.ts';

const PLACEMENTS_READ = 12; // whole, for their hours
const DOUBLES = 'Deux dossiers pour une personne';

// ---- what is read, each part by itself

function usePart<T>(name: string, id: string, read: (signal: AbortSignal) => Promise<T>): ReturnType<typeof useLoaded<T | null>> {
  const { session } = useDesk();
  const may = mayAsk(session.role, name);
  return useLoaded(`${name} ${id} ${may}`, async (signal) => (may ? read(signal) : null));
}

function usePerson(id: string) {
  const { api } = useDesk();
  const asked = { beneficiaryId: id };
  const eligibility = usePart<Eligibility>('tracking/EligibilityById', id, async (s) => (await api.query('tracking/EligibilityById', asked, s)).reply);
  const pathway = usePart<Pathway>('tracking/Pathway', id, async (s) => (await api.query('tracking/Pathway', asked, s)).reply);
  const followUp = usePart<FollowUpReply>('tracking/FollowUp', id, async (s) => (await api.query('tracking/FollowUp', { ...asked, page: { limit: 100 } }, s)).reply);
  const ids = (pathway.data?.placements ?? []).map((p) => p.placementId ?? '').slice(-PLACEMENTS_READ);
  const placements = usePart<Map<string, Placement>>('tracking/PlacementById', ids.join(' '), async (signal) => {
    const read = ids.map((placementId) => api.query('tracking/PlacementById', { placementId }, signal));
    const told = await Promise.allSettled(read);
    return new Map(told.flatMap((t, i) => (t.status === 'fulfilled' ? [[ids[i]!, t.value.reply] as const] : [])));
  });
  const prescriber = usePart('directory/OrganisationById', pathway.data?.prescriber ?? '', async (signal) => {
    const organisationId = pathway.data?.prescriber;
    if (!organisationId) return '';
    return (await api.query('directory/OrganisationById', { organisationId }, signal)).reply.organisation?.name ?? '';
  });
  return { eligibility, pathway, followUp, placements, prescriber };
}
type Person = ReturnType<typeof usePerson>;

// ---- how she stands

function EligibilityPanel({ id, state }: { id: string; state: Person['eligibility'] }): JSX.Element | null {
  const { session } = useDesk();
  const e = state.data;
  const rows = THINGS.personnes!.rows!;
  const decides = mayAsk(session.role, 'tracking.DecideEligibility');
  if (!e && !state.error && !state.loading) return null;
  return (
    <Panel title="Éligibilité" aside={e && <Standing standing={e.standing} />}>
      <Wait state={state} has={e !== null}>
        <TimeBar from={e?.eligibleFrom} until={e?.eligibleUntil} over={e?.standing === 'SUSPENDED' || e?.standing === 'LAPSED'} />
        {e?.reasonLabel && <p>{e.reasonLabel.charAt(0).toUpperCase() + e.reasonLabel.slice(1).replaceAll("'", '’')}.</p>}
        {(e?.decisions?.length ?? 0) + (e?.suspensions?.length ?? 0) > 0 && (
          <ul class="plain-list">
            {e?.decisions?.map((d) => (
              <li key={d.decisionId}>
                {decisionText(d)} <span class="quiet">le {day(d.decidedOn)}</span>
                <RowActs acts={rows.decisionId!} path={['personnes', id]} query={{ decisionId: d.decisionId ?? '' }} of={`décision du ${day(d.decidedOn)}`} />
              </li>
            ))}
            {e?.suspensions?.map((s) => (
              <li key={s.suspensionId}>
                Suspension depuis le {day(s.suspendedFrom)}
                {s.suspendedUntil && ` jusqu’au ${day(s.suspendedUntil)}`}
                <RowActs acts={rows.suspensionId!} path={['personnes', id]} query={{ suspensionId: s.suspensionId ?? '' }} of={`suspension du ${day(s.suspendedFrom)}`} />
              </li>
            ))}
          </ul>
        )}
        {decides && (
          <p>
            <a href={hrefOf(['personnes', id, 'eligibilite'])}>Décider pas à pas</a>
          </p>
        )}
      </Wait>
    </Panel>
  );
}

// ---- her placements

function PlacementCard({ p, whole, trade, now }: { p: PathwayPlacement; whole?: Placement; trade: TradeName; now: string }): JSX.Element {
  const end = p.endedOn ?? p.endsOn;
  return (
    <article class="card-line">
      <h3>
        <a href={hrefOf(['parcours', p.placementId ?? ''])}>{(p.employerName ?? '').replaceAll("'", '’') || 'Parcours'}</a>
      </h3>
      <p class="quiet">
        {trade(p.romeCode)} · {modality(p.modality).toLowerCase()}
      </p>
      <p>
        {p.endedOn ? `Du ${day(p.startsOn)} au ${day(p.endedOn)}` : `Depuis le ${day(p.startsOn)}${end ? `, jusqu’au ${day(end)}` : ''}`}
        {p.outcome && p.outcome !== 'OUTCOME_UNKNOWN' && ` · ${outcome(p.outcome).toLowerCase()}`}
      </p>
      {whole && placementMonths(whole, now).some((m) => m.kind === 'gap') && !p.endedOn && (
        <p class="due due-due_soon">Des mois sans heures déclarées</p>
      )}
    </article>
  );
}

function PlacementsPanel({ person, trade, now }: { person: Person; trade: TradeName; now: string }): JSX.Element | null {
  const { pathway, placements } = person;
  if (!pathway.data && !pathway.loading && !pathway.error) return null;
  const all = [...(pathway.data?.placements ?? [])].reverse();
  const months = togetherMonths([...(placements.data?.values() ?? [])].map((p) => placementMonths(p, now)));
  return (
    <Panel title="Ses parcours">
      <Wait state={pathway} has={all.length > 0} empty="Elle n’a pas encore travaillé par la clause.">
        {months.length > 0 && <HoursStrip label="Ses heures par mois, tous parcours ensemble" months={months} />}
        {all.map((p) => (
          <PlacementCard key={p.placementId} p={p} whole={placements.data?.get(p.placementId ?? '')} trade={trade} now={now} />
        ))}
      </Wait>
    </Panel>
  );
}

// ---- what happened, with what may be done about it

// Contacts and actions have their own acts.
function LineActs({ event, id }: { event: TimelineEvent; id: string }): JSX.Element | null {
  const [name, of] = event.line!;
  const acts = THINGS.personnes!.rows![name];
  return acts ? <RowActs acts={acts} path={['personnes', id]} query={{ [name]: of }} of={`${event.text}, ${day(event.on)}`} /> : null;
}

function TimelinePanel({ person, id, trade, now }: { person: Person; id: string; trade: TradeName; now: string }): JSX.Element | null {
  const { pathway, eligibility, followUp, placements, prescriber } = person;
  if (!pathway.data && !pathway.loading && !pathway.error) return null;
  const events = eventsOf({
    pathway: pathway.data,
    eligibility: eligibility.data,
    followUp: followUp.data,
    placements: placements.data ?? new Map(),
    prescriber: prescriber.data ?? '',
    trade,
  });
  return (
    <Panel title="Son histoire">
      {followUp.error && <ErrorBox error={followUp.error} />}
      <Wait state={pathway} has={events.length > 0}>
        <Timeline events={events} now={now} actsOf={(event) => <LineActs event={event} id={id} />} />
      </Wait>
    </Panel>
  );
}

// ---- two files of one person

function Doubles({ id, files }: { id: string; files: string[] }): JSX.Element | null {
  const { session } = useDesk();
  const others = files.filter((f) => f !== id);
  const [, methods = []] = allowed(session.role, { [DOUBLES]: THINGS.personnes!.acts[DOUBLES]! })[0] ?? [];
  if (methods.length === 0) return null;
  return (
    <Panel title="Un seul dossier ?">
      {others.length === 0 && <p class="quiet">Elle a peut-être été orientée deux fois, par deux prescripteurs.</p>}
      {others.length > 0 && (
        <>
          <p>D’elle aussi, et montré ici avec le reste :</p>
          <ul class="acts">
            {others.map((f) => (
              <li key={f}>
                <a href={hrefOf(['personnes', f])}>Personne {shortId(f)}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <ul class="acts">
        {methods.map((method) => (
          <li key={method}>
            <a href={hrefOf(['personnes', id, 'agir', method])}>{actTitle(method)}</a>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

// ---- the page

// Acts that stand elsewhere on the page are not told twice.
function otherActs(): ActsTable {
  const shown = RIGHTS.map(([method]) => method);
  return Object.fromEntries(
    Object.entries(THINGS.personnes!.acts)
      .filter(([group]) => group !== DOUBLES)
      .map(([group, acts]) => [group, acts.filter((a) => !shown.includes(asAct(a).method))]),
  );
}

function lead(person: Person): string {
  const p = person.pathway.data;
  if (!p) return 'Personne suivie';
  const by = person.prescriber.data ? ` par ${person.prescriber.data}` : '';
  return `${territory(p.territory)} · orientée le ${day(p.referredOn)}${by}`;
}

export function PersonPage({ id }: { id: string }): JSX.Element {
  const { session } = useDesk();
  const person = usePerson(id);
  const [list] = listsTo(session.role, 'personnes');
  const now = today();
  const trade = useTrades((person.pathway.data?.placements ?? []).map((p) => p.romeCode));
  // Who is told nothing of her pathway is not told that nothing waits; nor is anybody before all of it was read.
  const { pathway, eligibility, followUp, placements } = person;
  const isKnown = pathway.data !== null && ![eligibility, followUp, placements].some((part) => part.loading);
  const mayOpen = mayAsk(session.role, 'tracking.OpenBeneficiaryFile');
  const steps = nextSteps({
    id,
    role: session.role,
    eligibility: person.eligibility.data,
    pathway: person.pathway.data,
    followUp: person.followUp.data,
    placements: [...(person.placements.data?.values() ?? [])],
    session,
    today: now,
  });
  return (
    <>
      {list && (
        <p class="back">
          <a href={hrefOf([list[0]])}>{list[1].title}</a>
        </p>
      )}
      <PageHead title={`Personne ${shortId(id)}`} lead={lead(person)}>
        {mayOpen && <p class="quiet head-note">Son nom n’est pas ici : il se lit en ouvrant le dossier, avec un motif, et chaque ouverture laisse sa trace.</p>}
      </PageHead>
      {isKnown && <NextSteps steps={steps} calm="Rien n’est à faire pour elle en ce moment." />}
      <Acts acts={otherActs()} path={['personnes', id]} value={{}} />
      <div class="columns columns-top">
        <div>
          <TimelinePanel person={person} id={id} trade={trade} now={now} />
          {mayAsk(session.role, 'tracking/FileReadings') && <FileReadings id={id} />}
        </div>
        <div>
          <EligibilityPanel id={id} state={person.eligibility} />
          <PlacementsPanel person={person} trade={trade} now={now} />
          <Doubles id={id} files={person.pathway.data?.files ?? []} />
        </div>
      </div>
      <Rights id={id} />
    </>
  );
}
