// « Contrats »: all of them, and what begins one.
import type { JSX } from 'preact';
import { Contracts } from '../components/Contracts.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Acts } from '../desk/Acts.tsx';
import { actTitle } from '../desk/methods.ts';
import { THINGS } from '../desk/places.ts';
import { useAddress } from '../hooks.ts';

export function ContractsPage(): JSX.Element {
  const { query } = useAddress();
  return (
    <>
      <PageHead title="Contrats" lead={query.pour && `${actTitle(query.pour)} : choisissez le contrat.`} />
      <Contracts limit={25} />
      <Acts acts={THINGS.contrats!.begins!} path={['contrats']} />
    </>
  );
}
