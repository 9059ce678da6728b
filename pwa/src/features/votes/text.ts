import { dictionary } from '$/i18n/dictionary.svelte';
import { votes } from '$/i18n/sq/votes';

/** The words of voting, in a chunk of their own. */
export const { t: v } = dictionary(votes, async () => (await import('$/i18n/en/votes')).votes);
