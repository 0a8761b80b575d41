// Where the names of things come from that a form asks for by their ids: lists which the daemons have. A row says for
// the name of a field which list, and how one of its lines is called.
import { listOf } from '../api.ts';
import type { Api, List } from '../api.ts';
import type { Option, Search } from '../components/Combobox.tsx';
import { territory } from '../departments.ts';
import { day, hours, siret, typographic } from '../format.ts';
import { modality, organisationKind } from '../labels.ts';
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

const isId = (words: string): boolean => /^[0-9a-f-]{36}$/.test(words);

// Contracts are searched by the daemon, which has more of them than a page reads.
const contracts: Picker =
  ({ api }) =>
  async (words, signal) => {
    if (isId(words)) {
      const { reply } = await api.query('contracts/ContractById', { contractId: words }, signal);
      return [{ value: words, label: reply.record?.object ?? `Contrat ${reply.record?.number ?? ''}` }];
    }
    const request = words.trim() ? { words } : {};
    const { items } = await api.list(
      listOf('contracts/Contracts', request, (r) => r.contracts),
      30,
      '',
      signal,
    );
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

const SHOWN = 30;

// By words of the name or the town, or by the SIRET.
const organisations: Picker =
  ({ api }) =>
  async (words, signal) => {
    const option = (o: {
      organisationId?: string;
      organisation?: { name?: string; kind?: string; siret?: string; city?: string };
    }): Option => ({
      value: o.organisationId ?? '',
      label: o.organisation?.name ?? '',
      sub: [organisationKind(o.organisation?.kind), siret(o.organisation?.siret, ''), o.organisation?.city].filter(Boolean).join(', '),
    });
    const digits = words.replace(/\s/g, '');
    if (/^\d{14}$/.test(digits)) {
      const { items } = await api.list(
        listOf('directory/Organisations', { siret: digits }, (r) => r.organisations),
        5,
        '',
        signal,
      );
      return items.map(option);
    }
    if (isId(words))
      return [option((await api.query('directory/OrganisationById', { organisationId: words }, signal)).reply)];
    if (words.trim()) {
      const { reply } = await api.query('directory/FindOrganisations', { words, limit: SHOWN }, signal);
      return (reply.organisations ?? []).map(option);
    }
    const { items } = await api.list(
      listOf('directory/Organisations', {}, (r) => r.organisations),
      SHOWN,
      '',
      signal,
    );
    return items.map(option);
  };

const needs = of(
  () => listOf('contracts/Needs', {}, (r) => r.needs),
  (n) => ({
    value: n.needId,
    label: n.title ?? '',
    sub: `${n.contractorName ?? ''}, ${territory(n.territory)}, le ${day(n.startsOn)}`,
  }),
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

const documents: Picker =
  ({ api, context }) =>
  async (words) => {
    if (!context.placementId) return [];
    const list = listOf('tracking/Documents', { placementId: context.placementId }, (r) => r.documents);
    return among(
      (await readAll(api, list)).map((d) => ({ value: d.documentId ?? '', label: d.title ?? '' })),
      words,
    );
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

// Trades of the ROME and communes, by words or by their code: lists that the directory has.
export const searchOfTrades =
  ({ api }: Where): Search =>
  async (words, signal) => {
    const code = words.trim().toUpperCase();
    const request = /^[A-Z]\d{4}$/.test(code) ? { codes: [code] } : { words, limit: SHOWN };
    const { trades = [] } = (await api.query('directory/Trades', request, signal)).reply;
    return trades.map((t) => ({
      value: t.code ?? '',
      label: `${typographic(t.label)} (${t.code ?? ''})`,
    }));
  };

export const searchOfCommunes =
  ({ api }: Where): Search =>
  async (words, signal) => {
    const code = words.trim().toUpperCase();
    const ask = async (request: { codes: string[] } | { words: string; limit: number }) =>
      (await api.query('directory/Communes', request, signal)).reply.communes ?? [];
    const known = /^\d[0-9AB]\d{3}$/.test(code) ? await ask({ codes: [code] }) : [];
    const found = known.length ? known : await ask({ words, limit: SHOWN }); // five digits may be a postcode
    return found.map((c) => ({
      value: c.code ?? '',
      label: `${c.name ?? ''} (${c.code ?? ''})`,
      sub: [(c.postcodes ?? []).slice(0, 3).join(', '), territory(c.territory)].filter(Boolean).join(' · '),
    }));
  };
