import { beforeEach, describe, expect, it, vi } from 'vitest';
import { listWaiting } from './waiting';

const network = vi.fn<typeof fetch>();
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
const concern = (id: string, residents: number, visitors: number) => ({ id, support: { residents, visitors, own: false } });

beforeEach(() => {
  vi.stubGlobal('fetch', network);
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
});

describe('an agenda is offered what waits', () => {
  it('of every open state, most supported first, and nothing that is settled', async () => {
    const asked: string[] = [];
    network.mockImplementation(async (address) => {
      const { searchParams } = new URL(String(address instanceof Request ? address.url : address), 'http://town');
      asked.push(searchParams.get('status') ?? 'any');
      const items = { published: [concern('street', 2, 9), concern('dogs', 1, 0)], reopened: [concern('school', 30, 4)] }[asked.at(-1)!] ?? [];
      return json({ items, next: null, total: items.length });
    });
    const found = await listWaiting('elbasan');
    expect(found.ok && found.data.map(({ id }) => id)).toEqual(['school', 'street', 'dogs']);
    expect(asked.sort()).toEqual(['in_progress', 'planned', 'prioritised', 'published', 'reopened']);
  });

  it('as far as the list was read whole', async () => {
    network.mockImplementation(async (address) => (String(address).includes('planned') ? json({ code: 'busy' }, 503) : json({ items: [], next: null, total: 0 })));
    expect((await listWaiting('elbasan')).ok).toBe(false);
  });
});
