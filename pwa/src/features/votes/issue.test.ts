import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readKey, verifies } from '$/ballot/blind';
import { fromBase64url } from '$/ballot/encode';
import { tokenMessage } from '$/ballot/token';
import { db, type Held } from '$/offline/db';
import { INSTITUTIONS, issuer, vote } from './issuer.mock';
import { fetchTokens, idBytes } from './issue';
import { restoreSeed, seedOf } from './seed';
import { usable } from './standing';
import type { VoteView } from './types';

const ME = 'mira@example.al';
type Asked = { blinded: Record<string, string[]> };
const network = vi.fn<typeof fetch>();
const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': status < 300 ? 'application/json' : 'application/problem+json' } });
const asked = (call: number): Asked => JSON.parse(String(network.mock.calls[call]?.[1]?.body)) as Asked;

/** The server with its issuers, of whom some do not answer. */
const answering = (...silent: string[]) => {
  network.mockImplementation(async (_address, init) => {
    const { blinded } = JSON.parse(String(init?.body)) as Asked;
    const signatures = INSTITUTIONS.filter((name) => blinded[name]).map((name, place) => [
      name,
      silent.includes(name) ? null : blinded[name]!.map(issuer(place).sign),
    ]);
    return json(200, { signatures: Object.fromEntries(signatures) });
  });
};
const refusing = (code: string, status = 409) => network.mockImplementation(async () => json(status, { type: 'x', title: 'x', status, code }));
const filled = ({ tokens }: Held) => tokens.map(({ signatures }) => signatures.map((one) => one !== null));
const held = async (view: VoteView) => (await fetchTokens(view, ME)) as Held;

beforeEach(async () => {
  vi.stubGlobal('fetch', network);
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('localStorage', { setItem: () => undefined });
  network.mockReset();
  for (const name of ['seeds', 'votes', 'ballots'] as const) await (await db()).clear(name);
});

describe('the rights to vote', () => {
  it('come signed by every issuer, and the signatures are those that anybody verifies', async () => {
    const view = await vote(3);
    answering();
    const got = await held(view);
    expect(got.settled).toBe(true);
    expect(got.tokens).toHaveLength(3);
    for (const { token, signatures } of got.tokens) {
      const words = tokenMessage(idBytes(view.consultation), fromBase64url(token)!);
      for (const [place, signature] of signatures.entries())
        expect(await verifies((await readKey(view.issuers[place]!.key))!, words, fromBase64url(signature!)!)).toBe(true);
      expect(JSON.stringify(network.mock.calls)).not.toContain(token);
    }
    await held(view);
    expect(network).toHaveBeenCalledTimes(1);
  });

  it('are asked for again with the same messages where an issuer was silent, and nothing is cast before', async () => {
    const view = await vote(3);
    answering('police');
    const first = await held(view);
    expect(filled(first)).toEqual(Array(3).fill([true, false, true]));
    expect(usable(first, view)).toBe(false);
    answering();
    const second = await held(view);
    expect(asked(1)).toEqual(asked(0));
    expect(second.settled).toBe(true);
    expect(usable(second, view)).toBe(true);
  });

  it('go on with empty places once issuing is over, where enough issuers answered, and not with fewer', async () => {
    const view = await vote(3);
    answering('police');
    await held(view);
    const late = await held({ ...view, stage: 'casting' });
    expect(filled(late)).toEqual(Array(3).fill([true, false, true]));
    expect(usable(late, view)).toBe(true);

    await (await db()).clear('votes');
    answering('police', 'prosecution');
    await held(view);
    expect(usable(await held({ ...view, stage: 'casting' }), view)).toBe(false);
  });

  it('are had again while votes are cast by whoever has the seed, also from an issuer that was left out', async () => {
    const view = await vote(3);
    answering();
    const mine = await held(view);
    const seed = mine.seed;
    for (const name of ['seeds', 'votes'] as const) await (await db()).clear(name);
    await restoreSeed(ME, seed);
    const [first, ...others] = view.issuers;
    const sealed: VoteView = { ...view, stage: 'casting', issuers: others, left_out: [first!] };
    const again = await held(sealed);
    expect(asked(1)).toEqual(asked(0));
    expect(usable(again, sealed)).toBe(true);
    expect(again.tokens.map(({ token }) => token)).toEqual(mine.tokens.map(({ token }) => token));
  });

  it('do not count the signature of an issuer that was left out', async () => {
    const view = await vote(3);
    answering('police');
    await held(view);
    const [first, ...others] = view.issuers;
    const sealed: VoteView = { ...view, stage: 'casting', issuers: others, left_out: [first!] };
    expect(usable(await held(sealed), sealed)).toBe(false);
  });

  it('survive a lost reply: the next asking is the same', async () => {
    const view = await vote(2);
    network.mockRejectedValueOnce(new TypeError('lost'));
    expect(await fetchTokens(view, ME)).toMatchObject({ code: 'offline' });
    answering();
    expect((await held({ ...view, stage: 'sealing' })).settled).toBe(true);
    expect(asked(1)).toEqual(asked(0));
  });

  it('are not taken from somebody who signs something else', async () => {
    const view = await vote(2);
    network.mockImplementation(async (_address, init) => {
      const { blinded } = JSON.parse(String(init?.body)) as Asked;
      return json(200, { signatures: { municipality: blinded['municipality']!.map(issuer(0).sign), police: blinded['police']!.map(issuer(2).sign) } });
    });
    expect(filled(await held(view))).toEqual(Array(3).fill([true, false]));
  });

  it('are asked of nobody whose key is not the announced one, or another one than before', async () => {
    const view = await vote(2);
    const forged = { ...view, issuers: view.issuers.map((one) => ({ ...one, key: issuer(2).jwk })) };
    expect(await fetchTokens(forged, ME)).toEqual({ code: 'vote_keys' });
    answering('police');
    await held(view);
    const changed = { ...view, issuers: [view.issuers[0]!, (await vote(3)).issuers[2]!] };
    expect(await fetchTokens(changed, ME)).toEqual({ code: 'vote_keys' });
    expect(network).toHaveBeenCalledTimes(1);
  });

  it('that another device has are not asked for again, until its seed is typed in', async () => {
    const view = await vote(2);
    refusing('tokens_other');
    expect(await fetchTokens(view, ME)).toMatchObject({ code: 'tokens_other' });
    expect(await fetchTokens(view, ME)).toMatchObject({ code: 'tokens_other' });
    expect(network).toHaveBeenCalledTimes(1);
    answering();
    const seed = new Uint8Array(32).fill(7);
    await restoreSeed(ME, seed);
    const got = await held(view);
    expect(got).toMatchObject({ settled: true, restored: true });
    expect((await seedOf(ME)).seed).toEqual(seed);
    expect(asked(1)).not.toEqual(asked(0));
  });

  it('of two people on one phone have nothing in common', async () => {
    const view = await vote(2);
    answering();
    const [mine, theirs] = [await held(view), (await fetchTokens(view, 'sotir@example.al')) as Held];
    expect(mine.tokens.map(({ token }) => token)).not.toEqual(theirs.tokens.map(({ token }) => token));
  });
});
