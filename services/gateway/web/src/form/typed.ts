// What a person has typed into a form, as it was typed; what it means, and all that is wrong with it, at once.
import { hours as hoursText, parseHours } from '../format.ts';
import type { Shape } from './shape.ts';

export type Typed = string | boolean | Typed[] | TypedGroup;
export interface TypedGroup {
  [name: string]: Typed;
}
export type Problems = Map<string, string>; // where (« lots[1].number ») to what is wrong there

export function blankOf(shape: Shape): Typed {
  if (shape.isList) return [];
  if (shape.kind === 'boolean') return false;
  return shape.kind === 'group' ? {} : '';
}

export function isBlank(typed: Typed | undefined): boolean {
  if (typed === undefined || typed === false || typed === '') return true;
  if (typeof typed === 'string') return typed.trim() === '';
  if (Array.isArray(typed)) return typed.every(isBlank);
  return typeof typed === 'object' && Object.values(typed).every(isBlank);
}

export const under = (at: string, name: string): string => (at ? `${at}.${name}` : name);
export const nth = (at: string, index: number): string => `${at}[${index}]`;

class Wrong extends Error {}
const compact = (text: string): string => text.replace(/[\s\u00a0\u202f]/g, '');

function numberOf(text: string, pattern: RegExp, example: string): string {
  const plain = compact(text).replace(/[€%]$/, '').replace(',', '.').replace('−', '-');
  if (!pattern.test(plain)) throw new Wrong(`Écrivez un nombre, par exemple ${example}.`);
  return plain;
}

// 14 digits whose key holds (Luhn); La Poste's own add up to a multiple of five instead.
export function siretHolds(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, d, i) => {
    const n = Number(d) * (i % 2 ? 2 : 1);
    return total + (n > 9 ? n - 9 : n);
  }, 0);
  if (sum % 10 === 0) return true;
  return digits.startsWith('356000000') && [...digits].reduce((total, d) => total + Number(d), 0) % 5 === 0;
}

function siretOf(text: string, lenient: boolean): string {
  const digits = compact(text);
  if (!/^\d{14}$/.test(digits)) throw new Wrong('Un SIRET compte 14 chiffres : recopiez-les, avec ou sans espaces.');
  if (!lenient && !siretHolds(digits))
    throw new Wrong('Ce SIRET n’existe pas : un de ses chiffres est faux, recopiez-le.');
  return digits;
}

const isDay = (text: string): boolean => {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};
export const today = (now: Date = new Date()): string =>
  [now.getFullYear(), String(now.getMonth() + 1).padStart(2, '0'), String(now.getDate()).padStart(2, '0')].join('-');

// « 2026-11-30 », or « 30/11/2026 » where a browser has no field of dates.
function dayOf(text: string, isPast: boolean): string {
  const french = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text.trim());
  const iso = french ? `${french[3]}-${french[2]!.padStart(2, '0')}-${french[1]!.padStart(2, '0')}` : text.trim();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso) || !isDay(iso))
    throw new Wrong('Écrivez une date qui existe, par exemple 30/11/2026.');
  if (isPast && iso > today()) throw new Wrong('Cette date est à venir : indiquez aujourd’hui au plus tard.');
  return iso;
}

function monthOf(text: string): string {
  const french = /^(\d{1,2})[/.](\d{4})$/.exec(text.trim());
  const iso = french ? `${french[2]}-${french[1]!.padStart(2, '0')}` : text.trim();
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(iso)) throw new Wrong('Écrivez un mois, par exemple 11/2026.');
  return iso;
}

// Per cent, to the millionth of the whole.
function shareOf(text: string): string {
  const percent = Number(numberOf(text, /^\d{1,3}(\.\d{1,4})?$/, '12,5'));
  if (percent > 100) throw new Wrong('Une part va de 0 à 100 %.');
  return String(Number((percent / 100).toFixed(6)));
}

function hoursOf(text: string): string {
  const value = parseHours(text);
  if (value === null) throw new Wrong('Écrivez un nombre d’heures, par exemple 151,67 ou 151h40.');
  return value;
}

function matching(text: string, pattern: RegExp, otherwise: string): string {
  const told = compact(text).toUpperCase();
  if (!pattern.test(told)) throw new Wrong(otherwise);
  return told;
}

function scalarOf(shape: Shape, text: string): string | number {
  switch (shape.kind) {
    case 'id':
      if (!/^[0-9a-f-]{36}$/.test(text.trim())) throw new Wrong('Recopiez l’identifiant en entier : 36 caractères.');
      return text.trim();
    case 'siret':
      return siretOf(text, shape.lenient);
    case 'day':
      return dayOf(text, shape.isPast);
    case 'month':
      return monthOf(text);
    case 'hours':
      return hoursOf(text);
    case 'money':
      return numberOf(text, /^-?\d{1,13}(\.\d{1,2})?$/, '1 250,50');
    case 'share':
      return shareOf(text);
    case 'decimal':
      return numberOf(text, /^-?\d{1,9}(\.\d{1,6})?$/, '12,5');
    case 'integer':
      return Number(numberOf(text, /^-?\d{1,10}$/, '12'));
    case 'commune':
      return matching(text, /^\d[0-9AB]\d{3}$/, 'Une commune a un code INSEE de cinq caractères, par exemple 31555.');
    case 'rome':
      return matching(
        text,
        /^[A-Z]\d{4}$/,
        'Un métier a un code ROME : une lettre et quatre chiffres, par exemple F1703.',
      );
    case 'mail':
      if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text.trim()))
        throw new Wrong('Écrivez une adresse, par exemple nom@exemple.fr.');
      return text.trim();
    default:
      return text.trim();
  }
}

const UNITS: Partial<Record<Shape['kind'], string>> = { hours: ' h', money: ' €' };
const shown = (n: number, unit: string): string => `${n.toLocaleString('fr-FR', { maximumFractionDigits: 2 })}${unit}`;

function checkBounds({ kind, least, most, maxLength }: Shape, value: string | number): void {
  if (maxLength !== undefined && typeof value === 'string' && [...value].length > maxLength)
    throw new Wrong(`C’est trop long : ${maxLength} caractères au plus.`);
  if (!['hours', 'money', 'integer', 'decimal'].includes(kind)) return;
  const unit = UNITS[kind] ?? '';
  const n = Number(value);
  if (least !== undefined && n < least) throw new Wrong(`Le moins possible est ${shown(least, unit)}.`);
  if (most !== undefined && n > most) throw new Wrong(`Le plus possible est ${shown(most, unit)}.`);
}

function readOne(shape: Shape, typed: Typed, at: string, problems: Problems): unknown {
  if (shape.kind === 'boolean') return typed === true;
  if (shape.kind === 'group') return readGroup(shape.fields, typed as TypedGroup, at, problems);
  try {
    const value = scalarOf(shape, String(typed));
    checkBounds(shape, value);
    return value;
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    problems.set(at, error.message);
    return undefined;
  }
}

function readField(shape: Shape, typed: Typed | undefined, at: string, problems: Problems): unknown {
  if (typed === undefined || isBlank(typed)) {
    if (shape.required && shape.kind !== 'boolean') problems.set(at, missing(shape));
    return undefined;
  }
  if (!shape.isList) return readOne(shape, typed, at, problems);
  return (typed as Typed[]).flatMap((one, i) => (isBlank(one) ? [] : [readOne(shape, one, nth(at, i), problems)]));
}

function missing(shape: Shape): string {
  if (shape.isList) return `${shape.label} : il en faut au moins un.`;
  return ['choice', 'territory', 'id'].includes(shape.kind)
    ? `${shape.label} : choisissez.`
    : `${shape.label} : à remplir.`;
}

function readGroup(shapes: Shape[], typed: TypedGroup, at: string, problems: Problems): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const shape of shapes) {
    const value = readField(shape, typed[shape.name], under(at, shape.name), problems);
    if (value !== undefined) read[shape.name] = value;
  }
  return read;
}

// The request that a form stands for, with all that is wrong in it.
export function readForm(shapes: Shape[], typed: TypedGroup): { request: Record<string, unknown>; problems: Problems } {
  const problems: Problems = new Map();
  return { request: readGroup(shapes, typed, '', problems), problems };
}

// ---- from what is known: a thing that is amended begins as it is

function typedScalar(shape: Shape, value: unknown): Typed {
  if (value === undefined || value === null) return blankOf({ ...shape, isList: false });
  if (shape.kind === 'boolean') return value === true;
  if (shape.kind === 'group') return typedOf(shape.fields, value as Record<string, unknown>);
  if (shape.kind === 'hours') return hoursText(String(value)).replace(/\s*h$/, '');
  if (shape.kind === 'share') return String(Number((Number(value) * 100).toFixed(4))).replace('.', ',');
  if (shape.kind === 'money' || shape.kind === 'decimal')
    return String(value)
      .replace(/\.00$/, '')
      .replace('.', ',')
      .replace(/\B(?=(\d{3})+(?!\d))(?<!,\d*)/g, ' ');
  if (shape.kind === 'integer' && Number(value) === 0) return '';
  if (shape.kind === 'choice' && !shape.options.some(([v]) => v === value)) return '';
  return String(value);
}

export function typedOf(shapes: Shape[], known: Record<string, unknown>): TypedGroup {
  const filled = shapes
    .filter(({ name }) => known[name] !== undefined && known[name] !== null)
    .map((shape): [string, Typed] => {
      const value = known[shape.name];
      return [
        shape.name,
        shape.isList ? (value as unknown[]).map((v) => typedScalar(shape, v)) : typedScalar(shape, value),
      ];
    });
  return Object.fromEntries(filled);
}

// ---- where a refusal belongs: the daemon says « contractors[2].value », or « contractors.value » of any of them

export const anyOf = (at: string): string => at.replace(/\[\d+\]/g, '');

export function placeOf(field: string, shown: string[]): string | undefined {
  const wanted = [field, anyOf(field)];
  return (
    shown.find((at) => at === field) ??
    shown.find((at) => anyOf(at) === wanted[1]) ??
    shown.find((at) => wanted[1]!.startsWith(`${anyOf(at)}.`)) ??
    shown.find((at) => anyOf(at).startsWith(`${wanted[1]}.`))
  );
}
