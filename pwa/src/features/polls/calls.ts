import { BASE, get, read, send, type Answer } from '$/api/client';
import '$/i18n/faults';
import type { Poll, RoomPage, PollRow, Results } from './types';

export const listPolls = (slug: string, series?: string) => get<{ items: PollRow[] }>(`/municipalities/${slug}/polls`, { series });
export const getPoll = (id: string) => get<Poll>(`/polls/${id}`);
export const getResults = (id: string) => get<Results>(`/polls/${id}/results`);
/** Without cookies: who reads what a class is asked is about to answer it. */
export async function getRoom(code: string): Promise<Answer<RoomPage>> {
  try {
    return await read<RoomPage>(await fetch(`${BASE}/poll-rooms/${code}`, { credentials: 'omit', headers: { Accept: 'application/json' } }));
  } catch {
    return { ok: false, failure: { code: 'offline', status: 0 } };
  }
}
export const getRoomResults = (code: string) => get<Results>(`/poll-rooms/${code}/results`);
/** Without cookies, and in the body: a slip never stands in an address that is sent. */
export const checkSlip = (code: string, slip: string) => send<void>('POST', `/poll-rooms/${code}/slips/check`, { slip }, { anonymous: true });

/** What the browser itself fetches. */
export const countOf = (code: string) => `${BASE}/poll-rooms/${code}/count`;
export const pictureOf = (id: string) => `${BASE}/poll-pictures/${id}`;
export const resultsOf = (id: string) => `${BASE}/polls/${id}/results`;
export const codebookOf = (id: string) => `${BASE}/polls/${id}/codebook.csv`;
