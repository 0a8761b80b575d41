// What waits on one placement: hours of a month, an end that comes, what its employer said, a reference to give.
import type { Step } from '../components/NextSteps.tsx';
import { hrefOf } from '../hooks.ts';
import { dayGap, dayNamed, ofMonth } from '../format.ts';
import type { Placement, Role, Session } from '../types.ts';
import { placementMonths } from './months.ts';
import { actTitle, mayAsk } from '../desk/methods.ts';

// The form that settles it, where the reader may give it.
export function actFor(role: Role, path: string[], method: string, query?: Record<string, string | undefined>): Step['act'] {
  return mayAsk(role, method) ? { href: hrefOf([...path, 'agir', method], query), label: actTitle(method) } : undefined;
}

const SOON_DAYS = 30;
const GAPS_SHOWN = 2;

function hoursSteps(p: Placement, { role }: Session, today: string): Step[] {
  const path = ['parcours', p.placementId];
  const months = placementMonths(p, today);
  const state = (query: string) => actFor(role, path, 'tracking.SubmitHours', { month: query });
  const vouch = (query: string) => actFor(role, path, 'tracking.ValidateHours', { month: query });
  const who = 'L’employeur, ou l’entreprise qui l’accueille';
  const back = months
    .filter((m) => m.kind === 'sent-back')
    .map((m): Step => ({ what: `Déclarer de nouveau les heures ${ofMonth(m.month)}, qui ont été renvoyées`, who, late: true, act: state(m.month) }));
  const gaps = months
    .filter((m) => m.kind === 'gap')
    .slice(-GAPS_SHOWN)
    .map((m): Step => ({ what: `Déclarer les heures ${ofMonth(m.month)}, même s’il n’y en a pas eu`, who, act: state(m.month) }));
  const vouched = months
    .filter((m) => m.kind === 'stated' || m.kind === 'to-check')
    .map((m): Step => ({ what: `Valider les heures ${ofMonth(m.month)}`, who: 'Le facilitateur', act: vouch(m.month) }));
  return [...back, ...vouched, ...gaps];
}

function endSteps(p: Placement, { role }: Session, today: string): Step[] {
  const path = ['parcours', p.placementId];
  if (p.ended) {
    const told = (p.outcomes ?? []).some((o) => o.at === 'AT_EXIT') || (p.outcome && p.outcome !== 'OUTCOME_UNKNOWN');
    if (told || p.continuedBy) return [];
    return [
      {
        what: 'Dire ce qu’elle est devenue à la fin',
        who: 'Le facilitateur',
        since: p.endedOn,
        act: actFor(role, path, 'tracking.RecordOutcome'),
      },
    ];
  }
  if (p.presence?.answer === 'GONE')
    return [
      {
        what: 'Elle est partie, dit son employeur : enregistrer la fin, ou ce qu’il en est',
        who: 'Le facilitateur',
        since: p.presence.happenedOn,
        by: p.presence.actBy,
        late: !!p.presence.actBy && p.presence.actBy < today,
        act: actFor(role, path, 'tracking.EndPlacement'),
      },
    ];
  if (!p.endsOn || dayGap(today, p.endsOn) > SOON_DAYS) return [];
  const over = p.endsOn < today;
  return [
    {
      what: over ? 'Le contrat de travail est fini : le prolonger, ou enregistrer la fin' : 'Le contrat de travail finit bientôt : le prolonger, ou préparer la suite',
      who: 'Le facilitateur, avec l’employeur',
      by: p.endsOn,
      late: over,
      act: actFor(role, path, over ? 'tracking.EndPlacement' : 'tracking.AmendPlacement'),
    },
  ];
}

// What only its own organisation is asked.
function ownSteps(p: Placement, session: Session): Step[] {
  const path = ['parcours', p.placementId];
  const isEmployer = session.organisation && session.organisation === p.employer;
  if (!isEmployer || p.ended) return [];
  const steps: Step[] = [];
  if (!p.employerReference)
    steps.push({
      what: 'Donner à cette personne votre propre référence',
      why: 'Ses initiales ou son numéro de paie : vous la reconnaîtrez dans vos listes. Jamais son numéro de sécurité sociale.',
      act: actFor(session.role, path, 'tracking.SetEmployerReference'),
    });
  return steps;
}

export function placementSteps(p: Placement, session: Session, today: string): Step[] {
  const eligibility: Step[] =
    !p.ended && p.eligibleUntil && p.eligibleUntil < today
      ? [{ what: `Ses heures ne comptent plus depuis le ${dayNamed(p.eligibleUntil)}`, who: 'Le facilitateur', page: session.role === 'FACILITATOR' ? hrefOf(['personnes', p.beneficiaryId ?? '']) : undefined }]
      : [];
  return [...hoursSteps(p, session, today), ...endSteps(p, session, today), ...eligibility, ...ownSteps(p, session)];
}

