/** Two sentences, one for exactly 1 and one for every other number (CLDR has no further form in Albanian). */
export type Plural = { one: string; other: string };
export type Messages = Record<string, string | Plural>;
/** The same keys in the same forms; placeholders are compared by the parity test. */
export type Translation<S extends Messages> = { [K in keyof S]: S[K] extends string ? string : Plural };

type Names<T> = T extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never;
type Text<M> = M extends { other: infer O } ? O : M;
type Needed<M> = Names<Text<M>> | (M extends Plural ? 'n' : never);
type Values<M> = [Needed<M>] extends [never] ? [] : [Record<Needed<M>, string | number>];

export type Language = 'sq' | 'en';

export const language = $state<{ current: Language }>({ current: 'sq' });

/**
 * 1234 and 12 345 (no-break space) in Albanian, 1,234 and 12,345 in English. Written out because Chromium lacks the
 * Albanian data, and because an Intl object costs what `today` tells.
 */
export function number(value: number): string {
  const [gap, point, from] = language.current === 'en' ? ([',', '.', 1000] as const) : (['\u00a0', ',', 10_000] as const);
  const [whole = '', part] = String(value).split('.');
  const grouped = value < from ? whole : whole.replace(/\B(?=(\d{3})+$)/g, gap);
  return part ? grouped + point + part : grouped;
}

export function fill(message: string | Plural, values: Record<string, string | number> = {}): string {
  const text = typeof message === 'string' ? message : values['n'] === 1 ? message.one : message.other;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? number(value) : (value ?? whole);
  });
}

export type Translate<S extends Messages> = <K extends keyof S>(key: K, ...values: Values<S[K]>) => string;

const halves: (() => Promise<void>)[] = [];

/** Fetches the English half of every dictionary in use; one that cannot be had leaves its Albanian words standing. */
export async function wordsReady(wanted: Language = language.current): Promise<void> {
  if (wanted === 'en') await Promise.all(halves.map((fetchHalf) => fetchHalf().catch(() => undefined)));
}

/** A translate function over one pair of languages. The English half is fetched only for those who chose English. */
export function dictionary<const S extends Messages>(sq: S, english: () => Promise<Translation<S>>) {
  let half = $state.raw<Translation<S>>();
  const t: Translate<S> = (key, ...values) =>
    fill((language.current === 'en' ? half : undefined)?.[key] ?? sq[key] ?? String(key), values[0]);
  halves.push(async () => {
    half ??= await english();
  });
  return { t };
}

/** The keys that need no values, so that a key can be kept in a table. */
export type PlainKey<S extends Messages> = {
  [K in keyof S]: Values<S[K]> extends [] ? K : never;
}[keyof S];
