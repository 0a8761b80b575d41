// « Dossiers ouverts »: who opened persons' files, when, why and from where, and who took files out, for those who watch
// over it. Without a name of the persons.
import type { JSX } from 'preact';
import { More } from '../components/More.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import { territory } from '../departments.ts';
import { instant } from '../format.ts';
import { hrefOf, usePages } from '../hooks.ts';
import { exports, fileReadings } from '../lists.ts';
import { role } from '../labels.ts';
import { shortId } from '../months.ts';
import type { FileReading } from '../types.ts';

const LIMIT = 50;

function Reason({ reading: r }: { reading: FileReading }): JSX.Element {
  return (
    <>
      {r.reasonErased ? <span class="quiet">effacé avec le dossier</span> : r.reason || 'non dit'}
      <span class="sub">{r.reasonLabel}</span>
    </>
  );
}

function Exports(): JSX.Element {
  const pages = usePages(exports(), LIMIT);
  return (
    <Panel title="Fichiers emportés, du plus récent au plus ancien">
      <Wait state={pages} has={pages.items.length > 0} empty="Aucun fichier n’a été emporté.">
        <Table
          caption="Fichiers emportés"
          rows={pages.items}
          rowKey={(e) => `${e.at} ${e.accountId} ${e.method}`}
          columns={[
            { title: 'Quand', cell: (e) => instant(e.at) },
            {
              title: 'Qui',
              cell: (e) => (
                <>
                  {e.user || 'non dit'}
                  <span class="sub">
                    {role(e.role)}
                    {e.place && `, depuis ${e.place}`}
                  </span>
                </>
              ),
            },
            {
              title: 'Quoi',
              cell: (e) => (
                <>
                  <code>
                    {e.method}.{e.form}
                  </code>
                  <span class="sub">{e.what}</span>
                </>
              ),
            },
          ]}
        />
        <More pages={pages} />
      </Wait>
    </Panel>
  );
}

export function Readings(): JSX.Element {
  const pages = usePages(fileReadings(), LIMIT);
  return (
    <>
      <PageHead
        title="Dossiers ouverts"
        lead="Chaque ouverture du dossier d’une personne laisse sa trace : qui, quand, pourquoi. Les personnes n’y sont pas nommées."
      />
      <Panel title="Ouvertures, de la plus récente à la plus ancienne">
        <Wait state={pages} has={pages.items.length > 0} empty="Aucun dossier n’a été ouvert.">
          <Table
            caption="Dossiers ouverts"
            rows={pages.items}
            rowKey={(r) => `${r.at} ${r.account} ${r.beneficiaryId}`}
            columns={[
              { title: 'Quand', cell: (r) => instant(r.at) },
              {
                title: 'Qui',
                cell: (r) => (
                  <>
                    {r.user || 'non dit'}
                    {r.place && <span class="sub">depuis {r.place}</span>}
                  </>
                ),
              },
              { title: 'Dossier', cell: (r) => (
                  <a href={hrefOf(['personnes', r.beneficiaryId])}>
                    <code>{shortId(r.beneficiaryId)}</code>
                  </a>
                ) },
              { title: 'Territoire', cell: (r) => territory(r.territory) },
              { title: 'Motif', cell: (r) => <Reason reading={r} /> },
            ]}
          />
          <More pages={pages} />
        </Wait>
      </Panel>
      <Exports />
    </>
  );
}
