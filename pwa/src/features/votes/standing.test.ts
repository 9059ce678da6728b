import { describe, expect, it } from 'vitest';
import type { Ballot, Held } from '$/offline/db';
import { standing, type Standing } from './standing';
import type { Issuer, Stage } from './types';

const filled = (...signatures: (string | null)[]): Held => ({
  id: 'x',
  consultation: 'x',
  municipality: 'x',
  whose: 'x',
  until: '2027-03-16',
  seed: new Uint8Array(32),
  fingerprints: signatures.map((_, place) => `${place}`),
  tokens: signatures.length ? [{ token: 'x', signatures }] : [],
  settled: true,
  chosen: {},
  restored: false,
});
const whole = filled('a', 'b', 'c');
const issuers = [0, 1, 2].map((place) => ({ fingerprint: `${place}` }) as Issuer);
const blank = { signedIn: true, verified: true, fetching: false, held: undefined, ballots: [], failure: undefined };
const in_ = (stage: Stage, mine: Partial<Parameters<typeof standing>[1]>): Standing =>
  standing({ stage, threshold: 2, issuers }, { ...blank, ...mine });

describe('where somebody stands', () => {
  it('while papers are handed out', () => {
    expect(in_('issuing', { verified: false })).toBe('verify');
    expect(in_('issuing', { failure: { code: 'not_verified' } })).toBe('verify');
    expect(in_('issuing', { fetching: true })).toBe('fetching');
    expect(in_('issuing', { failure: { code: 'offline' } })).toBe('unfetched');
    expect(in_('issuing', { held: { ...filled(), settled: false, refusal: 'tokens_other' } })).toBe('other');
    expect(in_('issuing', { held: { ...filled('a', null, 'c'), settled: false } })).toBe('partly');
    expect(in_('issuing', { held: whole })).toBe('ready');
  });

  it('before and while votes are cast', () => {
    expect(in_('sealing', { held: whole })).toBe('ready');
    expect(in_('casting', { held: whole })).toBe('vote');
    expect(in_('casting', { held: filled('a', null, 'c') })).toBe('vote');
    expect(in_('casting', { held: { ...whole, chosen: { x: 3 } } })).toBe('begun');
    expect(in_('casting', { held: whole, ballots: [{} as Ballot] })).toBe('voted');
  });

  it('with too few signatures, or none', () => {
    expect(in_('casting', { held: { ...filled('a', null, null), settled: false } })).toBe('partly');
    expect(in_('casting', {})).toBe('missed');
    expect(in_('casting', { verified: false })).toBe('missed');
    expect(in_('casting', { signedIn: false, verified: false })).toBe('sign_in');
    // Whoever is no longer verified keeps what they were given.
    expect(in_('casting', { verified: false, held: whole })).toBe('vote');
  });

  it('when it is over', () => {
    const ends = (['counting', 'counted', 'failed', 'withdrawn'] as const).map((stage) => in_(stage, { held: whole }));
    expect(ends).toEqual(['counting', 'counted', 'void', 'none']);
  });
});
