// Where the names of things come from that a form asks for by their ids: lists which the daemons have. A row says for
// the name of a field which list, and how one of its lines is called.
import { listOf } from '../api.ts';
import type { Api, List } from '../api.ts';
import type { Option, Search } from '../components/Combobox.tsx';
import { territory } from '../departments.ts';
import { day, hours, siret } from '../format.ts';
import { modality } from '../labels.ts';
import { matchesWords } from '../words.ts';
import type { Session } from '../types.ts';

export type Context = Record<string, string>; // what the place of the form is about: « contractId » to its id
export interface Where {
  api: Api;
  session: Session;
  context: Context;
}
type Picker = (where: Where) => Search;

const READ = 500; // lines of a list that is searched here

const shortId = (id: string | undefined): string => (id ?? '').slice(-6).toUpperCase();

// Lists are read once for each account and request, and searched here by all words, whatever their accents.
const kept = new WeakMap<Api, Map<string, Promise<unknown[]>>>();

function readAll<T>(api: Api, list: List<T>): Promise<T[]> {
  const mine = kept.get(api) ?? new Map<string, Promise<unknown[]>>();
  kept.set(api, mine);
  const key = `${list.method} ${JSON.stringify(list.request)}`;
  const known = mine.get(key);
  if (known) return known as Promise<T[]>;
  const asked = api.list(list, READ).then((page) => page.items);
  mine.set(key, asked);
  asked.catch(() => mine.delete(key));
  setTimeout(() => mine.delete(key), 60000); // what was made since is in it then
  return asked;
}

const among = (options: Option[], words: string): Option[] =>
  options.filter((o) => o.value === words || matchesWords(`${o.label} ${o.sub ?? ''}`, words));

const of =
  <T>(list: (where: Where) => List<T>, option: (line: T) => Option): Picker =>
  (where) =>
  async (words) =>
    among((await readAll(where.api, list(where))).map(option), words);

// Contracts are searched by the daemon, which has more of them than a page reads.
const contracts: Picker =
  ({ api }) =>
  async (words, signal) => {
    const isId = /^[0-9a-f-]{36}$/.test(words);
    if (isId) {
      const { reply } = await api.query('contracts/ContractById', { contractId: words }, signal);
      return [{ value: words, label: reply.record?.object ?? `Contrat ${reply.record?.number ?? ''}` }];
    }
    const request = words.trim() ? { words } : {};
    const { items } = await api.list(listOf('contracts/Contracts', request, (r) => r.contracts), 30, '', signal);
    return items.map((c) => ({
      value: c.contractId,
      label: c.object || `Contrat ${c.number ?? ''}`,
      sub: [c.buyerName || siret(c.buyerSiret), c.number && `n° ${c.number}`].filter(Boolean).join(', '),
    }));
  };

const obligations = of(
  ({ session, context }) =>
    listOf(
      'contracts/Obligations',
      context.contractId
        ? { contractId: context.contractId }
        : session.role === 'COMPANY' && session.organisation
          ? { contractorOrganisation: session.organisation }
          : {},
      (r) => r.obligations,
    ),
  (o) => ({
    value: o.obligationId,
    label: `${o.contractorName || `SIRET ${siret(o.contractorSiret)}`}, lot ${o.lot ?? 1}`,
    sub: `${hours(o.remaining)} restantes sur ${hours(o.due)}`,
  }),
);

// By territory of the account: an organisation of elsewhere is found by its SIRET.
const organisations: Picker =
  ({ api, session }) =>
  async (words, signal) => {
    const option = (o: { organisationId?: string; organisation?: { name?: string; siret?: string; kind?: string; city?: string } }): Option => ({
      value: o.organisationId ?? '',
      label: o.organisation?.name ?? '',
      sub: [o.organisation?.kind, siret(o.organisation?.siret, ''), o.organisation?.city].filter(Boolean).join(', '),
    });
    const digits = words.replace(/\s/g, '');
    if (/^\d{14}$/.test(digits)) {
      const { items } = await api.list(listOf('directory/Organisations', { siret: digits }, (r) => r.organisations), 5, '', signal);
      return items.map(option);
    }
    if (/^[0-9a-f-]{36}$/.test(words))
      return [option((await api.query('directory/OrganisationById', { organisationId: words }, signal)).reply)];
    const own = (session.territories ?? []).filter((t) => t !== '*');
    const requests = own.length ? own.map((code) => ({ territory: code })) : [{}];
    const lists = await Promise.all(requests.map((r) => readAll(api, listOf('directory/Organisations', r, (reply) => reply.organisations))));
    return among(lists.flat().map(option), words);
  };

const needs = of(
  () => listOf('contracts/Needs', {}, (r) => r.needs),
  (n) => ({ value: n.needId, label: n.title ?? '', sub: `${n.contractorName ?? ''}, ${territory(n.territory)}, le ${day(n.startsOn)}` }),
);

const persons = of(
  () => listOf('tracking/Beneficiaries', {}, (r) => r.beneficiaries),
  (b) => ({
    value: b.beneficiaryId ?? '',
    label: `Personne ${shortId(b.beneficiaryId)}`,
    sub: `${territory(b.territory)}, orientée le ${day(b.referredOn)}`,
  }),
);

const placements = of(
  () => listOf('tracking/Placements', {}, (r) => r.placements),
  (p) => ({
    value: p.placementId,
    label: `Parcours ${shortId(p.placementId)}, ${p.employerName ?? ''}`,
    sub: `${modality(p.modality)}, depuis le ${day(p.startsOn)}`,
  }),
);

const accounts = of(
  () => listOf('accounts/Users', {}, (r) => r.users),
  (u) => ({ value: u.userId, label: u.name ?? '', sub: territory(u.territories?.[0]) }),
);

const documents: Picker = ({ api, context }) => async (words) => {
  if (!context.placementId) return [];
  const list = listOf('tracking/Documents', { placementId: context.placementId }, (r) => r.documents);
  return among((await readAll(api, list)).map((d) => ({ value: d.documentId ?? '', label: d.title ?? '' })), words);
};

const PICKERS: Record<string, Picker> = {
  contractId: contracts,
  publishedContractId: contracts,
  twinId: contracts,
  obligationId: obligations,
  fromObligationId: obligations,
  toObligationId: obligations,
  takerId: obligations,
  leadId: obligations,
  organisation: organisations,
  organisationId: organisations,
  contractorOrganisation: organisations,
  substituteOrganisation: organisations,
  employer: organisations,
  hostCompany: organisations,
  prescriber: organisations,
  structure: organisations,
  subcontractor: organisations,
  sender: organisations,
  needId: needs,
  beneficiaryId: persons,
  otherId: persons,
  ofPerson: persons,
  placementId: placements,
  continuesPlacementId: placements,
  readers: accounts,
  documentId: documents,
};

export const hasPicker = (name: string): boolean => name in PICKERS;

export function searchOfId(name: string, where: Where): Search {
  return PICKERS[name]?.(where) ?? (() => Promise.resolve([]));
}

// Trades by the words of the ROME, which the network's rules hold; read when they are first sought.
export const searchOfTrades: Search = async (words) => {
  const { trades } = await import('./trades.ts');
  return trades.filter((t) => t.value === words.toUpperCase() || matchesWords(`${t.value} ${t.label}`, words)).map((t) => ({ ...t, label: `${t.label} (${t.value})` }));
};

// Communes of the partners that the directory knows; any other is typed by its INSEE code.
export const searchOfCommunes =
  (where: Where): Search =>
  async (words) => {
    const own = (where.session.territories ?? []).filter((t) => t !== '*');
    const requests = own.length ? own.map((code) => ({ territory: code })) : [{}];
    const lists = await Promise.all(
      requests.map((r) => readAll(where.api, listOf('directory/Organisations', r, (reply) => reply.organisations))),
    );
    const found = new Map<string, Option>();
    for (const { organisation: o } of lists.flat())
      if (o?.commune && o.city) found.set(o.commune, { value: o.commune, label: `${o.city} (${o.commune})`, sub: o.postcode });
    return among([...found.values()].sort((a, b) => a.label.localeCompare(b.label, 'fr')), words);
  };
