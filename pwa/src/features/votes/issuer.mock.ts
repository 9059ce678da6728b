import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readKey, toBytes, toNumber, type Jwk } from '$/ballot/blind';
import { fromBase64url, toBase64url, type Bytes } from '$/ballot/encode';
import type { Issuing, VoteView } from './types';

const bytes = (text: string): Bytes => fromBase64url(text)!;
const { pkcs8 } = JSON.parse(
  readFileSync(new URL('../../../../server/ballot/vectors/test_keys.json', import.meta.url), 'utf8'),
) as { pkcs8: string[] };

function raised(base: bigint, exponent: bigint, n: bigint): bigint {
  let [power, square, left] = [1n, base % n, exponent];
  for (; left > 0n; left >>= 1n, square = (square * square) % n) if (left & 1n) power = (power * square) % n;
  return power;
}

/** One issuer in memory, which signs whatever it gets, as a blind signer does. */
export function issuer(place: number) {
  const key = createPrivateKey({ key: Buffer.from(bytes(pkcs8[place]!)), format: 'der', type: 'pkcs8' });
  const { n, d, e } = key.export({ format: 'jwk' });
  const [modulus, secret] = [toNumber(bytes(n!)), toNumber(bytes(d!))];
  return {
    jwk: { kty: 'RSA', n: n!, e: e! } satisfies Jwk,
    sign: (blinded: string): string => toBase64url(toBytes(raised(toNumber(bytes(blinded)), secret, modulus), 256)),
  };
}

export const INSTITUTIONS: Issuing[] = ['municipality', 'police', 'prosecution'];

/** A vote of so many issuers, with 3 tokens so that tests stay quick. */
export async function vote(count: number, change: Partial<VoteView> = {}): Promise<VoteView> {
  const issuers: VoteView['issuers'] = [];
  for (let place = 0; place < count; place++) {
    const { jwk } = issuer(place);
    const fingerprint = toBase64url((await readKey(jwk))!.fingerprint);
    const blank = { name: 'x', identity: '', commitment: '', accounts: null, tokens: null, revealed: null };
    issuers.push({ ...blank, institution: INSTITUTIONS[place]!, key: jwk, fingerprint });
  }
  return {
    consultation: '0123456789ABCDEF',
    municipality: 'elbasan',
    question: 'Çfarë vjen e para?',
    method: 'prioritising',
    tokens: 3,
    threshold: 2,
    single_issuer: false,
    stage: 'issuing',
    year: 2027,
    issuing_until: '2027-03-02',
    casting_from: '2027-03-03',
    casting_until: '2027-03-16',
    delay_seconds: 43_200,
    issuers,
    left_out: [],
    weights: null,
    paper: null,
    roots: [],
    result: null,
    turnout: null,
    ...change,
  };
}
