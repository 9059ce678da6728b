import { dictionary, number } from '$/i18n/dictionary.svelte';
import { plans } from '$/i18n/sq/plans';

/** The words of the plan. */
export const { t: p } = dictionary(plans, async () => (await import('$/i18n/en/plans')).plans);

/** An amount of money, its unit kept beside it. */
export const lek = (amount: number): string => `${number(amount)}\u00a0lekë`;

const PARTS = {
  indicators: 'desk.indicators',
  due_on: 'desk.due',
  overlap: 'desk.overlap',
  concerns: 'desk.concerns',
  supporters: 'supporters',
  values: 'indicators',
  photos: 'photo',
} as const;

/** What a part of a measure or its report is called on the screen, by the pointer of a fault. */
export function partOf(pointer: string): string | undefined {
  const [, part = ''] = pointer.split('/');
  return part in PARTS ? p(PARTS[part as keyof typeof PARTS]) : undefined;
}
