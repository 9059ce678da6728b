import { readKey, type IssuerKey } from '$/ballot/blind';
import { fromBase64url, toBase64url, utf8, type Bytes } from '$/ballot/encode';
import { blindToken, finalize, token, type Token } from '$/ballot/token';
import type { Failure } from '$/api/client';
import { breath } from '$/kit/pace.svelte';
import { db, type Held } from '$/offline/db';
import { askTokens } from './calls';
import { keepHeld, keyOf, seedOf } from './seed';
import { everyIssuer } from './slots';
import { signed, type LocalFailure } from './standing';
import type { Issuer, VoteView } from './types';

/** A key that is none, or another one than before: with those an issuer could tell people apart. */
const WRONG_KEYS: LocalFailure = { code: 'vote_keys' };
/** What no later try would change. */
const LASTING = ['tokens_other', 'issuing_over'];

/** The issuers in the order in which their signatures are kept; undefined where one is another than before. */
function inOrder(all: Issuer[], known: string[] | undefined): Issuer[] | undefined {
  if (!known) return all;
  const found = known.flatMap((print) => all.filter(({ fingerprint }) => fingerprint === print));
  return found.length === known.length && all.length === known.length ? found : undefined;
}

/** The bytes of an id in the protocol. */
export const idBytes = (id: string): Bytes => utf8(id);

async function keysOf(issuers: Issuer[] | undefined): Promise<IssuerKey[] | undefined> {
  const keys: IssuerKey[] = [];
  for (const { key, fingerprint } of issuers ?? []) {
    const read = await readKey(key).catch(() => undefined);
    if (!read || toBase64url(read.fingerprint) !== fingerprint) return undefined;
    keys.push(read);
  }
  return issuers && keys;
}

const fresh = (view: VoteView, whose: string, of: { seed: Held['seed']; restored: boolean }): Held => ({
  id: keyOf(whose, view.consultation),
  consultation: view.consultation,
  municipality: view.municipality,
  whose,
  until: view.casting_until,
  seed: of.seed,
  fingerprints: everyIssuer(view).map(({ fingerprint }) => fingerprint),
  tokens: [],
  settled: false,
  chosen: {},
  restored: of.restored,
});

async function blinded(tokens: Token[], key: IssuerKey): Promise<string[]> {
  const messages: string[] = [];
  for (const one of tokens) {
    messages.push(toBase64url(await blindToken(one, key)));
    // A cheap phone calculates for a while, and meanwhile answers a finger.
    await breath();
  }
  return messages;
}

/** The signatures of one issuer on all tokens, verified; undefined where it did not answer with those. */
async function unblinded(tokens: Token[], key: IssuerKey, answered: string[] | null | undefined): Promise<string[] | undefined> {
  if (answered?.length !== tokens.length) return undefined;
  const signatures: string[] = [];
  for (const [place, one] of tokens.entries()) {
    const bytes = fromBase64url(answered[place] ?? '');
    const signature = bytes && (await finalize(one, key, bytes));
    if (!signature) return undefined;
    signatures.push(toBase64url(signature));
    await breath();
  }
  return signatures;
}

/** Asks all issuers with the same messages, however often, and keeps what they signed. */
async function ask(view: VoteView, held: Held, issuers: Issuer[], keys: IssuerKey[]): Promise<Held | Failure> {
  const tokens = await Promise.all(Array.from({ length: view.tokens }, (_, place) => token(held.seed, idBytes(view.consultation), place)));
  const messages: Record<string, string[]> = {};
  for (const [place, { institution }] of issuers.entries()) messages[institution] = await blinded(tokens, keys[place]!);
  const answer = await askTokens(view.consultation, messages);
  if (!answer.ok) return answer.failure;
  const columns: (string[] | undefined)[] = [];
  for (const [place, { institution }] of issuers.entries())
    columns.push(await unblinded(tokens, keys[place]!, answer.data.signatures[institution]));
  const lines = tokens.map((one, line) => ({
    token: toBase64url(one.public),
    signatures: columns.map((column, place) => column?.[line] ?? held.tokens[line]?.signatures[place] ?? null),
  }));
  return { ...held, tokens: lines };
}

/**
 * Fetches the rights to vote where they are not here yet, and never twice. Nothing is cast before every issuer was
 * heard, as a late signature would tie its item to the asking; only when issuing is over it goes on without them.
 */
async function fetchAlone(view: VoteView, whose: string): Promise<Held | LocalFailure> {
  const kept = await (await db()).get('votes', keyOf(whose, view.consultation));
  if (kept?.settled) return kept;
  if (kept?.refusal) return { code: kept.refusal };
  const held = kept ?? fresh(view, whose, await seedOf(whose));
  const issuers = inOrder(everyIssuer(view), kept?.fingerprints);
  const keys = await keysOf(issuers);
  if (!issuers || !keys) return WRONG_KEYS;
  // Before the asking: a lost reply can then still be had after issuing is over.
  if (!kept) await keepHeld(held);
  const asked = await ask(view, held, issuers, keys);
  if ('code' in asked) {
    if (LASTING.includes(asked.code) && !held.tokens.length) await keepHeld({ ...held, refusal: asked.code });
    if (!held.tokens.length) return asked;
  }
  const now = 'code' in asked ? held : asked;
  const over = view.stage !== 'issuing';
  const every = signed(now, { issuers }) === issuers.length;
  const settled = every || (over && signed(now, view) >= view.threshold);
  const next = { ...now, settled };
  await keepHeld(next);
  return next;
}

/** As `fetchAlone`, in one tab at a time. */
export async function fetchTokens(view: VoteView, whose: string): Promise<Held | LocalFailure> {
  const work = () => fetchAlone(view, whose);
  return navigator.locks ? navigator.locks.request(`tokens ${view.consultation}`, work) : work();
}
