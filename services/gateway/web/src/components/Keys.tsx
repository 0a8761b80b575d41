// The keys that a person may use, where she has asked for them by « ? ».
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { areSingleKeysOn, setSingleKeys } from '../keys.ts';
import { Dialog } from './Dialog.tsx';

const KEYS: [where: string, keys: [keys: string[], what: string][]][] = [
  [
    'Partout',
    [
      [['Ctrl + K', '/'], 'Chercher une chose ou une action'],
      [['?'], 'Montrer ces raccourcis (dans « Heures à valider », ceux de cette page)'],
      [['Échap'], 'Fermer ce qui est ouvert par-dessus'],
      [['Tab', 'Maj + Tab'], 'Aller au champ ou au lien suivant, revenir au précédent'],
    ],
  ],
  [
    'Dans la recherche',
    [
      [['↓', '↑'], 'Passer d’un résultat à l’autre'],
      [['Entrée'], 'Ouvrir'],
    ],
  ],
  [
    'Dans la grille des heures',
    [
      [['Entrée', 'Maj + Entrée'], 'Ligne suivante, ligne précédente'],
      [['↓', '↑', '→', '←'], 'Passer d’une case à l’autre'],
      [['Échap'], 'Vider la case'],
      [['Ctrl + Entrée'], 'Envoyer le mois'],
    ],
  ],
];

export function Keys({ onClose }: { onClose: () => void }): JSX.Element {
  const [isOn, setOn] = useState(areSingleKeysOn());
  const turn = (on: boolean) => {
    setSingleKeys(on);
    setOn(on);
  };
  return (
    <Dialog title="Raccourcis du clavier" onClose={onClose}>
      {KEYS.map(([where, keys]) => (
        <section key={where}>
          <h3 class="text-title">{where}</h3>
          <dl class="shortcuts">
            {keys.map(([names, what]) => (
              <div key={what}>
                <dt>
                  {names.map((name, i) => (
                    <span key={name}>
                      {i > 0 && ', '}
                      <kbd>{name}</kbd>
                    </span>
                  ))}
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <label class="check">
        <input type="checkbox" class="form-check-input" checked={isOn} onChange={(e) => turn(e.currentTarget.checked)} />
        Les touches seules (« / », « ? ») agissent. Décochez si vous dictez.
      </label>
    </Dialog>
  );
}
