import { dictionary } from '$/i18n/dictionary.svelte';
import { places } from '$/i18n/sq/places';

/** Words of choosing where one lives, in a chunk of their own. */
export const { t: w } = dictionary(places, async () => (await import('$/i18n/en/places')).places);
