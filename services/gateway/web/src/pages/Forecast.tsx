// « Recrutements à venir »: what companies will look for, by month, trade and territory; and what contracts announce
// before any need is told. Whoever has somebody in mind goes from here to the needs.
import type { JSX } from 'preact';
import { BarList } from '../components/BarList.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import { allTerritories, territory } from '../departments.ts';
import { count, hours, month, plural, shiftMonth } from '../format.ts';
import { changeQuery, hrefOf, useAddress, useDesk, useQuery } from '../hooks.ts';
import { today } from '../form/typed.ts';
import { useTrades } from '../trades.ts';
import type { TradeName } from '../trades.ts';
import type { NeedsForecast } from '../types.ts';

const MONTHS = 6;
type Line = NonNullable<NeedsForecast['lines']>[number];
type Coming = NonNullable<NeedsForecast['coming']>[number];

// The first two digits of a CPV code, where contracts with clauses are: kinds of work that everybody knows.
const WORKS: Record<string, string> = {
  '03': 'Produits agricoles et forestiers',
  '15': 'Alimentation et restauration',
  '34': 'Matériel de transport',
  '44': 'Matériaux de construction',
  '45': 'Travaux',
  '50': 'Réparation et entretien',
  '55': 'Restauration et hébergement',
  '60': 'Transport',
  '63': 'Logistique',
  '64': 'Poste et télécommunications',
  '70': 'Immobilier',
  '71': 'Architecture et ingénierie',
  '72': 'Informatique',
  '75': 'Administration',
  '77': 'Espaces verts et forêts',
  '79': 'Services aux entreprises, sécurité, impression',
  '80': 'Formation',
  '85': 'Santé et action sociale',
  '90': 'Propreté, déchets et environnement',
  '92': 'Culture et loisirs',
  '98': 'Autres services',
};
const workOf = (division: string | undefined): string => WORKS[division ?? ''] ?? 'Nature de travaux non renseignée';

function Filters({ codes, query }: { codes: string[]; query: Record<string, string> }): JSX.Element {
  const now = today().slice(0, 7);
  const set = (name: string) => (e: { currentTarget: HTMLSelectElement }) => changeQuery({ ...query, [name]: e.currentTarget.value });
  return (
    <div class="filters">
      {codes.length > 1 && (
        <label>
          Territoire
          <select class="form-select" value={query.territoire ?? ''} onChange={set('territoire')}>
            <option value="">Tous</option>
            {codes.map((c) => (
              <option key={c} value={c}>
                {territory(c)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        À partir de
        <select class="form-select" value={query.mois ?? now} onChange={set('mois')}>
          {Array.from({ length: 12 }, (_, i) => shiftMonth(now, i)).map((m) => (
            <option key={m} value={m}>
              {month(m)}
            </option>
          ))}
        </select>
      </label>
      <label>
        Pendant
        <select class="form-select" value={query.duree ?? String(MONTHS)} onChange={set('duree')}>
          {[3, 6, 12, 24].map((n) => (
            <option key={n} value={n}>
              {n} mois
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

// Positions by trade over all months, the most wanted first.
export function byTrade(lines: Line[], trade: TradeName): [label: string, positions: number][] {
  const sums = new Map<string, number>();
  for (const l of lines) sums.set(trade(l.romeCode), (sums.get(trade(l.romeCode)) ?? 0) + (l.positions ?? 0));
  return [...sums].sort((a, b) => b[1] - a[1]);
}

function ByMonth({ lines, trade, several }: { lines: Line[]; trade: TradeName; several: boolean }): JSX.Element {
  const months = [...new Set(lines.map((l) => l.month ?? ''))].sort();
  return (
    <>
      {months.map((m) => {
        const mine = lines.filter((l) => l.month === m);
        const total = mine.reduce((sum, l) => sum + (l.positions ?? 0), 0);
        const name = month(m);
        return (
          <Panel key={m} title={name.charAt(0).toUpperCase() + name.slice(1)} aside={<span class="tag">{plural(total, 'poste')}</span>}>
            <Table
              caption={`Recrutements à venir, ${name}`}
              rows={mine}
              rowKey={(l) => `${l.territory} ${l.romeCode}`}
              columns={[
                {
                  title: 'Métier',
                  cell: (l) => (
                    <>
                      <strong>{trade(l.romeCode)}</strong>
                      {l.title && <span class="sub">par exemple « {l.title.replaceAll("'", '’')} »</span>}
                    </>
                  ),
                },
                ...(several ? [{ title: 'Territoire', cell: (l: Line) => territory(l.territory) }] : []),
                { title: 'Postes', cell: (l) => count(l.positions), number: true },
                {
                  title: 'Agir',
                  hideTitle: true,
                  cell: (l) => (
                    <a href={hrefOf(['besoins'], { territory: l.territory, metier: l.romeCode })}>
                      {plural(l.needs ?? 0, 'besoin')}
                      <span class="visually-hidden"> : {trade(l.romeCode)}, {name}</span>
                    </a>
                  ),
                },
              ]}
            />
          </Panel>
        );
      })}
    </>
  );
}

function Announced({ coming, several }: { coming: Coming[]; several: boolean }): JSX.Element {
  return (
    <Panel title="Annoncé par des contrats, sans besoin encore">
      <p class="quiet">Des heures d’insertion sont prévues ; qui sera cherché n’est pas encore dit. Le nombre de personnes est un ordre de grandeur.</p>
      <Table
        caption="Annoncé par des contrats"
        rows={coming}
        rowKey={(c) => `${c.territory} ${c.month} ${c.cpvDivision} ${c.awarded}`}
        columns={[
          { title: 'Nature des travaux', cell: (c) => workOf(c.cpvDivision) },
          { title: 'Début', cell: (c) => month(c.month, 'pas encore connu') },
          ...(several ? [{ title: 'Territoire', cell: (c: Coming) => territory(c.territory) }] : []),
          { title: 'Heures', cell: (c) => hours(c.hours), number: true },
          { title: 'Environ', cell: (c) => plural(c.persons ?? 0, 'personne'), number: true },
          { title: 'Où en est-on', cell: (c) => (c.awarded ? 'attribué' : 'en préparation') },
        ]}
      />
    </Panel>
  );
}

export function Forecast(): JSX.Element {
  const { session } = useDesk();
  const { query } = useAddress();
  const own = (session.territories ?? []).filter((c) => c !== '*');
  const codes = own.length > 0 ? own : allTerritories();
  const state = useQuery('contracts/NeedsForecast', {
    ...(query.territoire && { territory: query.territoire }),
    ...(query.mois && { from: query.mois }),
    months: Number(query.duree ?? MONTHS) || MONTHS,
  });
  const { lines = [], coming = [], cut } = state.data ?? {};
  const trade = useTrades(lines.map((l) => l.romeCode));
  const several = codes.length > 1 && !query.territoire;
  const trades = byTrade(lines, trade);
  return (
    <>
      <PageHead title="Recrutements à venir" lead="Ce que les entreprises vont chercher, pour préparer à temps les personnes que vous accompagnez.">
        <Filters codes={codes} query={query} />
      </PageHead>
      {cut && <p class="alert alert-warning">Il y en a plus que cette page ne peut en montrer : choisissez un territoire.</p>}
      <Wait state={state} has={lines.length + coming.length > 0} empty="Rien n’est annoncé sur cette période : élargissez-la.">
        {trades.length > 0 && (
          <Panel title="Les métiers les plus demandés" className="panel-wide">
            <BarList
              bars={trades.map(([label, positions]) => ({ label, value: positions, text: plural(positions, 'poste') }))}
            />
          </Panel>
        )}
        <ByMonth lines={lines} trade={trade} several={several} />
        {coming.length > 0 && <Announced coming={coming} several={several} />}
      </Wait>
    </>
  );
}
