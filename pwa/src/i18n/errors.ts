import type { Failure } from '$/api/client';
import type { Messages } from './dictionary.svelte';
import sq from './sq/core';
import { t } from './index';

type Say = (key: string, values: { n: number }) => string;

/** Where sentences are looked for: those every page may need, and those that came with a room. */
const shelves: { words: Messages; say: Say }[] = [{ words: sq, say: t as Say }];
export const alsoExplainedBy = (words: Messages, say: Say): void => void shelves.push({ words, say });

export const sentence = (key: string, n = 1): string | undefined => shelves.find(({ words }) => key in words)?.say(key, { n });

/** What went wrong, in a person's language; an unknown code of a newer server still gets a sentence. */
export const explain = ({ code }: Pick<Failure, 'code'>): string => sentence(`error.${code}`) ?? t('error.unknown');
