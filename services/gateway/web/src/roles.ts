// What each role is shown: the views it may open, the first being its home. The daemons decide again on every call;
// this table only spares people links that would be refused.
import type { Role } from './types.ts';

export interface View {
  path: string;
  label: string;
}
const REGION: View = { path: 'region', label: 'La région' };
const CONTRACTS: View = { path: 'contrats', label: 'Contrats' };
const NEEDS: View = { path: 'besoins', label: 'Besoins' };
const VALIDATE: View = { path: 'heures', label: 'Heures à valider' };
const INBOX: View = { path: 'alertes', label: 'Mes alertes' };
const CHANGES: View = { path: 'changements', label: 'Changements' };
const OBLIGATIONS: View = { path: 'obligations', label: 'Mes obligations' };
const DECLARE: View = { path: 'declarer', label: 'Déclarer les heures' };
const IMPORT: View = { path: 'importer', label: 'Importer' };
const NEW_NEED: View = { path: 'besoin', label: 'Déclarer un besoin' };
const ACCOUNTS: View = { path: 'comptes', label: 'Comptes' };
const LINKS: View = { path: 'liens', label: 'Liens' };
const READINGS: View = { path: 'lectures', label: 'Dossiers ouverts' };
const NETWORK: View = { path: 'reseau', label: 'État du réseau' };

const VIEWS: Record<Role, View[]> = {
  FACILITATOR: [REGION, CONTRACTS, VALIDATE, IMPORT, NEEDS, LINKS, CHANGES, ACCOUNTS],
  COORDINATOR: [REGION, CONTRACTS, NEEDS, IMPORT, LINKS, CHANGES, READINGS, ACCOUNTS],
  AUDITOR: [REGION, CONTRACTS, READINGS, ACCOUNTS],
  OPERATOR: [NETWORK, IMPORT, LINKS, ACCOUNTS],
  DATA_PROTECTION: [READINGS, ACCOUNTS],
  BUYER: [CONTRACTS, IMPORT, CHANGES],
  COMPANY: [OBLIGATIONS, DECLARE, IMPORT, NEW_NEED, CHANGES],
  STRUCTURE: [DECLARE, IMPORT, CHANGES],
  PRESCRIBER: [INBOX, NEEDS, IMPORT],
  ROLE_NONE: [],
  SERVICE: [],
};

export function viewsOf(role: Role): View[] {
  return VIEWS[role] ?? [];
}
