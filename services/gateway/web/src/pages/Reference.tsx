// « Interface »: what a program may ask with this account, from the description of the network: a list by area, and a
// view of each.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { PageHead } from '../components/PageHead.tsx';
import { ErrorBox, Panel } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import { describeAll } from '../description.ts';
import { plural } from '../format.ts';
import { useDesk, useLoaded } from '../hooks.ts';
import { areaOf, matching, objectsIn, operationsOf, rowsOf } from '../reference.ts';
import type { OpenApi, Operation, Row } from '../reference.ts';

function Verb({ of }: { of: Operation }): JSX.Element {
  return <span class={`verb verb-${of.verb.toLowerCase()}`}>{of.verb}</span>;
}

function AreaPanel({ area, operations }: { area: string; operations: Operation[] }): JSX.Element {
  return (
    <Panel title={areaOf(area)}>
      <ul class="operations">
        {operations.map((o) => (
          <li key={o.verb + o.path}>
            <a href={`#/interface/${o.name}`}>{o.title}</a>
            <span class="sub">
              <Verb of={o} /> <code>{o.path}</code>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function All({ operations }: { operations: Operation[] }): JSX.Element {
  const [sought, setSought] = useState('');
  const found = matching(operations, sought);
  const areas = [...new Set(found.map((o) => o.area))];
  return (
    <>
      <PageHead
        title="Interface pour les programmes"
        lead="Tout ce qu’un programme peut demander avec votre compte : le sens de chaque champ, son unité, ses limites, un exemple, et ce qui peut être refusé."
      >
        <div class="filters">
          <label>
            Chercher une demande
            <input class="form-control" type="search" value={sought} onInput={(e) => setSought(e.currentTarget.value)} />
          </label>
        </div>
      </PageHead>
      <p role="status" class="said">
        {found.length ? `${plural(found.length, 'demande')}.` : 'Aucune demande ne correspond : essayez un autre mot.'}
      </p>
      {areas.map((area) => (
        <AreaPanel key={area} area={area} operations={found.filter((o) => o.area === area)} />
      ))}
    </>
  );
}

function Values({ row }: { row: Row }): JSX.Element | null {
  if (row.values.length === 0) return null;
  return (
    <details>
      <summary>
        {plural(row.values.length, 'valeur')}
        <span class="visually-hidden"> de {row.name}</span>
      </summary>
      <ul class="values">
        {row.values.map(([value, label]) => (
          <li key={value}>
            <code>{value}</code> {label}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Fields({ description, schema, caption }: { description: OpenApi; schema: string; caption: string }): JSX.Element {
  const rows = rowsOf(description, schema);
  if (rows.length === 0) return <p>Aucun champ.</p>;
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={(r) => r.name}
      columns={[
        {
          title: 'Champ',
          cell: (r) => (
            <>
              <code>{r.name}</code>
              {r.required && <span class="sub">obligatoire</span>}
            </>
          ),
        },
        {
          title: 'Sens',
          cell: (r) => (
            <>
              {r.title || '–'}
              {r.help && <span class="sub">{r.help}</span>}
            </>
          ),
        },
        {
          title: 'Forme et limites',
          cell: (r) => (
            <>
              {r.kind}
              {r.inside && (
                <span class="sub">
                  <code>{r.inside}</code>, plus bas
                </span>
              )}
              {r.bounds && <span class="sub">{r.bounds}</span>}
              <Values row={r} />
            </>
          ),
        },
        { title: 'Exemple', cell: (r) => (r.example ? <code class="example">{r.example}</code> : '–') },
      ]}
    />
  );
}

// A message, and behind it the objects that it holds.
function Message({ description, schema, title }: { description: OpenApi; schema: string; title: string }): JSX.Element {
  return (
    <Panel title={title}>
      <Fields description={description} schema={schema} caption={title} />
      {objectsIn(description, schema).map((inside) => (
        <details key={inside} class="object">
          <summary>
            Les champs de <code>{inside}</code>
          </summary>
          <Fields description={description} schema={inside} caption={`Champs de ${inside}`} />
        </details>
      ))}
    </Panel>
  );
}

function Example({ of }: { of: Operation }): JSX.Element {
  const json = JSON.stringify(of.example, null, 2);
  const address = of.verb === 'GET' && json !== '{}' ? `${of.path}?q=${encodeURIComponent(JSON.stringify(of.example))}` : of.path;
  return (
    <Panel title="Exemple">
      {/* it may be wider than a phone, and is then read by its arrows */}
      <pre class="example" tabIndex={0} aria-label="Exemple de demande">
        {`${of.verb} ${address}\nAuthorization: Bearer …`}
        {of.verb === 'GET' ? '' : `\nContent-Type: application/json\nIdempotency-Key: un UUID de version 7\n\n${json}`}
      </pre>
    </Panel>
  );
}

function Parameters({ of }: { of: Operation }): JSX.Element {
  return (
    <Panel title="À côté de la demande">
      <Table
        caption="Paramètres et en-têtes"
        rows={of.parameters}
        rowKey={(p) => p.name}
        columns={[
          { title: 'Nom', cell: (p) => <code>{p.name}</code> },
          { title: 'Où', cell: (p) => ({ header: 'en-tête', query: 'adresse', path: 'chemin' })[p.in] ?? p.in },
          { title: 'Sens', cell: (p) => p.description ?? (p.required ? 'obligatoire' : '–') },
        ]}
      />
    </Panel>
  );
}

function Refusals({ of }: { of: Operation }): JSX.Element {
  return (
    <Panel title="Ce qui peut être refusé">
      {of.refusals.length > 0 && (
        <Table
          caption="Refus de cette demande"
          rows={of.refusals}
          rowKey={(r) => `${r.code} ${r.field} ${r.text}`}
          columns={[
            { title: 'Code', cell: (r) => <code>{r.code}</code> },
            { title: 'Champ', cell: (r) => (r.field ? <code>{r.field}</code> : '–') },
            { title: 'Ce qui est dit', cell: (r) => r.text },
          ]}
        />
      )}
      <details>
        <summary>Les refus de toutes les demandes, par statut</summary>
        <Table
          caption="Statuts"
          rows={of.statuses}
          rowKey={([status]) => status}
          columns={[
            { title: 'Statut', cell: ([status]) => status },
            { title: 'Ce que c’est, et que faire', cell: ([, text]) => text },
          ]}
        />
      </details>
    </Panel>
  );
}

function One({ description, of }: { description: OpenApi; of: Operation }): JSX.Element {
  return (
    <>
      <p class="back">
        <a href="#/interface">Toutes les demandes</a>
      </p>
      <PageHead
        title={of.title}
        lead={
          <>
            <Verb of={of} /> <code>{of.path}</code>
            <span class="sub">{of.who}</span>
          </>
        }
      />
      {of.request && <Message description={description} schema={of.request} title="Champs de la demande" />}
      {of.parameters.length > 0 && <Parameters of={of} />}
      {of.example !== undefined && <Example of={of} />}
      {of.reply && <Message description={description} schema={of.reply} title="Champs de la réponse" />}
      <Refusals of={of} />
    </>
  );
}

export function Reference({ name }: { name: string }): JSX.Element {
  const { api } = useDesk();
  const state = useLoaded('description', async () => (await describeAll(api)) as OpenApi);
  if (!state.data)
    return (
      <>
        <PageHead title="Interface pour les programmes" />
        {state.error ? <ErrorBox error={state.error} /> : <p role="status">Chargement…</p>}
      </>
    );
  const operations = operationsOf(state.data);
  const one = operations.find((o) => o.name === name);
  return one ? <One key={name} description={state.data} of={one} /> : <All operations={operations} />;
}
