import type { Component } from 'svelte';
import { wordsReady, type PlainCoreKey } from '$/i18n';
import { breath } from '$/kit/pace.svelte';
import Today from './Today.svelte';

type Page = Component<{ params: Record<string, string> }>;
type Loader = (params: Record<string, string>) => Promise<{ default: Component<never> }>;
export type Room = 'today' | 'concerns' | 'decide' | 'meetings' | 'me' | 'desk' | 'administration';
export type Match = {
  path: string;
  params: Record<string, string>;
  room: Room | null;
  title: PlainCoreKey | null;
  /** The composer and the choice of a place hide the rooms: one thing at a time. */
  bare: boolean;
  page: Page | undefined;
  ready: Promise<Page>;
};
export type Route = { pattern: string; room: Room | null; title: PlainCoreKey | null; bare?: boolean; load: Loader };

const bulletin: Loader = () => import('./Bulletin.svelte');

const ROUTES: Route[] = [
  { pattern: '/shqetesime', room: 'concerns', title: 'list.title', load: () => import('./Concerns.svelte') },
  { pattern: '/shqetesime/:id', room: 'concerns', title: null, load: () => import('./Concern.svelte') },
  { pattern: '/paraqit', room: null, title: 'app.submit', bare: true, load: () => import('./Compose.svelte') },
  { pattern: '/vendos', room: 'decide', title: 'decide.title', load: () => import('./Decide.svelte') },
  { pattern: '/konsultime/:id', room: 'decide', title: null, load: () => import('./Consultation.svelte') },
  { pattern: '/konsultime/:id/rezultati', room: 'decide', title: null, load: () => import('./Result.svelte') },
  { pattern: '/votimi/si-mbrohet', room: 'decide', title: null, load: () => import('./VoteSafety.svelte') },
  { pattern: '/voto/:id', room: null, title: null, bare: true, load: () => import('./Vote.svelte') },
  { pattern: '/konsultime/:id/permbledhja', room: 'decide', title: null, load: () => import('./Summary.svelte') },
  { pattern: '/takime', room: 'meetings', title: 'meetings.title', load: () => import('./Meetings.svelte') },
  { pattern: '/takime/:id', room: 'meetings', title: null, load: () => import('./Meeting.svelte') },
  { pattern: '/sondazhe', room: 'decide', title: 'nav.polls', load: () => import('./Polls.svelte') },
  { pattern: '/sondazhe/:id', room: 'decide', title: null, load: () => import('./Poll.svelte') },
  { pattern: '/klasa', room: null, title: 'nav.class', load: () => import('./ClassCode.svelte') },
  { pattern: '/klasa/:kodi', room: null, title: null, bare: true, load: () => import('./Class.svelte') },
  { pattern: '/klasa/:kodi/ekrani', room: null, title: null, bare: true, load: () => import('./ClassScreen.svelte') },
  { pattern: '/vendi', room: null, title: 'place.title', bare: true, load: () => import('./Place.svelte') },
  { pattern: '/keshilli', room: null, title: 'council.title', load: () => import('./Council.svelte') },
  { pattern: '/programi', room: null, title: null, load: () => import('./Program.svelte') },
  { pattern: '/rregullorja', room: null, title: null, load: () => import('./Regulation.svelte') },
  { pattern: '/masat', room: 'decide', title: null, load: () => import('./Plan.svelte') },
  { pattern: '/masat/:id', room: 'decide', title: null, load: () => import('./Measure.svelte') },
  { pattern: '/raporti', room: 'decide', title: null, load: () => import('./Report.svelte') },
  { pattern: '/raporti/ekrani', room: null, title: null, bare: true, load: () => import('./Hall.svelte') },
  { pattern: '/buletini', room: 'decide', title: null, load: bulletin },
  { pattern: '/buletini/:viti/:tremujori', room: 'decide', title: null, load: bulletin },
  { pattern: '/te-dhenat', room: null, title: 'data.title', load: () => import('./Data.svelte') },
  { pattern: '/une', room: 'me', title: 'nav.me', load: () => import('./Me.svelte') },
  { pattern: '/une/hyr', room: 'me', title: 'nav.sign_in', load: () => import('./SignIn.svelte') },
  { pattern: '/une/shqetesimet/:id', room: 'me', title: null, load: () => import('./MyConcern.svelte') },
  { pattern: '/une/verifikimi', room: 'me', title: 'nav.verification', load: () => import('./Verification.svelte') },
  { pattern: '/kodi', room: null, title: 'nav.code', load: () => import('./Code.svelte') },
  { pattern: '/pritje', room: null, title: 'nav.waiting', load: () => import('./Waiting.svelte') },
  { pattern: '/njoftime', room: null, title: 'nav.notices', load: () => import('./Notices.svelte') },
  { pattern: '/privatesia', room: null, title: 'nav.privacy', load: () => import('./Privacy.svelte') },
];

const MISSING: Route = {
  pattern: '',
  room: null,
  title: 'state.missing.title',
  load: () => import('./Missing.svelte'),
};

const loaded = new Map<string, Page>();

function params(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':') && value) found[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return undefined;
  }
  return found;
}

export function find(address: string): Match {
  const path = address.replace(/\/+$/, '') || '/';
  if (path === '/') {
    const page = Today as Page;
    return { path, params: {}, room: 'today', title: 'today.title', bare: false, page, ready: Promise.resolve(page) };
  }
  const [route, found] = among(ROUTES, path) ?? among(seated ?? [], path) ?? [seated || !SEATED.test(path) ? MISSING : behind(path), {}];
  return matched(route, path, found);
}

function among(routes: Route[], path: string): [Route, Record<string, string>] | undefined {
  for (const route of routes) {
    const found = params(route.pattern, path);
    if (found) return [route, found];
  }
  return undefined;
}

/** Whoever has no seat never fetches the table of what a seat opens. */
const SEATED = /^\/(tavolina|administrimi)(\/|$)/;
let seated: Route[] | undefined;
const behind = (path: string): Route => ({
  pattern: path,
  room: path[1] === 't' ? 'desk' : 'administration',
  title: path[1] === 't' ? 'nav.desk' : 'nav.administration',
  load: async (found) => {
    seated = (await import('./desk')).ROUTES;
    const [route, named] = among(seated, path) ?? [MISSING, {}];
    Object.assign(found, named);
    return route.load(found);
  },
});

function matched(route: Route, path: string, found: Record<string, string>): Match {
  const page = loaded.get(route.pattern);
  const ready = page
    ? Promise.resolve(page)
    : route.load(found).then(async (module) => {
        await wordsReady();
        await breath();
        loaded.set(route.pattern, module.default as Page);
        return module.default as Page;
      });
  return { path, params: found, room: route.room, title: route.title, bare: !!route.bare, page, ready };
}
