// « État du réseau »: every instance, what it does, and whether it has taken in all that the others told.
import type { JSX } from 'preact';
import { count, plural } from '../format.ts';
import { useDesk, useLoaded } from '../hooks.ts';
import type { Loaded } from '../hooks.ts';
import { service, state as stateLabel } from '../labels.ts';
import type { Health, Instance } from '../types.ts';
import { Panel, Wait } from './Panel.tsx';
import { Table } from './Table.tsx';

const POLL_MS = 10000;

export function useHealth(): Loaded<Health> {
  const { api } = useDesk();
  return useLoaded('health', () => api.health(), POLL_MS);
}

// Events known to exist and not taken in yet, over all sources.
export function lagOf(instance: Instance): number {
  return (instance.sources ?? []).reduce(
    (sum, s) => sum + Math.max(0, Number(s.head ?? 0) - Number(s.position ?? 0)),
    0,
  );
}

export function HealthBadge({ health }: { health: Loaded<Health> }): JSX.Element | null {
  if (health.error?.status === 403) return null; // not for this role from where it comes
  if (health.error) return <span class="badge-state badge-bad">Réseau injoignable</span>;
  if (!health.data) return null;
  const all = health.data.instances ?? [];
  const serving = all.filter((i) => i.state === 'serving').length;
  const well = serving === all.length;
  return (
    <span class={`badge-state ${well ? 'badge-good' : 'badge-bad'}`}>
      {well
        ? `Réseau en service : ${plural(all.length, 'instance')}`
        : `Réseau : ${serving} sur ${all.length} en service`}
    </span>
  );
}

function FollowUp({ instance }: { instance: Instance }): JSX.Element {
  const sources = instance.sources ?? [];
  if (sources.length === 0) return <>sans source</>;
  const lag = lagOf(instance);
  const cut = sources.filter((s) => !s.live).length;
  return (
    <>
      {lag ? `${plural(lag, 'événement')} à prendre` : 'à jour'}
      {cut ? `, ${plural(cut, 'lien')} en attente` : ''}
    </>
  );
}

export function Network({ health }: { health: Loaded<Health> }): JSX.Element | null {
  const instances = health.data?.instances ?? [];
  if (health.error?.status === 403) return null;
  return (
    <Panel title="État du réseau" aside={<HealthBadge health={health} />}>
      <Wait state={health} has={instances.length > 0}>
        <Table
          caption="État du réseau"
          rows={instances}
          rowKey={(i) => i.instance}
          columns={[
            { title: 'Instance', cell: (i) => <code>{i.instance}</code> },
            { title: 'Service', cell: (i) => service(i.service) },
            {
              title: 'État',
              cell: (i) => (
                <span class={`state ${i.state === 'serving' ? 'state-good' : 'state-bad'}`}>{stateLabel(i.state)}</span>
              ),
            },
            { title: 'Événements', cell: (i) => count(Number(i.position ?? 0)), number: true },
            { title: 'Suivi des autres', cell: (i) => <FollowUp instance={i} /> },
          ]}
        />
      </Wait>
    </Panel>
  );
}
