import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTurn } from '../src/components/NextSteps.tsx';
import { askedOf, stepOf } from '../src/form/steps.ts';
import type { FormStep } from '../src/form/steps.ts';
import type { Shape } from '../src/form/shape.ts';
import { byTrade } from '../src/pages/Forecast.tsx';
import { paceOf } from '../src/pages/Obligations.tsx';
import { eventsOf } from '../src/persons/events.ts';
import { monthlyOf, placementMonths, togetherMonths } from '../src/persons/months.ts';
import { nextSteps } from '../src/persons/next.ts';
import { placementSteps } from '../src/persons/placementNext.ts';
import { whereSheIs } from '../src/persons/words.ts';
import type { Beneficiary, Eligibility, Pathway, Placement, Proposal, Session, WaitingPerson } from '../src/types.ts';

const TODAY = '2026-12-01';
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const facilitator = { role: 'FACILITATOR', territories: ['31'] } as Session;
const placement = (more: Partial<Placement>): Placement => ({ placementId: 'p', startsOn: '2026-09-10', weeklyHours: '35.00', ...more }) as Placement;
const vouched = (month: string, hours: string) => ({ month, submitted: hours, validated: hours, state: 'HOURS_VOUCHED_FOR' as const });

test('a month in which it ran and nobody stated anything is a gap; this month is not one yet', () => {
  const months = placementMonths(placement({ months: [vouched('2026-10', '120.50')] }), TODAY);
  assert.deepEqual(months.map((m) => [m.month, m.kind]), [
    ['2026-09', 'gap'],
    ['2026-10', 'validated'],
    ['2026-11', 'gap'],
    ['2026-12', 'running'],
  ]);
  assert.equal(months[1]!.hundredths, 12050);
});

test('a placement that is over has no month behind its end, and one that has not begun has none', () => {
  const over = placementMonths(placement({ ended: true, endedOn: '2026-10-31' }), TODAY);
  assert.deepEqual(over.map((m) => m.month), ['2026-09', '2026-10']);
  assert.deepEqual(placementMonths(placement({ startsOn: '2027-01-04' }), TODAY), []);
});

test('months of several placements are summed, and show what wants most to be looked at', () => {
  const one = placementMonths(placement({ months: [vouched('2026-09', '10.00')], endedOn: '2026-09-30' }), TODAY);
  const two = placementMonths(placement({ months: [{ month: '2026-09', submitted: '5.00', state: 'HOURS_STATED' }], endedOn: '2026-09-30' }), TODAY);
  assert.deepEqual(togetherMonths([one, two]), [{ month: '2026-09', hundredths: 1500, kind: 'stated', view: undefined }]);
  assert.equal(monthlyOf('35.00'), 15167);
});

test('who acts next: what is late first, then what the reader can settle, then the nearest day', () => {
  const act = { href: '#/x', label: 'Agir' };
  const steps = inTurn([{ what: 'autre' }, { what: 'proche', by: '2026-12-03', act }, { what: 'loin', by: '2027-01-01', act }, { what: 'retard', late: true }]);
  assert.deepEqual(steps.map((s) => s.what), ['retard', 'proche', 'loin', 'autre']);
});

const person = (more: { eligibility?: Partial<Eligibility>; pathway?: Partial<Pathway> }) =>
  nextSteps({
    id: 'b',
    role: 'FACILITATOR',
    eligibility: { beneficiaryId: 'b', ...more.eligibility } as Eligibility,
    pathway: { beneficiaryId: 'b', ...more.pathway } as Pathway,
    followUp: null,
    placements: [],
    session: facilitator,
    today: TODAY,
  });

test('an undecided person is decided on step by step; an eligible one without anything is to be proposed', () => {
  const [decide] = person({ eligibility: { nextAction: 'DECIDE', standing: 'NOT_DECIDED' } });
  assert.equal(decide!.act!.href, '#/personnes/b/eligibilite');
  const [propose] = person({ eligibility: { standing: 'ELIGIBLE' } });
  assert.match(propose!.act!.href, /agir\/tracking\.ProposeBeneficiary/);
  const going = person({ eligibility: { standing: 'ELIGIBLE' }, pathway: { placements: [{ placementId: 'p', startsOn: '2026-09-10' }] } });
  assert.deepEqual(going, []);
});

test('the second pair of eyes gets the decision that waits for it', () => {
  const [confirm] = person({
    eligibility: { nextAction: 'CONFIRM', decisions: [{ decisionId: 'd', state: 'DECISION_TO_CONFIRM', decidedOn: '2026-11-20' }] },
  });
  assert.match(confirm!.act!.href, /ConfirmEligibility\?decisionId=d$/);
  assert.equal(confirm!.since, '2026-11-20');
});

test('an end that was not told is asked for, unless another placement continues it', () => {
  const ended = { placementId: 'p', startsOn: '2026-01-05', endedOn: '2026-11-21' };
  assert.match(person({ pathway: { placements: [ended] } })[0]!.act!.href, /RecordOutcome/);
  assert.deepEqual(person({ pathway: { placements: [{ ...ended, continuedBy: 'q' }] } }), []);
});

test('a placement whose contract is over is late; its own employer is asked for a reference', () => {
  const months = [vouched('2026-09', '1.00'), vouched('2026-10', '1.00'), vouched('2026-11', '1.00')];
  const [first] = placementSteps(placement({ months, endsOn: '2026-11-29' }), facilitator, TODAY);
  assert.equal(first!.late, true);
  assert.match(first!.act!.href, /EndPlacement/);
  const own = { role: 'COMPANY', organisation: 'o' } as Session;
  const [reference] = placementSteps(placement({ months, employer: 'o' }), own, TODAY);
  assert.match(reference!.act!.href, /SetEmployerReference/);
  assert.deepEqual(placementSteps(placement({ months, employer: 'o', employerReference: 'ZQ' }), own, TODAY), []);
});

test('what happened is told in sentences; a step that was wrong is struck', () => {
  const events = eventsOf({
    pathway: {
      beneficiaryId: 'b',
      referredOn: '2026-06-19',
      proposals: [
        {
          proposalId: 'x',
          needTitle: "Peintre d'essai",
          companyName: 'Bâtir',
          steps: [{ state: 'PROPOSAL_NO_SHOW', happenedOn: '2026-07-01', replaced: true }, { state: 'PROPOSAL_MET', happenedOn: '2026-07-01' }],
        },
      ],
      placements: [{ placementId: 'p', employerName: 'Bâtir', startsOn: '2026-07-19', endedOn: '2026-11-21', outcome: 'DURABLE_JOB', romeCode: 'F1606', workContract: 'INTERIM' }],
    } as Pathway,
    eligibility: { beneficiaryId: 'b', decisions: [{ state: 'DECISION_STANDS', eligible: true, validFrom: '2026-07-04', validUntil: '2028-07-03', decidedOn: '2026-07-04' }] } as Eligibility,
    followUp: null,
    placements: new Map(),
    prescriber: 'Mission locale',
    trade: () => 'Peinture',
  });
  const told = events.map((e) => [e.on, e.text, e.struck ?? false]);
  assert.deepEqual(told, [
    ['2026-06-19', 'Orientée par Mission locale', false],
    ['2026-07-04', 'Jugée éligible du 04/07/2026 au 03/07/2028', false],
    ['2026-07-01', 'N’est pas venue au rendez-vous de Bâtir', true],
    ['2026-07-01', 'Rencontrée par Bâtir', false],
    ['2026-07-19', 'Commence chez Bâtir', false],
    ['2026-11-21', 'Fin chez Bâtir', false],
  ]);
  assert.equal(events.find((e) => e.tone === 'outcome')!.note, 'Issue : emploi durable');
});

test('a prescriber reads where a person is', () => {
  const line = { beneficiaryId: 'b', placements: 1 } as Beneficiary;
  assert.equal(whereSheIs(line), 'En parcours.');
  assert.match(whereSheIs(line, { state: 'WAITING_FOR_NEED', since: '2026-11-01' } as WaitingPerson), /attend un besoin depuis le 01\/11\/2026/);
  const proposal = { needTitle: 'Maçon', companyName: "Bâtisseurs de l'Autan", nextAction: 'Rencontrer la personne' } as Proposal;
  assert.equal(whereSheIs(line, undefined, proposal), 'Proposée pour « Maçon » chez Bâtisseurs de l’Autan. Rencontrer la personne.');
});

test('what is owed a month, in hours and in people', () => {
  assert.equal(plain(paceOf(120000, '2027-06-01', TODAY)), 'Il reste 1 200 h à faire d’ici le 1er juin 2027 : 201 h par mois, environ 1 personne à temps plein.');
  assert.match(plain(paceOf(5000, '2027-11-30', TODAY)), /moins d’un mi-temps/);
  assert.equal(paceOf(-100, '2027-11-30', TODAY), 'Plus rien n’est dû.');
  assert.match(plain(paceOf(100, '2026-11-30', TODAY)), /Il restait 1 h .* à la fin du contrat/);
});

test('positions are summed by trade, the most wanted first', () => {
  const lines = [
    { romeCode: 'A', positions: 2 },
    { romeCode: 'B', positions: 5 },
    { romeCode: 'A', positions: 4 },
  ];
  assert.deepEqual(byTrade(lines, (code) => code ?? ''), [['A', 6], ['B', 5]]);
});

test('a step asks what the answers before make necessary, and nothing else is sent', () => {
  const shapes = ['a', 'b', 'c'].map((name) => ({ name })) as Shape[];
  const steps: FormStep[] = [
    { title: 'Un', fields: () => ['a'] },
    { title: 'Deux', fields: (typed) => (typed.a === true ? ['b'] : ['c']) },
  ];
  assert.deepEqual(askedOf(steps, shapes, { a: true, c: 'superflu' }).map((s) => s.name), ['a', 'b']);
  assert.equal(stepOf(steps, {}, 'c[0].x'), 1);
  assert.equal(stepOf(steps, {}, 'b'), -1);
});
