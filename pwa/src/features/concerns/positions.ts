import type { Institution, TimelineEntry } from '$/api/types';

/** What an institution last answered. */
export const lastAnswer = (timeline: TimelineEntry[], institution: Institution): TimelineEntry | undefined =>
  timeline.findLast((entry) => entry.kind === 'answer' && entry.institution === institution);
