import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { VoteView } from './types';

const overtake = vi.fn<() => Promise<boolean>>();
const sendBallots = vi.fn<() => Promise<undefined>>();
vi.mock('$/features/identity/account.svelte', () => ({ account: { current: { email: 'mira@example.al', verifications: [] } } }));
vi.mock('$/offline/ballots', () => ({ listBallots: () => Promise.resolve([]), sendBallots: () => sendBallots() }));
vi.mock('./cast', () => ({ overtake: () => overtake() }));
vi.mock('./standing', () => ({ usable: () => true }));

const view = { consultation: 'c1', municipality: 'elbasan', year: 2027, stage: 'casting' } as VoteView;

describe('a vote that was begun on another phone', () => {
  beforeEach(async () => {
    vi.stubGlobal('localStorage', { getItem: () => null });
    sendBallots.mockReset().mockResolvedValue(undefined);
    const { db } = await import('$/offline/db');
    const held = { id: 'mira c1', consultation: 'c1', whose: 'mira@example.al', restored: true, settled: true };
    await (await db()).put('votes', held as never);
  });

  it('asks for no sending where nothing was laid down', async () => {
    overtake.mockResolvedValue(false);
    const { lookAfter } = await import('./votes.svelte');
    await lookAfter(view);
    expect(overtake).toHaveBeenCalled();
    expect(sendBallots).not.toHaveBeenCalled();
  });

  it('comes after the other also where the worker was the one to meet it', async () => {
    overtake.mockResolvedValue(false);
    const { hear, lookAfter } = await import('./votes.svelte');
    await lookAfter(view);
    expect(sendBallots).not.toHaveBeenCalled();
    overtake.mockResolvedValueOnce(true);
    await hear();
    await vi.waitFor(() => expect(sendBallots).toHaveBeenCalled());
  });

  it('is sent when it comes after the other, although nothing was due before', async () => {
    overtake.mockResolvedValue(true);
    const { lookAfter } = await import('./votes.svelte');
    await lookAfter(view);
    await vi.waitFor(() => expect(sendBallots).toHaveBeenCalled());
  });
});
