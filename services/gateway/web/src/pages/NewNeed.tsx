// « Déclarer un besoin »: a company says whom it looks for; the prescribers of the place are told at once.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { PageHead } from '../components/PageHead.tsx';
import { ErrorBox, Panel, Wait } from '../components/Panel.tsx';
import { territory } from '../departments.ts';
import { shapesFor } from '../desk/read.ts';
import { ActionForm } from '../form/ActionForm.tsx';
import { useDesk, useLoaded, usePages } from '../hooks.ts';
import { ownObligations } from '../lists.ts';

const METHOD = 'contracts/DeclareNeed';

export function NewNeed(): JSX.Element {
  const { api, session } = useDesk();
  const pages = usePages(ownObligations(session), 1);
  const asked = useLoaded(`shapes ${METHOD}`, () => shapesFor(api, METHOD));
  const [said, setSaid] = useState('');
  const [turn, setTurn] = useState(0);
  const status = useRef<HTMLParagraphElement>(null);
  const first = pages.items[0];
  const done = (reply: { territory?: string }) => {
    setSaid(`Besoin déclaré : les prescripteurs abonnés de ${territory(reply.territory)} sont prévenus.`);
    setTurn(turn + 1); // an empty form for the next one
    status.current?.focus();
  };
  return (
    <>
      <PageHead
        title="Déclarer un besoin"
        lead="Dites qui vous cherchez : les prescripteurs du territoire sont prévenus aussitôt."
      />
      <p ref={status} role="status" class="said" tabIndex={-1}>
        {said}
      </p>
      <Panel title="Le poste">
        <Wait
          state={pages}
          has={first !== undefined}
          empty="Votre entreprise n’a pas d’obligation suivie ici : un besoin se déclare pour l’une d’elles."
        >
          {asked.error && <ErrorBox error={asked.error} />}
          {first && asked.data && (
            <ActionForm
              key={turn}
              method={METHOD}
              shapes={asked.data.request}
              context={{}}
              known={{ obligationId: first.obligationId, positions: 1, modality: 'DIRECT_HIRE' }}
              about="besoin"
              button="Déclarer le besoin"
              onDone={done}
            />
          )}
        </Wait>
      </Panel>
    </>
  );
}
