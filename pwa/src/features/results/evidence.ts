import { readEvidence, type Evidence } from '$/ballot/box';
import { db, type Ballot, type Held } from '$/offline/db';

/** What this device was given while the vote went on, with the fingerprints of the keys that its ballots were signed with. */
export type Own = Evidence & { keys: string[] };

export async function ownEvidence(consultation: string): Promise<Own> {
  const store = await db();
  const [ballots, helds] = await Promise.all([store.getAll('ballots'), store.getAll('votes')]);
  const here = (one: { consultation: string }): boolean => one.consultation === consultation;
  return evidenceOf(ballots.filter(here), helds.filter(here));
}

/** Whose they are does not matter: whoever counts on this device counts for all who voted on it. */
export function evidenceOf(ballots: Ballot[], helds: Held[]): Own {
  const receipts = ballots.flatMap(({ receipt }) => (receipt ? [receipt] : []));
  const read = readEvidence({
    receipts: receipts.map(({ item, inclusion }) => ({ item, inclusion })),
    roots: receipts.map(({ root: { size, hash } }) => ({ size, hash })),
  });
  const keys = [...new Set(helds.flatMap(({ fingerprints }) => fingerprints))];
  return { ...(read ?? { issuers: [], roots: [], closing: null, receipts: [] }), keys };
}
