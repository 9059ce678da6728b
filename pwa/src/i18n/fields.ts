import type { Failure } from '$/api/client';
import { sentence } from './errors';
import { t } from './index';

export type Fault = NonNullable<Failure['fields']>[number];

/** Faults that a field has asked for and says; what no field says is left to the form (kit/Refusal). */
const shown = new WeakSet<Fault>();
export const unshown = (failure: Pick<Failure, 'fields'> | undefined): Fault[] => failure?.fields?.filter((fault) => !shown.has(fault)) ?? [];

/** The sentence for a fault; some name their limit. */
export const explainFault = ({ code, limit }: Pick<Fault, 'code' | 'limit'>): string => sentence(`field.${code}`, limit ?? 1) ?? t('field.invalid');

/** The sentence that a field shows (JSON pointer such as "/title"), if the server named it or, with `within`, a part of it. */
export function explainField(failure: Pick<Failure, 'fields'> | undefined, pointer: string, within = false): string | undefined {
  const found = failure?.fields?.find((fault) => fault.pointer === pointer || (within && fault.pointer.startsWith(`${pointer}/`)));
  if (!found) return undefined;
  shown.add(found);
  return explainFault(found);
}
