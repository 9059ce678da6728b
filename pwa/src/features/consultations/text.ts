import { dictionary } from '$/i18n/dictionary.svelte';
import { consultations } from '$/i18n/sq/consultations';

/** The words of consultations. */
export const { t: c } = dictionary(consultations, async () => (await import('$/i18n/en/consultations')).consultations);
