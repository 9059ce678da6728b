import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readEvidence } from '$/ballot/box';
import { readKey } from '$/ballot/blind';
import { fromUuid, toBase64url } from '$/ballot/encode';
import { inWords, SENTENCES } from '$/ballot/sentences';
import { boxId } from './boxId';
import { byHand, RUN, spread, type Crew, type Hand } from './crew';
import { evidenceOf, type Own } from './evidence';
import { recount, type Progress, type Verdict } from './recount';
import type { VoteView } from './types';

const vectors = JSON.parse(readFileSync(new URL('../../../../server/ballot/vectors/protocol.json', import.meta.url), 'utf8'));
type Published = Record<'consultation' | 'root' | 'result' | 'weights', never> & Record<'issuers' | 'concerns' | 'choices', never[]>;
type Tree = { [name: string]: unknown };
const NOTHING: Own = { issuers: [], roots: [], closing: null, receipts: [], keys: [] };
const known = (evidence: unknown): Own => ({ ...readEvidence(evidence)!, keys: [] });

/** The id of an address for an id of a box. */
const addressed = (uuid: string): string => String.fromCharCode(...(fromUuid(uuid) ?? []));

/** The page of a server that shows what is in its box, lie or not. */
async function pageOf(box: Published): Promise<VoteView> {
  const { consultation, root, result, weights } = box as never as { consultation: { id: string; title: string }; root: object; result: { ratings?: number; votes?: number; ranking?: { concern: string }[] }; weights: never };
  const issuers = box.issuers.map(async ({ key, identity }) => ({ identity, fingerprint: toBase64url((await readKey(key))?.fingerprint ?? new Uint8Array(32)) }));
  const concerns = (box.concerns ?? []).map((one: { id: string }) => ({ ...one, id: addressed(one.id) }));
  const ranking = (result.ranking ?? []).map((row) => ({ ...row, concern: addressed(row.concern) }));
  const { ratings, votes, ...rest } = result;
  return {
    ...consultation,
    consultation: addressed(consultation.id),
    question: consultation.title,
    issuers: await Promise.all(issuers),
    weights: weights ?? null,
    paper: { concerns, choices: box.choices ?? [] },
    roots: [{ on: '2026-05-15', ...root }],
    result: { choices: [], ...rest, ranking, counted: ratings ?? votes },
  } as never;
}

type How = { own?: Own; crew?: Crew; view?: VoteView; signal?: AbortSignal; progress?: (progress: Progress) => void };

async function counted(box: Published, how: How = {}): Promise<Verdict> {
  const { own = NOTHING, crew = [byHand, byHand], signal = new AbortController().signal, progress = () => {} } = how;
  const view = how.view ?? (await pageOf(box));
  return recount({ view, own, crew, signal, progress, fetchBox: () => Promise.resolve(Response.json(box)) });
}

const fresh = (name: 'prioritising' | 'question' = 'prioritising'): Published => structuredClone(vectors.boxes[name]);

describe('a recount on the device', () => {
  it.each(['prioritising', 'question'] as const)('agrees with a page that tells the truth: %s', async (name) => {
    const verdict = await counted(fresh(name));
    expect(verdict).toMatchObject({ kind: 'agrees', report: { items: name === 'question' ? 3 : 6, keys_pinned: true } });
  });

  it('finds the votes of this device in the box', async () => {
    const verdict = await counted(fresh(), { own: known(vectors.evidence) });
    expect(verdict).toMatchObject({ kind: 'agrees', report: { receipts: 1 } });
  });

  it('holds the receipts, roots and keys that this device kept against a box', async () => {
    const receipt = { ...vectors.receipt, root: vectors.boxes.prioritising.root };
    const held = { fingerprints: vectors.fingerprints } as never;
    const own = evidenceOf([{ receipt }, {}] as never, [held]);
    expect(await counted(fresh(), { own })).toMatchObject({ kind: 'agrees', report: { receipts: 1 } });
    const earlier = { ...receipt, root: { ...receipt.root, size: 7 } };
    const dropped = evidenceOf([{ receipt: earlier }] as never, []);
    expect(await counted(fresh(), { own: dropped })).toMatchObject({ refusal: { code: 'dropped_item', place: 'root 0' } });
    const others = evidenceOf([], [{ fingerprints: vectors.fingerprints.slice(1) } as never]);
    expect(await counted(fresh(), { own: others })).toMatchObject({ refusal: { code: 'swapped_key', place: 'issuer 0' } });
  });

  it.each(vectors.cases as { name: string }[])('says in a sentence what is wrong: $name', async (lie) => {
    const { set, evidence, code, place } = lie as never as { set: { path: string; value: unknown }[]; evidence: unknown; code: 'weak_key'; place: string };
    const told = fresh();
    for (const { path, value } of set) {
      const names = path.split('/');
      const last = names.pop()!;
      names.reduce<Tree>((at, name) => at[name] as Tree, told as never)[last] = value;
    }
    const view = await pageOf(told).catch(() => pageOf(fresh()));
    const verdict = await counted(told, { view, own: known(evidence) });
    expect(verdict).toEqual({ kind: 'refused', refusal: { code, place } });
    expect(inWords({ code, place }, 'sq')).toContain(SENTENCES[code].sq);
  });

  it('finds another result, list or vote on the page than in the box', async () => {
    const page = await pageOf(fresh());
    const lying = async (change: (view: VoteView) => void): Promise<Verdict> => {
      const view = structuredClone(page);
      change(view);
      return counted(fresh(), { view });
    };
    expect(await lying((view) => view.result!.counted++)).toEqual({ kind: 'differs', from: 'result' });
    expect(await lying((view) => (view.paper!.concerns[0]!.harm = 99))).toEqual({ kind: 'differs', from: 'paper' });
    expect(await lying((view) => (view.weights!.votes = 99))).toEqual({ kind: 'differs', from: 'paper' });
    expect(await lying((view) => (view.threshold = 1))).toEqual({ kind: 'differs', from: 'consultation' });
    expect(await counted(fresh('question'), { view: page })).toEqual({ kind: 'differs', from: 'consultation' });
    expect(await lying((view) => (view.consultation = 'abcdefghijklmnop'))).toEqual({ kind: 'differs', from: 'consultation' });
    expect(await lying((view) => (view.roots[0]!.hash = view.issuers[0]!.fingerprint))).toMatchObject({ refusal: { code: 'wrong_root' } });
    expect(await lying((view) => (view.issuers[0]!.fingerprint = view.issuers[1]!.fingerprint))).toMatchObject({ refusal: { code: 'swapped_key' } });
    expect(await lying((view) => (view.roots[0]!.hash = 'nothing'))).toEqual({ kind: 'differs', from: 'consultation' });
  });

  it('takes no page of somebody else for a box', async () => {
    const view = await pageOf(fresh());
    const work = { view, own: NOTHING, crew: [byHand], signal: new AbortController().signal, progress: () => {} };
    const portal = await recount({ ...work, fetchBox: () => Promise.resolve(new Response('<html>')) });
    expect(portal).toMatchObject({ kind: 'refused', refusal: { code: 'unreadable' } });
    expect(await recount({ ...work, fetchBox: () => Promise.resolve(new Response('', { status: 409 })) })).toEqual({ kind: 'unreachable' });
    expect(await recount({ ...work, fetchBox: () => Promise.reject(new TypeError('no network')) })).toEqual({ kind: 'unreachable' });
  });

  it('tells how far it is', async () => {
    const steps: Progress[] = [];
    await counted(fresh(), { progress: (step) => steps.push(step) });
    const size = JSON.stringify(fresh()).length;
    expect(steps.find(({ step }) => step === 'fetching')?.done).toBeGreaterThan(size / 2);
    expect(steps.filter(({ step }) => step === 'checking')).toEqual([0, 6].map((done) => ({ step: 'checking', done, all: 6 })));
  });

  it('stops when told to, also while somebody still looks', async () => {
    const stop = new AbortController();
    const endless: Hand = { look: () => new Promise(() => stop.abort()), leave: () => {} };
    await expect(counted(fresh(), { crew: [endless, endless], signal: stop.signal })).rejects.toThrow(/abort/i);
    const early = AbortSignal.abort();
    await expect(counted(fresh(), { signal: early })).rejects.toThrow(/abort/i);
  });
});

describe('several hands', () => {
  const items = Array.from({ length: RUN * 4 }, (_, index) => ({ index }) as never);
  const bad = new Set([RUN + 5, RUN * 2 + 1]);
  const hand = (wait: number): Hand => ({
    leave: () => {},
    look: async (_, run) => {
      await new Promise((resolve) => setTimeout(resolve, wait));
      const at = run.findIndex(({ index }) => bad.has(index));
      return at < 0 ? undefined : { at, fault: { kind: 'wrong_assignment' } };
    },
  });

  it('tell the first fault of the box, whoever is quicker', async () => {
    for (const waits of [[0, 0], [30, 0], [0, 30], [0, 5, 30, 30]]) {
      const found = await spread(waits.map(hand), new AbortController().signal)(undefined as never, items, () => {});
      expect(found?.at, `${waits}`).toBe(RUN + 5);
    }
  });

  it('look at everything once', async () => {
    const seen: number[] = [];
    const done: number[] = [];
    const watching: Hand = { leave: () => {}, look: (_, run) => Promise.resolve(void seen.push(...run.map(({ index }) => index))) };
    await spread([watching, watching, watching], new AbortController().signal)(undefined as never, items, (n) => done.push(n));
    expect(seen.toSorted((a, b) => a - b)).toEqual(items.map(({ index }) => index));
    expect(done.at(-1)).toBe(items.length);
  });
});

it('writes the id of an address as the box does', () => {
  expect(boxId('abcdefgh01234567')).toBe('61626364-6566-6768-3031-323334353637');
});
