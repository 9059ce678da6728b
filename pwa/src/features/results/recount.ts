/** The recount on this device: the box is fetched, everything in it is computed again, and held against the page. */
import { readBox, readEvidence, type Box, type Evidence } from '$/ballot/box';
import { equal, fromUuid } from '$/ballot/encode';
import type { Outcome } from '$/ballot/result';
import { alike, Refusal, verify, type Report } from '$/ballot/verify';
import { boxId } from './boxId';
import { spread, type Crew } from './crew';
import type { Own } from './evidence';
import { outcomeOf, type VoteView } from './types';

export type Progress = { step: 'fetching' | 'checking'; done: number; all: number | undefined };
/** Where a box that adds up says something else than the page. */
export type Difference = 'consultation' | 'paper' | 'result';
export type Verdict =
  | { kind: 'agrees'; report: Report }
  | { kind: 'refused'; refusal: { code: Refusal['code']; place: string } }
  | { kind: 'differs'; from: Difference }
  | { kind: 'unreachable' };

type Work = {
  view: VoteView;
  fetchBox: (signal: AbortSignal) => Promise<Response>;
  /** What this device kept of its own. */
  own: Own;
  crew: Crew;
  signal: AbortSignal;
  progress: (progress: Progress) => void;
};

/** Rejects with the signal's reason when it is cancelled. */
export async function recount(work: Work): Promise<Verdict> {
  const { view, own, crew, signal, progress } = work;
  const text = await fetched(work).catch(() => undefined);
  signal.throwIfAborted();
  if (text === undefined) return { kind: 'unreachable' };
  const box = readBox(parsed(text));
  const all = box?.items.length;
  const tell = (done: number): void => progress({ step: 'checking', done, all });
  tell(0);
  const held = evidence(view, own);
  // What is no fingerprint can be held against no box, and the box of another vote is no lie about this one.
  if (!held || (box && isOther(view, box))) return { kind: 'differs', from: 'consultation' };
  // With other keys than those that signed here, a box may be full of somebody's own ballots.
  const swapped = own.keys.length ? view.issuers.findIndex(({ fingerprint }) => !own.keys.includes(fingerprint)) : -1;
  if (swapped >= 0) return { kind: 'refused', refusal: { code: 'swapped_key', place: `issuer ${swapped}` } };
  try {
    const report = await verify(box, held, tell, spread(crew, signal));
    signal.throwIfAborted();
    const from = box && difference(view, box);
    return from ? { kind: 'differs', from } : { kind: 'agrees', report };
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    return { kind: 'refused', refusal: { code: failure.code, place: failure.place } };
  }
}

/** Nobody is named to the server: without cookies, like everybody who looks. */
export const fetchBox = (address: string, signal: AbortSignal): Promise<Response> =>
  fetch(address, { credentials: 'omit', headers: { Accept: 'application/json' }, signal });

async function fetched({ fetchBox, signal, progress }: Work): Promise<string | undefined> {
  const response = await fetchBox(signal);
  if (!response.ok || !response.body) return undefined;
  // Compressed on the way, its length is not that of what is read.
  const length = response.headers.has('content-encoding') ? undefined : Number(response.headers.get('content-length'));
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let done = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    done += read.value.length;
    parts.push(decoder.decode(read.value, { stream: true }));
    progress({ step: 'fetching', done, all: length || undefined });
  }
  return parts.join('') + decoder.decode();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the page shows, and what this device was given earlier: the earlier counts where both speak. */
function evidence(view: VoteView, own: Own): Evidence | undefined {
  const roots = view.roots.map(({ size, hash }) => ({ size, hash }));
  const issuers = view.issuers.map(({ identity, fingerprint }) => ({ identity, key: fingerprint }));
  const shown = readEvidence({ issuers, roots, closing: roots.at(-1) ?? null });
  return shown && {
    issuers: own.issuers.length ? own.issuers : shown.issuers,
    roots: [...own.roots, ...shown.roots],
    closing: own.closing ?? shown.closing,
    receipts: own.receipts,
  };
}

function isOther(view: VoteView, { consultation }: Box): boolean {
  const here = fromUuid(boxId(view.consultation));
  return !here || !equal(here, consultation.id) || consultation.method !== view.method;
}

function difference(view: VoteView, box: Box): Difference | undefined {
  const { threshold, title } = box.consultation;
  if (threshold !== view.threshold || title !== view.question) return 'consultation';
  const listed = view.paper?.concerns.map(({ id, title, severity, frequency, harm }) => {
    return { id: boxId(id), title, severity, frequency, harm };
  });
  const paper = alike(listed ?? [], box.concerns) && alike(view.paper?.choices ?? [], box.choices);
  if (!paper || !alike(view.weights, box.weights)) return 'paper';
  return alike(view.result && inBoxIds(outcomeOf(view.result)), box.result) ? undefined : 'result';
}

const inBoxIds = (result: Outcome): Outcome =>
  result.method === 'question'
    ? result
    : { ...result, ranking: result.ranking.map((row) => ({ ...row, concern: boxId(row.concern) })) };
