import type { Failure } from '$/api/client';
import { dictionary } from './dictionary.svelte';
import { fields as sq } from './sq/fields';

/** The words of fields. */
export const { t: f } = dictionary(sq, async () => (await import('./en/fields')).fields);

/** The faults whose sentence names their limit. */
const COUNTED = ['too_short', 'too_long', 'too_few', 'too_many', 'days_too_few', 'days_too_many'] as const;

const has = (key: string): key is keyof typeof sq => key in sq;

/** The sentence for one field (JSON pointer such as "/title"), if the server named it. */
export function explainField(failure: Pick<Failure, 'fields'> | undefined, pointer: string): string | undefined {
  const found = failure?.fields?.find((field) => field.pointer === pointer);
  if (!found) return undefined;
  const counted = COUNTED.find((code) => code === found.code);
  if (counted) return f(`field.${counted}`, { n: found.limit ?? 1 });
  const key = `field.${found.code}`;
  if (has(key)) return (f as (key: keyof typeof sq) => string)(key);
  return f('field.invalid');
}
