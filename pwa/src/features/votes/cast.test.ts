import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readKey } from '$/ballot/blind';
import { fromBase64url, toBase64url } from '$/ballot/encode';
import { examine } from '$/ballot/item';
import { listBallots, sendBallots } from '$/offline/ballots';
import { db, type Held, type WireItem } from '$/offline/db';
import { cardsOf, type Card } from './cards';
import { castChosen, choose, endOf, overtake } from './cast';
import { INSTITUTIONS, issuer, vote } from './issuer.mock';
import { fetchTokens, idBytes } from './issue';
import { inBox, unsent } from './standing';
import type { VoteView } from './types';

const ME = 'mira@example.al';
const concern = (place: number) => ({ id: `concern-${place}`, title: `${place}`, severity: 50, frequency: 50, harm: 50 });
const network = vi.fn<typeof fetch>();
const problem = (code: string) =>
  new Response(JSON.stringify({ type: 'x', title: 'x', status: 409, code }), { status: 409, headers: { 'content-type': 'application/problem+json' } });
let view: VoteView;
let held: Held;
let cards: Card[];

const bytes = (text: string) => fromBase64url(text)!;
const opened = (item: WireItem) => ({
  ...item,
  token: bytes(item.token),
  signature: bytes(item.signature),
  signatures: item.signatures.map((one) => (one === null ? null : bytes(one))),
});
const said = async () => new Map((await listBallots()).map(({ token, item }) => [token, [item.sequence, item.value]]));
const say = async (card: number, value: number | undefined) => void (held = await choose(held, cards[card]!, value));
/** Everything leaves now. */
const leave = async () => {
  for (const ballot of await listBallots()) await (await db()).put('ballots', { ...ballot, due: Date.now() });
  await sendBallots();
};

beforeEach(async () => {
  vi.stubGlobal('fetch', network);
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('localStorage', { setItem: () => undefined });
  for (const name of ['seeds', 'votes', 'ballots'] as const) await (await db()).clear(name);
  network.mockReset().mockImplementation(async (_address, init) => {
    const { blinded } = JSON.parse(String(init?.body)) as { blinded?: Record<string, string[]> };
    if (!blinded) return new Response(null, { status: 204 });
    const signatures = INSTITUTIONS.slice(0, 2).map((name, place) => [name, blinded[name]!.map(issuer(place).sign)]);
    return new Response(JSON.stringify({ signatures: Object.fromEntries(signatures) }), { headers: { 'content-type': 'application/json' } });
  });
  const beacon = toBase64url(new Uint8Array(32).fill(5));
  const paper = { beacon, concerns: Array.from({ length: 5000 }, (_, place) => concern(place)), choices: [] };
  view = await vote(2, { stage: 'casting', casting_until: '2099-03-16', delay_seconds: 1, paper });
  held = (await fetchTokens({ ...view, stage: 'issuing' }, ME)) as Held;
  cards = await cardsOf(view, held);
});

describe('casting', () => {
  it('makes items that the box takes, each with a time of its own', async () => {
    view = { ...view, delay_seconds: 43_200 };
    await say(0, 5);
    await say(2, 1);
    await castChosen(held, view, cards);
    const ballots = await listBallots();
    expect(ballots).toHaveLength(2);
    expect(ballots[0]?.due).not.toBe(ballots[1]?.due);
    const issuers = await Promise.all(view.issuers.map(async ({ key }) => (await readKey(key))!));
    const paper = { concerns: 5000, beacon: bytes(view.paper!.beacon) };
    const context = { consultation: idBytes(view.consultation), issuers, threshold: 2, paper };
    for (const { item } of ballots) expect(await examine(context, opened(item))).toBeUndefined();
    expect(unsent(held, ballots, cards)).toBe(false);
  });

  it('leaves out the signature of an issuer that was left out when the vote was sealed', async () => {
    const [first, second] = view.issuers;
    view = { ...view, threshold: 1, issuers: [second!], left_out: [first!] };
    await say(0, 5);
    await castChosen(held, view, cards);
    const [ballot] = await listBallots();
    const context = {
      consultation: idBytes(view.consultation),
      issuers: [(await readKey(second!.key))!],
      threshold: 1,
      paper: { concerns: 5000, beacon: bytes(view.paper!.beacon) },
    };
    expect(await examine(context, opened(ballot!.item))).toBeUndefined();
  });

  it('raises the sequence of what was changed, and leaves the rest alone', async () => {
    for (const card of [0, 1]) await say(card, 3);
    await castChosen(held, view, cards);
    await say(0, 4);
    expect(unsent(held, await listBallots(), cards)).toBe(true);
    await castChosen(held, view, cards);
    expect(await said()).toEqual(new Map([[cards[0]!.token, [2, 4]], [cards[1]!.token, [1, 3]]]));
  });

  it('takes back what has not left, and withdraws what has', async () => {
    for (const card of [0, 1]) await say(card, 3);
    await castChosen(held, view, cards);
    await say(0, undefined);
    await castChosen(held, view, cards);
    expect([...(await said()).keys()]).toEqual([cards[1]!.token]);
    await leave();
    await say(1, undefined);
    await castChosen(held, view, cards);
    expect(await said()).toEqual(new Map([[cards[1]!.token, [2, 0]]]));
    expect(inBox(await listBallots())).toBe(0);
  });

  it('from a seed that was typed in comes after what another phone cast', async () => {
    held = { ...held, restored: true };
    await say(0, 3);
    await castChosen(held, view, cards);
    network.mockImplementation(async (_address, init) =>
      (JSON.parse(String(init?.body)) as WireItem).sequence < 7 ? problem('item_older') : new Response(null, { status: 204 }),
    );
    for (let times = 0; times < 4; times++) {
      await leave();
      await overtake(held, view);
    }
    expect(await listBallots()).toMatchObject([{ state: 'cast', item: { sequence: 8, value: 3 } }]);
  });
});

describe('the end of a day', () => {
  it('is midnight in Albania, in winter and in summer, and on the days the clocks change', () => {
    const ends = ['2027-01-15', '2027-07-15', '2027-03-27', '2027-03-28', '2026-10-24', '2026-10-25', '2026-12-31'];
    expect(ends.map((on) => new Date(endOf(on)).toISOString().slice(0, 16))).toEqual([
      '2027-01-15T23:00',
      '2027-07-15T22:00',
      '2027-03-27T23:00',
      '2027-03-28T22:00',
      '2026-10-24T22:00',
      '2026-10-25T23:00',
      '2026-12-31T23:00',
    ]);
  });
});
