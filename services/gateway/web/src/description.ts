// What the gateway says of a method (OpenAPI 3.1, common/codec/description.h), as a form asks it: what each field is
// called, its help, how long it may be, between what it lies. A form has no words or bounds of its own.
import type { Api } from './api.ts';

interface Schema {
  $ref?: string;
  title?: string;
  description?: string;
  maxLength?: number;
  properties?: Record<string, Schema>;
  'x-guichet-least'?: string;
  'x-guichet-most'?: string;
}
export interface Description {
  components: { schemas: Record<string, Schema> };
}
export interface FieldWords {
  label: string;
  help?: string;
  maxLength?: number;
  least?: number; // hours, as a number
  most?: number;
}
export type FormWords = Record<string, FieldWords>;

// "par exemple l'un" -> "Par exemple l’un", as all that the page says.
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).replace(/'/g, '’');
const bound = (text?: string): number | undefined => (text === undefined ? undefined : Number(text));

// `message`: the request itself, or one inside it.
export function formWords(description: Description, message: string): FormWords {
  const fields = Object.entries(description.components.schemas[message]?.properties ?? {});
  return Object.fromEntries(
    fields.map(([name, s]): [string, FieldWords] => [
      name,
      {
        label: sentence(s.title ?? name),
        help: s.description && sentence(s.description),
        maxLength: s.maxLength,
        least: bound(s['x-guichet-least']),
        most: bound(s['x-guichet-most']),
      },
    ]),
  );
}

// All of it, read once for each account.
const whole = new WeakMap<Api, Promise<unknown>>();

export function describeAll(api: Api): Promise<unknown> {
  const known = whole.get(api);
  if (known) return known;
  const asked = api.description();
  whole.set(api, asked);
  asked.catch(() => whole.delete(api));
  return asked;
}

// Read once for each method and account.
const kept = new WeakMap<Api, Map<string, Promise<Description>>>();

export function describe(api: Api, service: string, method: string): Promise<Description> {
  const mine = kept.get(api) ?? new Map<string, Promise<Description>>();
  kept.set(api, mine);
  const name = `${service}/${method}`;
  const known = mine.get(name);
  if (known) return known;
  const asked = api.describe(service, method) as Promise<Description>;
  mine.set(name, asked);
  asked.catch(() => mine.delete(name));
  return asked;
}
