import type { Outcome } from '$/ballot/result';
import type { Jwk } from '$/ballot/blind';

export type Issuing = 'municipality' | 'police' | 'prosecution';
export type Stage = 'issuing' | 'sealing' | 'casting' | 'counting' | 'counted' | 'failed' | 'withdrawn';
export type Issuer = {
  institution: Issuing;
  name: string;
  key: Jwk;
  fingerprint: string;
  identity: string;
  commitment: string;
  accounts: number | null;
  tokens: number | null;
  revealed: boolean | null;
};
export type Paper = {
  beacon: string;
  concerns: { id: string; title: string; severity: number; frequency: number; harm: number }[];
  choices: string[];
};
/** The terms of a formal vote, public and the same for everybody. */
export type VoteView = {
  consultation: string;
  municipality: string;
  question: string;
  method: 'prioritising' | 'question';
  tokens: number;
  threshold: number;
  single_issuer: boolean;
  stage: Stage;
  /** Days, each with its end. */
  issuing_until: string;
  casting_from: string;
  casting_until: string;
  delay_seconds: number;
  issuers: Issuer[];
  weights: { votes: number; severity: number; frequency: number; harm: number } | null;
  paper: Paper | null;
  roots: { on: string; size: number; hash: string }[];
  result: Outcome | null;
  turnout: { accounts: number | null; units: { unit: string; name: string; accounts: number | null }[] } | null;
};
export type Signatures = { signatures: Partial<Record<Issuing, string[] | null>> };
