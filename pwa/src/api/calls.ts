import { get, send } from './client';
import type {
  Account,
  Cell,
  ConcernDetail,
  ConcernPage,
  Inbox,
  Institution,
  Municipality,
  MunicipalityPage,
  Outlines,
  Preferences,
  Subscription,
  Thread,
} from './types';

export type Sort = 'newest' | 'most_supported' | 'random' | 'nearest';
export type ConcernQuery = {
  status?: string;
  topic?: string;
  unit?: string;
  q?: string;
  sort?: Sort;
  near?: string;
  after?: string;
};

export const listMunicipalities = () => get<{ items: Municipality[] }>('/municipalities');
export const getMunicipality = (slug: string) => get<MunicipalityPage>(`/municipalities/${slug}`);
export const getCountryOutlines = () => get<Outlines>('/geo/municipalities');
export const getOutlines = (slug: string) => get<Outlines>(`/municipalities/${slug}/outlines`);
export const listConcerns = (slug: string, query: ConcernQuery) =>
  get<ConcernPage>(`/municipalities/${slug}/concerns`, query);
export const listCells = (slug: string, { status, topic, unit, q }: ConcernQuery) =>
  get<{ items: Cell[] }>(`/municipalities/${slug}/cells`, { status, topic, unit, q });
export const getConcern = (id: string) => get<ConcernDetail>(`/concerns/${id}`);

/** Without cookies: a thread opened by its code must not be tied to whoever is signed in here. */
export const openReceipt = (receipt: string) =>
  send<Thread>('POST', '/receipts/open', { receipt }, { anonymous: true });

export const getMe = () => get<Account>('/me');
export const patchMe = (change: Partial<Pick<Account, 'display_name' | 'home' | 'language'>>) =>
  send<Account>('PATCH', '/me', change);
export const deleteMe = () => send<void>('DELETE', '/me');
export const askCode = (email: string, language: string) =>
  send<{ ticket: string; expires_in: number; resend_in: number }>('POST', '/sign-in/codes', { email, language });
/** The ticket is what this device got when it asked: the code alone opens nothing. */
export const signIn = (email: string, ticket: string, code: string) =>
  send<Account>('POST', '/sign-in/sessions', { email, ticket, code });
export const signOut = () => send<void>('DELETE', '/sessions/current');
export const signOutEverywhere = () => send<void>('DELETE', '/sessions');
export const listMyConcerns = (after?: string) => get<ConcernPage>('/me/concerns', { after });
export const getMyConcern = (id: string) => get<Thread>(`/me/concerns/${id}`);
export const getInbox = () => get<Inbox>('/me/inbox');
export const getPreferences = () => get<Preferences>('/me/preferences');
export const patchPreferences = (change: Partial<Preferences>) =>
  send<Preferences>('PATCH', '/me/preferences', change);
export type Follow =
  | { kind: 'municipality'; municipality: string }
  | { kind: 'unit'; municipality: string; unit: string }
  | { kind: 'topic'; municipality: string; topic: string }
  | { kind: 'concern'; concern: string }
  | { kind: 'thread'; receipt: string };
export const getPushKey = () => get<{ key: string }>('/push/key');
/** Following a thread goes without cookies: nothing may tie the code's thread to whoever is signed in here. */
export const addSubscription = (subscription: PushSubscriptionJSON, language: string, follow?: Follow) =>
  send<Subscription>(
    'POST',
    '/push/subscriptions',
    { endpoint: subscription.endpoint, keys: subscription.keys, language, follow: follow ? [follow] : [] },
    { anonymous: follow?.kind === 'thread' },
  );
// An endpoint is a secret: it travels in bodies only, and who is signed in does not matter.
export const openSubscription = (endpoint: string) =>
  send<Subscription>('POST', '/push/subscriptions/open', { endpoint }, { anonymous: true });
export const unfollow = (endpoint: string, follow: Follow) =>
  send<Subscription>('POST', '/push/subscriptions/unfollow', { endpoint, follow: [follow] }, { anonymous: true });
export const removeSubscription = (endpoint: string) =>
  send<void>('DELETE', '/push/subscriptions', { endpoint }, { anonymous: true });
export const readInbox = () => send<void>('POST', '/me/inbox/read', {});

export const photoUrl = (id: string) => `/api/v1/photos/${id}`;
export const thumbUrl = (id: string) => `/api/v1/photos/${id}/thumb`;

/** The three institutions of the triangle, in the order they are always shown. */
export const TRIANGLE = ['municipality', 'police', 'prosecution'] as const satisfies Institution[];
