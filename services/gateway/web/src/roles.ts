// What each role is shown: the views it may open, the first being its home. The daemons decide again on every call;
// this table only spares people links that would be refused.
import type { Role } from './types.ts';

export interface View {
  path: string;
  label: string;
}
const TODAY: View = { path: 'aujourdhui', label: 'Ma journée' };
const REGION: View = { path: 'region', label: 'La région' };
const FIGURES: View = { path: 'chiffres', label: 'Chiffres' };
const CONTRACTS: View = { path: 'contrats', label: 'Contrats' };
const NEEDS: View = { path: 'besoins', label: 'Besoins' };
const VALIDATE: View = { path: 'heures', label: 'Heures à valider' };
const INBOX: View = { path: 'alertes', label: 'Mes alertes' };
const CHANGES: View = { path: 'changements', label: 'Changements' };
const OBLIGATIONS: View = { path: 'obligations', label: 'Mes obligations' };
const DECLARE: View = { path: 'declarer', label: 'Déclarer les heures' };
const ENTER: View = { path: 'declarer', label: 'Saisir les heures' };
const IMPORT: View = { path: 'importer', label: 'Importer' };
const NEW_NEED: View = { path: 'besoin', label: 'Déclarer un besoin' };
const ACCOUNTS: View = { path: 'comptes', label: 'Comptes' };
const LINKS: View = { path: 'liens', label: 'Liens' };
const READINGS: View = { path: 'lectures', label: 'Dossiers ouverts' };
const PERSONS: View = { path: 'personnes', label: 'Personnes' };
const PLACEMENTS: View = { path: 'parcours', label: 'Parcours' };
const PROPOSALS: View = { path: 'propositions', label: 'Propositions' };
const TEAM: View = { path: 'equipe', label: 'Qui travaille' };
const FORECAST: View = { path: 'a-venir', label: 'Recrutements à venir' };
const PROGRESS: View = { path: 'avancement', label: 'Avancement' };
const CASES: View = { path: 'dossiers', label: 'Contrôle' };
const RETENTION: View = { path: 'fin-de-conservation', label: 'Fins de conservation' };
const PARTNERS: View = { path: 'partenaires', label: 'Partenaires' };
const ACCESS: View = { path: 'acces', label: 'Mon accès' };
const NETWORK: View = { path: 'reseau', label: 'État du réseau' };

const VIEWS: Record<Role, View[]> = {
  FACILITATOR: [TODAY, REGION, FIGURES, CONTRACTS, PERSONS, PLACEMENTS, VALIDATE, ENTER, NEEDS, LINKS, IMPORT, CHANGES, ACCOUNTS],
  COORDINATOR: [TODAY, REGION, FIGURES, CONTRACTS, PROGRESS, NEEDS, LINKS, IMPORT, CHANGES, READINGS, ACCOUNTS],
  AUDITOR: [REGION, FIGURES, CONTRACTS, READINGS, ACCOUNTS],
  OPERATOR: [NETWORK, PARTNERS, LINKS, IMPORT, ACCOUNTS],
  DATA_PROTECTION: [READINGS, RETENTION, ACCOUNTS],
  BUYER: [TODAY, CONTRACTS, FIGURES, CASES, IMPORT, CHANGES],
  COMPANY: [TODAY, OBLIGATIONS, TEAM, DECLARE, PROPOSALS, IMPORT, NEW_NEED, CHANGES],
  STRUCTURE: [TODAY, TEAM, DECLARE, PROPOSALS, FORECAST, IMPORT, CHANGES],
  PRESCRIBER: [TODAY, INBOX, FORECAST, NEEDS, PERSONS, PROPOSALS, IMPORT],
  ROLE_NONE: [],
  SERVICE: [],
};

export function viewsOf(role: Role): View[] {
  return VIEWS[role] ?? [];
}

// Pages of every account, that a menu does not need to name.
export function pagesOf(role: Role): View[] {
  return [...viewsOf(role), CHANGES, ACCESS];
}
