// In which other months statements wait: asked for when a person wants to know.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Refused } from '../api.ts';
import { month as monthName } from '../format.ts';
import { hrefOf, useDesk } from '../hooks.ts';
import { hoursToValidate } from '../lists.ts';
import { recentMonths } from '../months.ts';

export function Waiting({ months, shown }: { months: number; shown: string }): JSX.Element {
  const { api } = useDesk();
  const [found, setFound] = useState<string[] | null>(null);
  const [said, setSaid] = useState('');
  const look = async () => {
    setSaid('Recherche…');
    try {
      const counts = await Promise.all(recentMonths(months).map(async (m) => [m, (await api.list(hoursToValidate(m), 1)).items.length] as const));
      const waiting = counts.filter(([m, n]) => n > 0 && m !== shown).map(([m]) => m);
      setFound(waiting);
      setSaid(waiting.length ? '' : 'Aucun autre mois n’attend.');
    } catch (error) {
      setSaid(error instanceof Refused ? error.message : 'La recherche a échoué. Réessayez.');
    }
  };
  return (
    <div class="waiting">
      <button type="button" class="link" onClick={() => void look()}>
        Quels autres mois attendent ?
      </button>
      <span role="status">{said}</span>
      {found && found.length > 0 && (
        <ul>
          {found.map((m) => (
            <li key={m}>
              <a href={hrefOf(['heures'], { mois: m })}>{monthName(m)}</a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
