import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { concat, fromBase64url, fromUuid, toBase64url, type Bytes } from './encode';
import { cast, signedBy } from './item';
import { rightMessage, show } from './right';
import { token } from './token';

const protocol = JSON.parse(readFileSync(new URL('../../../server/ballot/vectors/protocol.json', import.meta.url), 'utf8'));
const consultation = fromUuid(protocol.consultation)!;
const seed = fromBase64url(protocol.seed)!;
const mine = () => token(seed, consultation, 0);
const ascii = (text: string): Bytes => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('a right to answer', () => {
  it('says the label, a zero, the consultation, the token and the room, and nothing else', async () => {
    const of = await mine();
    const said = rightMessage(consultation, of.public, '7KQ2MX');
    expect(said).toEqual(concat(ascii('trekendesh answer 1\0'), consultation, of.public, ascii('7KQ2MX')));
    expect(said).toHaveLength(20 + 16 + 32 + 6);
  });

  it('is signed by the token that the vectors name, for one room alone', async () => {
    const of = await mine();
    const right = await show(of, '7KQ2MX', [null]);
    expect(toBase64url(right.token)).toBe(protocol.tokens[0].public);
    expect(right.signatures).toEqual([null]);
    const holds = (place: string, where = consultation) => signedBy(right.token, rightMessage(where, right.token, place), right.signature);
    expect(await holds('7KQ2MX')).toBe(true);
    expect(await holds('7KQ2MY')).toBe(false);
    expect(await holds('7KQ2MX', new Uint8Array(16))).toBe(false);
    expect(await show(of, '7KQ2MX', [null])).toEqual(right);
  });

  it('is no vote, and no vote is one', async () => {
    const of = await mine();
    const vote = await cast(of, { index: 0, value: 1, sequence: 1 }, [null]);
    expect(await signedBy(of.public, rightMessage(consultation, of.public, '7KQ2MX'), vote.signature)).toBe(false);
    expect((await show(of, '7KQ2MX', [null])).signature).not.toEqual(vote.signature);
  });
});
