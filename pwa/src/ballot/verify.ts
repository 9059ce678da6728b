/** The recount: everything in a box computed again, in the browser. The twin of verify.rs. */
import { beacon, holds } from './beacon';
import { readKey, type IssuerKey } from './blind';
import { announcement, listHash, type Box, type Evidence } from './box';
import { compare, equal, message, u32 } from './encode';
import { canonical, examine, signedBy, type Context, type Fault, type Item } from './item';
import { leaf, led, rootHash, type Root } from './merkle';
import { countChoices, countRatings, type Outcome } from './result';
import type { Code } from './sentences';

/** Which part of the box is meant, all counted from 0: `box`, `item 3`, `item 3 issuer 0`, `issuer 1`, … */
export type Place = string;

export class Refusal extends Error {
  constructor(
    readonly code: Code,
    readonly place: Place = 'box',
  ) {
    super(`${code} (${place})`);
  }
}

export type Report = {
  items: number;
  /** One institution alone was enough for a token: the vote is to be labelled so. */
  single_issuer: boolean;
  issuers: { name: string; accounts: number; tokens: number; items: number; revealed: boolean }[];
  keys_pinned: boolean;
  receipts: number;
  root: Root;
  result: Outcome;
};

const TOKENS = { prioritising: 12, question: 1 };
/** Items looked at together; WebCrypto spreads them over its threads. */
const TOGETHER = 64;
const NOTHING: Evidence = { issuers: [], roots: [], closing: null, receipts: [] };

const same = (one: Root, other: Root): boolean => one.size === other.size && equal(one.hash, other.hash);

/** The first fault among some items, and where. */
export type Found = { at: number; fault: Fault } | undefined;
/** Looks at items, here or wherever else there is time. */
export type Look = (context: Context, items: Item[], progress: (done: number) => void) => Promise<Found>;

/** Recounts a box; throws the first Refusal in the order of the Rust list. `null` is a box that could not be read. */
export async function verify(
  box: Box | null | undefined,
  evidence: Evidence = NOTHING,
  progress: (done: number) => void = () => {},
  look: Look = lookHere,
): Promise<Report> {
  if (!box) throw new Refusal('unreadable');
  const keys = await readKeys(box, evidence);
  await statements(box, keys);
  await draw(box);
  order(box);
  refuse(await look(contextOf(box, keys), box.items, progress));
  const signed = signedPerIssuer(box);
  const root = await recomputedRoot(box.items);
  if (!same(root, box.root)) throw new Refusal('wrong_root');
  await held(box, evidence);
  const result = recount(box);
  if (!alike(result, box.result)) throw new Refusal('wrong_result', `row ${firstDifference(result, box.result)}`);
  return {
    items: root.size,
    single_issuer: box.consultation.threshold === 1,
    issuers: box.issuers.map(({ name, statement: { accounts, tokens }, reveal }, i) => {
      return { name, accounts, tokens, items: signed[i] ?? 0, revealed: reveal !== null };
    }),
    keys_pinned: evidence.issuers.length > 0,
    receipts: evidence.receipts.length,
    root,
    result,
  };
}

async function readKeys(box: Box, evidence: Evidence): Promise<IssuerKey[]> {
  const keys: IssuerKey[] = [];
  for (const [i, issuer] of box.issuers.entries()) {
    const key = await readKey(issuer.key);
    if (!key) throw new Refusal('weak_key', `issuer ${i}`);
    keys.push(key);
  }
  for (const [i, issuer] of box.issuers.entries())
    for (const [before, other] of box.issuers.slice(0, i).entries())
      if (
        keys[before]!.n === keys[i]!.n ||
        equal(other.identity, issuer.identity) ||
        equal(other.commitment, issuer.commitment)
      )
        throw new Refusal('repeated_issuer', `issuer ${i}`);
  if (!evidence.issuers.length) return keys;
  for (const [i, issuer] of box.issuers.entries()) {
    const pinned = evidence.issuers[i];
    if (!pinned || !equal(pinned.identity, issuer.identity) || !equal(pinned.key, keys[i]!.fingerprint))
      throw new Refusal('swapped_key', `issuer ${i}`);
  }
  if (evidence.issuers.length > keys.length) throw new Refusal('swapped_key', `issuer ${keys.length}`);
  return keys;
}

async function statements(box: Box, keys: IssuerKey[]): Promise<void> {
  const about = await announcement(box, keys);
  for (const [i, { identity, commitment, statement }] of box.issuers.entries()) {
    const { accounts, tokens, signature } = statement;
    const scope = [u32(accounts), u32(tokens), keys[i]!.fingerprint, commitment, about];
    const words = message('trekendesh statement 1', box.consultation.id, ...scope);
    if (!(await signedBy(identity, words, signature))) throw new Refusal('wrong_statement', `issuer ${i}`);
  }
  for (const [i, { statement }] of box.issuers.entries())
    if (statement.tokens > statement.accounts * TOKENS[box.consultation.method])
      throw new Refusal('more_tokens_than_accounts', `issuer ${i}`);
}

async function draw(box: Box): Promise<void> {
  const { id } = box.consultation;
  for (const [i, issuer] of box.issuers.entries())
    if (!(await holds(id, issuer))) throw new Refusal('wrong_reveal', `issuer ${i}`);
  if (!equal(await beacon(id, await listHash(box), box.issuers), box.beacon)) throw new Refusal('wrong_beacon');
}

function order({ items, root }: Box): void {
  if (items.length < root.size) throw new Refusal('dropped_item');
  if (items.length > root.size) throw new Refusal('added_item');
  const steps = items.slice(1).map((item, i) => compare(items[i]!.token, item.token));
  const duplicate = steps.indexOf(0);
  if (duplicate >= 0) throw new Refusal('duplicate_token', `item ${duplicate + 1}`);
  const back = steps.findIndex((step) => step > 0);
  if (back >= 0) throw new Refusal('reordered', `item ${back + 1}`);
}

export const contextOf = (box: Box, issuers: IssuerKey[]): Context => ({
  consultation: box.consultation.id,
  issuers,
  threshold: box.consultation.threshold,
  paper:
    box.consultation.method === 'prioritising'
      ? { concerns: box.concerns.length, beacon: box.beacon }
      : { choices: box.choices.length },
});

export const lookHere: Look = async (context, items, progress) => {
  for (let start = 0; start < items.length; start += TOGETHER) {
    const faults = await Promise.all(items.slice(start, start + TOGETHER).map((item) => examine(context, item)));
    const at = faults.findIndex((fault) => fault !== undefined);
    const fault = faults[at];
    if (fault) return { at: start + at, fault };
    progress(Math.min(start + TOGETHER, items.length));
  }
  return undefined;
};

function refuse(found: Found): void {
  if (!found) return;
  const { fault, at } = found;
  throw new Refusal(fault.kind, fault.kind === 'bad_issuer_signature' ? `item ${at} issuer ${fault.issuer}` : `item ${at}`);
}

function signedPerIssuer(box: Box): number[] {
  return box.issuers.map(({ statement }, i) => {
    const signed = box.items.filter((item) => item.signatures[i]).length;
    if (signed > statement.tokens) throw new Refusal('more_items_than_tokens', `issuer ${i}`);
    return signed;
  });
}

async function recomputedRoot(items: Item[]): Promise<Root> {
  const leaves = await Promise.all(items.map((item) => leaf(canonical(item))));
  return { size: items.length, hash: await rootHash(leaves) };
}

async function held(box: Box, { closing, roots, receipts }: Evidence): Promise<void> {
  if (closing && !same(closing, box.root)) throw new Refusal('wrong_root');
  // Items are replaced, never taken out: the box only grows.
  const lost = roots.findIndex((earlier) => earlier.size > box.root.size);
  if (lost >= 0) throw new Refusal('dropped_item', `root ${lost}`);
  for (const [i, { item, inclusion }] of receipts.entries()) {
    const place = `receipt ${i}`;
    const way = await led(inclusion, await leaf(canonical(item)));
    if (!way || ![box.root, ...roots].some((root) => same(root, way))) throw new Refusal('bad_receipt', place);
    const found = box.items.find(({ token }) => equal(token, item.token));
    if (!found) throw new Refusal('dropped_item', place);
    // The owner replaced it: only the token can sign a higher sequence.
    if (found.sequence > item.sequence || equal(canonical(found), canonical(item))) continue;
    throw new Refusal('changed_item', place);
  }
}

const recount = ({ concerns, choices, weights, items }: Box): Outcome =>
  weights ? countRatings(concerns, weights, items) : countChoices(choices.length, items);

/** Both come out of the same readers, but not with their fields in the same order. */
export function alike(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return one === other;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => alike((one as never)[name], (other as never)[name]))
  );
}

function firstDifference(one: Outcome, other: Outcome): number {
  const rows = (of: Outcome): unknown[] => (of.method === 'prioritising' ? of.ranking : of.choices);
  if (one.method !== other.method) return 0;
  const others = rows(other);
  return Math.max(
    rows(one).findIndex((row, i) => i < others.length && !alike(row, others[i])),
    0,
  );
}
