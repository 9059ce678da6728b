import { dictionary } from '$/i18n/dictionary.svelte';
import { compose as en } from '$/i18n/en/compose';
import { compose as sq } from '$/i18n/sq/compose';

/** The composer's own words, in its own chunk. */
export const { t: c } = dictionary(sq, en);
