import type { Waiting } from '$/offline/db';

/** A message on its way from the queue back to its thread's field. In memory only, for it may carry a code. */
let handed: Waiting | undefined;

type Message = { text: string; receipt?: string };
export const messageOf = (item: Waiting): Message => item.body as Message;

export const hand = (item: Waiting): void => void (handed = item);
export const threadOf = (item: Waiting): string =>
  item.kind === 'question' ? item.path.replace(/^\/consultations\/([^/]+)\/.*$/, '/konsultime/$1').replace(/^\/meetings\/([^/]+)\/.*$/, '/takime/$1') : messageOf(item).receipt ? '/kodi' : `/une/shqetesimet/${item.concern ?? ''}`;
/** The code of the thread that is to be opened, if it has one. */
export const handedReceipt = (): string | undefined => handed?.kind === 'message' ? messageOf(handed).receipt : undefined;

/** Whether words of this kind are on their way to where they belong. */
export const isHanded = (concern: string, kind: Waiting['kind'] = 'message'): boolean =>
  handed?.concern === concern && handed.kind === kind;

/** The message or question, for the place it belongs to; it is handed over once. */
export function takeHanded(concern: string, kind?: Waiting['kind']): Waiting | undefined {
  const found = isHanded(concern, kind) ? handed : undefined;
  if (found) handed = undefined;
  return found;
}
