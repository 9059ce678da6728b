import type { Submission } from '$/api/types';
import { db, type Draft, type Waiting } from '$/offline/db';
import { makeReceipt } from '$/offline/receipt';
import { perform } from '$/offline/waiting.svelte';
import { clearDraft } from './draft.svelte';
import { base64 } from './photo';

/** What the last screen shows; kept until the person says the code is safe, whatever happens to the page. */
export type Outcome = { item: string; receipt: string | null; title: string; due_on?: string };
const KEY = 'outcome';

export const keepOutcome = async (outcome: Outcome): Promise<void> => void (await (await db()).put('kept', outcome, KEY));
export const keptOutcome = async (): Promise<Outcome | undefined> =>
  (await (await db()).get('kept', KEY)) as Outcome | undefined;
export const forgetOutcome = async (): Promise<void> => (await db()).delete('kept', KEY);

const ARRIVED = ['receipt_taken', 'idempotency_key_reused'];
/** Refused only because an earlier sending of it, whose answer got lost, had arrived. */
export const hadArrived = ({ kind, failure }: Waiting): boolean =>
  kind === 'submit' && ARRIVED.includes(failure?.code ?? '');

export async function submit(draft: Draft): Promise<Outcome> {
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
  const outcome: Outcome = { item: id, receipt, title: body.title };
  // The code is kept before anything is sent: a crash in between must not lose it.
  await keepOutcome(outcome);
  await perform({
    id,
    kind: 'submit',
    method: 'POST',
    path: `/municipalities/${draft.municipality}/concerns`,
    body,
    anonymous,
    device: false,
    label: body.title,
  });
  await clearDraft(draft.municipality);
  return outcome;
}
