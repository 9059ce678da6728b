import type { ReportRecord, Totals } from '$/api/types';

/** A line of a chart: what is counted, and how many. */
export type Bar = { key: keyof Totals | 'measures_open'; value: number };

const bars = (totals: Totals, keys: (keyof Totals)[]): Bar[] => keys.map((key) => ({ key, value: totals[key] ?? 0 }));

export const answers = (totals: Totals): Bar[] => bars(totals, ['answered_in_time', 'answered_late', 'unanswered']);
export const sittings = (totals: Totals): Bar[] => bars(totals, ['sittings', 'sittings_due']);

/** Measures by where they stand; together they are all. */
export function measures(totals: Totals): Bar[] {
  const { measures, measures_done, measures_partly, measures_late, measures_not_done } = totals;
  const open = measures - measures_done - measures_partly - measures_late - measures_not_done;
  return [
    ...bars(totals, ['measures_done', 'measures_partly']),
    { key: 'measures_open', value: open },
    ...bars(totals, ['measures_late', 'measures_not_done']),
  ];
}

/** The width of a bar beside the longest, in percent. */
export const width = (value: number, among: Bar[]): number => (100 * value) / Math.max(1, ...among.map((bar) => bar.value));

/** How much of its way an indicator has gone, 0 to 1, whether it has to rise or to fall. */
export function reached({ baseline, target, value }: { baseline: number; target: number; value: number | null }): number {
  if (value === null || target === baseline) return 0;
  return Math.min(1, Math.max(0, (value - baseline) / (target - baseline)));
}

/** Topics from the one most spoken of. */
export const topics = (record: ReportRecord) =>
  record.topics
    .map(({ topic, months }) => ({ topic, months, all: months.reduce((sum, count) => sum + count, 0) }))
    .sort((one, other) => other.all - one.all);
