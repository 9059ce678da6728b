import '$/i18n/faults';
import type { Failure } from '$/api/client';
import { s as word, said, stepName } from '$/features/polls/text';
import { STEPS } from '$/features/polls/answers';
import type { PollRoom, Scale, Text } from '$/features/polls/types';
import { dictionary } from '$/i18n/dictionary.svelte';
import { explainField } from '$/i18n/fields';
import { polldesk } from '$/i18n/sq/polldesk';
import type { Choice } from './order';

/** The words of those who make polls. */
export const { t: s } = dictionary(polldesk, async () => (await import('$/i18n/en/polldesk')).polldesk);

/** A choice that a condition can name. */
export const choice = ({ id, text }: Choice): string => (text ? said(text) : word(`mood.${id as '1' | '2' | '3'}`));

/** What can be answered on a scale: "1 aspak dakord · 2 ...". */
export const scaleSteps = (scale: Scale): string => Array.from({ length: STEPS[scale] }, (_, index) => `${index + 1} ${stepName(scale, index + 1)}`).join(' · ');

/** What a room is called: a class of its school, or a link. */
export const roomName = ({ class: name, way }: Pick<PollRoom, 'class' | 'way'>): string => (name ? s('room.class', { name }) : s(`way.${way}`));

/** The sentence for Albanian words of a paper, whether the server names them or their two languages together. */
export const faultOf = (failure: Failure | undefined, pointer: string): string | undefined =>
  explainField(failure, pointer) ?? explainField(failure, `${pointer}/sq`);

export const sayTitle = (title: Text): string => said(title) || s('untitled');
