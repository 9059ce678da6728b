/**
 * RFC 9474, RSABSSA-SHA384-PSS-Deterministic, the device's side. The twin of server/ballot/src/{pss,key}.rs.
 * BigInt is not constant in time; see server/ballot/THREATS.md for what that gives away.
 */
import { concat, fromBase64url, labelled, toBase64url, u32, type Bytes } from './encode';

export const MODULUS = 256;
const SALT = 48;

export type Jwk = { kty: string; n: string; e: string };

/** An issuer's public key. Always RSA-2048 with e = 65537: see the twin for why nothing else is taken. */
export type IssuerKey = { n: bigint; modulus: Bytes; fingerprint: Bytes; verifying: CryptoKey };

export function toNumber(bytes: Uint8Array): bigint {
  let digits = '0x0';
  for (const byte of bytes) digits += byte.toString(16).padStart(2, '0');
  return BigInt(digits);
}

export function toBytes(number: bigint, length: number): Bytes {
  const digits = number.toString(16).padStart(length * 2, '0');
  return Uint8Array.from({ length }, (_, i) => parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}

const bitsOf = (n: bigint): number => n.toString(2).length;

/** r^65537 mod n: sixteen squarings and one product. */
function raise(r: bigint, n: bigint): bigint {
  let power = r;
  for (let i = 0; i < 16; i++) power = (power * power) % n;
  return (power * r) % n;
}

/** The inverse modulo n, if there is one. */
export function inverse(number: bigint, n: bigint): bigint | undefined {
  let [a, b, x, y] = [number % n, n, 1n, 0n];
  while (a > 0n) {
    const whole = b / a;
    [a, b, x, y] = [b - whole * a, a, y - whole * x, x];
  }
  return b === 1n ? ((y % n) + n) % n : undefined;
}

/** Refuses everything but an odd modulus of exactly 2048 bits with e = 65537. */
export async function readKey(jwk: Jwk): Promise<IssuerKey | undefined> {
  const modulus = fromBase64url(jwk.n);
  if (jwk.kty !== 'RSA' || jwk.e !== 'AQAB' || modulus?.length !== MODULUS) return undefined;
  const n = toNumber(modulus);
  if (bitsOf(n) !== MODULUS * 8 || n % 2n === 0n) return undefined;
  const verifying = await crypto.subtle.importKey(
    'jwk',
    { kty: 'RSA', n: toBase64url(modulus), e: 'AQAB', alg: 'PS384' },
    { name: 'RSA-PSS', hash: 'SHA-384' },
    false,
    ['verify'],
  );
  return { n, modulus, verifying, fingerprint: await labelled('trekendesh issuer key 1', modulus) };
}

export const verifies = (key: IssuerKey, message: Bytes, signature: Bytes): Promise<boolean> =>
  crypto.subtle.verify({ name: 'RSA-PSS', saltLength: SALT }, key.verifying, signature, message);

const sha384 = async (...parts: Uint8Array[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-384', concat(...parts)));

/** EMSA-PSS-ENCODE of RFC 8017, 9.1.1, with the salt given. */
export async function encode(message: Bytes, salt: Bytes, bits: number): Promise<Bytes> {
  const length = Math.ceil((bits - 1) / 8);
  const hash = await sha384(new Uint8Array(8), await sha384(message), salt);
  const data = concat(new Uint8Array(length - 2 * SALT - 2), new Uint8Array([1]), salt);
  for (let block = 0; block * SALT < data.length; block++) {
    const mask = await sha384(hash, u32(block));
    mask.subarray(0, data.length - block * SALT).forEach((byte, i) => {
      data[block * SALT + i]! ^= byte;
    });
  }
  data[0]! &= 0xff >> (length * 8 - (bits - 1));
  return concat(data, hash, new Uint8Array([0xbc]));
}

/** A factor out of 128 bits more than the modulus; undefined where it cannot blind. */
export function blindingFactor(n: bigint, wide: Bytes): bigint | undefined {
  const r = toNumber(wide) % n;
  return r > 1n && inverse(r, n) !== undefined ? r : undefined;
}

/** The message as sent to the signer. */
export async function blind(n: bigint, message: Bytes, salt: Bytes, r: bigint): Promise<Bytes> {
  const encoded = toNumber(await encode(message, salt, bitsOf(n)));
  if (inverse(encoded, n) === undefined) throw new Error('a message that shares a factor with the modulus');
  return toBytes((encoded * raise(r, n)) % n, Math.ceil(bitsOf(n) / 8));
}

/** The signature out of the signer's answer; not yet verified. */
export function unblind(n: bigint, blindSignature: Bytes, r: bigint): Bytes | undefined {
  const signature = toNumber(blindSignature);
  const back = inverse(r, n);
  if (signature >= n || back === undefined) return undefined;
  return toBytes((signature * back) % n, Math.ceil(bitsOf(n) / 8));
}
