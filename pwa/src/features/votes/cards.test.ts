import { describe, expect, it } from 'vitest';
import { assigned } from '$/ballot/beacon';
import { fromBase64url, toBase64url } from '$/ballot/encode';
import { cardsOf } from './cards';
import { vote } from './issuer.mock';

const beacon = toBase64url(new Uint8Array(32).fill(5));
const tokens = Array.from({ length: 12 }, (_, place) => ({ token: toBase64url(new Uint8Array(32).fill(place)), signatures: [] }));
const concern = (place: number) => ({ id: `concern-${place}`, title: `Shqetësimi ${place}`, severity: 50, frequency: 50, harm: 50 });
const paper = (concerns: number) => ({ beacon, concerns: Array.from({ length: concerns }, (_, place) => concern(place)), choices: [] });

describe('the cards', () => {
  it('show each drawn concern once, and the first of its tokens speaks', async () => {
    const view = await vote(1, { tokens: 12, paper: paper(8) });
    const drawn = await Promise.all(tokens.map(({ token }) => assigned(fromBase64url(beacon)!, fromBase64url(token)!, 8)));
    const cards = await cardsOf(view, { tokens });
    expect(new Set(drawn).size).toBeLessThan(12);
    expect(cards.map(({ index }) => index)).toEqual([...new Set(drawn)]);
    for (const { index, place, token, concern: shown } of cards) {
      expect(place).toBe(drawn.indexOf(index));
      expect(token).toBe(tokens[place]?.token);
      expect(shown?.id).toBe(`concern-${index}`);
    }
  });

  it('of a question are one', async () => {
    const view = await vote(1, { method: 'question', tokens: 1, paper: { beacon, concerns: [], choices: ['Po', 'Jo'] } });
    expect(await cardsOf(view, { tokens: tokens.slice(0, 1) })).toEqual([{ token: tokens[0]?.token, place: 0, index: 0, concern: undefined }]);
  });

  it('are none before the draw', async () => {
    expect(await cardsOf(await vote(1), { tokens })).toEqual([]);
  });
});
