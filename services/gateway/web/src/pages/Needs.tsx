// « Besoins »: the people that companies look for, in the order of the daemon: the latest first.
import type { JSX } from 'preact';
import { More } from '../components/More.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { SendLink } from '../components/SendLink.tsx';
import { Table } from '../components/Table.tsx';
import { territory } from '../departments.ts';
import { day, plural } from '../format.ts';
import { changeQuery, hrefOf, useAddress, useDesk, usePages } from '../hooks.ts';
import { modality } from '../labels.ts';
import { needs } from '../lists.ts';
import { viewsOf } from '../roles.ts';
import { useTrades } from '../trades.ts';
import type { Need } from '../types.ts';

const LIMIT = 30;
const SOUGHT = 200; // looked at, where one trade is sought

// Who has somebody in mind: a person who is known here, or a new one.
function Somebody({ need }: { need: Need }): JSX.Element | null {
  const { session } = useDesk();
  if (session.role !== 'PRESCRIBER') return null;
  const to = (method: string) => hrefOf(['besoins', need.needId ?? '', 'agir', method], { territory: need.territory });
  const of = <span class="visually-hidden"> : {need.title}, {need.contractorName}</span>;
  return (
    <span class="somebody">
      <a class="btn btn-sm btn-primary" href={to('tracking.ReferBeneficiary')}>
        J’ai quelqu’un{of}
      </a>
      <a href={to('tracking.ProposeBeneficiary')}>déjà parmi mes personnes{of}</a>
    </span>
  );
}

function NeedsList({ code, wanted }: { code: string; wanted: string }): JSX.Element {
  const pages = usePages(needs(code), wanted ? SOUGHT : LIMIT);
  const shown = pages.items.filter((n) => !wanted || n.romeCode === wanted);
  const trade = useTrades([wanted, ...shown.map((n) => n.romeCode)]);
  return (
    <>
      {wanted && (
        <p>
          Seulement : {trade(wanted)}.{' '}
          <button type="button" class="link" onClick={() => changeQuery({ territory: code })}>
            Voir tous les métiers
          </button>
        </p>
      )}
      <Wait state={pages} has={shown.length > 0} empty="Aucune entreprise ne cherche de personnes ici pour le moment.">
        <Table
          caption="Besoins"
          rows={shown}
          rowKey={(n) => n.needId}
          columns={[
            {
              title: 'Poste',
              cell: (n) => (
                <>
                  <a href={hrefOf(['besoins', n.needId], { territory: code })}>
                    <strong>{n.title}</strong>
                  </a>
                  <span class="sub">{trade(n.romeCode)}</span>
                  <SendLink place="besoins" id={n.needId ?? ''} about={n.title ?? ''} />
                  <Somebody need={n} />
                </>
              ),
            },
            { title: 'Entreprise', cell: (n) => n.contractorName },
            { title: 'Nombre', cell: (n) => plural((n.positions ?? 0) - (n.filled ?? 0), 'poste'), number: true },
            { title: 'À partir du', cell: (n) => day(n.startsOn) },
            { title: 'Lieu', cell: (n) => [n.place, territory(n.territory)].filter(Boolean).join(', ') },
            { title: 'Modalité', cell: (n) => modality(n.modality) },
          ]}
        />
        <More pages={pages} />
      </Wait>
    </>
  );
}

export function Needs(): JSX.Element {
  const { session } = useDesk();
  const { query } = useAddress();
  const codes = (session.territories ?? []).filter((c) => c !== '*');
  const restricted = !(session.territories ?? []).includes('*') && codes.length > 0;
  const code = query.territory ?? (restricted ? codes[0]! : '');
  return (
    <>
      <PageHead title="Besoins" lead="Les entreprises qui cherchent des personnes pour leurs heures d’insertion.">
        {codes.length > 1 && (
          <div class="filters">
            <label>
              Territoire
              <select class="form-select" value={code} onChange={(e) => changeQuery({ ...query, territory: e.currentTarget.value })}>
                {!restricted && <option value="">Tous</option>}
                {codes.map((c) => (
                  <option key={c} value={c}>
                    {territory(c)}
                  </option>
                ))}
              </select>
            </label>
          </div>
        )}
        {viewsOf(session.role).some((v) => v.path === 'a-venir') && <a href="#/a-venir">Recrutements à venir</a>}
      </PageHead>
      <Panel title={code ? territory(code) : 'Tous les territoires'}>
        <NeedsList code={code} wanted={query.metier ?? ''} />
      </Panel>
    </>
  );
}
