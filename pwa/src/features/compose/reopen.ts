import type { Submission } from '$/api/types';
import { db, type Draft, type Waiting } from '$/offline/db';
import { clearDraft, composer, isBegun } from './draft.svelte';
import { forgetOutcome } from './submit';

function blob(base64: string): Blob {
  return new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: 'image/jpeg' });
}

/** Whether another concern is half written; taking one back from the queue would erase it. */
export async function somethingIsBegun(): Promise<boolean> {
  const draft = composer.draft ?? (await (await db()).get('drafts', 'composer'));
  return !!draft && isBegun(draft);
}

/**
 * Takes a concern back from the queue into the composer. It keeps its code, which the person may have written
 * down; and where nobody knows whether it arrived also its key, so that the server can tell.
 */
export async function reopen({ id, state, path, ...item }: Waiting): Promise<void> {
  const body = item.body as Submission;
  const draft: Draft = {
    id: 'composer',
    municipality: path.split('/')[2] ?? '',
    topic: body.topic,
    unit: body.unit,
    point: body.point,
    title: body.title,
    text: body.text,
    photos: body.photos.map(({ data, alt }) => ({ blob: blob(data), alt: alt ?? '' })),
    identity: body.identity,
    display_name: body.display_name ?? '',
    receipt: body.receipt ?? undefined,
    key: state === 'waiting' ? id : undefined,
  };
  await clearDraft();
  await forgetOutcome();
  await (await db()).put('drafts', draft);
}
