import '$/i18n/faults';
import { dictionary } from '$/i18n/dictionary.svelte';
import { desk } from '$/i18n/sq/desk';

/** The desk's own words; residents never load them. */
export const { t: d } = dictionary(desk, async () => (await import('$/i18n/en/desk')).desk);
