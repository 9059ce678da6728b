/** Crockford's base32: no I, L, O or U, so that it survives being read aloud and typed. */
export const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `count` symbols of `bytes`, most significant bit first. */
export function symbols(bytes: Uint8Array, count: number): number[] {
  const found: number[] = [];
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && found.length < count) {
      bits -= 5;
      found.push((held >> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return found;
}

export const spell = (values: number[]): string => values.map((value) => ALPHABET[value]).join('');
