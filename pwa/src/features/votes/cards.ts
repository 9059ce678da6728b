import { assigned } from '$/ballot/beacon';
import { fromBase64url } from '$/ballot/encode';
import type { Held } from '$/offline/db';
import type { VoteView } from './types';

/** What a person is asked: a concern to rate, or the question to answer. */
export type Card = {
  /** The token that says it, and which one of the seed's that is. */
  token: string;
  place: number;
  /** The place of the concern on the list; 0 for a question. */
  index: number;
  concern: { id: string; title: string } | undefined;
};

/**
 * The cards of a person, in the order of their tokens. The draw may give two tokens the same concern: then the first
 * one speaks and the others stay silent, like those of a concern that was skipped. Cast twice, one opinion would count
 * as two, and the error shown with the result takes ratings for independent.
 */
export async function cardsOf(view: VoteView, held: Pick<Held, 'tokens'>): Promise<Card[]> {
  const { paper } = view;
  const drawn = paper && fromBase64url(paper.beacon);
  if (!paper || !drawn) return [];
  const first = new Map<number, Card>();
  for (const [place, { token }] of held.tokens.entries()) {
    const bytes = fromBase64url(token);
    if (!bytes) continue;
    const asks = view.method === 'question' ? 0 : await assigned(drawn, bytes, paper.concerns.length);
    if (!first.has(asks)) first.set(asks, { token, place, index: asks, concern: paper.concerns[asks] });
  }
  return [...first.values()];
}
