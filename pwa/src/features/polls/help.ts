/** The line for children, which comes first for a pupil; and the one for immediate danger. */
export const CHILDREN = '116 111';
export const DANGER = '112';
