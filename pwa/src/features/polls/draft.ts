import { MARK } from '$/features/questions/typed.svelte';
import type { Answers } from './types';

/**
 * Answers that were not sent yet. They survive a page that is loaded anew, in this tab alone: a phone may go from hand
 * to hand, so they are erased when they are sent, when another slip begins and when the room has closed, and are only
 * brought back under the slip they belong to.
 */
export type PollDraft = { code: string; slip: string | null; answers: Answers };
const KEY = `${MARK}poll`;

export function readDraft(code: string): PollDraft | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as PollDraft | null;
    return kept?.code === code ? kept : undefined;
  } catch {
    return undefined;
  }
}

export const keepDraft = (draft: PollDraft): void => sessionStorage.setItem(KEY, JSON.stringify(draft));
export const forgetDraft = (): void => sessionStorage.removeItem(KEY);
