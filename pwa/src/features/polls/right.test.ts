import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readKey, verifies } from '$/ballot/blind';
import { fromBase64url } from '$/ballot/encode';
import { signedBy } from '$/ballot/item';
import { rightMessage } from '$/ballot/right';
import { tokenMessage } from '$/ballot/token';
import { db, type Held } from '$/offline/db';
import { INSTITUTIONS, issuer, vote } from '../votes/issuer.mock';
import { fetchTokens, idBytes } from '../votes/issue';
import type { VoteView } from '../votes/types';
import { barred, showRight } from './right';

const ME = 'mira@example.al';
const ROOM = '7KQ2MX';
const network = vi.fn<typeof fetch>();
const bytes = (text: string) => fromBase64url(text)!;
const PAPER: VoteView['paper'] = { beacon: '', concerns: [], choices: ['Po', 'Jo'] };
let view: VoteView;
let held: Held;

/** The issuers answer, but for some. */
async function fetched(...silent: string[]): Promise<Held> {
  network.mockImplementation(async (_address, init) => {
    const { blinded } = JSON.parse(String(init?.body)) as { blinded: Record<string, string[]> };
    const signatures = INSTITUTIONS.map((name, place) => [name, silent.includes(name) ? null : blinded[name]!.map(issuer(place).sign)]);
    return new Response(JSON.stringify({ signatures: Object.fromEntries(signatures) }), { headers: { 'content-type': 'application/json' } });
  });
  return (await fetchTokens({ ...view, stage: silent.length ? 'sealing' : 'issuing', paper: null }, ME)) as Held;
}

beforeEach(async () => {
  vi.stubGlobal('fetch', network);
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('localStorage', { setItem: () => undefined });
  for (const name of ['seeds', 'votes'] as const) await (await db()).clear(name);
  view = await vote(3, { method: 'question', tokens: 1, stage: 'casting', paper: PAPER });
});

describe('a right that is shown', () => {
  it('bears the signatures of the institutions in their order and that of the token over the room', async () => {
    held = await fetched();
    const shown = (await showRight(held, view, ROOM))!;
    const id = idBytes(view.consultation);
    expect(await signedBy(bytes(shown.token), rightMessage(id, bytes(shown.token), ROOM), bytes(shown.signature))).toBe(true);
    expect(shown.signatures).toHaveLength(3);
    for (const [place, signature] of shown.signatures.entries())
      expect(await verifies((await readKey(view.issuers[place]!.key))!, tokenMessage(id, bytes(shown.token)), bytes(signature!))).toBe(true);
    expect(await showRight(held, view, ROOM)).toEqual(shown);
  });

  it('names nobody', async () => {
    held = await fetched();
    expect(Object.keys((await showRight(held, view, ROOM))!).toSorted()).toEqual(['signature', 'signatures', 'token']);
  });

  it('leaves a place empty where an institution was silent, and out where it was left out at the sealing', async () => {
    held = await fetched('police');
    expect((await showRight(held, view, ROOM))!.signatures.map((one) => one !== null)).toEqual([true, false, true]);
    const [first, second, third] = view.issuers;
    const sealed = { ...view, issuers: [third!, first!], left_out: [second!] };
    const shown = (await showRight(held, sealed, ROOM))!;
    const kept = held.tokens[0]!.signatures;
    expect(shown.signatures).toEqual([kept[2], kept[0]]);
  });

  it('is none where a key is another than the one that signed', async () => {
    held = await fetched();
    const other = { ...view, issuers: [{ ...view.issuers[0]!, fingerprint: 'another' }] };
    expect(await showRight(held, other, ROOM)).toBeUndefined();
  });
});

describe('whether somebody can answer from this phone', () => {
  const me = { signedIn: true, verified: true, held: undefined };

  it('needs a right that is complete, of a vote that is sealed', async () => {
    held = await fetched();
    expect(barred(view, { ...me, held })).toBeUndefined();
    for (const stage of ['counting', 'counted'] as const) expect(barred({ ...view, stage }, { ...me, held })).toBeUndefined();
    for (const stage of ['issuing', 'sealing'] as const) expect(barred({ ...view, stage, paper: null }, { ...me, held })).toBe('issuing');
  });

  it('is known only of whoever is signed in', () => {
    expect(barred(view, { ...me, signedIn: false, verified: false })).toBe('sign_in');
  });

  it('asks for the verification for as long as it still helps', () => {
    const stranger = { ...me, verified: false };
    expect(barred({ ...view, stage: 'issuing', paper: null }, stranger)).toBe('verify');
    expect(barred({ ...view, stage: 'sealing', paper: null }, stranger)).toBe('missed');
    expect(barred(view, stranger)).toBe('missed');
  });

  it('sends to the consultation where the right is not on this phone, or not whole', async () => {
    expect(barred(view, me)).toBe('unfetched');
    expect(barred({ ...view, stage: 'issuing', paper: null }, me)).toBe('unfetched');
    held = await fetched('police', 'prosecution');
    expect(barred(view, { ...me, held })).toBe('unfetched');
    expect(barred(view, { ...me, held: { ...held, settled: false, tokens: [] } })).toBe('unfetched');
  });

  it('says so where the vote came to nothing before it was sealed', async () => {
    for (const stage of ['failed', 'withdrawn'] as const) {
      expect(barred({ ...view, stage, paper: null }, me)).toBe('void');
      expect(barred({ ...view, stage }, { ...me, held: await fetched() })).toBeUndefined();
    }
  });
});
