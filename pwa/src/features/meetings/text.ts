import type { MeetingKind } from '$/api/types';
import { dictionary } from '$/i18n/dictionary.svelte';
import { meetings } from '$/i18n/sq/meetings';

/** The words of meetings. */
export const { t: m } = dictionary(meetings, async () => (await import('$/i18n/en/meetings')).meetings);

/** What kind of meeting it is: one that answers for a year says so. */
export const kindOf = ({ kind, answers_for: year }: { kind: MeetingKind; answers_for?: number | null }): string =>
  year ? m('kind.answering', { year: String(year) }) : m(`kind.${kind}`);
