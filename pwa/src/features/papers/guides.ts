import type { RULES } from './handbook';

/** A part of the handbook that is shown where it is needed first. */
export type Guide = (typeof RULES)[number]['name'];

const KEY = 'guides';
const list = (kept: string | null): string[] => kept?.split(' ').filter(Boolean) ?? [];

/** Whether whoever is signed in here has said that they read it. */
export const isRead = (guide: Guide): boolean => list(localStorage.getItem(KEY)).includes(guide);

export function markRead(guide: Guide): void {
  localStorage.setItem(KEY, [...new Set([...list(localStorage.getItem(KEY)), guide])].join(' '));
}

/** The next one to sign in here has read nothing yet. */
export const forgetGuides = (): void => localStorage.removeItem(KEY);
