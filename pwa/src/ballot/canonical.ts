/** An item as the tree holds it; apart from item.ts, since the service worker needs no curve. */
import { concat, u16, u32, u8, type Bytes } from './encode';
import type { Item } from './item';

/** The bytes whose hash is a leaf of the tree. */
export const canonical = (item: Item): Bytes =>
  concat(
    item.token,
    u16(item.index),
    u8(item.value),
    u32(item.sequence),
    item.signature,
    u8(Math.min(item.signatures.length, 255)),
    ...item.signatures.map((signature) => (signature ? concat(u8(1), signature) : u8(0))),
  );
