/** The published box as read: only what belongs in it, in the one spelling. The twin of public_box.rs. */
import { concernsHash, choicesHash } from './beacon';
import type { IssuerKey, Jwk } from './blind';
import { concat, fromBase64url, fromUuid, labelled, sized, toBase64url, u16, u8, type Bytes } from './encode';
import type { Item } from './item';
import type { Inclusion, Root } from './merkle';
import type { Outcome, Ranked, Terms, Weights } from './result';

export type Issuer = {
  name: string;
  key: Jwk;
  identity: Bytes;
  commitment: Bytes;
  reveal: Bytes | null;
  statement: { accounts: number; tokens: number; signature: Bytes };
};
export type Box = {
  consultation: {
    id: Bytes;
    title: string;
    municipality: string;
    method: 'prioritising' | 'question';
    threshold: number;
    opens_on: string;
    closes_on: string;
  };
  concerns: ({ id: string; title: string } & Terms)[];
  choices: string[];
  weights: Weights | null;
  issuers: Issuer[];
  beacon: Bytes;
  items: Item[];
  root: Root;
  result: Outcome;
};

/** What somebody knows from elsewhere and holds against a box. */
export type Evidence = {
  issuers: { identity: Bytes; key: Bytes }[];
  roots: Root[];
  closing: Root | null;
  receipts: { item: Item; inclusion: Inclusion }[];
};

type Reader<T> = (value: unknown) => T;
class Unreadable extends Error {}
const no = (): never => {
  throw new Unreadable();
};

const text: Reader<string> = (value) => (typeof value === 'string' ? value : no());
const bytes =
  (length: number): Reader<Bytes> =>
  (value) => {
    const read = fromBase64url(text(value));
    return read?.length === length ? read : no();
  };
const upTo =
  (most: number): Reader<number> =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most ? value : no();
const [n8, n16, n32] = [upTo(255), upTo(65_535), upTo(4_294_967_295)];
const list =
  <T>(reader: Reader<T>): Reader<T[]> =>
  (value) =>
    Array.isArray(value) ? value.map(reader) : no();
/** Absent and null alike. */
const perhaps =
  <T>(reader: Reader<T>): Reader<T | null> =>
  (value) =>
    value === undefined || value === null ? null : reader(value);
const orEmpty =
  <T>(reader: Reader<T[]>): Reader<T[]> =>
  (value) =>
    value === undefined ? [] : reader(value);
const exactly =
  <T extends string>(...known: T[]): Reader<T> =>
  (value) =>
    known.find((one) => one === value) ?? no();
const object =
  <T>(shape: { [K in keyof T]: Reader<T[K]> }): Reader<T> =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return no();
    if (Object.keys(value).some((name) => !Object.hasOwn(shape, name))) return no();
    const read = Object.entries<Reader<unknown>>(shape).map(([name, reader]) => [
      name,
      reader((value as Record<string, unknown>)[name]),
    ]);
    return Object.fromEntries(read) as T;
  };

const uuid: Reader<Bytes> = (value) => fromUuid(text(value)) ?? no();
const id: Reader<string> = (value) => (uuid(value), text(value));
const root = object<Root>({ size: n32, hash: bytes(32) });
const item = object<Item>({
  token: bytes(32),
  index: n16,
  value: n8,
  sequence: n32,
  signatures: list(perhaps(bytes(256))),
  signature: bytes(64),
});
const ranked = object<Ranked>({
  concern: id,
  n: n32,
  sum: n32,
  mean: perhaps(n32),
  error: perhaps(n32),
  shrunk: n32,
  score: n32,
});
const prioritised = object<Outcome & { method: 'prioritising' }>({
  method: exactly('prioritising'),
  ratings: n32,
  withdrawn: n32,
  ranking: list(ranked),
});
const answered = object<Outcome & { method: 'question' }>({
  method: exactly('question'),
  votes: n32,
  withdrawn: n32,
  choices: list(n32),
});
const outcome: Reader<Outcome> = (value) =>
  (value as { method?: unknown } | null)?.method === 'question' ? answered(value) : prioritised(value);

const published = object<Box & { format: string }>({
  format: exactly('trekendesh box 1'),
  consultation: object<Box['consultation']>({
    id: uuid,
    title: text,
    municipality: text,
    method: exactly('prioritising', 'question'),
    threshold: n8,
    opens_on: text,
    closes_on: text,
  }),
  concerns: orEmpty(list(object({ id, title: text, severity: n8, frequency: n8, harm: n8 }))),
  choices: orEmpty(list(text)),
  weights: perhaps(object<Weights>({ votes: n16, severity: n16, frequency: n16, harm: n16 })),
  issuers: list(
    object<Issuer>({
      name: text,
      key: object<Jwk>({ kty: text, n: text, e: text }),
      identity: bytes(32),
      commitment: bytes(32),
      reveal: perhaps(bytes(32)),
      statement: object<Issuer['statement']>({ accounts: n32, tokens: n32, signature: bytes(64) }),
    }),
  ),
  beacon: bytes(32),
  items: list(item),
  root,
  result: outcome,
});

const evidence = object<Evidence>({
  issuers: orEmpty(list(object<Evidence['issuers'][number]>({ identity: bytes(32), key: bytes(32) }))),
  roots: orEmpty(list(root)),
  closing: perhaps(root),
  receipts: orEmpty(
    list(
      object<Evidence['receipts'][number]>({
        item,
        inclusion: object<Inclusion>({ index: n32, size: n32, path: list(bytes(32)) }),
      }),
    ),
  ),
});

function read<T>(reader: Reader<T>, json: unknown): T | undefined {
  try {
    return reader(json);
  } catch (failure) {
    if (failure instanceof Unreadable) return undefined;
    throw failure;
  }
}

export const readEvidence = (json: unknown): Evidence | undefined => read(evidence, json);
export const readReceipt = (json: unknown): Evidence['receipts'][number] | undefined =>
  read(evidence, { receipts: [json] })?.receipts[0];

export function readBox(json: unknown): Box | undefined {
  const box = read(published, json);
  return box && wellFormed(box) ? box : undefined;
}

/** Whether the parts belong together at all. */
function wellFormed({ consultation, concerns, choices, weights, issuers }: Box): boolean {
  const percents = concerns.every((one) => Math.max(one.severity, one.frequency, one.harm) <= 100);
  const paper =
    consultation.method === 'prioritising'
      ? concerns.length >= 1 &&
        concerns.length <= 65_535 &&
        new Set(concerns.map((one) => one.id)).size === concerns.length &&
        percents &&
        !choices.length &&
        weights !== null &&
        weights.votes + weights.severity + weights.frequency + weights.harm > 0
      : !concerns.length && choices.length >= 2 && choices.length <= 255 && weights === null;
  return (
    issuers.length >= 1 &&
    issuers.length <= 3 &&
    consultation.threshold >= 1 &&
    consultation.threshold <= issuers.length &&
    paper
  );
}

export const idOf = (concern: { id: string }): Bytes => fromUuid(concern.id) ?? new Uint8Array(16);

export const listHash = (box: Box): Promise<Bytes> =>
  box.consultation.method === 'prioritising' ? concernsHash(box.concerns.map(idOf)) : choicesHash(box.choices);

/** The hash over everything fixed before anybody casts: what every issuer signs in its statement. */
export async function announcement(box: Box, keys: IssuerKey[]): Promise<Bytes> {
  const { consultation, concerns, weights, issuers } = box;
  const weighed = weights ? [weights.votes, weights.severity, weights.frequency, weights.harm] : [];
  return labelled(
    'trekendesh announcement 1',
    consultation.id,
    sized(consultation.title),
    sized(consultation.municipality),
    sized(consultation.opens_on),
    sized(consultation.closes_on),
    u8(consultation.method === 'prioritising' ? 1 : 2),
    u8(consultation.threshold),
    await listHash(box),
    ...concerns.flatMap((one) => [
      sized(one.title),
      new Uint8Array([one.severity, one.frequency, one.harm]),
    ]),
    ...weighed.map(u16),
    ...issuers.map((issuer, i) =>
      concat(sized(issuer.name), issuer.identity, keys[i]!.fingerprint, issuer.commitment),
    ),
  );
}

/** An item as it goes over the wire. */
export const written = (one: Item) => ({
  ...one,
  token: toBase64url(one.token),
  signatures: one.signatures.map((signature) => signature && toBase64url(signature)),
  signature: toBase64url(one.signature),
});
