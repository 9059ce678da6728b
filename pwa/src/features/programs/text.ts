import { dictionary } from '$/i18n/dictionary.svelte';
import { programs } from '$/i18n/sq/programs';

/** The words of the programme of work. */
export const { t: g } = dictionary(programs, async () => (await import('$/i18n/en/programs')).programs);
