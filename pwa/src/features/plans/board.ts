import type { Institution, MeasureRow } from '$/api/types';
import { INSTITUTIONS } from '$/features/councils/institutions';

/** How measures stand: each is done, on time or late; of any of them a report may be missing besides. */
export type Standing = { all: number; done: number; on_time: number; late: number; report_late: number };

export function standing(measures: MeasureRow[]): Standing {
  const all = measures.length;
  const done = measures.filter(({ state }) => state === 'done' || state === 'partly_done').length;
  const late = measures.filter(({ state, days_late }) => state === 'not_done' || days_late !== null).length;
  return { all, done, on_time: all - done - late, late, report_late: measures.filter((one) => one.report_late).length };
}

/** Who leads something, in the order in which institutions are named everywhere, and how it stands. */
export const byInstitution = (measures: MeasureRow[]): (Standing & { lead: Institution })[] =>
  INSTITUTIONS.map((lead) => ({ lead, ...standing(measures.filter((one) => one.lead === lead)) })).filter(({ all }) => all);
