// An id that a reply tells: the name of what it is of, leading to its page where the role may read it.
import type { JSX } from 'preact';
import { hrefOf, useDesk, useLoaded } from '../hooks.ts';
import type { Shape } from '../form/shape.ts';
import { mayAsk } from './methods.ts';
import { LISTS, THINGS } from './places.ts';
import { shortly } from './told.ts';

// Fields that name a thing by another name than its own.
const ALSO: Record<string, string> = {
  publishedContractId: 'contrats',
  twinId: 'contrats',
  joinedToId: 'contrats',
  fromContractId: 'contrats',
  toContractId: 'contrats',
  fromObligationId: 'obligations',
  toObligationId: 'obligations',
  takerId: 'obligations',
  programmeLineId: 'programme',
  otherId: 'personnes',
  mergedInto: 'personnes',
  continuesPlacementId: 'parcours',
  continuedBy: 'parcours',
  employer: 'partenaires',
  hostCompany: 'partenaires',
  prescriber: 'partenaires',
  structure: 'partenaires',
  company: 'partenaires',
  organisation: 'partenaires',
  subcontractor: 'partenaires',
  contractor: 'partenaires',
  contractorOrganisation: 'partenaires',
};

export function thingOf(field: string): string | undefined {
  return (
    ALSO[field] ?? Object.keys(THINGS).find((name) => THINGS[name]!.id.length === 1 && THINGS[name]!.id[0] === field)
  );
}

// Whether its page can be read from the id alone.
function isOpen(role: Parameters<typeof mayAsk>[0], thing: string): boolean {
  const { read } = THINGS[thing]!;
  return read ? mayAsk(role, read) : thing in LISTS && mayAsk(role, LISTS[thing]!.method);
}

function Organisation({ id }: { id: string }): JSX.Element {
  const { api } = useDesk();
  const { data } = useLoaded(
    `organisation ${id}`,
    async (signal) => (await api.query('directory/OrganisationById', { organisationId: id }, signal)).reply,
  );
  return <>{data?.organisation?.name || shortly(id)}</>;
}

function Contract({ id }: { id: string }): JSX.Element {
  const { api } = useDesk();
  const { data } = useLoaded(
    `contract ${id}`,
    async (signal) => (await api.query('contracts/ContractById', { contractId: id }, signal)).reply,
  );
  return <>{data?.record?.object || shortly(id)}</>;
}

// The name of what the id is of, where a question of its own tells it.
function Named({ thing, id }: { thing: string; id: string }): JSX.Element {
  const { session } = useDesk();
  if (thing === 'partenaires') return <Organisation id={id} />;
  return thing === 'contrats' && mayAsk(session.role, 'contracts.ContractById') ? (
    <Contract id={id} />
  ) : (
    <>{shortly(id)}</>
  );
}

// `name`: where the reply tells it beside the id.
export function IdLink({ shape, id, name }: { shape: Pick<Shape, 'name'>; id: string; name?: string }): JSX.Element {
  const { session } = useDesk();
  const thing = thingOf(shape.name);
  const told = name || <Named thing={thing ?? ''} id={id} />;
  if (!thing || !isOpen(session.role, thing)) return <>{told}</>;
  return <a href={hrefOf([thing, id])}>{told}</a>;
}
