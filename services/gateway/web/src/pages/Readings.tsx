// « Dossiers ouverts »: who opened persons' files, when and why, for those who watch over it. Without a name.
import type { JSX } from 'preact';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import { territory } from '../departments.ts';
import { instant } from '../format.ts';
import { usePages } from '../hooks.ts';
import { fileReadings } from '../lists.ts';
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
              { title: 'Qui', cell: (r) => r.user || 'non dit' },
              { title: 'Dossier', cell: (r) => <code>{shortId(r.beneficiaryId)}</code> },
              { title: 'Territoire', cell: (r) => territory(r.territory) },
              { title: 'Motif', cell: (r) => <Reason reading={r} /> },
            ]}
          />
          {pages.more && (
            <button type="button" class="btn btn-outline-primary" onClick={pages.readMore}>
              Afficher la suite
            </button>
          )}
        </Wait>
      </Panel>
    </>
  );
}
