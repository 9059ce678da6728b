import { db } from '$/offline/db';
import { change, composer } from './draft.svelte';
import { MOST_PHOTOS, shrink } from './photo';

export const SHARED = 'shared';
/** What another app shared into ours; the service worker leaves it here. */
export type Shared = { title: string; text: string; photos: Blob[] };

/** True when something had been shared; it is in the draft now. */
export async function takeShared(): Promise<boolean> {
  const store = await db();
  const shared = (await store.get('kept', SHARED)) as Shared | undefined;
  const draft = composer.draft;
  if (!shared || !draft) return false;
  await store.delete('kept', SHARED);
  const photos = [...draft.photos];
  for (const blob of shared.photos.slice(0, MOST_PHOTOS - photos.length)) {
    const small = await shrink(blob).catch(() => undefined);
    if (small) photos.push({ blob: small, alt: '' });
  }
  change({
    title: draft.title || shared.title.slice(0, 120),
    text: [draft.text, shared.text].filter(Boolean).join('\n\n'),
    photos,
  });
  return true;
}
