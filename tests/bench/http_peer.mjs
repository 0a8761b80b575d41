// The yardstick of scripts/bench http: the same two requests by Fastify and pg, as a team would do them well. The token is
// looked up by its hash, the role is asked for, each field is checked by a compiled schema and by the directory's rules,
// names are folded for the same unique index, and the insert is one statement in its own transaction with the default
// durability: the organisation, its idempotency key and what happened, as Guichet keeps them.
//
//     node http_peer.mjs "postgresql://…" WORKERS PORT
import cluster from 'node:cluster';
import { createHash, randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import pg from 'pg';

const [url, workers, port] = process.argv.slice(2);
const CONNECTIONS = 16; // of all workers together
const KINDS = ['ACI', 'AI', 'EI', 'ETTI', 'EITI', 'GEIQ', 'EA', 'EATT', 'ESAT', 'MISSION_LOCALE', 'ORDINARY_COMPANY'];
const KEEPERS = ['OPERATOR', 'FACILITATOR', 'COORDINATOR'];

const INSERT = {
  name: 'insert',
  text: `with done as (
           insert into organisation (id, siret, kind, name, territory, city, postcode, commune, source, source_id)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           on conflict (source, source_id, kind) do update set name = excluded.name
           returning id),
         kept as (insert into request (key, hash, organisation) select $11, $12, id from done)
         insert into event (at, account, body) select now(), $13, $14 from done returning (select id from done)`,
};
const SELECT = {
  name: 'select',
  text: 'select id, siret, kind, name, territory, city, postcode, commune, source, source_id, closed from organisation where id = $1',
};

async function serve() {
  const pool = new pg.Pool({ connectionString: url, max: Math.ceil(CONNECTIONS / Number(workers)) });
  const app = Fastify({ logger: false });
  const accounts = new Map((await pool.query('select encode(hash, \'hex\') as hash, id, role from account')).rows.map((a) => [a.hash, a]));

  app.addHook('onRequest', async (request, reply) => {
    const token = /^Bearer ([\w-]{43})$/.exec(request.headers.authorization ?? '')?.[1];
    request.account = token && accounts.get(createHash('sha256').update(token).digest('hex'));
    if (!request.account) return reply.code(401).send({ code: 'NOT_AUTHENTICATED' });
  });
  const text = (most) => ({ type: 'string', maxLength: most });
  const body = {
    type: 'object',
    additionalProperties: false,
    required: ['kind', 'name', 'source', 'sourceId', 'territory'],
    properties: {
      siret: { type: 'string', pattern: '^([0-9]{14})?$' },
      kind: { enum: KINDS },
      name: { type: 'string', minLength: 1, maxLength: 200 },
      territory: { type: 'string', pattern: '^(0[1-9]|[1-9][0-9]|2[AB]|97[1-6])$' },
      city: text(100),
      postcode: { type: 'string', pattern: '^[0-9]{5}$' },
      commune: { type: 'string', pattern: '^[0-9][0-9AB][0-9]{3}$' },
      source: text(40),
      sourceId: text(100),
    },
  };
  app.post('/organisations', { schema: { body } }, async (request, reply) => {
    if (!KEEPERS.includes(request.account.role)) return reply.code(403).send({ code: 'NOT_ALLOWED' });
    const o = request.body;
    const key = request.headers['idempotency-key'] ?? randomUUID();
    const said = JSON.stringify(o);
    const hash = createHash('sha256').update(said).digest();
    const { rows } = await pool.query({
      ...INSERT,
      values: [randomUUID(), o.siret ?? '', o.kind, o.name, o.territory, o.city ?? '', o.postcode ?? '', o.commune ?? '',
        o.source, o.sourceId, key, hash, request.account.id, said],
    });
    return { organisationId: rows[0].id, outcome: 'ADDED' };
  });
  app.get('/organisations/:id', async (request, reply) => {
    const { rows } = await pool.query({ ...SELECT, values: [request.params.id] });
    if (!rows[0]) return reply.code(404).send({ code: 'NOT_FOUND' });
    const { id, closed, ...organisation } = rows[0];
    return { organisationId: id, organisation, closed };
  });
  await app.listen({ port: Number(port), host: '127.0.0.1' });
}

if (cluster.isPrimary && Number(workers) > 1) {
  for (let i = 0; i < Number(workers); i++) cluster.fork();
  process.on('SIGTERM', () => process.exit(0));
} else {
  await serve();
  process.on('SIGTERM', () => process.exit(0));
}
