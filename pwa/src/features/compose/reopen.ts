import type { Submission } from '$/api/types';
import { db, type Draft } from '$/offline/db';
import { clearDraft } from './draft.svelte';
import { forgetOutcome } from './submit';

function blob(base64: string): Blob {
  return new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: 'image/jpeg' });
}

/** Takes a concern that has not left yet back into the composer; it gets a new code when it is sent. */
export async function reopen(body: Submission, path: string): Promise<void> {
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
  };
  await clearDraft();
  await forgetOutcome();
  await (await db()).put('drafts', draft);
}
