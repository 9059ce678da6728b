import { dictionary } from '$/i18n/dictionary.svelte';
import { handbook } from '$/i18n/sq/handbook';

/** The words of the handbook; whoever does not open it never loads them. */
export const { t: h } = dictionary(handbook, async () => (await import('$/i18n/en/handbook')).handbook);
