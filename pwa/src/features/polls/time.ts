import { today } from '$/i18n/dates';

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Tirane', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** The hour in Albania, "10:45". */
export const hour = (at: string): string => clock.format(Date.parse(at));
/** The day in Albania, as YYYY-MM-DD. */
export const dayOf = (at: string): string => today(Date.parse(at));

/** What is left until then, in whole minutes while there are some, and then in seconds. */
export function left(until: string, now: number): { minutes: number } | { seconds: number } | undefined {
  const seconds = Math.ceil((Date.parse(until) - now) / 1000);
  if (!(seconds > 0)) return undefined;
  return seconds > 60 ? { minutes: Math.ceil(seconds / 60) } : { seconds };
}
