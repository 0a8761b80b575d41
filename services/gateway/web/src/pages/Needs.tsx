// « Besoins »: the people that companies look for, in the order of the daemon: the latest first.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { More } from '../components/More.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { SendLink } from '../components/SendLink.tsx';
import { Table } from '../components/Table.tsx';
import { territory } from '../departments.ts';
import { count, day } from '../format.ts';
import { hrefOf, useDesk, usePages } from '../hooks.ts';
import { modality } from '../labels.ts';
import { needs } from '../lists.ts';

const LIMIT = 30;

function NeedsList({ code }: { code: string }): JSX.Element {
  const pages = usePages(needs(code), LIMIT);
  return (
    <Wait
      state={pages}
      has={pages.items.length > 0}
      empty="Aucune entreprise ne cherche de personnes ici pour le moment."
    >
      <Table
        caption="Besoins"
        rows={pages.items}
        rowKey={(n) => n.needId}
        columns={[
          {
            title: 'Poste',
            cell: (n) => (
              <>
                <a href={hrefOf(['besoins', n.needId], { territory: code })}>
                  <strong>{n.title}</strong>
                </a>
                <span class="sub">ROME {n.romeCode}</span>
                <SendLink place="besoins" id={n.needId ?? ''} about={n.title ?? ''} />
              </>
            ),
          },
          { title: 'Entreprise', cell: (n) => n.contractorName },
          { title: 'Nombre', cell: (n) => count(n.positions), number: true },
          { title: 'À partir du', cell: (n) => day(n.startsOn) },
          { title: 'Lieu', cell: (n) => `${territory(n.territory)}, commune ${n.commune ?? '–'}` },
          { title: 'Modalité', cell: (n) => modality(n.modality) },
        ]}
      />
      <More pages={pages} />
    </Wait>
  );
}

export function Needs(): JSX.Element {
  const { session } = useDesk();
  const codes = (session.territories ?? []).filter((c) => c !== '*');
  const restricted = !(session.territories ?? []).includes('*') && codes.length > 0;
  const [code, setCode] = useState(restricted ? codes[0]! : '');
  return (
    <>
      <PageHead title="Besoins" lead="Les entreprises qui cherchent des personnes pour leurs heures d’insertion.">
        {codes.length > 1 && (
          <div class="filters">
            <label>
              Territoire
              <select class="form-select" value={code} onChange={(e) => setCode(e.currentTarget.value)}>
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
      </PageHead>
      <Panel title={code ? territory(code) : 'Tous les territoires'}>
        <NeedsList code={code} />
      </Panel>
    </>
  );
}
