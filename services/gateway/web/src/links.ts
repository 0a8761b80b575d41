// Links for those who have no account: what one may be made for, and of a thing, who could hold it. The words are those
// of the description, what may be made is what accounts/LinkPurposes says.
import { Refused } from './api.ts';
import type { Api } from './api.ts';
import type { Description } from './description.ts';
import { month as monthName } from './format.ts';
import { hrefOf } from './hooks.ts';
import { shortId } from './months.ts';
import type { LinkPurpose, LinkView, Role, Session } from './types.ts';

export interface Holder {
  id: string;
  name: string;
  role: Role;
}
// What a link is about.
export interface Thing {
  title: string;
  territories: string[];
  holders: Holder[];
}

type Find = (api: Api, id: string, signal: AbortSignal) => Promise<Thing>;

async function named(api: Api, id: string | undefined, role: Role, signal: AbortSignal): Promise<Holder[]> {
  if (!id) return [];
  const { reply } = await api.query('directory/OrganisationById', { organisationId: id }, signal);
  return [{ id, name: reply.organisation?.name || `organisation ${shortId(id)}`, role }];
}

const EVERY_PAGE = 200;

// Prescribers are told of a need by their subscription.
async function prescribers(api: Api, territory: string, signal: AbortSignal): Promise<Holder[]> {
  const list = { method: 'notifications/Subscriptions' as const, request: {}, pick: (r: object) => (r as { subscriptions?: Subscribed[] }).subscriptions };
  const { items } = await api.list(list, EVERY_PAGE, '', signal);
  const here = items.filter((s) => s.territory === territory || s.territory === '*');
  const once = new Map(here.map((s) => [s.organisationId ?? '', s.organisationName ?? '']));
  return [...once].map(([id, name]) => ({ id, name: name || `organisation ${shortId(id)}`, role: 'PRESCRIBER' }));
}
interface Subscribed {
  organisationId?: string;
  organisationName?: string;
  territory?: string;
}

async function need(api: Api, id: string, signal: AbortSignal): Promise<Thing> {
  const list = { method: 'contracts/Needs' as const, request: {}, pick: (r: object) => (r as { needs?: NeedLine[] }).needs };
  const { items } = await api.list(list, EVERY_PAGE, '', signal);
  const found = items.find((n) => n.needId === id);
  if (!found?.territory) throw new Refused(404, { code: 'NOT_FOUND', detail: 'Ce besoin n’est plus dans la liste.' });
  return {
    title: `Besoin « ${found.title ?? ''} » de ${found.contractorName ?? ''}`,
    territories: [found.territory],
    holders: await prescribers(api, found.territory, signal),
  };
}
interface NeedLine {
  needId?: string;
  title?: string;
  contractorName?: string;
  territory?: string;
}

// By the field of the command that a link is good for.
const FINDERS: Record<string, Find> = {
  async placementId(api, id, signal) {
    const { reply: p } = await api.query('tracking/PlacementById', { placementId: id }, signal);
    const host = p.hostCompany && p.hostCompany !== p.employer ? await named(api, p.hostCompany, 'COMPANY', signal) : [];
    const roles: Role[] = p.modality === 'DIRECT_HIRE' ? ['COMPANY', 'STRUCTURE'] : ['STRUCTURE', 'COMPANY'];
    const employer = roles.map((role) => ({ id: p.employer ?? '', name: p.employerName ?? '', role }));
    return {
      title: `Parcours ${shortId(id)} chez ${p.employerName ?? ''}`,
      territories: p.territory ? [p.territory] : [],
      holders: [...host, ...employer].filter((h) => h.id),
    };
  },
  async obligationId(api, id, signal) {
    const { reply: o } = await api.query('contracts/ObligationById', { obligationId: id }, signal);
    return {
      title: `Heures dues par ${o.contractorName ?? ''}`,
      territories: o.territories ?? [],
      holders: o.contractorOrganisation ? [{ id: o.contractorOrganisation, name: o.contractorName ?? '', role: 'COMPANY' }] : [],
    };
  },
  needId: need,
};

export function knowsThing(field: string): boolean {
  return field in FINDERS;
}

export async function findThing(api: Api, field: string, id: string, signal: AbortSignal): Promise<Thing> {
  return FINDERS[field]!(api, id, signal);
}

// Who may make links, and where the thing's page offers to.
export function makesLinks(role: Role): boolean {
  return role === 'FACILITATOR' || role === 'COORDINATOR' || role === 'OPERATOR';
}

export const MAKE_LINK = 'accounts.MakeLink';

// What the pages of things give to a link, by the first word of their address.
const FIELDS: Record<string, string> = {
  parcours: 'placementId',
  obligations: 'obligationId',
  besoins: 'needId',
  propositions: 'proposalId',
  dossiers: 'caseId',
  contrats: 'contractId',
};

export function fieldOf(place: string | undefined): string {
  return FIELDS[place ?? ''] ?? '';
}

// « obligations », ID -> « #/obligations/ID/agir/accounts.MakeLink »; without an id the form of any link.
export function newLinkAddress(place: string, id?: string): string {
  return hrefOf([place, ...(id ? [id] : []), 'agir', MAKE_LINK]);
}

// Of the thing's territories those that are hers.
export function ownTerritories(session: Session, territories: string[]): string[] {
  const own = session.territories ?? [];
  return own.includes('*') ? territories : territories.filter((t) => own.includes(t));
}

interface Labelled {
  'x-guichet-labels'?: Record<string, string>;
}
// The words of an enum, as the description of a method has them.
export function wordsOf(description: unknown, name: string): (value: string | undefined) => string {
  const schema = (description as Description | null)?.components.schemas[name] as Labelled | undefined;
  const labels = schema?.['x-guichet-labels'] ?? {};
  return (value) => (labels[value ?? ''] ?? value ?? '').replace(/'/g, '’');
}

export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// « Déclarer un mois d’heures, septembre 2026 ».
export function whatFor(view: LinkView, words: (value: string | undefined) => string): string {
  const link = view.link ?? {};
  return sentence(words(link.purpose)) + (link.month ? `, ${monthName(link.month)}` : '');
}

// Those that fit the thing; of none that is named, all.
export function fitting(purposes: LinkPurpose[], field: string): LinkPurpose[] {
  return field ? purposes.filter((p) => p.object === field) : purposes;
}
