import { db, type Draft } from '$/offline/db';

const empty = (municipality: string): Draft => ({
  id: 'composer',
  municipality,
  title: '',
  text: '',
  photos: [],
  display_name: '',
});

let draft = $state.raw<Draft>();
let timer: ReturnType<typeof setTimeout> | undefined;

export const composer = {
  get draft() {
    return draft;
  },
};

export const isBegun = (value: Draft): boolean =>
  !!(value.topic || value.title.trim() || value.text.trim() || value.photos.length);

/** Keeps the draft as it is now. */
export async function keepNow(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const kept = await db();
  // It may have been erased while the store was opened, and must not come back.
  if (draft) await kept.put('drafts', draft);
}

/** Brings back what was being written, in whatever municipality that was. */
export async function openDraft(municipality: string): Promise<{ begun: boolean }> {
  if (draft && isBegun(draft)) return { begun: true };
  const kept = await (await db()).get('drafts', 'composer');
  draft = kept && isBegun(kept) ? kept : empty(municipality);
  return { begun: draft === kept };
}

/** Kept as typed: at the latest a third of a second later, and at once with the next step or when the page is hidden. */
export function change(part: Partial<Omit<Draft, 'id'>>): void {
  if (!draft) return;
  draft = { ...draft, ...part };
  timer ??= setTimeout(() => void keepNow(), 300);
}

/** Puts a draft back that was cleared a moment ago. */
export async function restoreDraft(old: Draft): Promise<void> {
  draft = old;
  await keepNow();
}

export async function clearDraft(municipality?: string): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  draft = municipality ? empty(municipality) : undefined;
  await (await db()).delete('drafts', 'composer');
}

addEventListener('pagehide', () => void keepNow());
document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && timer && void keepNow());
