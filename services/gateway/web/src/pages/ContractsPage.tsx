// « Contrats »: all of them, and what begins one.
import type { JSX } from 'preact';
import { Contracts } from '../components/Contracts.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Acts } from '../desk/Acts.tsx';
import { THINGS } from '../desk/places.ts';

export function ContractsPage(): JSX.Element {
  return (
    <>
      <PageHead title="Contrats" />
      <Acts acts={THINGS.contrats!.begins!} path={['contrats']} />
      <Contracts limit={25} />
    </>
  );
}
