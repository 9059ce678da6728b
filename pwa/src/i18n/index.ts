import { dictionary, language, type Language, type PlainKey } from './dictionary.svelte';
import sq from './sq/core';
import type { Words } from '$/api/types';

export { language, number } from './dictionary.svelte';
export type { Language } from './dictionary.svelte';

const core = dictionary(sq);
export const t = core.t;
export type CoreKey = keyof typeof sq;
export type PlainCoreKey = PlainKey<typeof sq>;

/** The words of a server record in the language of the screen. */
export const say = (words: Words): string => words[language.current] || words.sq;

export async function setLanguage(next: Language): Promise<void> {
  if (next === 'en' && !core.ready()) core.use((await import('./en/core')).default);
  language.current = next;
  document.documentElement.lang = next;
}
