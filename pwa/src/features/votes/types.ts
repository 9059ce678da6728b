import type { VoteView } from '../results/types';

export type { VoteView };
export type Stage = VoteView['stage'];
export type Issuer = VoteView['issuers'][number];
export type Issuing = Issuer['institution'];
export type Paper = NonNullable<VoteView['paper']>;
export type Signatures = { signatures: Partial<Record<Issuing, string[] | null>> };
