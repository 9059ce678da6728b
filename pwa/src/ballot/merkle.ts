/** The Merkle tree of RFC 6962, 2.1, and its inclusion proofs. The twin of merkle.rs. */
import { concat, sha256, u8, type Bytes } from './encode';

export type Root = { size: number; hash: Bytes };
export type Inclusion = { index: number; size: number; path: Bytes[] };

export const leaf = (data: Bytes): Promise<Bytes> => sha256(concat(u8(0), data));
const node = (left: Bytes, right: Bytes): Promise<Bytes> => sha256(concat(u8(1), left, right));

/** The largest power of two below `length`, for at least two. */
function split(length: number): number {
  let middle = 1;
  while (middle * 2 < length) middle *= 2;
  return middle;
}

/** Level by level: an unpaired hash moves up as it is, which is the tree of the RFC. */
export async function rootHash(leaves: Bytes[]): Promise<Bytes> {
  if (!leaves.length) return sha256(new Uint8Array());
  let level = leaves;
  while (level.length > 1) {
    const above: Bytes[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i]!, level[i + 1]];
      above.push(right ? await node(left, right) : left);
    }
    level = above;
  }
  return level[0]!;
}

export async function prove(leaves: Bytes[], index: number): Promise<Inclusion | undefined> {
  if (!(index >= 0 && index < leaves.length)) return undefined;
  const path: Bytes[] = [];
  let [part, place] = [leaves, index];
  while (part.length > 1) {
    const middle = split(part.length);
    const [left, right] = [part.slice(0, middle), part.slice(middle)];
    path.unshift(await rootHash(place < middle ? right : left));
    [part, place] = place < middle ? [left, place] : [right, place - middle];
  }
  return { index, size: leaves.length, path };
}

/** The root this proof leads to from a leaf, by RFC 9162, 2.1.3.2; undefined for a path of another length. */
export async function led({ index, size, path }: Inclusion, from: Bytes): Promise<Root | undefined> {
  if (index >= size) return undefined;
  let [place, last, hash] = [index, size - 1, from];
  for (const beside of path) {
    if (last === 0) return undefined;
    if (place % 2 === 1 || place === last) {
      hash = await node(beside, hash);
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else hash = await node(hash, beside);
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 ? { size, hash } : undefined;
}
