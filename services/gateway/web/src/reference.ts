// The description of the network (OpenAPI 3.1) as a person reads it: what may be asked, field by field, with its meaning,
// its unit, its bounds, an example, and what may be refused. Nothing here knows a method.

import { sentence } from './description.ts';

export interface Schema {
  $ref?: string;
  type?: string | string[];
  title?: string;
  description?: string;
  format?: string;
  pattern?: string;
  maxLength?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  items?: Schema;
  enum?: string[];
  oneOf?: { const: string; title: string }[];
  properties?: Record<string, Schema>;
  required?: string[];
  examples?: unknown[];
  'x-guichet-least'?: string;
  'x-guichet-most'?: string;
  'x-guichet-day'?: string;
  'x-guichet-told'?: string[];
  'x-guichet-bytes'?: number;
  contentEncoding?: string;
  'x-guichet-labels'?: Record<string, string>;
}
type Content = Record<string, { schema?: Schema; example?: unknown }>;
interface Told {
  $ref?: string;
  description?: string;
  content?: Content;
}
interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
  content?: Content;
}
export interface Described {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, Told>;
  'x-guichet-refusals'?: Refusal[];
}
export interface OpenApi {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema>; responses?: Record<string, Told> };
}

export interface Refusal {
  code: string;
  field: string;
  text: string;
}
export interface Operation {
  name: string; // "tracking/SubmitHours", and the address of its view
  verb: string;
  path: string;
  area: string;
  title: string;
  who: string;
  request: string; // the schema of what is asked; empty: none
  reply: string;
  example: unknown;
  parameters: Parameter[]; // those that are no part of the request
  refusals: Refusal[];
  statuses: [status: string, text: string][];
}
export interface Row {
  name: string;
  title: string;
  help: string;
  kind: string;
  bounds: string;
  required: boolean;
  example: string;
  inside: string; // the schema of an object, told on its own
  values: [value: string, label: string][];
}

const AREAS: Record<string, string> = {
  contracts: 'Contrats, clauses et besoins',
  tracking: 'Personnes, parcours et heures',
  directory: 'Partenaires',
  notifications: 'Alertes',
  reporting: 'Bilans',
  accounts: 'Comptes',
  gateway: 'Passerelle',
  http: 'Fichiers, session et état',
};
const UNITS: Record<string, string> = {
  'types.Id': 'identifiant (UUID)',
  'types.Day': 'jour, AAAA-MM-JJ',
  'types.Month': 'mois, AAAA-MM',
  'types.Instant': 'instant, en temps universel',
  'types.Hours': 'heures, à deux décimales',
  'types.Money': 'euros, à deux décimales',
  'types.Share': 'part, de 0 à 1',
  'types.Decimal': 'nombre décimal',
};

export const nameOf = (schema?: Schema): string => schema?.$ref?.split('/').pop() ?? '';
export const areaOf = (area: string): string => AREAS[area] ?? area;

export function operationsOf(description: OpenApi): Operation[] {
  return Object.entries(description.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, told]) => operationOf(description, path, verb, told)),
  );
}

function operationOf(all: OpenApi, path: string, verb: string, told: Described): Operation {
  const question = told.parameters?.find((p) => p.name === 'q' && p.content)?.content;
  const asked = (told.requestBody?.content ?? question)?.['application/json'];
  const answer = told.responses['200']?.content?.['application/json']?.schema;
  const statuses = Object.entries(told.responses).filter(([status]) => status !== '200');
  return {
    name: path.replace(/^\/(v1\/)?/, ''),
    verb: verb.toUpperCase(),
    path,
    area: told.tags[0] ?? 'http',
    title: sentence(told.summary),
    who: sentence(told.description ?? ''),
    request: nameOf(asked?.schema),
    reply: nameOf(answer?.properties?.['reply'] ?? answer),
    example: asked?.example,
    parameters: (told.parameters ?? []).filter((p) => p.name !== 'q'),
    refusals: told['x-guichet-refusals'] ?? [],
    statuses: statuses.map(([status, { $ref, description }]) => [
      status,
      sentence(($ref ? all.components.responses?.[$ref.split('/').pop()!]?.description : description) ?? ''),
    ]),
  };
}

// The rows of a message's fields; of what is none, no row.
export function rowsOf(description: OpenApi, schema: string): Row[] {
  const { properties = {}, required = [] } = description.components.schemas[schema] ?? {};
  return Object.entries(properties).map(([name, field]) => rowOf(description, name, field, required.includes(name)));
}

function rowOf(description: OpenApi, name: string, field: Schema, required: boolean): Row {
  const one = field.items ?? field;
  const target = description.components.schemas[nameOf(one)] ?? one;
  const example = field.examples?.[0];
  return {
    name,
    title: sentence(field.title ?? ''),
    help: sentence(field.description ?? ''),
    kind: kindOf(one, target, field.items !== undefined),
    bounds: boundsOf(field, one),
    required,
    example: example === undefined ? '' : typeof example === 'string' ? example : JSON.stringify(example),
    inside: target.properties ? nameOf(one) : '',
    values: valuesOf(target),
  };
}

function kindOf(one: Schema, target: Schema, isList: boolean): string {
  const plain: Record<string, string> = { string: 'texte', integer: 'nombre entier', boolean: 'vrai ou faux' };
  const type = Array.isArray(one.type) ? 'integer' : (one.type ?? '');
  const kind =
    UNITS[nameOf(one)] ??
    (target.enum || target.oneOf ? 'une de ces valeurs' : target.properties ? 'objet' : (plain[type] ?? type));
  return isList ? `liste : ${kind}` : kind;
}

function boundsOf(field: Schema, one: Schema): string {
  const [least, most] = [field['x-guichet-least'] ?? one.minimum, field['x-guichet-most'] ?? one.maximum];
  const days: Record<string, string> = { PAST: 'aujourd’hui au plus tard', NEAR: 'dix ans avant au plus, deux ans après' };
  return [
    least !== undefined && most !== undefined ? `de ${least} à ${most}` : '',
    least !== undefined && most === undefined && Number(least) !== 0 ? `au moins ${least}` : '',
    one.maxLength !== undefined ? `${one.maxLength} caractères au plus` : '',
    field.maxItems !== undefined ? `${field.maxItems} éléments au plus` : '',
    days[field['x-guichet-day'] ?? ''] ?? '',
  ]
    .filter(Boolean)
    .join(' ; ');
}

export function valuesOf(target: Schema): Row['values'] {
  if (target.oneOf) return target.oneOf.map((v) => [v.const, v.title]);
  const labels = target['x-guichet-labels'] ?? {};
  return (target.enum ?? []).filter((v) => labels[v]).map((v) => [v, labels[v]!]);
}

// The objects inside a message, each once, as deep as they go.
export function objectsIn(description: OpenApi, schema: string, found: string[] = []): string[] {
  for (const { inside } of rowsOf(description, schema)) {
    if (!inside || inside === schema || found.includes(inside)) continue;
    found.push(inside);
    objectsIn(description, inside, found);
  }
  return found;
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

// By words of its title, its name or its address, whatever their accents.
export function matching(operations: Operation[], sought: string): Operation[] {
  const words = plain(sought).split(/\s+/).filter(Boolean);
  return operations.filter((o) => words.every((word) => plain(`${o.title} ${o.path}`).includes(word)));
}
