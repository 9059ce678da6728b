import { dictionary } from '$/i18n/dictionary.svelte';
import { compose } from '$/i18n/sq/compose';

/** The composer's own words, in its own chunk. */
export const { t: c } = dictionary(compose, async () => (await import('$/i18n/en/compose')).compose);
