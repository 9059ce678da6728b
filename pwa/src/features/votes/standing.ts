import type { Failure } from '$/api/client';
import type { Ballot, Held } from '$/offline/db';
import type { Card } from './cards';
import { slotsOf } from './slots';
import type { VoteView } from './types';

export type LocalFailure = Pick<Failure, 'code'>;

/** How many issuers' signatures that count are on every one of the tokens. */
export const signed = ({ tokens, fingerprints }: Pick<Held, 'tokens' | 'fingerprints'>, view: Pick<VoteView, 'issuers'>): number => {
  const slots = slotsOf(view, fingerprints) ?? fingerprints.map((_, place) => place);
  return tokens.length ? Math.min(...tokens.map(({ signatures }) => slots.filter((slot) => signatures[slot]).length)) : 0;
};

/** Whether the rights to vote are complete, or as complete as they will be. */
export const usable = (held: Held | undefined, view: Pick<VoteView, 'threshold' | 'issuers'>): boolean =>
  !!held?.settled && signed(held, view) >= view.threshold;

type Mine = {
  signedIn: boolean;
  verified: boolean;
  fetching: boolean;
  held: Held | undefined;
  ballots: Ballot[];
  failure: LocalFailure | undefined;
};

/** Where somebody stands in a vote: what the box and the page of the vote say, and what they offer. */
export type Standing =
  | 'none'
  | 'verify'
  | 'sign_in'
  | 'fetching'
  | 'unfetched'
  | 'partly'
  | 'other'
  | 'ready'
  | 'vote'
  | 'begun'
  | 'voted'
  | 'missed'
  | 'counting'
  | 'counted'
  | 'void';

export function standing(view: Pick<VoteView, 'stage' | 'threshold' | 'issuers'>, mine: Mine): Standing {
  const { held, ballots } = mine;
  if (view.stage === 'withdrawn') return 'none';
  if (view.stage === 'failed') return 'void';
  if (view.stage === 'counting' || view.stage === 'counted') return view.stage;
  if (held && usable(held, view)) {
    if (view.stage !== 'casting') return 'ready';
    if (ballots.length) return 'voted';
    return Object.keys(held.chosen).length ? 'begun' : 'vote';
  }
  const issuing = view.stage === 'issuing';
  if (!issuing && !mine.signedIn) return 'sign_in';
  if (!held && !mine.verified) return issuing ? 'verify' : 'missed';
  const code = held?.refusal ?? mine.failure?.code;
  if (code === 'tokens_other') return 'other';
  // Of another year, or of another unit than is asked.
  if (code === 'not_verified' && issuing) return 'verify';
  if (mine.fetching) return 'fetching';
  if (held?.tokens.length) return 'partly';
  if (!issuing) return 'missed';
  return code ? 'unfetched' : 'fetching';
}

/** How many of the votes lie in the box, as far as this device was told. */
export const inBox = (ballots: Ballot[]): number =>
  ballots.filter(({ state }) => state === 'cast' || state === 'proved').length;

/** Whether something was chosen that was not cast yet. */
export const unsent = (held: Held, ballots: Ballot[], cards: Card[]): boolean => {
  const cast = new Map(ballots.map(({ token, item }) => [token, item.value]));
  return cards.some(({ token }) => (held.chosen[token] ?? 0) !== (cast.get(token) ?? 0));
};
