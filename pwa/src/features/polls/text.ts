import '$/i18n/faults';
import { language } from '$/i18n';
import { dictionary } from '$/i18n/dictionary.svelte';
import { polls } from '$/i18n/sq/polls';
import type { Question, RoomPage, Text } from './types';

/** The words of polls, in a chunk of their own. */
export const { t: s } = dictionary(polls, async () => (await import('$/i18n/en/polls')).polls);

/** What a paper says, in the language of the screen where it has that. */
export const said = (text: Text): string => (language.current === 'en' && text.en) || text.sq;
/** The language `said` answers in, where it is not that of the screen. */
export const spoken = (text: Text): 'sq' | undefined => (language.current === 'en' && !text.en ? 'sq' : undefined);

/** "Gjimnazi i parë, 10-A"; a link is of no class. */
export const placeOf = ({ school, class: name }: Pick<RoomPage, 'school' | 'class'>): string => [school, name].filter(Boolean).join(', ');

/** What the ends of a mean stand for, where they are no plain numbers: "1 = Keq, 3 = Mirë". */
export function endsOf({ kind, scale }: Pick<Question, 'kind' | 'scale'>): string | undefined {
  if (kind === 'sentiment') return `1 = ${s('mood.1')}, 3 = ${s('mood.3')}`;
  if (kind === 'ranking') return s('rank.lead');
  const last = scale === 'importance' ? 3 : 5;
  return kind === 'matrix' ? `1 = ${stepName(scale, 1)}, ${last} = ${stepName(scale, last)}` : undefined;
}

/** What a step of a scale is called. */
export function stepName(scale: Question['scale'], step: number): string {
  if (scale === 'importance') return s(`importance.${step as 1 | 2 | 3}`);
  const five = step as 1 | 2 | 3 | 4 | 5;
  return scale === 'suitability' ? s(`suitability.${five}`) : s(`agreement.${five}`);
}
