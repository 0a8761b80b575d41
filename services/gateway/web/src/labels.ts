// French words for the enums of proto/. An unknown value shows as it came, so that a newer daemon never blanks a page.
import kinds from '../../../../deploy/rules/organisation_kinds.json';
import { typographic } from './format.ts';

function labeller(table: Record<string, string>): (value: string | undefined) => string {
  return (value) => (value ? (table[value] ?? value) : (table[''] ?? 'non renseigné'));
}

export const role = labeller({
  FACILITATOR: 'Facilitateur',
  COORDINATOR: 'Coordination régionale',
  BUYER: 'Acheteur',
  COMPANY: 'Entreprise',
  STRUCTURE: 'Structure inclusive',
  PRESCRIBER: 'Prescripteur',
  AUDITOR: 'Lecture seule',
  OPERATOR: 'Exploitation',
  DATA_PROTECTION: 'Délégué à la protection des données',
});
export const keyKind = labeller({
  KEY_TOKEN: 'Jeton du compte',
  KEY_PROGRAM: 'Clé de programme',
  KEY_SESSION: 'Session',
});
export const signInWay = labeller({
  WAY_NONE: 'vérification dans une session ouverte', // shorter
  '': 'vérification dans une session ouverte',
  WAY_PASSWORD: 'par mot de passe', // shorter
  WAY_PROVIDER: 'par un fournisseur d’identité', // shorter
  WAY_MAIL_LINK: 'par un lien reçu par courriel', // shorter
  WAY_INVITATION: 'sur invitation', // shorter
});
export const signInOutcome = labeller({ SIGN_IN_OPEN: 'Connecté', SIGN_IN_WRONG: 'Refusé' });
export const invitation = labeller({
  LINK_OPEN: 'invitation envoyée', // shorter
  LINK_USED: 'venu par invitation', // shorter
  LINK_ENDED: 'invitation annulée', // shorter
  LINK_DISOWNED: 'invitation reçue par quelqu’un d’autre', // shorter
  LINK_EXPIRED: 'invitation expirée', // shorter
});
export const social = labeller({
  '': 'non renseigné',
  SOCIAL_UNKNOWN: 'Non renseigné',
  SOCIAL_CLAUSE: 'Clause sociale',
  SOCIAL_CRITERION: 'Critère social',
  RESERVED: 'Marché réservé',
  NO_SOCIAL: 'Pas de considération sociale',
});
export const environmental = labeller({
  ENVIRONMENTAL_CLAUSE: 'Clause environnementale',
  ENVIRONMENTAL_CRITERION: 'Critère environnemental',
  NO_ENVIRONMENTAL: 'Pas de considération environnementale',
});
const outcomes: Record<string, [before: string, done: string]> = {
  ROW_CREATED: ['À enregistrer', 'Enregistrée'],
  ROW_UPDATED: ['Corrige ce qui est enregistré', 'Corrigée'],
  ROW_UNCHANGED: ['Déjà enregistrée', 'Déjà enregistrée'],
  ROW_DOUBTFUL: ['À confirmer', 'Laissée : à confirmer'],
  ROW_REJECTED: ['À corriger', 'Écartée'],
  ROW_NOT_CHOSEN: ['Non choisie', 'Non choisie'],
};
// What is, or was, made of a row of a list.
export function labelOfOutcome(outcome: string | undefined, done: boolean): string {
  return outcomes[outcome ?? '']?.[done ? 1 : 0] ?? outcome ?? '';
}
export const modality = labeller({
  MODALITY_UNKNOWN: 'Non renseignée',
  DIRECT_HIRE: 'Embauche directe',
  STAFF_PROVIDED: 'Mise à disposition',
  SUBCONTRACTING: 'Sous-traitance',
  '': 'Non renseignée',
});
// Codes of work contracts are words already, but two.
export const workContract = labeller({ '': '', INTERIM: 'intérim', APPRENTISSAGE: 'apprentissage', PROFESSIONNALISATION: 'contrat de professionnalisation' });
export const hoursState = labeller({
  HOURS_AWAITED: 'attendues',
  HOURS_STATED: 'à valider',
  HOURS_SENT_BACK: 'renvoyées',
  HOURS_VOUCHED_FOR: 'validées',
  HOURS_TO_CHECK: 'à revérifier',
  '': 'attendues',
});
export const hoursAct = labeller({
  ACT_STATED: 'Déclarées',
  ACT_SENT_BACK: 'Renvoyées',
  ACT_VALIDATED: 'Validées',
  ACT_TO_CHECK: 'Mises à revérifier',
  ACT_TAKEN_BACK: 'Reprises avec l’import', // shorter
  '': 'Changées',
});
export const outcome = labeller({
  DURABLE_JOB: 'Emploi durable',
  TRANSITION_JOB: 'Emploi de transition',
  POSITIVE_EXIT: 'Sortie positive',
  OTHER_EXIT: 'Autre sortie',
  WITHDRAWN: 'Retrait',
  '': 'Non renseignée',
  OUTCOME_UNKNOWN: 'Non renseignée',
});
export const notice = labeller({
  NEED_OPENED: 'Besoin', // shorter
  ELIGIBILITY_KNOWN: 'Éligibilité', // shorter
  PLACEMENT_STARTED: 'Début', // shorter
  PLACEMENT_FINISHED: 'Fin', // shorter
  DECISION_CHANGED: 'Changement', // shorter
  EVIDENCE_WANTED: 'Contrôle', // shorter
  PROPOSAL_STEP: 'Proposition', // shorter
  PROPOSAL_RECEIVED: 'Proposition', // shorter
  ACTION_STEP: 'Action', // shorter
  '': 'Alerte',
  NOTICE_KIND_UNKNOWN: 'Alerte',
});
export const delivery = labeller({
  '': '',
  DELIVERY_NONE: '',
  QUEUED: 'courriel en attente',
  SENT: 'courriel envoyé',
  FAILED: 'courriel non remis',
});
export const account = labeller({
  CLAUSE: 'Clause',
  DUE: 'Dues',
  DONE: 'Réalisées',
  CONVERTED: 'Converties',
  TRANSFERRED: 'Transférées',
  WAIVED: 'Remises', // shorter
  PLANNED: 'Commandées',
  FORECAST: 'Prévues',
});
export const light = labeller({
  '': 'sans avis',
  LIGHT_UNKNOWN: 'sans avis',
  LIGHT_GREEN: 'vert',
  LIGHT_ORANGE: 'orange',
  LIGHT_RED: 'rouge',
  LIGHT_TOO_EARLY: 'trop tôt',
});
export const contractKind = labeller({ MARKET: 'Marché public', CONCESSION: 'Concession', PRIVATE: 'Contrat privé' });
export const place = labeller({
  POSTCODE: 'code postal',
  COMMUNE: 'commune',
  ARRONDISSEMENT: 'arrondissement',
  CANTON: 'canton',
  DEPARTMENT: 'département',
  REGION: 'région',
  COUNTRY: 'pays',
  '': '',
  PLACE_KIND_UNKNOWN: '',
});
export const recordFormat = labeller({
  DECP_2019: 'DECP, format 2019',
  DECP_2022: 'DECP, format 2022',
  OURS: 'Dossier du facilitateur',
});
export const stage = labeller({
  '': 'Publié',
  STAGE_UNKNOWN: 'Publié',
  IN_PREPARATION: 'En préparation',
  IN_CONSULTATION: 'En consultation',
  IN_EXECUTION: 'En exécution',
  SUSPENDED: 'Suspendu',
  ENDED: 'Terminé',
  DECLINED: 'Décliné',
});
export const reservationGround = labeller({
  '': 'titre non dit',
  RESERVED_HANDICAP: 'handicap',
  RESERVED_IAE: 'insertion par l’activité économique',
  RESERVED_PRISON: 'travail en détention',
  RESERVED_ESS: 'économie sociale et solidaire',
});
export const involvement = labeller({
  '': 'part du facilitateur non dite',
  INVOLVEMENT_UNKNOWN: 'part du facilitateur non dite', // shorter
  NOT_INVOLVED: 'facilitateur non mobilisé',
  SOURCING: 'repérage et sourçage',
  SOURCING_AND_FOLLOW_UP: 'sourçage et suivi d’exécution',
});
export const calendarState = labeller({
  '': '',
  COMING: 'à venir',
  DUE_SOON: 'bientôt',
  LATE: 'en retard',
  KEPT: 'tenu',
});
export const organisationKinds: [code: string, label: string][] = kinds.kinds.map((k) => [
  k.code,
  typographic(k.label),
]);
export const organisationKind = labeller({
  '': 'Nature inconnue',
  ...Object.fromEntries(organisationKinds),
});
export const state = labeller({
  serving: 'en service',
  starting: 'démarre',
  catching_up: 'rattrape son retard',
  diverged: 'ne suit plus une source',
  disk_full: 'disque plein',
  stopping: 's’arrête',
  unreachable: 'injoignable',
  down: 'injoignable',
  '': 'injoignable',
});
export const service = labeller({
  contracts: 'Contrats et clauses',
  tracking: 'Suivi des personnes',
  directory: 'Annuaire',
  notifications: 'Alertes',
  reporting: 'Bilans',
  gateway: 'Guichet web',
});
