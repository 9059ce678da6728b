import type { Problem } from './types';

/** Codes that only the app itself can give: the server never answered, or something else answered for it. */
export type LocalCode = 'offline' | 'not_our_answer';
export type Failure = Pick<Problem, 'code' | 'status' | 'fields' | 'detail' | 'work'>;
export type Answer<T> = { ok: true; data: T; saved: boolean } | { ok: false; failure: Failure };

/** The service worker sets this on an answer it took from its cache because the network failed. */
export const SAVED_COPY = 'x-saved-copy';
export const BASE = '/api/v1';

const local = (code: LocalCode): Failure => ({ code, status: 0 });
const isJson = (type: string | null) => /^application\/([a-z]+\+)?json\b/.test(type ?? '');

/** Reads a response strictly: a captive portal's page with status 200 is not an answer of ours. */
export async function read<T>(response: Response): Promise<Answer<T>> {
  if (response.status === 204 || response.status === 205) {
    return { ok: true, data: undefined as T, saved: false };
  }
  const type = response.headers.get('content-type');
  if (response.ok && type === 'application/pdf') return { ok: true, data: (await response.blob()) as T, saved: false };
  const body: unknown = isJson(type) ? await response.json().catch(() => undefined) : undefined;
  if (response.ok) {
    if (body === undefined) return { ok: false, failure: local('not_our_answer') };
    return { ok: true, data: body as T, saved: response.headers.has(SAVED_COPY) };
  }
  if (typeof body === 'object' && body !== null && 'code' in body) {
    return { ok: false, failure: { ...(body as Problem), status: response.status } };
  }
  return { ok: false, failure: local('not_our_answer') };
}

let refreshing: Promise<boolean> | undefined;

/** One refresh for however many requests noticed at once that the session is over. */
export function refresh(): Promise<boolean> {
  refreshing ??= fetch(`${BASE}/sessions/refresh`, {
    method: 'POST',
    headers: { 'Idempotency-Key': crypto.randomUUID(), 'Content-Type': 'application/json' },
    body: '{}',
  })
    .then((response) => response.ok)
    .catch(() => false)
    .finally(() => (refreshing = undefined));
  return refreshing;
}

async function once<T>(path: string, init: RequestInit): Promise<Answer<T>> {
  try {
    return await read<T>(await fetch(`${BASE}${path}`, init));
  } catch {
    return { ok: false, failure: local('offline') };
  }
}

async function call<T>(path: string, init: RequestInit): Promise<Answer<T>> {
  const first = await once<T>(path, init);
  if (first.ok || first.failure.code !== 'session_expired') return first;
  // Also when refreshing fails: then the cookies are gone, and what is public can be read without.
  await refresh();
  return once<T>(path, init);
}

export type Query = Record<string, string | undefined>;

export function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => !!pair[1]);
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

export const get = <T>(path: string, query: Query = {}): Promise<Answer<T>> =>
  call<T>(withQuery(path, query), { headers: { Accept: 'application/json' } });

/** A write. The key stays the same over retries, so the server does the work once. */
export function send<T>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  extra: { key?: string; anonymous?: boolean } = {},
): Promise<Answer<T>> {
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Idempotency-Key': extra.key ?? crypto.randomUUID(),
  };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  return call<T>(path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    credentials: extra.anonymous ? 'omit' : 'same-origin',
  });
}
