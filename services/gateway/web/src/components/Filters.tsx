// Year and territory of the region's figures.
import type { JSX } from 'preact';
import { territory } from '../departments.ts';

const YEARS_BACK = 6;

export interface Filter {
  year: number;
  territory: string;
}

export interface FiltersProps {
  filter: Filter;
  codes: string[]; // territories to choose among
  onChange: (filter: Filter) => void;
}

export function Filters({ filter, codes, onChange }: FiltersProps): JSX.Element {
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
      <p class="filters-reach" id="filters-reach">
        Filtrent les heures et les chiffres. Les alertes et les contrats sont montrés sans filtre.
      </p>
    </div>
  );
}
