import { dictionary, language, wordsReady, type Language, type PlainKey } from './dictionary.svelte';
import sq from './sq/core';
import type { Words } from '$/api/types';

export { language, number, wordsReady } from './dictionary.svelte';
export type { Language } from './dictionary.svelte';

export const { t } = dictionary(sq, async () => (await import('./en/core')).default);
export type CoreKey = keyof typeof sq;
export type PlainCoreKey = PlainKey<typeof sq>;

/** The words of a server record in the language of the screen. */
export const say = (words: Words): string => words[language.current] || words.sq;

export async function setLanguage(next: Language): Promise<void> {
  await wordsReady(next);
  language.current = next;
  document.documentElement.lang = next;
}
