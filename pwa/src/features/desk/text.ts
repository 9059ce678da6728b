import { dictionary } from '$/i18n/dictionary.svelte';
import { desk as en } from '$/i18n/en/desk';
import { desk as sq } from '$/i18n/sq/desk';

/** The desk's own words; residents never load them. */
export const { t: d } = dictionary(sq, en);
