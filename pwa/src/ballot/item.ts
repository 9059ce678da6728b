/** One item of the box, and whether it may be cast. The twin of item.rs. */
import { hashes, Point } from '@noble/ed25519';
import { assigned } from './beacon';
import { verifies, type IssuerKey } from './blind';
import { concat, message, u16, u32, u8, type Bytes } from './encode';
import { tokenMessage, type Token } from './token';

export { canonical } from './canonical';

/** What a token says. Value 0 withdraws; a higher sequence replaces a lower one. */
export type Vote = { index: number; value: number; sequence: number };
export type Item = Vote & { token: Bytes; signatures: (Bytes | null)[]; signature: Bytes };

/** What an item of one consultation is held against. */
export type Context = {
  consultation: Bytes;
  issuers: IssuerKey[];
  threshold: number;
  paper: { concerns: number; beacon: Bytes } | { choices: number };
};

export type Fault =
  | { kind: 'wrong_assignment' | 'value_out_of_range' | 'too_few_signatures' | 'bad_token_signature' }
  | { kind: 'bad_issuer_signature'; issuer: number };

const HIGHEST_RATING = 5;

const words = (consultation: Bytes, token: Bytes, vote: Vote): Bytes =>
  message('trekendesh item 1', consultation, token, u16(vote.index), u8(vote.value), u32(vote.sequence));

export async function cast(token: Token, vote: Vote, signatures: (Bytes | null)[]): Promise<Item> {
  const signature = await token.sign(words(token.consultation, token.public, vote));
  return { ...vote, token: token.public, signatures, signature };
}

function littleEndian(bytes: Uint8Array): bigint {
  let number = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) number = (number << 8n) | BigInt(bytes[i]!);
  return number;
}

/**
 * Strict Ed25519, to agree with the server bit for bit: the library alone clears the cofactor and would take a
 * signature with a part of small order, which the server refuses.
 */
export async function signedBy(key: Bytes, signed: Bytes, signature: Bytes): Promise<boolean> {
  const order = Point.CURVE().n;
  const s = littleEndian(signature.subarray(32));
  if (s >= order) return false;
  try {
    const [a, r] = [Point.fromBytes(key), Point.fromBytes(signature.slice(0, 32))];
    if (a.isSmallOrder() || r.isSmallOrder()) return false;
    const digest = await hashes.sha512Async(concat(signature.subarray(0, 32), key, signed));
    const k = littleEndian(digest) % order;
    const left = Point.BASE.multiply(s, false);
    return left.equals(r.add(a.multiply(k, false)));
  } catch {
    return false;
  }
}

export const assignedTo = async (paper: Context['paper'], token: Bytes): Promise<number> =>
  'beacon' in paper ? assigned(paper.beacon, token, paper.concerns) : 0;

/** The fault of an item, if it has one; cheap checks come first. */
export async function examine(context: Context, item: Item): Promise<Fault | undefined> {
  const { consultation, issuers, threshold, paper } = context;
  if (item.index !== (await assignedTo(paper, item.token))) return { kind: 'wrong_assignment' };
  const highest = 'beacon' in paper ? HIGHEST_RATING : paper.choices;
  if (item.value > highest) return { kind: 'value_out_of_range' };
  const filled = item.signatures.filter((signature) => signature !== null).length;
  if (item.signatures.length !== issuers.length || filled < threshold) return { kind: 'too_few_signatures' };
  if (!(await signedBy(item.token, words(consultation, item.token, item), item.signature)))
    return { kind: 'bad_token_signature' };
  const issued = tokenMessage(consultation, item.token);
  for (const [issuer, key] of issuers.entries()) {
    const signature = item.signatures[issuer];
    if (signature && !(await verifies(key, issued, signature))) return { kind: 'bad_issuer_signature', issuer };
  }
  return undefined;
}
