import type { Account, OwnSeat } from '$/api/types';

/** The youth council makes polls, and the secretary, who keeps the desk. */
export const makesPolls = ({ institution, role }: Pick<OwnSeat, 'institution' | 'role'>): boolean =>
  role === 'secretary' || (institution === 'youth_council' && role !== 'administrator');

export const pollSeat = (account: Account | null | undefined): OwnSeat | undefined => account?.seats.find(makesPolls);
