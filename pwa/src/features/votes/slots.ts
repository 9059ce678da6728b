import type { Issuer, VoteView } from './types';

/** All who were asked to sign: also those that were left out when the vote was sealed. */
export const everyIssuer = ({ issuers, left_out }: Pick<VoteView, 'issuers' | 'left_out'>): Issuer[] => [...issuers, ...left_out];

/** Where the signatures that count lie among those that were kept; undefined where a key is another than the one that signed. */
export function slotsOf({ issuers }: Pick<VoteView, 'issuers'>, fingerprints: string[]): number[] | undefined {
  const places = issuers.map(({ fingerprint }) => fingerprints.indexOf(fingerprint));
  return places.includes(-1) ? undefined : places;
}
