import type { Failure } from '$/api/client';
import sq from './sq/core';
import { t, type CoreKey } from './index';

const has = (key: string): key is CoreKey => key in sq;

/** What went wrong, in a person's language; an unknown code of a newer server still gets a sentence. */
export function explain(failure: Pick<Failure, 'code'>): string {
  const key = `error.${failure.code}`;
  return has(key) ? (t as (key: CoreKey) => string)(key) : t('error.unknown');
}
