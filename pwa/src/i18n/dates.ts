import { t } from './index';

const ZONE = 'Europe/Tirane';
const isoDay = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });
const clock = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** Today in Albania, as YYYY-MM-DD. */
export const today = (now = new Date()): string => isoDay.format(now);

/** dd.MM.yyyy of a day (YYYY-MM-DD) or of an instant. */
export function day(value: string | Date): string {
  const iso = typeof value === 'string' && value.length === 10 ? value : isoDay.format(new Date(value));
  const [year, month, date] = iso.split('-');
  return `${date}.${month}.${year}`;
}

/** "ora 18:05"; CLDR prefers twelve hours for Albania, the country does not. */
export const time = (value: string | Date): string => t('time.at', { time: clock.format(new Date(value)) });

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000);
}

/**
 * "dje", "5 ditë më parë", and from a month on the date itself. In sentences of our own:
 * Chromium is built without Albanian, so Intl.RelativeTimeFormat would answer in English there.
 */
export function ago(value: string, now = new Date()): string {
  const days = daysBetween(value, today(now));
  if (days < 0 || days > 30) return day(value);
  if (days === 0) return t('time.today');
  if (days === 1) return t('time.yesterday');
  return t('time.days_ago', { n: days });
}
