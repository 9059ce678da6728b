import { dictionary } from '$/i18n/dictionary.svelte';
import { handbook } from '$/i18n/sq/handbook';

/** The words of the handbook; whoever does not open it never loads them. */
export const { t: h } = dictionary(handbook, async () => (await import('$/i18n/en/handbook')).handbook);

/** What holds for everybody in a council: how a meeting goes, what is said of whom, how a risk is scored. */
export const RULES = [
  { name: 'meeting', text: undefined, points: ['meeting.1', 'meeting.2', 'meeting.3', 'meeting.4', 'meeting.5', 'meeting.6'] },
  { name: 'said', text: undefined, points: ['said.1', 'said.2', 'said.3', 'said.4', 'said.5', 'said.6'] },
  { name: 'risk', text: 'risk.text', points: ['risk.1', 'risk.2', 'risk.3', 'risk.4', 'risk.5'] },
] as const;
