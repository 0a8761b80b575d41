// The invented region that the stub serves: made anew for each stub, always the same, dated around `now`.
const MONTH_HOURS = [412, 655, 980, 1204, 1377, 1290, 1518, 1742, 1836, 1105, 1967, 2210.5];
const BUYERS = [
  ['21590350100017', 'Commune de Val-sur-Lys'],
  ['25590123300023', 'Syndicat mixte des Rives'],
  ['22620001200012', 'Département des Plaines'],
  ['26590671900033', 'Centre hospitalier des Quatre-Vents'],
  ['27590045400016', 'Office de l’habitat du Ferrain'],
];
const OBJECTS = [
  ['Réhabilitation de 148 logements, lot gros œuvre', '45211000', '1000000.00', ['SOCIAL_CLAUSE']],
  ['Entretien des espaces verts des parcs communaux', '77310000', '312400.00', ['RESERVED']],
  [
    'Construction du groupe scolaire Jean-Macé, tous corps d’état',
    '45214200',
    '6480000.00',
    ['SOCIAL_CLAUSE', 'SOCIAL_CRITERION'],
  ],
  ['Nettoyage des locaux administratifs', '90910000', '845250.50', ['SOCIAL_CLAUSE']],
  ['Fourniture de denrées alimentaires pour la restauration scolaire', '15000000', '598000.00', ['NO_SOCIAL']],
  ['Réfection des voiries, programme 2026', '45233140', '2150000.00', []],
  ['Prestations de gardiennage et de sécurité incendie', '79713000', '402800.00', ['SOCIAL_CRITERION']],
  ['Collecte des déchets ménagers du secteur nord', '90511000', '3920000.00', []],
];

export const uuid = (n) => `0192f0c1-7a3b-7001-8f00-${String(n).padStart(12, '0')}`;
export const COMPANY = uuid(900),
  PRESCRIBER = uuid(901),
  BUYER = uuid(902);

export const TOKENS = {
  facilitator: 'jeton-facilitateur',
  coordinator: 'jeton-coordination',
  prescriber: 'jeton-prescripteur',
  company: 'jeton-entreprise',
  buyer: 'jeton-acheteur',
  operator: 'jeton-exploitation',
  auditor: 'jeton-audit',
  structure: 'jeton-structure',
  data_protection: 'jeton-delegue',
};
const TOKEN_ENDS = new Date(Date.now() + 120 * 86400e3).toISOString();
const PEOPLE = {
  [TOKENS.facilitator]: { user: 'claire.vasseur', role: 'FACILITATOR', territories: ['59', '62'] },
  [TOKENS.coordinator]: { user: 'coordination', role: 'COORDINATOR', territories: ['*'] },
  [TOKENS.prescriber]: { user: 'ml.flandre', role: 'PRESCRIBER', organisation: PRESCRIBER, territories: ['59'] },
  [TOKENS.company]: { user: 'batirel', role: 'COMPANY', organisation: COMPANY, territories: ['59'] },
  [TOKENS.buyer]: { user: 'val-sur-lys', role: 'BUYER', organisation: BUYER, territories: ['59'] },
  [TOKENS.auditor]: { user: 'audit', role: 'AUDITOR', territories: ['*'] },
  [TOKENS.structure]: { user: 'interval', role: 'STRUCTURE', organisation: uuid(904), territories: ['59'] },
  [TOKENS.operator]: { user: 'exploitant', role: 'OPERATOR', territories: ['*'] },
  [TOKENS.data_protection]: { user: 'delegue', role: 'DATA_PROTECTION', territories: ['*'] },
};
export const SESSIONS = Object.fromEntries(
  Object.entries(PEOPLE).map(([token, person], i) => [token, { ...person, account: uuid(900 + i), tokenEnds: TOKEN_ENDS }]),
);

export const monthAt = (now, offset) => {
  const months = now.getFullYear() * 12 + now.getMonth() + offset;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
};
const dayAt = (now, offset) => new Date(now.getTime() + offset * 86400e3).toISOString().slice(0, 10);
const instantAt = (now, minutes) => new Date(now.getTime() - minutes * 60e3).toISOString();

function contracts(now) {
  return Array.from({ length: 34 }, (_, i) => {
    const [object, cpv, amount, social] = OBJECTS[i % OBJECTS.length];
    const [buyerSiret, buyerName] = BUYERS[i % BUYERS.length];
    return {
      contractId: uuid(i + 1),
      number: `2026-${String(100 + i)}`,
      buyerSiret,
      buyerName: i % 7 === 5 ? '' : buyerName,
      object: i < OBJECTS.length ? object : `${object} (${i + 1})`,
      cpv,
      notifiedOn: dayAt(now, -20 - 9 * i),
      amount,
      social,
      clauses: i % 4 === 0 ? 1 : 0,
    };
  });
}

function obligations(now) {
  const made = (n, contract, name, due, done, converted) => ({
    obligationId: uuid(200 + n),
    contractId: uuid(contract),
    clauseId: uuid(100 + n),
    lot: 1,
    contractorName: name,
    contractorSiret: '55210055400013',
    contractorOrganisation: n < 2 ? COMPANY : uuid(903),
    territories: ['59'],
    due: due.toFixed(2),
    done: done.toFixed(2),
    converted: converted.toFixed(2),
    remaining: (due - done - converted).toFixed(2),
    entries: [
      {
        number: 1,
        from: 'CLAUSE',
        to: 'DUE',
        hours: due.toFixed(2),
        cause: 'Obligation inscrite',
        at: instantAt(now, 190000),
      },
      {
        number: 2,
        from: 'DUE',
        to: 'DONE',
        hours: (done - 151.67).toFixed(2),
        month: monthAt(now, -2),
        cause: 'Heures validées',
        at: instantAt(now, 45000),
      },
      {
        number: 3,
        from: 'DUE',
        to: 'DONE',
        hours: '151.67',
        month: monthAt(now, -1),
        cause: 'Heures validées',
        at: instantAt(now, 4000),
      },
      {
        number: 4,
        from: 'DUE',
        to: 'CONVERTED',
        hours: converted.toFixed(2),
        month: monthAt(now, -1),
        cause: 'Facture F-2026-118',
        at: instantAt(now, 3000),
      },
    ],
  });
  return [
    made(0, 1, 'Batirel Construction', 833, 498.34, 120),
    made(1, 5, 'Batirel Construction', 3500, 1204.5, 0),
    made(2, 9, 'Paysages du Ferrain', 640, 655, 41.5),
  ];
}

function notices(now) {
  const line = (n, kind, title, text, minutes, extra = {}) => ({
    noticeId: uuid(500 + n),
    organisationId: PRESCRIBER,
    organisationName: 'Mission locale de Flandre intérieure',
    kind,
    title,
    text,
    at: instantAt(now, minutes),
    delivery: 'SENT',
    territory: '59',
    ...extra,
  });
  return [
    line(
      0,
      'NEED_OPENED',
      '3 postes de maçon à Hazebrouck',
      'Batirel Construction cherche 3 personnes dans le cadre d’une clause sociale d’insertion.\n\nMétier : maçon (code ROME F1703)\nNombre de postes : 3\n\nCe que vous pouvez faire : si vous accompagnez une personne que ce poste peut intéresser, orientez-la dans Guichet.',
      4,
    ),
    line(
      1,
      'ELIGIBILITY_KNOWN',
      'Éligibilité validée',
      'La personne que vous avez adressée est éligible jusqu’au 14/11/2028.',
      52,
    ),
    line(
      2,
      'PLACEMENT_STARTED',
      'Début de placement',
      'La personne que vous avez adressée commence chez Paysages du Ferrain.',
      190,
      { delivery: 'QUEUED' },
    ),
    line(
      3,
      'NEED_OPENED',
      '1 poste d’agent d’entretien à Lille',
      'Netalia cherche 1 personne à partir du 1er décembre.',
      1300,
      { read: true },
    ),
    line(
      4,
      'PLACEMENT_FINISHED',
      'Fin de placement : emploi durable',
      'La personne que vous avez adressée a signé un CDI.',
      2900,
      { read: true },
    ),
  ];
}

// What an account is told of what others changed of its own.
function changes(now) {
  const thing = 'la clause du lot 1, contrat « 2026-17 »';
  const line = (n, who, before, after, minutes, extra = {}) => ({
    noticeId: uuid(560 + n),
    kind: 'DECISION_CHANGED',
    title: `${who} a changé ${thing}`,
    text: `Avant : ${before}\nAprès : ${after}\n\n${who} a changé ${thing}, sur quoi vous aviez décidé.`,
    at: instantAt(now, minutes),
    territory: '59',
    byName: who,
    before,
    after,
    ...extra,
  });
  return [
    line(0, 'Bruno', 'Clause posée sur le lot 1 : 200 h d’insertion.', 'Clause posée sur le lot 1 : 10 h.', 12),
    line(1, 'Anne', 'Clause posée sur le lot 1 : 180 h.', 'Clause posée sur le lot 1 : 200 h.', 900, { read: true }),
  ];
}

function placements(now) {
  return Array.from({ length: 4 }, (_, i) => ({
    placementId: uuid(0xa1 * 1000 + 301 + i),
    beneficiaryId: uuid(700 + i),
    obligationId: uuid(200 + (i % 2)),
    modality: i === 2 ? 'STAFF_PROVIDED' : 'DIRECT_HIRE',
    employer: uuid(i === 2 ? 904 : 900),
    employerName: i === 2 ? 'Interval Insertion (ETTI)' : 'Batirel Construction',
    tutor: ['M. Delattre', 'Mme Carlier', 'M. Delattre', 'Mme Roussel'][i],
    startsOn: dayAt(now, -150 + 12 * i),
    weeklyHours: '35.00',
    romeCode: ['F1703', 'F1704', 'F1702', 'F1606'][i],
    workContract: 'CDD',
    eligibleUntil: dayAt(now, 500 - i),
    months:
      i === 0
        ? [
            { month: monthAt(now, -2), submitted: '151.67', validated: '151.67' },
            { month: monthAt(now, -1), submitted: '140.00' },
          ]
        : [],
  }));
}

const needs = (now) => [
  {
    needId: uuid(401),
    obligationId: uuid(200),
    romeCode: 'F1703',
    title: 'Maçon',
    positions: 3,
    startsOn: dayAt(now, 15),
    commune: '59295',
    territory: '59',
    modality: 'DIRECT_HIRE',
    contractorName: 'Batirel Construction',
  },
  {
    needId: uuid(402),
    obligationId: uuid(202),
    romeCode: 'A1203',
    title: 'Agent d’entretien d’espaces verts',
    positions: 2,
    startsOn: dayAt(now, 30),
    commune: '59350',
    territory: '59',
    modality: 'STAFF_PROVIDED',
    contractorName: 'Paysages du Ferrain',
  },
];

function consolidation(now) {
  return {
    contracts: 1148,
    contractsWithClause: 42,
    obligations: 57,
    due: '41250.00',
    done: '18296.50',
    converted: '3120.00',
    remaining: '20233.50',
    surplus: '400.00',
    waived: '0.00',
    fullTimeEquivalents: '13.385312',
    persons: 86,
    placements: 104,
    organisations: 5306,
    needs: 31,
    positionsWanted: 68,
    byConsideration: [
      { consideration: 'NO_SOCIAL', contracts: 843 },
      { consideration: 'SOCIAL_CLAUSE', contracts: 88 },
      { consideration: 'SOCIAL_CRITERION', contracts: 75 },
      { consideration: 'RESERVED', contracts: 12 },
      { consideration: 'SOCIAL_UNKNOWN', contracts: 160 },
    ],
    byModality: [
      { modality: 'DIRECT_HIRE', hours: '9870.50', persons: 41, placements: 48 },
      { modality: 'STAFF_PROVIDED', hours: '8426.00', persons: 45, placements: 56 },
      { modality: 'SUBCONTRACTING', hours: '3120.00' },
    ],
    byOutcome: [
      { outcome: 'DURABLE_JOB', placements: 14 },
      { outcome: 'TRANSITION_JOB', placements: 21 },
      { outcome: 'POSITIVE_EXIT', placements: 9 },
      { outcome: 'OTHER_EXIT', placements: 6 },
    ],
    byMonth: MONTH_HOURS.map((h, i) => ({ month: monthAt(now, i - 12), hours: h.toFixed(2), converted: '36.00' })),
    byTerritory: [
      { territory: '59', hours: '12430.50', persons: 58 },
      { territory: '62', hours: '5866.00', persons: 28 },
    ],
  };
}

function health() {
  const source = (instance, head) => ({ instance, position: String(head), head: String(head), live: true });
  const one = (instance, service, position, sources) => ({
    instance,
    service,
    state: 'serving',
    position: String(position),
    sources,
  });
  return {
    instances: [
      one('contracts-1', 'contracts', 1402, [source('tracking-59', 2210), source('tracking-62', 987)]),
      one('tracking-59', 'tracking', 2210, [source('contracts-1', 1402)]),
      one('tracking-62', 'tracking', 987, [source('contracts-1', 1402)]),
      one('directory-1', 'directory', 5306, []),
      one('notifications-1', 'notifications', 640, [source('contracts-1', 1402), source('tracking-59', 2210)]),
      one('reporting-1', 'reporting', 0, [
        source('contracts-1', 1402),
        source('tracking-59', 2210),
        source('tracking-62', 987),
      ]),
      one('gateway-1', 'gateway', 6, []),
    ],
  };
}

const partners = Object.entries({
  ACI: 1902,
  EI: 688,
  ETTI: 421,
  AI: 590,
  GEIQ: 184,
  FRANCE_TRAVAIL: 1003,
  MISSION_LOCALE: 450,
});

function readings(now) {
  const open = { user: 'claire.vasseur', account: uuid(603), territory: '59' };
  return [
    { reasonLabel: 'préparer, suivre ou clore un parcours', reason: 'préparer l’entretien chez Batirel' },
    { reasonLabel: 'décider de l’éligibilité, la renouveler ou la revoir', reason: 'relire le justificatif avant son terme' },
    { reasonLabel: 'répondre à la personne : accès, rectification, effacement', reasonErased: true },
  ].map((r, i) => ({ ...open, ...r, at: instantAt(now, 90 + i * 3000), beneficiaryId: uuid(500 + i) }));
}

function accounts(now) {
  const at = (days) => instantAt(now, days * 24 * 60);
  const open = { createdBy: 'exploitant', confirmedByName: 'coordination', tokenEnds: instantAt(now, -180 * 24 * 60) };
  return [
    { name: 'nadia.ferret', role: 'FACILITATOR', territories: ['59', '62'], awaitsConsent: true, days: 1 },
    { name: 'ml.flandre', role: 'PRESCRIBER', organisation: PRESCRIBER, territories: ['59'], days: 40, ...open },
    { name: 'ancienne.assistante', role: 'AUDITOR', territories: ['*'], revoked: true, days: 200 },
    { name: 'claire.vasseur', role: 'FACILITATOR', territories: ['59', '62'], days: 300, ...open },
    { name: 'val-sur-lys', role: 'BUYER', territories: ['59'], days: 310, ...open, confirmedByName: '' },
    { name: 'coordination', role: 'COORDINATOR', territories: ['*'], days: 400, ...open, firstCoordinator: true },
  ].map(({ days, ...a }, i) => ({ createdBy: 'exploitant', createdAt: at(days), confirmedAt: at(days - 1), ...a, userId: uuid(600 + i) }));
}

export function region(now = new Date()) {
  return {
    now,
    contracts: contracts(now),
    obligations: obligations(now),
    notices: notices(now),
    changes: changes(now),
    placements: placements(now),
    needs: needs(now),
    partners: partners.map(([kind, open]) => ({ kind, open })),
    consolidation: consolidation(now),
    health: health(),
    accounts: accounts(now),
    readings: readings(now),
    imports: [],
    programmes: [],
  };
}
