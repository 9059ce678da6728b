import { dictionary } from '$/i18n/dictionary.svelte';
import { safety } from '$/i18n/sq/safety';

/** The words of how a vote is protected. */
export const { t: s } = dictionary(safety, async () => (await import('$/i18n/en/safety')).safety);
