import type { components } from '$/api/schema';
import { fromBase64url, toBase64url, type Bytes } from '$/ballot/encode';
import { show } from '$/ballot/right';
import { token } from '$/ballot/token';
import type { Held } from '$/offline/db';
import { idBytes } from '../votes/issue';
import { slotsOf } from '../votes/slots';
import { usable } from '../votes/standing';
import type { VoteView } from '../votes/types';

/**
 * The right to answer where verified residents are asked: a token of a vote on one question that lies on this phone.
 * Invariant: what is shown names nobody, and is the same however often it is shown in one room.
 */
export type ShownRight = components['schemas']['ShownRight'];

/** Why nobody can answer from this phone, as it stands now. */
export type Barred = 'void' | 'sign_in' | 'verify' | 'missed' | 'unfetched' | 'issuing';

type Mine = { signedIn: boolean; /** For the place and the year of the vote. */ verified: boolean; held: Held | undefined };

export function barred(view: Pick<VoteView, 'stage' | 'paper' | 'threshold' | 'issuers'>, { signedIn, verified, held }: Mine): Barred | undefined {
  // Whose signatures count is only known once the vote is sealed.
  const sealed = view.paper !== null;
  if (!sealed && (view.stage === 'failed' || view.stage === 'withdrawn')) return 'void';
  if (!signedIn) return 'sign_in';
  if (usable(held, view)) return sealed ? undefined : 'issuing';
  if (!held && !verified) return view.stage === 'issuing' ? 'verify' : 'missed';
  return 'unfetched';
}

const bytes = (text: string | null): Bytes | null => (text === null ? null : (fromBase64url(text) ?? null));

/** Shows the right in a room, over the wire; undefined where a key is another than the one that signed. */
export async function showRight(held: Held, view: Pick<VoteView, 'issuers'>, room: string): Promise<ShownRight | undefined> {
  const kept = held.tokens[0]?.signatures;
  const slots = slotsOf(view, held.fingerprints);
  if (!kept || !slots) return undefined;
  const of = await token(held.seed, idBytes(held.consultation), 0);
  const signatures = slots.map((slot) => bytes(kept[slot] ?? null));
  const right = await show(of, room, signatures);
  return { token: toBase64url(right.token), signatures: right.signatures.map((one) => one && toBase64url(one)), signature: toBase64url(right.signature) };
}
