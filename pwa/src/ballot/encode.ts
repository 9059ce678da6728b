/**
 * Bytes as the box writes and hashes them. The twin of server/ballot/src/{bytes,hash}.rs; both are held to
 * server/ballot/vectors. Nothing here is imported by the first view.
 */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
export const utf8 = (text: string): Bytes => encoder.encode(text);

export function concat(...parts: Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Byte by byte, as numbers: the order of the items in a box. */
export function compare(one: Uint8Array, other: Uint8Array): number {
  for (let i = 0; i < one.length && i < other.length; i++) {
    const difference = (one[i] ?? 0) - (other[i] ?? 0);
    if (difference) return difference;
  }
  return one.length - other.length;
}

export const equal = (one: Uint8Array, other: Uint8Array): boolean => compare(one, other) === 0;

export const u8 = (value: number): Bytes => new Uint8Array([value]);
export const u16 = (value: number): Bytes => new Uint8Array([value >> 8, value & 255]);
export const u32 = (value: number): Bytes => concat(u16(value >>> 16), u16(value & 0xffff));

/** A text with its length in front. */
export function sized(text: string): Bytes {
  const bytes = utf8(text);
  return concat(u32(bytes.length), bytes);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES = new Map([...ALPHABET].map((symbol, value) => [symbol.charCodeAt(0), value]));

export function toBase64url(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0x3fff;
    for (bits += 8; bits >= 6; bits -= 6) text += ALPHABET[(held >> (bits - 6)) & 63];
  }
  return bits ? text + ALPHABET[(held << (6 - bits)) & 63] : text;
}

/** Only the one canonical spelling: no padding, no stray bits. */
export function fromBase64url(text: string): Bytes | undefined {
  const bytes = new Uint8Array((text.length * 6) >> 3);
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const value = VALUES.get(text.charCodeAt(i));
    if (value === undefined) return undefined;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 255;
    }
  }
  return bits < 6 && (held & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function fromUuid(text: string): Bytes | undefined {
  if (!UUID.test(text)) return undefined;
  const digits = text.replaceAll('-', '');
  return Uint8Array.from({ length: 16 }, (_, i) => parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}

export const sha256 = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

/** What is signed or hashed: a label, a zero, and parts of fixed length or with their lengths. */
export const message = (label: string, ...parts: Uint8Array[]): Bytes => concat(utf8(label), u8(0), ...parts);

export const labelled = (label: string, ...parts: Uint8Array[]): Promise<Bytes> => sha256(message(label, ...parts));
