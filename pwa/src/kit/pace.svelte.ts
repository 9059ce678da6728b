/** A task of its own for what follows, so that a slow phone can paint and answer a finger in between. */
export const breath = (): Promise<void> => new Promise((done) => setTimeout(done));

/** Once the page has all it asked for and the phone has nothing better to do. */
export async function leisure(): Promise<void> {
  if (document.readyState !== 'complete') await new Promise((done) => addEventListener('load', done, { once: true }));
  await new Promise<void>((done) => {
    // Safari has no such call.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => done(), { timeout: 2000 });
    else setTimeout(done, 200);
  });
}

/**
 * A list lot by lot, each in a task of its own: the first screen is there at once, and a moment later everything is.
 * One that was emptied begins anew.
 */
export function piecemeal<T>(all: () => T[] | undefined, lot: number) {
  let shown = $state(lot);
  const items = $derived(all()?.slice(0, shown));

  $effect(() => {
    const length = all()?.length ?? 0;
    if (!length) shown = lot;
    if (length <= shown) return;
    const timer = setTimeout(() => (shown += lot));
    return () => clearTimeout(timer);
  });

  return {
    get items() {
      return items;
    },
  };
}
