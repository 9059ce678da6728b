import '$/i18n/faults';
import { dictionary } from '$/i18n/dictionary.svelte';
import { questions } from '$/i18n/sq/questions';

/** The words of questions and answers. */
export const { t: q } = dictionary(questions, async () => (await import('$/i18n/en/questions')).questions);
