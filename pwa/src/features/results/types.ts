import type { components } from '$/api/schema';
import type { Institution, Refine } from '$/api/types';
import type { Outcome, Ranked, Weights } from '$/ballot/result';

type S = components['schemas'];

export type IssuerView = Refine<
  S['VoteIssuerView'],
  {
    institution: Extract<Institution, 'municipality' | 'police' | 'prosecution'>;
    /** These three from sealing on. */
    accounts: number | null;
    tokens: number | null;
    revealed: boolean | null;
  }
>;
type Method = 'prioritising' | 'question';
/** `accounts` is null where so few came that a number would point at them, and where it would tell of those. */
export type Turnout = Refine<
  S['Turnout'],
  { accounts: number | null; units: Refine<S['UnitTurnout'], { accounts: number | null }>[] }
>;
export type ResultView = Refine<S['VoteResult'], { method: Method; ranking: Ranked[] }>;

/** A formal vote as everybody may see it; ids are the address's, not the box's. */
export type VoteView = Refine<
  S['VoteView'],
  {
    method: Method;
    stage: 'issuing' | 'sealing' | 'casting' | 'counting' | 'counted' | 'failed' | 'withdrawn';
    issuers: IssuerView[];
    left_out: IssuerView[];
    weights: Weights | null;
    paper: S['VotePaper'] | null;
    result: ResultView | null;
    turnout: Turnout | null;
  }
>;

/** The count as the box writes it, for each method apart. */
export const outcomeOf = ({ method, counted, withdrawn, ranking, choices }: ResultView): Outcome =>
  method === 'question'
    ? { method, votes: counted, withdrawn, choices }
    : { method, ratings: counted, withdrawn, ranking };
