import type { AllowedMove } from '$/api/types';

/** Moves that make sense for many at once; the server still refuses each that is not allowed. */
export const BULK: AllowedMove[] = [
  { to: 'in_review', needs: ['reason'] },
  { to: 'published', needs: ['reason'] },
  { to: 'returned', needs: ['reason'] },
  { to: 'declined', needs: ['reason', 'legal_ground'] },
  { to: 'not_ours', needs: ['whose', 'reason'] },
];
