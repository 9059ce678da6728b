import { tick } from 'svelte';
import { home } from '$/features/places/home.svelte';
import { ownPath } from './onward';
import { find, type Match } from './table';

type Kept = { scroll?: number };

/** A concern belongs to a municipality: who has not chosen one does that first, and then comes back. */
function here(): Match {
  if (location.pathname === '/paraqit' && !home.chosen) history.replaceState({}, '', '/vendi?pas=/paraqit');
  return find(location.pathname);
}

let current = $state.raw<Match>(here());
let search = $state(location.search);

export const router = {
  get match() {
    return current;
  },
  get query() {
    return new URLSearchParams(search);
  },
};

/** Where a page that was only on the way leads: what the address names in `pas`, else `otherwise`. */
export const onward = (otherwise: string): string => ownPath(router.query.get('pas'), location.origin, otherwise);

/** This address, as the way back from another page. */
export const backHere = (): string => encodeURIComponent(location.pathname + location.search);

function rememberScroll(): void {
  history.replaceState({ ...(history.state as Kept | null), scroll: scrollY } satisfies Kept, '');
}

async function arrive(scroll: number, focus: boolean): Promise<void> {
  const next = here();
  search = location.search;
  // Only the query changed: the page stays, with all it holds.
  if (next.path === current.path) return;
  current = next;
  await tick();
  await current.ready.catch(() => undefined);
  await tick();
  scrollTo(0, scroll);
  if (focus) focusTitle();
}

/** Those who listen hear where they are: the heading of the new page takes the focus. */
function focusTitle(): void {
  const title = document.querySelector<HTMLElement>('main h1') ?? document.getElementById('main');
  if (!title) return;
  if (!title.hasAttribute('tabindex')) title.tabIndex = -1;
  title.focus({ preventScroll: true });
}

export function go(address: string, how: { replace?: boolean } = {}): void {
  const url = new URL(address, location.href);
  if (how.replace) history.replaceState({}, '', url);
  else {
    rememberScroll();
    history.pushState({}, '', url);
  }
  void arrive(0, true);
}

/** Changes the query without a new page: filters belong in the address, not in the history. */
export function setQuery(values: Record<string, string | undefined>): void {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(values)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const text = query.toString();
  history.replaceState(history.state, '', text ? `?${text}` : location.pathname);
  search = location.search;
}

export function startRouter(): void {
  history.scrollRestoration = 'manual';
  window.addEventListener('popstate', (event) => void arrive((event.state as Kept | null)?.scroll ?? 0, true));
  addEventListener('pagehide', rememberScroll);
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = (event.target as Element | null)?.closest('a');
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    go(link.href);
  });
}
