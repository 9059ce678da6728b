/** The frozen list, the beacon nobody could foresee, and the concern it gives to a token. The twin of beacon.rs. */
import { concat, equal, labelled, sized, u16, u8, type Bytes } from './encode';

/** What one issuer gives to the beacon; no reveal where it was missing at the published deadline. */
export type Contribution = { commitment: Bytes; reveal: Bytes | null };

export const concernsHash = (ids: Bytes[]): Promise<Bytes> =>
  labelled('trekendesh list 1', u16(ids.length), ...ids);

export const choicesHash = (choices: string[]): Promise<Bytes> =>
  labelled('trekendesh choices 1', u16(choices.length), ...choices.map(sized));

export const commitment = (consultation: Bytes, reveal: Bytes): Promise<Bytes> =>
  labelled('trekendesh commitment 1', consultation, reveal);

/** Whether the reveal, if there is one, is what was committed to. */
export const holds = async (consultation: Bytes, given: Contribution): Promise<boolean> =>
  given.reveal === null || equal(await commitment(consultation, given.reveal), given.commitment);

export const beacon = (consultation: Bytes, list: Bytes, given: Contribution[]): Promise<Bytes> =>
  labelled(
    'trekendesh beacon 1',
    consultation,
    list,
    ...given.map(({ commitment, reveal }) => (reveal ? concat(u8(1), reveal) : concat(u8(0), commitment))),
  );

/** The place on a list of so many concerns that a token rates. */
export async function assigned(drawn: Bytes, token: Bytes, concerns: number): Promise<number> {
  const hash = await labelled('trekendesh assignment 1', drawn, token);
  const high = new DataView(hash.buffer).getBigUint64(0);
  return Number((high * BigInt(concerns)) >> 64n);
}
