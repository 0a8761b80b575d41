// Figures, dates and identifiers as a French reader expects them. Absent values give `absent` (« non renseigné »).
export const ABSENT = 'non renseigné';
const NBSP = '\u00a0';

const whole = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 0 });
const upTo2 = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 2 });
const exactly2 = new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const monthLong = new Intl.DateTimeFormat('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const monthShort = new Intl.DateTimeFormat('fr-FR', { month: 'short', timeZone: 'UTC' });
const clock = new Intl.DateTimeFormat('fr-FR', { hour: '2-digit', minute: '2-digit' });
const dayOfInstant = new Intl.DateTimeFormat('fr-FR', { day: '2-digit', month: '2-digit', year: 'numeric' });

export function count(value: number | undefined): string {
  return whole.format(value ?? 0);
}

// Hours travel as text in hundredths; they are added and compared as whole hundredths, never as fractions.
export function hundredths(text: string | undefined): number {
  return text ? Math.round(Number(text) * 100) : 0;
}

export function hours(text: string | undefined): string {
  return hoursOf(hundredths(text));
}

export function hoursOf(hundredthsOfHour: number): string {
  return (hundredthsOfHour % 100 === 0 ? whole : exactly2).format(hundredthsOfHour / 100) + NBSP + 'h';
}

// For key figures: to the hour, as a decimal would only be noise there.
export function hoursRounded(hundredthsOfHour: number): string {
  return whole.format(Math.round(hundredthsOfHour / 100)) + NBSP + 'h';
}

export function money(text: string | undefined, absent: string = ABSENT): string {
  if (!text) return absent;
  const euros = Number(text);
  return (Number.isInteger(euros) ? whole : exactly2).format(euros) + NBSP + '€';
}

export function share(text: string | undefined, absent: string = ABSENT): string {
  return text ? upTo2.format(Number(text) * 100) + NBSP + '%' : absent;
}

export function decimal(text: string | undefined, digits: number = 1): string {
  return new Intl.NumberFormat('fr-FR', { maximumFractionDigits: digits }).format(Number(text ?? 0));
}

// Part of a whole in percent, for reading. 0 of 0 is nothing to show.
export function percent(part: number, total: number): string {
  return total > 0 ? whole.format(Math.floor((part / total) * 100)) + NBSP + '%' : '–';
}

export function day(text: string | undefined, absent: string = ABSENT): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text ?? '');
  return parts ? `${parts[3]}/${parts[2]}/${parts[1]}` : absent;
}

const dayLong = new Intl.DateTimeFormat('fr-FR', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

// « Mardi 1er décembre 2026 ».
export function dayInWords(text: string): string {
  const words = dayLong.format(new Date(`${text}T00:00:00Z`)).replace(/ 1 /, ' 1er ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const dayWords = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

// « 1er décembre 2026 », inside a sentence.
export function dayNamed(text: string | undefined, absent: string = ABSENT): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text ?? '')) return absent;
  return dayWords.format(new Date(`${text}T00:00:00Z`)).replace(/^1 /, '1er ');
}

// Days from one to another: dayGap('2026-12-01', '2026-12-31') is 30.
export function dayGap(from: string, until: string): number {
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86400e3);
}

function monthDate(text: string): Date {
  return new Date(`${text}-01T00:00:00Z`);
}

export function month(text: string | undefined, absent: string = ABSENT): string {
  return /^\d{4}-\d{2}$/.test(text ?? '') ? monthLong.format(monthDate(text!)) : absent;
}

// « d’octobre 2026 », « de mai 2026 ».
export function ofMonth(text: string): string {
  const name = month(text);
  return /^[aeiouéo]/.test(name) ? `d’${name}` : `de ${name}`;
}

export function monthTick(text: string): string {
  return monthShort.format(monthDate(text));
}

// The month `offset` months away: shift('2026-01', -1) is '2025-12'.
export function shiftMonth(text: string, offset: number): string {
  const months = Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1 + offset;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

export function monthOf(date: Date): string {
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`;
}

export function instant(text: string | undefined, absent: string = ABSENT): string {
  const at = new Date(text ?? '');
  return Number.isNaN(at.getTime()) ? absent : `${dayOfInstant.format(at)} à ${clock.format(at)}`;
}

export function instantDay(text: string | undefined, absent: string = ABSENT): string {
  const at = new Date(text ?? '');
  return Number.isNaN(at.getTime()) ? absent : dayOfInstant.format(at);
}

// Days that are left until then, begun ones counted; null where there is no such instant.
export function daysLeft(text: string | undefined, now: Date = new Date()): number | null {
  const at = new Date(text ?? '').getTime();
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / 86400e3));
}

// How long ago, for a feed: precise for today, a date after that.
export function ago(text: string | undefined, now: Date = new Date()): string {
  const seconds = Math.round((now.getTime() - new Date(text ?? '').getTime()) / 1000);
  if (Number.isNaN(seconds)) return ABSENT;
  if (seconds < 60) return 'à l’instant';
  if (seconds < 3600) return `il y a ${Math.floor(seconds / 60)}${NBSP}min`;
  if (seconds < 86400) return `il y a ${Math.floor(seconds / 3600)}${NBSP}h`;
  return instant(text);
}

export function siret(text: string | undefined, absent: string = ABSENT): string {
  if (!text) return absent;
  return /^\d{14}$/.test(text) ? text.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/, `$1${NBSP}$2${NBSP}$3${NBSP}$4`) : text;
}

// What a person types (« 151,67 », « 1 607 h », « 151h40 ») as the text form of Hours; null where it is not a number of
// hours. Minutes are rounded to the hundredth.
export function parseHours(typed: string): string | null {
  const text = typed.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  const clock = /^(\d{1,6})h([0-5]\d)$/i.exec(text);
  if (clock) return (Number(clock[1]) + Math.round((Number(clock[2]) * 100) / 60) / 100).toFixed(2);
  const plain = text.replace(/h$/i, '');
  return /^\d{1,6}(\.\d{1,2})?$/.test(plain) ? plain : null;
}

export function plural(n: number, one: string, many: string = one + 's'): string {
  return `${count(n)}${NBSP}${n < 2 ? one : many}`;
}

// Texts of the daemons and their rules are written with the apostrophe of keyboards.
export const typographic = (text: string | undefined): string => (text ?? '').replaceAll("'", '’');
