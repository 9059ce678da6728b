import type { OwnSeat, Paper, SeatPapers, SeatState } from '$/api/types';

export type Step = { paper: Paper; version: number; read_on: string | null };

/** What is to be read in a seat: what is unread first, each half in the order in which it is best read. */
export function stepsOf({ handover, role, regulation }: SeatPapers): Step[] {
  const steps: Step[] = [{ paper: 'handover', version: 0, read_on: handover.acknowledged_on }];
  if (role) steps.push({ paper: 'role', version: role.version, read_on: role.acknowledged_on });
  if (regulation) steps.push({ paper: 'regulation', version: regulation.version, read_on: regulation.acknowledged_on });
  return [...steps.filter(({ read_on }) => !read_on), ...steps.filter(({ read_on }) => read_on)];
}

/** What whoever holds a seat has not read, as the secretary sees it; an empty seat reads nothing. */
export function unreadOf(state: SeatState, regulated: boolean): Paper[] {
  if (!state.since) return [];
  const unread: Paper[] = [];
  if (!state.handover_read_on) unread.push('handover');
  if (state.role_text && !state.role_read_on) unread.push('role');
  if (regulated && !state.regulation_read_on) unread.push('regulation');
  return unread;
}

/** Seats in which something waits to be read. An account kept on the device by an older app does not say. */
export const waitingIn = (seats: OwnSeat[]): OwnSeat[] => seats.filter(({ unread }) => (unread as Paper[] | undefined)?.length);
