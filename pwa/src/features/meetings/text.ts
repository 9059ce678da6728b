import { dictionary } from '$/i18n/dictionary.svelte';
import { meetings } from '$/i18n/sq/meetings';

/** The words of meetings. */
export const { t: m } = dictionary(meetings, async () => (await import('$/i18n/en/meetings')).meetings);
