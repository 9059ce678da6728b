import type { Meeting } from '$/api/types';
import { day, daysBetween, today } from '$/i18n/dates';
import { m } from './text';

type Timed = Pick<Meeting, 'time'>;

/** Whether it ended; what the server tells is kept, so the device's clock says so. */
export const isOver = ({ time }: Timed, now = Date.now()): boolean => Date.parse(time.ends_at) <= now;
export const hasBegun = ({ time }: Timed, now = Date.now()): boolean => Date.parse(time.starts_at) <= now;

/** Those that are still to come, the next first, and those that are over, the last first. */
export function apart<T extends Timed>(items: T[], now = Date.now()): { coming: T[]; past: T[] } {
  const sorted = items.toSorted((one, other) => one.time.starts_at.localeCompare(other.time.starts_at));
  return { coming: sorted.filter((one) => !isOver(one, now)), past: sorted.filter((one) => isOver(one, now)).reverse() };
}

/** "Sot, ora 17:00–19:00", or with its day. */
export function when({ time: { on, from, until } }: Timed, now = Date.now()): string {
  return on === today(now) ? m('today', { from, until }) : m('when', { on: day(on), from, until });
}

/** In how many days it is, where that is soon: for a meeting that is to come. */
export function soon({ time }: Timed, now = Date.now()): number | undefined {
  const days = daysBetween(today(now), time.on);
  return days > 0 && days <= 30 ? days : undefined;
}
