import type { Became, SummedUp } from '$/api/types';

/** What became of a concern, in the order in which it is told: first what is voted on, last what is still open. */
export const BECAME: Became[] = [
  'accepted',
  'left_out',
  'merged',
  'declined',
  'not_ours',
  'planned',
  'in_progress',
  'done',
  'partly_done',
  'undecided',
];

/** The concerns by what became of them; what no concern became is missing. */
export function grouped(concerns: SummedUp[]): Partial<Record<Became, SummedUp[]>> {
  const groups: Partial<Record<Became, SummedUp[]>> = {};
  for (const concern of concerns) (groups[concern.became] ??= []).push(concern);
  return groups;
}
