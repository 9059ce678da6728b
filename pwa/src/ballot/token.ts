/**
 * A seed on the device, and everything that follows from it. The twin of server/ballot/src/{seed,seed_text}.rs.
 */
import { getPublicKeyAsync, signAsync } from '@noble/ed25519';
import { spell, symbols } from '$/offline/crockford';
import { blind, blindingFactor, MODULUS, unblind, verifies, type IssuerKey } from './blind';
import { concat, message, u16, u8, type Bytes } from './encode';
import { readSymbols, weighed, timesPower } from './symbols';

const SYMBOLS = 53;

/** One right to cast one item. */
export type Token = {
  consultation: Bytes;
  public: Bytes;
  sign: (message: Bytes) => Promise<Bytes>;
  expand: (label: string, length: number, ...parts: Bytes[]) => Promise<Bytes>;
};

/** What issuers sign: it names the consultation and the token, and nothing of a person. */
export const tokenMessage = (consultation: Bytes, token: Bytes): Bytes =>
  message('trekendesh token 1', consultation, token);

/** The token `index` (from 0) of this seed in one consultation. */
export async function token(seed: Bytes, consultation: Bytes, index: number): Promise<Token> {
  const source = await crypto.subtle.importKey('raw', seed, 'HKDF', false, ['deriveBits']);
  const expand = async (label: string, length: number, ...parts: Bytes[]): Promise<Bytes> => {
    const info = message(label, u16(index), ...parts);
    const how = { name: 'HKDF', hash: 'SHA-256', salt: consultation, info };
    return new Uint8Array(await crypto.subtle.deriveBits(how, source, length * 8));
  };
  const secret = await expand('trekendesh token secret 1', 32);
  return {
    consultation,
    expand,
    public: new Uint8Array(await getPublicKeyAsync(secret)),
    sign: async (words) => new Uint8Array(await signAsync(words, secret)),
  };
}

async function factor(of: Token, key: IssuerKey): Promise<bigint> {
  for (let counter = 0; counter < 256; counter++) {
    const wide = await of.expand('trekendesh blinding 1', MODULUS + 16, key.fingerprint, u8(counter));
    const r = blindingFactor(key.n, wide);
    if (r !== undefined) return r;
  }
  throw new Error('the key is made to prevent blinding');
}

/** The blinded message for this issuer: always the same for the same seed and key. */
export async function blindToken(of: Token, key: IssuerKey): Promise<Bytes> {
  const salt = await of.expand('trekendesh pss salt 1', 48, key.fingerprint);
  return blind(key.n, tokenMessage(of.consultation, of.public), salt, await factor(of, key));
}

/** The issuer's signature on the token, verified; undefined when the answer is not its signature. */
export async function finalize(of: Token, key: IssuerKey, blindSignature: Bytes): Promise<Bytes | undefined> {
  const signature = unblind(key.n, blindSignature, await factor(of, key));
  const words = tokenMessage(of.consultation, of.public);
  return signature && (await verifies(key, words, signature)) ? signature : undefined;
}

/** The seed on paper: thirteen groups of four and a check symbol. */
export function seedToText(seed: Bytes): string {
  const values = symbols(concat(seed, u8(0)), SYMBOLS - 1);
  // a^-52 = a^10, as a^31 = 1.
  const written = spell([...values, timesPower(weighed(values), 10)]);
  return written.match(/.{1,4}/g)?.join('-') ?? '';
}

export function seedFromText(typed: string): Bytes | undefined {
  const values = readSymbols(typed, SYMBOLS);
  if (!values || weighed(values) !== 0) return undefined;
  const bytes = new Uint8Array(33);
  values.slice(0, -1).forEach((value, place) => {
    const at = place * 5;
    const spread = value << (11 - (at % 8));
    bytes[at >> 3]! |= spread >> 8;
    if ((at >> 3) + 1 < 33) bytes[(at >> 3) + 1]! |= spread & 255;
  });
  return bytes[32] === 0 ? bytes.slice(0, 32) : undefined;
}
