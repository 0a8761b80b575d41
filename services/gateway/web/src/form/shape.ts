// What a form asks, as the description of its command says it: for each field what it is, its words and its bounds.
// Nothing here knows a command.
import { sentence } from '../description.ts';
import { organisationKinds } from '../labels.ts';
import { nameOf, valuesOf } from '../reference.ts';
import type { OpenApi, Schema } from '../reference.ts';

export type ShapeKind =
  | 'text'
  | 'long'
  | 'mail'
  | 'siret'
  | 'territory'
  | 'commune'
  | 'rome'
  | 'id'
  | 'day'
  | 'month'
  | 'instant'
  | 'hours'
  | 'money'
  | 'share'
  | 'decimal'
  | 'integer'
  | 'version'
  | 'bytes'
  | 'boolean'
  | 'choice'
  | 'group';

export interface Shape {
  name: string;
  label: string;
  help?: string;
  kind: ShapeKind;
  isList: boolean;
  required: boolean;
  maxLength?: number;
  maxItems?: number;
  least?: number;
  most?: number;
  isPast: boolean; // today at the latest
  anywhere: boolean; // of a territory: « * », all of them, is one too
  lenient: boolean; // of a SIRET: one whose key is wrong is kept too
  options: [value: string, label: string][];
  unsaid: string; // of a choice: what is said where none is chosen
  fields: Shape[];
  unmarked?: boolean; // beside no field that must be there: that it may be left out goes without saying
}

const QUANTITIES: Record<string, ShapeKind> = {
  'types.Id': 'id',
  'types.Day': 'day',
  'types.Month': 'month',
  'types.Instant': 'instant',
  'types.Hours': 'hours',
  'types.Money': 'money',
  'types.Share': 'share',
  'types.Decimal': 'decimal',
};
// What a text must be, by the pattern that the description gives for each sort of text.
const PATTERNS: Record<string, ShapeKind> = {
  '^[0-9]{14}$': 'siret',
  '^[0-9][0-9AB][0-9]?$': 'territory',
  '^([0-9][0-9AB][0-9]?|[*])$': 'territory',
  '^[^@ ]+@[^@ ]+$': 'mail',
  '^[0-9][0-9AB][0-9]{3}$': 'commune',
  '^[A-Z][0-9]{4}$': 'rome',
};
const LONG_FROM = 300;

function kindOf(name: string, field: Schema, one: Schema, target: Schema): ShapeKind {
  const quantity = QUANTITIES[nameOf(one)];
  if (quantity) return quantity;
  if (target.enum || target.oneOf) return 'choice';
  if (target.properties) return 'group';
  if (one.contentEncoding) return 'bytes';
  if (Array.isArray(one.type)) return 'version';
  if (one.type === 'boolean') return 'boolean';
  if (one.type === 'integer' || one.type === 'number') return 'integer';
  const pattern = PATTERNS[one.pattern ?? ''];
  if (pattern) return pattern;
  if (/siret$/i.test(name)) return 'siret';
  if (/^(territory|territories|ofTerritory)$/.test(name)) return 'territory';
  if (/^e?mail$/i.test(name)) return 'mail';
  return field['x-guichet-told'] && (one.maxLength ?? 0) > LONG_FROM ? 'long' : 'text';
}

// A help that spells out the codes of a choice helps who writes JSON.
function helpOf(field: Schema, options: Shape['options'], kind: ShapeKind): string | undefined {
  const help = field.description ?? '';
  if (!help || kind === 'territory' || (kind === 'group' && /^(décrivez|joignez)/.test(help))) return undefined;
  return options.some(([value]) => value.length > 2 && help.includes(value)) ? undefined : sentence(help);
}

const bound = (text?: string | number): number | undefined => (text === undefined ? undefined : Number(text));

function shapeOf(all: OpenApi, name: string, field: Schema, required: boolean, within: string[]): Shape {
  const one = field.items ?? field;
  const inside = nameOf(one);
  const target = all.components.schemas[inside] ?? one;
  const kind = kindOf(name, field, one, target);
  const values = inside === 'directory.OrganisationKind' ? organisationKinds : valuesOf(target); // those are dated data
  const unsaid = values.find(([value]) => value === target.enum?.[0]); // the first of an enum: a form leaves it empty
  const options = values.filter((v) => v !== unsaid);
  return {
    name,
    label: sentence(field.title ?? name),
    help: helpOf(field, options, kind),
    kind,
    isList: field.items !== undefined,
    required,
    maxLength: one.maxLength ?? field.maxLength,
    maxItems: field.maxItems,
    least: bound(field['x-guichet-least'] ?? one.minimum),
    most: bound(field['x-guichet-most'] ?? one.maximum),
    isPast: field['x-guichet-day'] === 'PAST',
    anywhere: one.pattern?.includes('[*]') ?? false,
    lenient: within.at(-1) === 'directory.Organisation',
    options: options.map(([value, label]) => [value, sentence(label)]),
    unsaid: unsaid ? sentence(unsaid[1]) : '',
    fields: kind === 'group' && !within.includes(inside) ? shapesOf(all, inside, [...within, inside]) : [],
  };
}

// The fields of a message, in its order.
export function shapesOf(all: OpenApi, message: string, within: string[] = [message]): Shape[] {
  const { properties = {}, required = [] } = all.components.schemas[message] ?? {};
  return Object.entries(properties).map(([name, field]) => shapeOf(all, name, field, required.includes(name), within));
}
