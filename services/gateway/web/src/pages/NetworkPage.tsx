// The network alone, for who runs it.
import type { JSX } from 'preact';
import { Network, useHealth } from '../components/Network.tsx';
import { PageHead } from '../components/PageHead.tsx';

export function NetworkPage(): JSX.Element {
  return (
    <>
      <PageHead title="État du réseau" />
      <Network health={useHealth()} />
    </>
  );
}
