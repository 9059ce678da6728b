/** The longest until a page asks again: not everybody who looks asks in the same moment. */
const APART = 3_000;

/**
 * Asks again when something public of a municipality changed, for as long as somebody looks at the page, and when
 * they come back to it. Where no line can be kept open the page stays as it is.
 */
export function live(place: () => string | undefined, again: () => void) {
  const slug = $derived(place());

  $effect(() => {
    if (!slug || !('EventSource' in window)) return;
    let line: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listen = () => {
      line = new EventSource(`/api/v1/municipalities/${slug}/changes`);
      line.addEventListener('changed', () => {
        clearTimeout(timer);
        timer = setTimeout(again, Math.random() * APART);
      });
    };
    const stop = () => {
      line?.close();
      line = undefined;
      clearTimeout(timer);
    };
    const look = () => {
      if (document.hidden) return stop();
      if (line) return;
      listen();
      again();
    };
    if (!document.hidden) listen();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      stop();
    };
  });
}
