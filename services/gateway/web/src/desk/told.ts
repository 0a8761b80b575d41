// What a reply tells, as a person reads it, by the shapes of its fields; and what of it is no reading.
import { territory } from '../departments.ts';
import { day, decimal, hours, instant, money, month, share, siret, typographic } from '../format.ts';
import type { Shape } from '../form/shape.ts';

// Of the machine: versions of rules and of rows, prints of texts, where a list goes on.
const UNREAD =
  /^(next|version|linkVersion|.*[rR]ulesVersion|.*[tT]extsVersion|libraryVersion|thresholdsVersion|hash|fileHash|cut|tag|salt)$/;

export const isRead = (shape: Shape): boolean => shape.kind !== 'bytes' && !UNREAD.test(shape.name);

export function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .filter(Boolean)
    .reduce<unknown>((v, name) => (v as Record<string, unknown> | undefined)?.[name], value);
}

export const isTold = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  value !== '' &&
  value !== false &&
  !(Array.isArray(value) && value.length === 0);

// « n° …A1B2C3 » : what has no name is told by the end of its id.
export const shortly = (id: unknown): string => `n° …${String(id).slice(-6).toUpperCase()}`;

function scalar(shape: Shape, value: unknown): string {
  const text = String(value);
  switch (shape.kind) {
    case 'day':
      return day(text);
    case 'month':
      return month(text);
    case 'instant':
      return instant(text);
    case 'hours':
      return hours(text);
    case 'money':
      return money(text);
    case 'share':
      return share(text);
    case 'decimal':
      return decimal(text, 2);
    case 'boolean':
      return value ? 'oui' : 'non';
    case 'choice':
      return shape.options.find(([v]) => v === text)?.[1] ?? (shape.unsaid || text);
    case 'territory':
      return territory(text);
    case 'siret':
      return siret(text);
    case 'id':
      return shortly(text);
    default:
      return typographic(text);
  }
}

// In JSON « no » and « none » may be left out.
function untold({ kind, isList }: Shape): string {
  if (isList) return '–';
  return kind === 'boolean' ? 'non' : kind === 'integer' ? '0' : '–';
}

export function told(shape: Shape, value: unknown): string {
  if (!isTold(value)) return untold(shape);
  if (shape.isList)
    return (value as unknown[])
      .map((v) => (shape.kind === 'group' ? toldGroup(shape, v) : scalar(shape, v)))
      .join(shape.kind === 'group' ? ' ; ' : ', ');
  return shape.kind === 'group' ? toldGroup(shape, value) : scalar(shape, value);
}

// « Montant 12 000 € · Durée 12 mois »: a message in the space of a cell.
function toldGroup(shape: Shape, value: unknown): string {
  const fields = value as Record<string, unknown>;
  return shape.fields
    .filter((f) => isRead(f) && f.kind !== 'id' && isTold(fields[f.name]))
    .map((f) => (f.kind === 'boolean' ? f.label : `${f.label} ${told(f, fields[f.name])}`))
    .join(' · ');
}

export const isNumber = ({ kind, isList }: Shape): boolean =>
  !isList && ['hours', 'money', 'share', 'decimal', 'integer'].includes(kind);

// The fields of a line as columns: those of a message inside it by their path.
export interface Told {
  path: string;
  shape: Shape;
}
export function columnsOf(shapes: Shape[], before: string = '', depth: number = 1): Told[] {
  return shapes.filter(isRead).flatMap((shape): Told[] => {
    const path = before ? `${before}.${shape.name}` : shape.name;
    if (shape.kind === 'group' && !shape.isList && depth > 0) return columnsOf(shape.fields, path, depth - 1);
    return [{ path, shape }];
  });
}
