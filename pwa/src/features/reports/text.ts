import { dictionary } from '$/i18n/dictionary.svelte';
import { reports } from '$/i18n/sq/reports';

/** The words of the yearly report. */
export const { t: y } = dictionary(reports, async () => (await import('$/i18n/en/reports')).reports);
