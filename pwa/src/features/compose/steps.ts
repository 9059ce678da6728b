import type { Account } from '$/api/types';
import { f } from '$/i18n/fields';
import type { Draft } from '$/offline/db';

export const STEPS = ['topic', 'where', 'what', 'how', 'similar', 'check'] as const;
export type Step = (typeof STEPS)[number];

/** In the address, so that the phone's own back key goes one step back. */
export const SLUGS: Record<Step, string> = {
  topic: 'tema',
  where: 'ku',
  what: 'cfare',
  how: 'si',
  similar: 'te-ngjashme',
  check: 'kontroll',
};

export const LIMITS = { title: { min: 5, max: 120 }, text: { min: 10, max: 4000 } } as const;

/** What is missing for the name somebody wants to appear under. */
export function nameFault(draft: Draft, account: Account | null): 'sign_in' | 'no_name' | 'too_short' | undefined {
  if (!draft.identity || draft.identity === 'anonymous') return undefined;
  if (!account) return 'sign_in';
  if (draft.identity === 'named') return account.display_name ? undefined : 'no_name';
  return draft.display_name.trim().length < 2 ? 'too_short' : undefined;
}

/** The furthest step the draft allows, so that an address cannot jump over an unanswered question. */
export function allowed(draft: Draft, wanted: Step, account: Account | null): Step {
  const complete: Record<Step, boolean> = {
    topic: !!draft.topic,
    where: draft.unit !== undefined,
    what: !faults(draft).title && !faults(draft).text,
    how: !!draft.identity && !nameFault(draft, account),
    similar: true,
    check: true,
  };
  for (const step of STEPS) {
    if (step === wanted || !complete[step]) return step;
  }
  return wanted;
}

/** Where an unfinished draft is taken up again. */
export const furthest = (draft: Draft, account: Account | null): Step => allowed(draft, 'check', account);

export function faults(draft: Draft): { title?: string; text?: string } {
  const fault = (text: string, { min, max }: { min: number; max: number }) => {
    const length = [...text.trim()].length;
    if (length < min) return f('field.too_short', { n: min });
    return length > max ? f('field.too_long', { n: max }) : undefined;
  };
  return { title: fault(draft.title, LIMITS.title), text: fault(draft.text, LIMITS.text) };
}
