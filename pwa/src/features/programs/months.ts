import type { ProgramItem } from '$/api/types';

/** The items of a month of the year that is shown. */
export type Month = { month: number; items: ProgramItem[] };

/** By months, in their order; what began in an earlier year stands in the first. */
export function months(items: ProgramItem[], year: number): Month[] {
  const found: Month[] = [];
  for (const item of items) {
    const month = Number(item.on.slice(0, 4)) < year ? 1 : Number(item.on.slice(5, 7));
    if (found.at(-1)?.month !== month) found.push({ month, items: [] });
    found.at(-1)?.items.push(item);
  }
  return found;
}

/** What is to come or lasts, what should have been done and was not, and what was done. */
export function apart(items: ProgramItem[], today: string): Record<'coming' | 'missed' | 'done', ProgramItem[]> {
  const missed = items.filter(({ done }) => done === false);
  const coming = items.filter(({ on, until, done }) => done === null || (done && (until ?? on) >= today));
  return { coming, missed, done: items.filter((item) => !missed.includes(item) && !coming.includes(item)) };
}

/** The page of what an item is about. */
export function pageOf({ kind, about, done }: ProgramItem): string | undefined {
  if (!about) return undefined;
  if (kind === 'meeting') return `/takime/${about}`;
  if (kind === 'measure_due' || kind === 'measure_report') return `/masat/${about}`;
  if (kind === 'bulletin') return done ? `/buletini/${about}` : undefined;
  return `/konsultime/${about}`;
}
