import { t } from './index';

/** What newer browsers have; this TypeScript does not know it yet. */
type Zoned = { toPlainDate(): { toString(): string } };
declare const Temporal: { Instant: { fromEpochMilliseconds(at: number): { toZonedDateTimeISO(zone: string): Zoned } } } | undefined;

const ZONE = 'Europe/Tirane';
let formatter: Intl.DateTimeFormat | undefined;

/**
 * Today in Albania, as YYYY-MM-DD. The first Intl object of a page makes the browser read its book of languages, which
 * holds a cheap phone up for a tenth of a second: so by Temporal where there is one, and never before a day is asked for.
 */
export function today(now = Date.now()): string {
  if (typeof Temporal === 'object') return `${Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(ZONE).toPlainDate()}`;
  formatter ??= new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });
  return formatter.format(now);
}

/** dd.MM.yyyy of a day (YYYY-MM-DD). */
export function day(iso: string): string {
  const [year, month, date] = iso.split('-');
  return `${date}.${month}.${year}`;
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000);
}

/**
 * "dje", "5 ditë më parë", and from a month on the date itself. In sentences of our own:
 * Chromium is built without Albanian, so Intl.RelativeTimeFormat would answer in English there.
 */
export function ago(value: string, now = Date.now()): string {
  const days = daysBetween(value, today(now));
  if (days < 0 || days > 30) return day(value);
  if (days === 0) return t('time.today');
  if (days === 1) return t('time.yesterday');
  return t('time.days_ago', { n: days });
}
