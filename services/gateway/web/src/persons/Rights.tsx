// What a person may ask of what is held on her, each right with the act that answers it.
import type { JSX } from 'preact';
import { Panel } from '../components/Panel.tsx';
import { actTitle, mayAsk } from '../desk/methods.ts';
import { hrefOf, useDesk } from '../hooks.ts';

export const RIGHTS: [method: string, why: string][] = [
  ['tracking.ExportPerson', 'Elle veut savoir ce qui est gardé d’elle, ou l’emporter : tout son dossier, en un fichier.'],
  ['tracking.RectifyIdentity', 'Son nom, sa date de naissance ou ses coordonnées sont faux.'],
  ['tracking.RestrictPerson', 'Elle conteste ce qui est écrit : plus personne ne s’en sert, le temps de vérifier.'],
  ['tracking.LiftRestriction', 'C’est vérifié : le dossier sert de nouveau.'],
  ['tracking.ErasePerson', 'Elle demande l’effacement, et rien n’oblige à garder : les chiffres restent, elle non.'],
];

export function Rights({ id }: { id: string }): JSX.Element | null {
  const { session } = useDesk();
  const mine = RIGHTS.filter(([method]) => mayAsk(session.role, method));
  if (mine.length === 0) return null;
  return (
    <Panel title="Ses droits">
      <p class="quiet">Une demande reçoit sa réponse dans le mois (RGPD, art. 12).</p>
      <ul class="rights">
        {mine.map(([method, why]) => (
          <li key={method}>
            <a href={hrefOf(['personnes', id, 'agir', method])}>{actTitle(method)}</a>
            <p class="quiet">{why}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
