import { dictionary } from '$/i18n/dictionary.svelte';
import { eligibility } from '$/i18n/sq/eligibility';

/** The words of the roll. */
export const { t: e } = dictionary(eligibility, async () => (await import('$/i18n/en/eligibility')).eligibility);
