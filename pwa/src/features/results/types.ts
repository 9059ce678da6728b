import type { Jwk } from '$/ballot/blind';
import type { Outcome, Ranked, Terms, Weights } from '$/ballot/result';
import type { Institution } from '$/api/types';

export type IssuerView = {
  institution: Extract<Institution, 'municipality' | 'police' | 'prosecution'>;
  name: string;
  key: Jwk;
  fingerprint: string;
  identity: string;
  commitment: string;
  /** From sealing on. */
  accounts: number | null;
  tokens: number | null;
  revealed: boolean | null;
};
export type RootView = { on: string; size: number; hash: string };
export type PaperView = {
  beacon: string;
  concerns: ({ id: string; title: string } & Terms)[];
  choices: string[];
};
/** `accounts` is null where so few came that a number would point at them, and where it would tell of those. */
export type Turnout = { accounts: number | null; units: { unit: string; name: string; accounts: number | null }[] };

/** The count as it is told; the box writes the same for each method apart. */
export type ResultView = {
  method: 'prioritising' | 'question';
  counted: number;
  withdrawn: number;
  ranking: Ranked[];
  choices: number[];
};

export const outcomeOf = ({ method, counted, withdrawn, ranking, choices }: ResultView): Outcome =>
  method === 'question'
    ? { method, votes: counted, withdrawn, choices }
    : { method, ratings: counted, withdrawn, ranking };

/** A formal vote as everybody may see it; ids are the address's, not the box's. */
export type VoteView = {
  consultation: string;
  municipality: string;
  question: string;
  method: 'prioritising' | 'question';
  tokens: number;
  threshold: number;
  single_issuer: boolean;
  stage: 'issuing' | 'sealing' | 'casting' | 'counting' | 'counted' | 'failed' | 'withdrawn';
  issuing_until: string;
  casting_from: string;
  casting_until: string;
  delay_seconds: number;
  issuers: IssuerView[];
  weights: Weights | null;
  paper: PaperView | null;
  roots: RootView[];
  result: ResultView | null;
  turnout: Turnout | null;
};
