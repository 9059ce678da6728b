import type { Failure } from '$/api/client';
import sq from './sq/core';
import { t, type CoreKey } from './index';

/** The faults whose sentence names their limit. */
const COUNTED = ['too_short', 'too_long', 'too_few', 'too_many', 'days_too_few', 'days_too_many'] as const;

const has = (key: string): key is CoreKey => key in sq;

/** What went wrong, in a person's language; an unknown code of a newer server still gets a sentence. */
export function explain(failure: Pick<Failure, 'code'>): string {
  const key = `error.${failure.code}`;
  return has(key) ? (t as (key: CoreKey) => string)(key) : t('error.unknown');
}

/** The sentence for one field (JSON pointer such as "/title"), if the server named it. */
export function explainField(failure: Pick<Failure, 'fields'> | undefined, pointer: string): string | undefined {
  const found = failure?.fields?.find((field) => field.pointer === pointer);
  if (!found) return undefined;
  const counted = COUNTED.find((code) => code === found.code);
  if (counted) return t(`field.${counted}`, { n: found.limit ?? 1 });
  const key = `field.${found.code}`;
  if (has(key)) return (t as (key: CoreKey) => string)(key);
  return t('field.invalid');
}
