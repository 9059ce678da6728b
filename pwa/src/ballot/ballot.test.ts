import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assigned, beacon, choicesHash, commitment, concernsHash } from './beacon';
import { blind, encode, inverse, readKey, toBytes, toNumber, unblind, type IssuerKey } from './blind';
import { announcement, idOf, readBox, readEvidence, readReceipt, written, type Box } from './box';
import { fromBase64url, fromUuid, toBase64url, type Bytes } from './encode';
import { assignedTo, canonical, cast, examine, signedBy } from './item';
import { leaf, led, prove, rootHash } from './merkle';
import { countRatings } from './result';
import { inWords, SENTENCES } from './sentences';
import { blindToken, finalize, seedFromText, seedToText, token, tokenMessage } from './token';
import { contextOf, Refusal, verify } from './verify';

const vectors = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../server/ballot/vectors/${name}.json`, import.meta.url), 'utf8'));
const bytes = (text: string): Bytes => fromBase64url(text)!;
const hex = (text: string): Bytes =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const protocol = vectors('protocol');
const box = (name: 'prioritising' | 'question'): Box => readBox(protocol.boxes[name])!;
const consultation = fromUuid(protocol.consultation)!;
const keysOf = (of: Box): Promise<IssuerKey[]> =>
  Promise.all(of.issuers.map(async ({ key }) => (await readKey(key))!));

describe('what others published', () => {
  it('is RFC 9474, A.3', async () => {
    const rfc = vectors('rfc9474');
    const n = toNumber(hex(rfc.n));
    const r = inverse(toNumber(hex(rfc.inv)), n)!;
    expect(await encode(hex(rfc.msg), hex(rfc.salt), 4096)).toEqual(hex(rfc.encoded_msg));
    expect(await blind(n, hex(rfc.msg), hex(rfc.salt), r)).toEqual(hex(rfc.blinded_msg));
    expect(unblind(n, hex(rfc.blind_sig), r)).toEqual(hex(rfc.sig));
    expect(unblind(n, hex(rfc.n), r)).toBeUndefined();
  });

  it('is RFC 6962', async () => {
    const rfc = vectors('rfc6962');
    const leaves = await Promise.all(rfc.leaves.map((text: string) => leaf(hex(text)))) as Bytes[];
    for (const [size, root] of rfc.roots.entries())
      expect(await rootHash(leaves.slice(0, size))).toEqual(hex(root));
    for (const { index, size, path } of rfc.proofs) {
      const proof = (await prove(leaves.slice(0, size), index))!;
      expect(proof.path).toEqual(path.map(hex));
      expect(await led(proof, leaves[index]!)).toEqual({ size, hash: hex(rfc.roots[size]) });
      expect(await led({ ...proof, path: [...proof.path, leaves[0]!] }, leaves[index]!)).toBeUndefined();
    }
  });

  it('is read in one spelling', () => {
    expect(toBase64url(new Uint8Array([255, 239]))).toBe('_-8');
    for (const wrong of ['_-9', '/+8', '_-8=', 'A']) expect(fromBase64url(wrong), wrong).toBeUndefined();
    for (let length = 0; length < 70; length++) {
      const some = Uint8Array.from({ length }, (_, i) => i * 37);
      expect(fromBase64url(toBase64url(some))).toEqual(some);
    }
  });
});

describe('a device', () => {
  it('derives, blinds and finalizes as the vectors say', async () => {
    const keys = await keysOf(box('prioritising'));
    expect(keys.map((key) => toBase64url(key.fingerprint))).toEqual(protocol.fingerprints);
    for (const expected of protocol.tokens) {
      const made = await token(bytes(protocol.seed), consultation, expected.index);
      expect(toBase64url(made.public)).toBe(expected.public);
      expect(toBase64url(tokenMessage(consultation, made.public))).toBe(expected.message);
      for (const [i, key] of keys.entries()) {
        expect(toBase64url(await blindToken(made, key))).toBe(expected.blinded[i]);
        const signature = await finalize(made, key, bytes(expected.blind_signatures[i]));
        expect(toBase64url(signature!)).toBe(expected.signatures[i]);
        const wrong = bytes(expected.blind_signatures[i]);
        wrong[200]! ^= 1;
        expect(await finalize(made, key, wrong)).toBeUndefined();
      }
    }
  });

  it('casts the very bytes of the vectors', async () => {
    const published = box('prioritising');
    const made = await token(bytes(protocol.seed), consultation, 0);
    const item = published.items.find((one) => toBase64url(one.token) === protocol.tokens[0].public)!;
    const again = await cast(made, item, item.signatures);
    expect(written(again)).toEqual(written(item));
    const context = contextOf(published, await keysOf(published));
    expect(await examine(context, again)).toBeUndefined();
    expect(await assignedTo(context.paper, made.public)).toBe(item.index);
    const leaves = await Promise.all(published.items.map((one) => leaf(canonical(one))));
    expect(leaves.map(toBase64url)).toEqual(protocol.leaves);
  });

  it('writes its seed down and reads it back', () => {
    const seed = bytes(protocol.seed);
    expect(seedToText(seed)).toBe(protocol.seed_text);
    const messy = protocol.seed_text.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    expect(seedFromText(messy)).toEqual(seed);
    const plain: string = protocol.seed_text.replaceAll('-', '');
    for (let at = 0; at < plain.length; at++) {
      const other = plain[at] === '7' ? '8' : '7';
      expect(seedFromText(plain.slice(0, at) + other + plain.slice(at + 1))).toBeUndefined();
    }
    expect(seedFromText(plain.slice(1))).toBeUndefined();
  });

  it('takes no key but RSA-2048 with the one exponent', async () => {
    const good = box('prioritising').issuers[0]!.key;
    expect(await readKey(good)).toBeDefined();
    const modulus = bytes(good.n);
    const even = toBase64url(toBytes(toNumber(modulus) - 1n, 256));
    const small = toBase64url(toBytes(toNumber(modulus) >> 1n | 1n, 256));
    for (const wrong of [{ e: 'Aw' }, { e: 'AAEAAQ' }, { kty: 'EC' }, { n: even }, { n: small }, { n: 'AQAB' }])
      expect(await readKey({ ...good, ...wrong })).toBeUndefined();
  });

  it('is not taken in by a key that signs everything', async () => {
    const neutral = new Uint8Array(32);
    neutral[0] = 1;
    const signature = new Uint8Array(64).fill(0x66, 0, 32);
    signature[0] = 0x58;
    signature[32] = 1;
    expect(await signedBy(neutral, new Uint8Array(3), signature)).toBe(false);
  });
});

describe('a box', () => {
  it('hashes to what the vectors say', async () => {
    const [rated, asked] = [box('prioritising'), box('question')];
    expect(toBase64url(await commitment(consultation, bytes(protocol.reveal)))).toBe(protocol.commitment);
    expect(toBase64url(await concernsHash(rated.concerns.map(idOf)))).toBe(protocol.concerns_hash);
    expect(toBase64url(await choicesHash(asked.choices))).toBe(protocol.choices_hash);
    const announced = [rated, asked].map(async (one) => toBase64url(await announcement(one, await keysOf(one))));
    expect(await Promise.all(announced)).toEqual(protocol.announcements);
    expect(await beacon(consultation, bytes(protocol.concerns_hash), rated.issuers)).toEqual(rated.beacon);
    for (const item of rated.items) expect(await assigned(rated.beacon, item.token, 4)).toBe(item.index);
    const receipt = readReceipt(protocol.receipt)!;
    expect(await led(receipt.inclusion, await leaf(canonical(receipt.item)))).toEqual(rated.root);
  });

  it('that is true adds up', async () => {
    const report = await verify(box('prioritising'), readEvidence(protocol.evidence));
    expect(report).toMatchObject({ items: 6, single_issuer: false, keys_pinned: true, receipts: 1 });
    expect(report.issuers.map((issuer) => issuer.revealed)).toEqual([true, true, false]);
    expect((await verify(box('question'))).result.method).toBe('question');
  });

  it.each(protocol.cases as { name: string }[])('that lies is found out: $name', async (lie) => {
    const { set, evidence, code, place } = lie as never as {
      set: { path: string; value: unknown }[];
      evidence: unknown;
      code: string;
      place: string;
    };
    const told = structuredClone(protocol.boxes.prioritising);
    for (const { path, value } of set) {
      const names = path.split('/');
      const last = names.pop()!;
      names.reduce((at, name) => at[name], told)[last] = value;
    }
    const held = readEvidence(evidence);
    expect(held).toBeDefined();
    const found = await verify(readBox(told), held).catch((refusal: unknown) => refusal);
    expect(found).toBeInstanceOf(Refusal);
    expect({ code: (found as Refusal).code, place: (found as Refusal).place }).toEqual({ code, place });
  });

  it('has no room for more than it has to say', () => {
    const more = structuredClone(protocol.boxes.question);
    more.items[0].time = '12:00';
    expect(readBox(more)).toBeUndefined();
  });
});

it('counts to the same digits', () => {
  for (const { weights, terms, ratings, outcome } of protocol.counts) {
    const list = terms.map(([severity, frequency, harm]: number[], i: number) => ({
      id: outcome.ranking.map((row: { concern: string }) => row.concern).sort()[i],
      severity,
      frequency,
      harm,
    }));
    const items = ratings.map(([index, value]: number[]) => ({ index, value }));
    expect(countRatings(list, weights, items)).toEqual(outcome);
  }
});

it('speaks as the server does', () => {
  for (const { code, en, sq } of protocol.sentences) expect(SENTENCES[code as 'weak_key']).toEqual({ en, sq });
  expect(inWords(new Refusal('bad_issuer_signature', 'item 4 issuer 0'), 'sq')).toMatch(
    /^Vota nr\. 5, institucioni nr\. 1: Nënshkrimi/,
  );
  expect(inWords(new Refusal('wrong_root'), 'en')).toBe(SENTENCES.wrong_root.en);
});
