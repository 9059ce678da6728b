import type { Submission } from '$/api/types';
import { db, type Draft, type Waiting } from '$/offline/db';
import { makeReceipt } from '$/offline/receipt';
import { perform } from '$/offline/waiting.svelte';
import { clearDraft } from './draft.svelte';
import { base64 } from './photo';

/** What the last screen shows; kept until the person says the code is safe, whatever happens to the page. */
export type Outcome = {
  item: string;
  receipt: string | null;
  title: string;
  due_on?: string;
  /** Its topic may put somebody at risk: the way out stays at hand. */
  exit?: boolean;
};
const KEY = 'outcome';

export const keptOutcome = async (): Promise<Outcome | undefined> =>
  (await (await db()).get('kept', KEY)) as Outcome | undefined;
export const forgetOutcome = async (): Promise<void> => (await db()).delete('kept', KEY);

/** Notes when an answer is due; what was forgotten meanwhile does not come back. */
export async function keepDue(due_on: string | undefined): Promise<void> {
  const tx = (await db()).transaction('kept', 'readwrite');
  const kept = (await tx.store.get(KEY)) as Outcome | undefined;
  if (kept) void tx.store.put({ ...kept, due_on }, KEY);
  await tx.done;
}

const ARRIVED = ['receipt_taken', 'idempotency_key_reused'];
/** Refused only because an earlier sending of it, whose answer got lost, had arrived. */
export const hadArrived = ({ kind, failure }: Waiting): boolean =>
  kind === 'submit' && ARRIVED.includes(failure?.code ?? '');

export async function submit(draft: Draft, exit: boolean): Promise<Outcome> {
  const identity = draft.identity ?? 'anonymous';
  const anonymous = identity === 'anonymous';
  const receipt = anonymous ? (draft.receipt ?? makeReceipt()) : null;
  const body: Submission = {
    topic: draft.topic ?? '',
    unit: draft.unit ?? null,
    point: draft.point ?? null,
    title: draft.title.trim().normalize('NFC'),
    text: draft.text.trim().normalize('NFC'),
    identity,
    photos: await Promise.all(
      draft.photos.map(async ({ blob, alt }) => ({ data: await base64(blob), ...(alt.trim() && { alt: alt.trim() }) })),
    ),
  };
  if (receipt) body.receipt = receipt;
  if (identity === 'display') body.display_name = draft.display_name.trim();
  const id = draft.key ?? crypto.randomUUID();
  const outcome: Outcome = { item: id, receipt, title: body.title, exit };
  // The code is kept before anything is sent: a crash in between must not lose it.
  await (await db()).put('kept', outcome, KEY);
  await perform({
    id,
    kind: 'submit',
    method: 'POST',
    path: `/municipalities/${draft.municipality}/concerns`,
    body,
    anonymous,
    device: false,
    label: body.title,
  }).catch(async (cause: unknown) => {
    // What does not even wait must not look as if it had been sent.
    await forgetOutcome();
    throw cause;
  });
  await clearDraft(draft.municipality);
  return outcome;
}
