// Year and territory of the region's figures.
import type { JSX } from 'preact';
import { territory } from '../departments.ts';
import { useDesk } from '../hooks.ts';

const YEARS_BACK = 6;

export interface Filter {
  year: number;
  territory: string;
}

export function Filters({ filter, onChange }: { filter: Filter; onChange: (f: Filter) => void }): JSX.Element {
  const codes = (useDesk().session.territories ?? []).filter((c) => c !== '*');
  const thisYear = new Date().getFullYear();
  return (
    <div class="filters">
      <label>
        Année
        <select
          class="form-select"
          value={filter.year}
          onChange={(e) => onChange({ ...filter, year: Number(e.currentTarget.value) })}
        >
          <option value={0}>Toutes</option>
          {Array.from({ length: YEARS_BACK }, (_, i) => thisYear - i).map((y) => (
            <option key={y} value={y}>
              {y}
            </option>
          ))}
        </select>
      </label>
      {codes.length > 1 && (
        <label>
          Territoire
          <select
            class="form-select"
            value={filter.territory}
            onChange={(e) => onChange({ ...filter, territory: e.currentTarget.value })}
          >
            <option value="">Tous</option>
            {codes.map((c) => (
              <option key={c} value={c}>
                {territory(c)}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}
