import { written } from '$/ballot/box';
import { fromBase64url, type Bytes } from '$/ballot/encode';
import { cast } from '$/ballot/item';
import { token } from '$/ballot/token';
import { today } from '$/i18n/dates';
import { dueWithin, layDown, listBallots, takeBack } from '$/offline/ballots';
import { db, type Ballot, type Held } from '$/offline/db';
import type { Card } from './cards';
import { idBytes } from './issue';
import { slotsOf } from './slots';
import type { VoteView } from './types';

const HOUR = 3_600_000;
/** What was sent and came too low goes again within this part of the delay (10 minutes of 12 hours). */
const SOON = 72;

/** The moment a day ends in Albania, whether its clocks are in summer or in winter. */
export function endOf(on: string): number {
  const next = new Date(Date.parse(`${on}T00:00Z`) + 24 * HOUR).toISOString().slice(0, 10);
  const summer = Date.parse(`${next}T00:00+02:00`);
  return today(summer) === next ? summer : summer + HOUR;
}

type Terms = Pick<VoteView, 'delay_seconds' | 'casting_until' | 'issuers'>;

async function sign(held: Held, { issuers }: Terms, place: number, index: number, value: number, sequence: number): Promise<Ballot['item']> {
  const of = await token(held.seed, idBytes(held.consultation), place);
  const bytes = (text: string | null): Bytes | null => (text === null ? null : (fromBase64url(text) ?? null));
  const kept = held.tokens[place]?.signatures ?? [];
  const signatures = (slotsOf({ issuers }, held.fingerprints) ?? []).map((slot) => bytes(kept[slot] ?? null));
  return written(await cast(of, { index, value, sequence }, signatures));
}

async function send(held: Held, terms: Terms, item: Ballot['item'], soon = false): Promise<void> {
  const delay = terms.delay_seconds * 1000;
  await layDown({
    token: item.token,
    consultation: held.consultation,
    whose: held.whose,
    item,
    delay,
    due: dueWithin(soon ? delay / SOON : delay, endOf(terms.casting_until), Date.now()),
    restored: held.restored,
  });
}

/** Keeps what was chosen so far, so that a closed app forgets nothing. */
export async function choose(held: Held, card: Card, value: number | undefined): Promise<Held> {
  const { [card.token]: _before, ...others } = held.chosen;
  const next = { ...held, chosen: value === undefined ? others : { ...others, [card.token]: value } };
  await (await db()).put('votes', next);
  return next;
}

/** Signs what changed since the last time and lays it down; the items go out by themselves, each at its own time. */
export async function castChosen(held: Held, terms: Terms, cards: Card[]): Promise<void> {
  const before = new Map((await listBallots()).map((ballot) => [ballot.token, ballot]));
  for (const { token: name, place, index } of cards) {
    const old = before.get(name);
    const value = held.chosen[name] ?? 0;
    if (value === (old?.item.value ?? 0) && old?.state !== 'refused') continue;
    if (old && !old.tried && value === 0) await takeBack(name);
    else if (old || value) await send(held, terms, await sign(held, terms, place, index, value, (old?.item.sequence ?? 0) + 1));
  }
}

/** Where another device voted before with the same seed, what is chosen here comes after it. Whether there was any. */
export async function overtake(held: Held, terms: Terms): Promise<boolean> {
  let some = false;
  for (const { token: name, state, refusal, restored, item } of await listBallots()) {
    const place = held.tokens.findIndex((one) => one.token === name);
    const behind = state === 'refused' && restored && (refusal === 'item_older' || refusal === 'item_repeated');
    if (place < 0 || !behind) continue;
    // Twice as high each time, and soon: how often another device changed its mind is not known, and the day ends.
    await send(held, terms, await sign(held, terms, place, item.index, item.value, item.sequence * 2), true);
    some = true;
  }
  return some;
}
