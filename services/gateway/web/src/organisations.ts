// Names of organisations by id, read once each while the page is open.
import { useDesk, useLoaded } from './hooks.ts';
import type { Api } from './api.ts';

const ASKED_MAX = 30; // of one page
const known = new WeakMap<Api, Map<string, string>>();

export function useOrganisationNames(ids: (string | undefined)[]): (id: string | undefined) => string {
  const { api } = useDesk();
  const names = known.get(api) ?? new Map<string, string>();
  known.set(api, names);
  const missing = [...new Set(ids)].filter((id): id is string => !!id && !names.has(id)).sort().slice(0, ASKED_MAX);
  useLoaded(`organisations ${missing.join(' ')}`, async (signal) => {
    await Promise.allSettled(
      missing.map(async (organisationId) => {
        const { organisation } = (await api.query('directory/OrganisationById', { organisationId }, signal)).reply;
        names.set(organisationId, (organisation?.name ?? '').replaceAll("'", '’'));
      }),
    );
    return names.size;
  });
  return (id) => names.get(id ?? '') ?? '';
}
