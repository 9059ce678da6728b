import { countOf, getRoom } from './calls';
import type { Count } from './types';

/** How often a screen whose line broke asks instead (ms). */
const INSTEAD = 5000;

/** How many have answered, as it changes; asked for again and again where no line can be kept open. */
export function counting(code: () => string | undefined) {
  let count = $state.raw<Count>();
  let broken = $state(false);

  $effect(() => {
    const room = code();
    if (!room) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let line: EventSource | undefined;
    const ask = async () => {
      const answer = await getRoom(room);
      broken = !answer.ok || answer.saved;
      if (answer.ok && !answer.saved) count = answer.data;
      // A browser tries a line anew by itself, but not one that was refused.
      if (line?.readyState === EventSource.CLOSED) listen();
      timer = setTimeout(() => void ask(), INSTEAD);
    };
    const listen = () => {
      line?.close();
      line = new EventSource(countOf(room));
      line.addEventListener('count', ({ data }: MessageEvent<string>) => {
        clearTimeout(timer);
        timer = undefined;
        broken = false;
        count = JSON.parse(data) as Count;
      });
      line.addEventListener('error', () => (timer ??= setTimeout(() => void ask(), INSTEAD)));
    };
    if ('EventSource' in window) listen();
    else void ask();
    return () => {
      line?.close();
      clearTimeout(timer);
    };
  });

  return {
    get now() {
      return count;
    },
    get broken() {
      return broken;
    },
  };
}
