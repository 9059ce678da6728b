import { getMunicipality } from '$/api/calls';
import type { Answer, Failure } from '$/api/client';
import type { MunicipalityPage, Topic, Unit } from '$/api/types';

export type Home = { municipality: string; unit: string | null };

const KEY = 'home';

function stored(): Home | null {
  try {
    const value = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Home | null;
    return value && typeof value.municipality === 'string' ? value : null;
  } catch {
    return null;
  }
}

let chosen = $state.raw<Home | null>(stored());
let page = $state.raw<MunicipalityPage>();
let failure = $state.raw<Failure>();

/** The municipality the person looks at; kept on this device and, when signed in, in the account. */
export const home = {
  get chosen() {
    return chosen;
  },
  /** Its page, once it was fetched. */
  get page() {
    return page;
  },
  /** False without a municipality, and where it has no council that could answer. */
  get takesConcerns() {
    return chosen !== null && page?.council !== 'none';
  },
  /** Why it could not be fetched the last time. */
  get failure() {
    return failure;
  },
};

export function chooseHome(next: Home): void {
  if (next.municipality !== chosen?.municipality) page = undefined;
  chosen = next;
  localStorage.setItem(KEY, JSON.stringify(next));
}

export function forgetHome(): void {
  chosen = null;
  page = undefined;
  localStorage.removeItem(KEY);
}

export async function loadHome(): Promise<Answer<MunicipalityPage> | undefined> {
  if (!chosen) return undefined;
  const slug = chosen.municipality;
  const answer = await getMunicipality(slug);
  if (chosen?.municipality !== slug) return answer;
  if (answer.ok) page = answer.data;
  failure = answer.ok ? undefined : answer.failure;
  return answer;
}

export const topicOf = (code: string): Topic | undefined => page?.topics.find((topic) => topic.code === code);
export const unitOf = (slug: string | null): Unit | undefined => page?.units.find((unit) => unit.slug === slug);
