import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toBase64url, type Bytes } from '$/ballot/encode';
import { canonical } from '$/ballot/canonical';
import { leaf, prove, rootHash } from '$/ballot/merkle';
import { dueWithin, layDown, listBallots, sendBallots, takeBack } from './ballots';
import { db, type Ballot, type WireItem } from './db';
import { atRisk, forgetVotes } from './votes';

const HOUR = 3_600_000;
const DELAY = 12 * HOUR;
const NOW = Date.UTC(2027, 2, 3, 10);
const ME = 'mira@example.al';

const bytes = (length: number, fill: number): Bytes => new Uint8Array(length).fill(fill);
const item = (token: number, sequence = 1, value = 3): WireItem => ({
  token: toBase64url(bytes(32, token)),
  index: 4,
  value,
  sequence,
  signatures: [toBase64url(bytes(256, 1)), null],
  signature: toBase64url(bytes(64, token)),
});
const lay = (of: WireItem, more: Partial<Ballot> = {}) =>
  layDown({ token: of.token, consultation: 'C0', whose: ME, item: of, delay: DELAY, due: NOW, ...more });
const one = async (token = 1) => (await listBallots()).find((ballot) => ballot.token === item(token).token)!;

const network = vi.fn<typeof fetch>();
const done = () => new Response(null, { status: 204 });
const problem = (status: number, code: string) =>
  new Response(JSON.stringify({ type: 'x', title: 'x', status, code }), { status, headers: { 'content-type': 'application/problem+json' } });
const sentTo = () => network.mock.calls.map(([address]) => String(address).split('/').at(-1));
const sentItems = () => network.mock.calls.map(([, init]) => JSON.parse(String(init?.body)) as WireItem);
beforeEach(async () => {
  vi.stubGlobal('fetch', network);
  vi.stubGlobal('navigator', {});
  network.mockReset().mockImplementation(async () => done());
  for (const name of ['seeds', 'votes', 'ballots'] as const) await (await db()).clear(name);
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  // A pause is over at once, and the clock shows that it was.
  vi.stubGlobal('setTimeout', (then: () => void, after: number) => {
    vi.setSystemTime(Date.now() + after);
    setImmediate(then);
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the time of an item', () => {
  it('is drawn for itself, all over the delay', () => {
    const drawn = Array.from({ length: 400 }, () => dueWithin(DELAY, NOW + 30 * 24 * HOUR, NOW) - NOW);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThan(DELAY);
    expect(new Set(drawn).size).toBe(400);
    for (const quarter of [0, 1, 2, 3]) {
      const here = drawn.filter((late) => Math.floor((late * 4) / DELAY) === quarter).length;
      expect(here).toBeGreaterThan(50);
    }
  });

  it('lies well before the end, and never far off where the clock of the phone is wrong', () => {
    for (let times = 0; times < 200; times++) {
      expect(dueWithin(DELAY, NOW + 4 * HOUR, NOW)).toBeLessThanOrEqual(NOW + 2 * HOUR);
      expect(dueWithin(DELAY, NOW - HOUR, NOW)).toBeLessThanOrEqual(NOW + HOUR / 6);
    }
  });
});

describe('an item', () => {
  it('leaves when it is due and not before, and nothing of a person goes with it', async () => {
    await lay(item(1), { due: NOW + 1000 });
    expect(await sendBallots()).toEqual({ due: NOW + 1000, sends: true });
    expect(network).not.toHaveBeenCalled();
    vi.setSystemTime(NOW + 1000);
    await sendBallots();
    const [address, init] = network.mock.calls[0]!;
    expect(address).toBe('/api/v1/consultations/C0/items');
    expect(init).toMatchObject({ method: 'POST', credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', redirect: 'error' });
    expect([...new Headers(init?.headers).keys()].toSorted()).toEqual(['accept', 'content-type']);
    expect(JSON.parse(String(init?.body))).toEqual(item(1));
    expect(JSON.stringify(network.mock.calls)).not.toContain(ME);
    expect(await one()).toMatchObject({ state: 'cast' });
  });

  it('is replaced by what its token says later, and what may have arrived is kept', async () => {
    await lay(item(1, 1, 2), { due: NOW + HOUR });
    await lay(item(1, 2, 5));
    expect(await one()).toMatchObject({ item: item(1, 2, 5), earlier: [] });
    await sendBallots();
    expect(sentItems()).toEqual([item(1, 2, 5)]);
    await lay(item(1, 3, 1), { due: NOW + HOUR });
    expect(await one()).toMatchObject({ state: 'waiting', item: item(1, 3, 1), earlier: [item(1, 2, 5)] });
  });

  it('that was replaced while it was on its way does not hide the one that took its place', async () => {
    await lay(item(1));
    network.mockImplementationOnce(async () => {
      await lay(item(1, 2, 5), { due: NOW + HOUR });
      return done();
    });
    await sendBallots();
    expect(await one()).toMatchObject({ state: 'waiting', item: item(1, 2, 5), earlier: [item(1)] });
  });

  it('that had arrived before is there; an older one is dropped', async () => {
    await lay(item(1));
    await lay(item(2));
    const first = JSON.stringify(item(1));
    network.mockImplementation(async (_address, init) => problem(409, init?.body === first ? 'item_repeated' : 'item_older'));
    await sendBallots();
    expect(await one(1)).toMatchObject({ state: 'cast' });
    expect(await one(2)).toMatchObject({ state: 'refused', refusal: 'item_older' });
    await sendBallots();
    expect(network).toHaveBeenCalledTimes(2);
  });

  it('of a seed from another device is not taken for sent where that one spoke first', async () => {
    await lay(item(1), { restored: true });
    network.mockImplementation(async () => problem(409, 'item_repeated'));
    await sendBallots();
    expect(await one()).toMatchObject({ state: 'refused', refusal: 'item_repeated' });
  });

  it.each([
    ['no network', () => Promise.reject(new TypeError('offline'))],
    ['a fault', async () => problem(503, 'storage_unavailable')],
    ['too many', async () => problem(429, 'too_many_requests')],
    ['not open yet', async () => problem(409, 'casting_not_open')],
    ['a captive portal', async () => new Response('<html>', { status: 200, headers: { 'content-type': 'text/html' } })],
  ])('goes out later: %s', async (_why, answer) => {
    await lay(item(1));
    network.mockImplementationOnce(answer as typeof fetch);
    await sendBallots();
    expect(await one()).toMatchObject({ state: 'waiting', tried: true });
    vi.setSystemTime(NOW + HOUR);
    await sendBallots();
    expect(await one()).toMatchObject({ state: 'cast' });
    expect(sentItems()).toEqual([item(1), item(1)]);
  });

  it.each(['casting_over', 'item_foreign', 'item_tampered', 'item_other_concern', 'item_value'])('is not sent again after a refusal: %s', async (code) => {
    await lay(item(1));
    network.mockImplementation(async () => problem(422, code));
    await sendBallots();
    expect(await one()).toMatchObject({ state: 'refused', refusal: code });
  });

  it('is taken back only before it left', async () => {
    await lay(item(1), { due: NOW + HOUR });
    await takeBack(item(1).token);
    expect(await listBallots()).toEqual([]);
    await lay(item(1));
    await sendBallots();
    await takeBack(item(1).token);
    expect(await listBallots()).toHaveLength(1);
  });
});

describe('several items', () => {
  it('that slept past their time do not leave together in the moment the phone wakes', async () => {
    for (let token = 1; token <= 12; token++) await lay(item(token), { due: NOW - HOUR - token });
    expect(await sendBallots()).toMatchObject({ sends: true });
    expect(network).not.toHaveBeenCalled();
    const dues = (await listBallots()).map(({ due }) => due);
    expect(new Set(dues).size).toBe(12);
    expect(Math.max(...dues)).toBeLessThanOrEqual(NOW + DELAY / 72);
    vi.setSystemTime(NOW + DELAY / 72 + 1);
    await sendBallots();
    expect(network).toHaveBeenCalledTimes(12);
  });

  it('leave one after the other, with a pause of its own between them', async () => {
    const times: number[] = [];
    network.mockImplementation(async () => {
      times.push(Date.now());
      return done();
    });
    for (let token = 1; token <= 4; token++) await lay(item(token));
    await sendBallots();
    expect(times).toHaveLength(4);
    expect(new Set(times).size).toBe(4);
    expect((times.at(-1) ?? 0) - NOW).toBeLessThanOrEqual((3 * DELAY) / 4320);
  });

  it('are sent by one sender at a time', async () => {
    let held = false;
    const request = async (_name: string, _how: object, work: (lock: object | null) => unknown) => {
      if (held) return work(null);
      held = true;
      await work({});
      held = false;
    };
    vi.stubGlobal('navigator', { locks: { request } });
    await lay(item(1));
    await Promise.all([sendBallots(), sendBallots()]);
    expect(network).toHaveBeenCalledTimes(1);
  });
});

describe('the receipt', () => {
  const asItem = (of: WireItem) => ({
    ...of,
    token: bytes(32, 1),
    signature: bytes(64, 1),
    signatures: [bytes(256, 1), null],
  });
  const proofOf = async (of: WireItem) => {
    const leaves = [await leaf(canonical(asItem(of))), await leaf(bytes(3, 9)), await leaf(bytes(3, 8))];
    const inclusion = (await prove(leaves, 0))!;
    const root = { size: 3, hash: toBase64url(await rootHash(leaves)) };
    return { root, inclusion: { ...inclusion, path: inclusion.path.map(toBase64url) } };
  };
  const answering = (answer: () => Promise<Response>) =>
    network.mockImplementation(async (address) => (String(address).endsWith('/items') ? done() : answer()));
  const json = (body: unknown) => new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
  const wait = async () => {
    vi.setSystemTime((await one()).due + 1);
    await sendBallots();
  };

  it('is asked for long after the sending, without anything of a person, until there is a root', async () => {
    answering(async () => problem(404, 'item_unknown'));
    await lay(item(1));
    await sendBallots();
    expect((await one()).due - NOW).toBeGreaterThanOrEqual(DELAY);
    await wait();
    expect(await one()).toMatchObject({ state: 'cast' });
    const proof = await proofOf(item(1));
    answering(async () => json(proof));
    await wait();
    expect(sentTo()).toEqual(['items', 'inclusions', 'inclusions']);
    expect(network.mock.calls[2]?.[1]).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' });
    expect(sentItems()[2]).toEqual({ token: item(1).token });
    expect(await one()).toMatchObject({ state: 'proved', receipt: { item: item(1), ...proof } });
  });

  it('of an earlier item is kept, and the one of the later is still to come', async () => {
    const proof = await proofOf(item(1, 1));
    answering(async () => json(proof));
    await lay(item(1, 1));
    await sendBallots();
    await lay(item(1, 2), { due: Date.now() });
    await sendBallots();
    await wait();
    expect(await one()).toMatchObject({ state: 'cast', receipt: { item: item(1, 1) } });
  });

  it('that leads nowhere is told', async () => {
    const proof = await proofOf(item(1, 1, 5));
    answering(async () => json(proof));
    await lay(item(1, 1, 2));
    await sendBallots();
    await wait();
    expect(await one()).toMatchObject({ state: 'refused', refusal: 'box_other' });
  });
});

describe('signing out', () => {
  it('takes the votes of whoever leaves and of nobody else, and says before what would be lost', async () => {
    const theirs = 'sotir@example.al';
    const store = await db();
    const right = { consultation: 'C0', municipality: 'elbasan', until: '2027-03-16', seed: bytes(32, 1), fingerprints: [], settled: true, chosen: {}, restored: false };
    for (const whose of [ME, theirs]) {
      await store.put('seeds', { whose, seed: bytes(32, 1), restored: false, written: whose === theirs });
      await store.put('votes', { ...right, id: `${whose} C0`, whose, tokens: [{ token: 'x', signatures: [] }] });
    }
    await lay(item(1), { due: NOW + HOUR });
    await lay(item(2), { due: NOW + HOUR, whose: theirs });
    expect(await atRisk('2027-03-16', ME)).toEqual({ seed: true, waiting: 1 });
    expect(await atRisk('2027-03-17', ME)).toEqual({ seed: false, waiting: 1 });
    expect(await atRisk('2027-03-16', theirs)).toEqual({ seed: false, waiting: 1 });
    await forgetVotes(ME);
    expect((await listBallots()).map(({ whose }) => whose)).toEqual([theirs]);
    expect((await store.getAll('seeds')).map(({ whose }) => whose)).toEqual([theirs]);
    expect((await store.getAll('votes')).map(({ whose }) => whose)).toEqual([theirs]);
    await forgetVotes();
    expect([await listBallots(), await store.getAll('seeds'), await store.getAll('votes')]).toEqual([[], [], []]);
  });
});
