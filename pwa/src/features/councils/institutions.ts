import type { Institution } from '$/api/types';

/** The institutions that may sit in a council, the three first, then in the order in which they are named everywhere. */
export const INSTITUTIONS: Institution[] = [
  'municipality',
  'police',
  'prosecution',
  'school',
  'civil_society',
  'religious',
  'business',
  'media',
  'village_head',
  'youth_council',
  'health',
];
