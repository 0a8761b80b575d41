// One placement: what waits, its hours month by month with their gaps, the work contract, who accompanies, the follow-up,
// what became of her, its documents. Who may not know the person knows her by her employer's own reference.
import type { JSX } from 'preact';
import { HoursStrip } from '../components/HoursStrip.tsx';
import { Facts } from '../components/Facts.tsx';
import type { Fact } from '../components/Facts.tsx';
import { NextSteps } from '../components/NextSteps.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import { TimeBar } from '../components/TimeBar.tsx';
import { Timeline } from '../components/Timeline.tsx';
import { Acts, RowActs } from '../desk/Acts.tsx';
import { IdLink } from '../desk/IdLink.tsx';
import { mayAsk } from '../desk/methods.ts';
import { THINGS } from '../desk/places.ts';
import { today } from '../form/typed.ts';
import { ABSENT, day, hours, instant, month, shiftMonth } from '../format.ts';
import { hrefOf, useDesk, useLoaded, useQuery } from '../hooks.ts';
import { hoursState, modality, workContract } from '../labels.ts';
import { shortId } from '../months.ts';
import { MOMENTS, followUpEvents, outcomeText } from '../persons/events.ts';
import { monthlyOf, placementMonths } from '../persons/months.ts';
import type { PlacementMonth } from '../persons/months.ts';
import { placementSteps } from '../persons/placementNext.ts';
import { useTrades } from '../trades.ts';
import type { TradeName } from '../trades.ts';
import type { Placement, Session } from '../types.ts';

const text = (words: string | undefined): string => (words ?? '').replaceAll("'", '’');

// What the reader calls it: an employer its own reference, others the employer.
export function placementName(p: Placement, { role }: Pick<Session, 'role'>, trade: TradeName): string {
  if (role !== 'COMPANY' && role !== 'STRUCTURE') return text(p.employerName) || `Parcours ${shortId(p.placementId)}`;
  return p.employerReference || trade(p.romeCode);
}

// ---- hours

const MONTH_ACTS = ['tracking.SubmitHours', 'tracking.CopyHours', 'tracking.ValidateHours', 'tracking.ReturnHours'];
const ACTS_OF: Record<PlacementMonth['kind'], string[]> = {
  gap: ['tracking.SubmitHours', 'tracking.CopyHours'],
  running: ['tracking.SubmitHours', 'tracking.CopyHours'],
  stated: ['tracking.ValidateHours', 'tracking.ReturnHours', 'tracking.SubmitHours'],
  'sent-back': ['tracking.SubmitHours'],
  validated: ['tracking.ValidateHours'],
  'to-check': MONTH_ACTS.slice(2),
};

function HoursPanel({ p, now }: { p: Placement; now: string }): JSX.Element {
  const months = placementMonths(p, now);
  return (
    <Panel title="Heures par mois">
      {months.length === 0 && <p class="quiet">Le parcours n’a pas commencé : les heures viendront avec le premier mois.</p>}
      {months.length > 0 && (
        <>
          <HoursStrip label="Heures par mois" months={months} expected={monthlyOf(p.weeklyHours)} />
          <details class="more">
            <summary>Voir et traiter mois par mois</summary>
            <Table
              caption="Heures par mois"
              rows={[...months].reverse()}
              rowKey={(m) => m.month}
              columns={[
                { title: 'Mois', cell: (m) => month(m.month) },
                { title: 'Déclarées', cell: (m) => (m.view?.submitted ? hours(m.view.submitted) : '–'), number: true },
                { title: 'Formation', cell: (m) => (m.view?.training ? hours(m.view.training) : '–'), number: true },
                { title: 'Validées', cell: (m) => (m.view?.validated ? hours(m.view.validated) : '–'), number: true },
                { title: 'État', cell: (m) => hoursState(m.view?.state) },
                {
                  title: 'Agir',
                  hideTitle: true,
                  cell: (m) => (
                    <RowActs acts={ACTS_OF[m.kind]} path={['parcours', p.placementId]} query={{ month: m.month }} of={month(m.month)} />
                  ),
                },
              ]}
            />
          </details>
        </>
      )}
    </Panel>
  );
}

// ---- the work contract

function useNames(p: Placement | null) {
  const { api, session } = useDesk();
  const may = mayAsk(session.role, 'contracts/ObligationById');
  return useLoaded(`placement names ${p?.placementId ?? ''}`, async (signal) => {
    const host = p?.hostCompany && p.hostCompany !== p.employer ? p.hostCompany : '';
    const [organisation, obligation] = await Promise.allSettled([
      host ? api.query('directory/OrganisationById', { organisationId: host }, signal) : null,
      may && p?.obligationId ? api.query('contracts/ObligationById', { obligationId: p.obligationId }, signal) : null,
    ]);
    return {
      host: organisation.status === 'fulfilled' ? (organisation.value?.reply.organisation?.name ?? '') : '',
      obligation: obligation.status === 'fulfilled' ? (obligation.value?.reply ?? null) : null,
    };
  }).data;
}

function professional(name: string | undefined, job: string | undefined): string {
  return name ? [text(name), text(job)].filter(Boolean).join(', ') : ABSENT;
}

function WorkPanel({ p, trade }: { p: Placement; trade: TradeName }): JSX.Element {
  const names = useNames(p);
  const { session } = useDesk();
  const obligation = names?.obligation;
  const knowsPerson = mayAsk(session.role, 'tracking/EligibilityById');
  const host = p.hostCompany && p.hostCompany !== p.employer ? <IdLink shape={{ name: 'hostCompany' }} id={p.hostCompany} name={names?.host ?? '…'} /> : 'l’employeur lui-même';
  const facts: Fact[] = [
    ...(p.employerReference ? [['Référence chez l’employeur', p.employerReference] as Fact] : []),
    ...(knowsPerson && p.beneficiaryId ? [['Personne', <a href={hrefOf(['personnes', p.beneficiaryId])}>Personne {shortId(p.beneficiaryId)}</a>] as Fact] : []),
    ['Employeur', p.employer ? <IdLink shape={{ name: 'employer' }} id={p.employer} name={text(p.employerName)} /> : text(p.employerName)],
    ['Travaille chez', host],
    ['Métier', trade(p.romeCode)],
    ['Contrat de travail', [workContract(p.workContract), p.weeklyHours && `${hours(p.weeklyHours)} par semaine`].filter(Boolean).join(', ')],
    ['Modalité', modality(p.modality)],
    ...(obligation
      ? [['Contrat et clause', <a href={hrefOf(['obligations', p.obligationId ?? ''])}>{text(obligation.contractObject) || `Lot ${obligation.lot ?? 1}`}</a>] as Fact]
      : []),
    ['Tuteur', professional(p.tutor, p.tutorFunction)],
    ...(p.referent || p.modality === 'STAFF_PROVIDED' ? [['Référent', professional(p.referent, p.referentFunction)] as Fact] : []),
    ['Ses heures comptent jusqu’au', day(p.eligibleUntil)],
  ];
  return (
    <Panel title="Son travail">
      <TimeBar from={p.startsOn} until={p.endedOn ?? p.endsOn} over={p.ended} />
      <Facts facts={facts} />
      <Changes p={p} />
    </Panel>
  );
}

function Changes({ p }: { p: Placement }): JSX.Element | null {
  const terms = p.terms ?? [];
  const links = [
    p.continuesPlacementId && (
      <li key="before">
        Continue <a href={hrefOf(['parcours', p.continuesPlacementId])}>un parcours d’avant</a>.
      </li>
    ),
    p.continuedBy && (
      <li key="after">
        Continue dans <a href={hrefOf(['parcours', p.continuedBy])}>un autre parcours</a>.
      </li>
    ),
  ].filter(Boolean);
  if (terms.length < 2 && links.length === 0) return null;
  return (
    <ul class="plain-list changes">
      {links}
      {terms.slice(1).map((t) => (
        <li key={`${t.changedOn} ${t.enteredAt}`}>
          {t.isCorrection ? 'Corrigé' : 'Changé'} à partir du {day(t.changedOn)} : {workContract(t.workContract)}, {hours(t.weeklyHours)} par
          semaine, {t.endsOn ? `jusqu’au ${day(t.endsOn)}` : 'sans date de fin'}
          {t.enteredBy && <span class="quiet"> (noté par {t.enteredBy})</span>}
        </li>
      ))}
    </ul>
  );
}

// ---- who accompanies her: names that were given since

function Namings({ p }: { p: Placement }): JSX.Element | null {
  const namings = p.namings ?? [];
  if (namings.length === 0) return null;
  return (
    <Panel title="Tuteurs et référents, dans l’ordre">
      <ul class="plain-list">
        {namings.map((n) => (
          <li key={n.namingId}>
            {n.professional === 'AS_TUTOR' ? 'Tuteur' : 'Référent'} à partir du {day(n.since)} :{' '}
            {n.withdrawn ? <del>{text(n.name) || 'retiré'}</del> : professional(n.name, n.function)}
            {!n.withdrawn && (
              <RowActs acts={THINGS.parcours!.rows!.namingId!} path={['parcours', p.placementId]} query={{ namingId: n.namingId ?? '' }} of={text(n.name)} />
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

// ---- follow-up of this placement

const FOLLOWED = 100;

function FollowUpPanel({ p, now }: { p: Placement; now: string }): JSX.Element {
  const state = useQuery('tracking/FollowUp', { beneficiaryId: p.beneficiaryId ?? '', page: { limit: FOLLOWED } });
  const of = (l: { placementId?: string }) => !l.placementId || l.placementId === p.placementId;
  const f = state.data;
  const mine = f && { contacts: f.contacts?.filter(of), actions: f.actions?.filter(of), visits: f.visits?.filter(of) };
  const events = followUpEvents(mine);
  const heard = mine?.contacts?.find((c) => !c.withdrawn)?.contact?.happenedOn;
  return (
    <Panel title="Suivi">
      <p>
        {heard ? `Dernières nouvelles le ${day(heard)}.` : 'Aucune nouvelle n’est notée depuis le début.'}
      </p>
      <Wait state={state} has={events.length > 0} empty="Notez ici les visites, les appels et les aménagements : « Noter un contact », plus haut.">
        <Timeline events={events} now={now} />
      </Wait>
    </Panel>
  );
}

function PresenceLine({ p }: { p: Placement }): JSX.Element | null {
  if (!p.presence) return null;
  const { answer, happenedOn, presenceId } = p.presence;
  return (
    <Panel title="Ce qu’en dit son employeur">
      <p>
        {answer === 'GONE' ? `Partie depuis le ${day(happenedOn)}.` : `Toujours là le ${day(happenedOn)}.`}
      </p>
      <RowActs acts={THINGS.parcours!.rows!.presenceId!} path={['parcours', p.placementId]} query={{ presenceId: presenceId ?? '' }} of={`réponse du ${day(happenedOn)}`} />
    </Panel>
  );
}

// ---- what became of her

const MONTHS_AFTER: Record<string, number> = { AT_EXIT: 0, AT_SIX_MONTHS: 6, AT_TWELVE_MONTHS: 12 };

// « pas encore demandé », or from when on it can be.
function untold(at: string, endedOn: string, now: string): string {
  const asked = shiftMonth(endedOn.slice(0, 7), MONTHS_AFTER[at] ?? 0);
  return asked > now.slice(0, 7) ? `à demander en ${month(asked)}` : 'pas encore demandé';
}

function OutcomesPanel({ p, now }: { p: Placement; now: string }): JSX.Element | null {
  if (!p.ended) return null;
  const told = new Map((p.outcomes ?? []).map((o) => [o.at as string, o]));
  return (
    <Panel title="Ce qu’elle est devenue">
      {p.continuedBy ? (
        <p>Son parcours continue : on le lui demandera à la fin du suivant.</p>
      ) : (
        <ul class="plain-list">
          {Object.entries(MOMENTS).map(([at, words]) => {
            const o = told.get(at);
            return (
              <li key={at}>
                <strong>{words}</strong> : {o ? outcomeText(o).toLowerCase() : untold(at, p.endedOn ?? now, now)}
                {o?.knownOn && <span class="quiet"> (su le {day(o.knownOn)})</span>}
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}

// ---- documents

function DocumentsPanel({ placementId }: { placementId: string }): JSX.Element {
  const state = useQuery('tracking/Documents', { placementId, page: { limit: 100 } });
  const documents = state.data?.documents ?? [];
  return (
    <Panel title="Pièces">
      <Wait state={state} has={documents.length > 0} empty="Aucune pièce : joignez l’attestation d’embauche, le contrat de travail…">
        <ul class="plain-list">
          {documents.map((d) => (
            <li key={d.documentId}>
              {d.erased ? <span class="quiet">effacée avec le dossier</span> : text(d.title)}{' '}
              <span class="quiet">jointe le {instant(d.attachedAt)}</span>
              <RowActs acts={THINGS.parcours!.rows!.documentId!} path={['parcours', placementId]} query={{ documentId: d.documentId ?? '' }} of={text(d.title)} />
            </li>
          ))}
        </ul>
      </Wait>
    </Panel>
  );
}

// ---- the page

function lead(p: Placement, session: Session, trade: TradeName): string {
  const since = p.ended ? `du ${day(p.startsOn)} au ${day(p.endedOn)}` : `depuis le ${day(p.startsOn)}`;
  const isOwn = session.role === 'COMPANY' || session.role === 'STRUCTURE';
  const about = isOwn ? [p.employerReference ? trade(p.romeCode) : 'sans référence'] : [`personne ${shortId(p.beneficiaryId ?? '')}`, trade(p.romeCode)];
  return ['Parcours', ...about, since].join(' · ');
}

const hasAside = (p: Placement, { role }: Session): boolean =>
  mayAsk(role, 'tracking/FollowUp') || !!p.presence || (!!p.ended && role !== 'COMPANY' && role !== 'STRUCTURE') || (p.namings ?? []).length > 0;

export function PlacementPage({ id }: { id: string }): JSX.Element {
  const { session } = useDesk();
  const state = useQuery('tracking/PlacementById', { placementId: id });
  const p = state.data;
  const now = today();
  const trade = useTrades([p?.romeCode]);
  const may = (method: string) => mayAsk(session.role, method);
  const isPartner = session.role === 'COMPANY' || session.role === 'STRUCTURE';
  return (
    <>
      <p class="back">
        <a href={isPartner ? hrefOf(['equipe']) : hrefOf(['parcours'])}>{isPartner ? 'Qui travaille' : 'Parcours'}</a>
      </p>
      <PageHead title={p ? placementName(p, session, trade) : `Parcours ${shortId(id)}`} lead={p ? lead(p, session, trade) : 'Parcours'} />
      <Wait state={state} has={p !== null}>
        {p && (
          <>
            <NextSteps steps={placementSteps(p, session, now)} calm="Rien n’attend pour ce parcours." />
            <Acts acts={THINGS.parcours!.acts} path={['parcours', id]} value={p as unknown as Record<string, unknown>} />
            <div class={hasAside(p, session) ? 'columns columns-top' : undefined}>
              <div>
                <HoursPanel p={p} now={now} />
                <WorkPanel p={p} trade={trade} />
              </div>
              <div>
                {may('tracking/FollowUp') && p.beneficiaryId && <FollowUpPanel p={p} now={now} />}
                <PresenceLine p={p} />
                <Namings p={p} />
                {!isPartner && <OutcomesPanel p={p} now={now} />}
                {may('tracking/Documents') && <DocumentsPanel placementId={id} />}
              </div>
            </div>
          </>
        )}
      </Wait>
    </>
  );
}
