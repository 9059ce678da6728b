/** The right to answer where verified residents are asked: a token of a vote on one question, shown again. The twin of right.rs. */
import { message, utf8, type Bytes } from './encode';
import type { Token } from './token';

/** A token, and its signature over where it answers. It names nobody. */
export type Right = { token: Bytes; signatures: (Bytes | null)[]; signature: Bytes };

/** What a token signs to answer somewhere: nothing that could be cast. */
export const rightMessage = (consultation: Bytes, token: Bytes, place: string): Bytes =>
  message('trekendesh answer 1', consultation, token, utf8(place));

export async function show(token: Token, place: string, signatures: (Bytes | null)[]): Promise<Right> {
  const signature = await token.sign(rightMessage(token.consultation, token.public, place));
  return { token: token.public, signatures, signature };
}
