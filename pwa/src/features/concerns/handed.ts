import type { Waiting } from '$/offline/db';

/** A message on its way from the queue back to its thread's field. In memory only, for it may carry a code. */
let handed: Waiting | undefined;

type Message = { text: string; receipt?: string };
export const messageOf = (item: Waiting): Message => item.body as Message;

export const hand = (item: Waiting): void => void (handed = item);
export const threadOf = (item: Waiting): string =>
  messageOf(item).receipt ? '/kodi' : `/une/shqetesimet/${item.concern ?? ''}`;
/** The code of the thread that is to be opened, if it has one. */
export const handedReceipt = (): string | undefined => handed && messageOf(handed).receipt;

/** The message, for the thread it belongs to; it is handed over once. */
export function takeHanded(concern: string): Waiting | undefined {
  const found = handed?.concern === concern ? handed : undefined;
  if (found) handed = undefined;
  return found;
}
