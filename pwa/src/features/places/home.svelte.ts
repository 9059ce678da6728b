import { getMunicipality } from '$/api/calls';
import type { Answer } from '$/api/client';
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
};

export function chooseHome(next: Home): void {
  if (next.municipality !== chosen?.municipality) page = undefined;
  chosen = next;
  localStorage.setItem(KEY, JSON.stringify(next));
}

export async function loadHome(): Promise<Answer<MunicipalityPage> | undefined> {
  if (!chosen) return undefined;
  const slug = chosen.municipality;
  const answer = await getMunicipality(slug);
  if (answer.ok && chosen?.municipality === slug) page = answer.data;
  return answer;
}

export const topicOf = (code: string): Topic | undefined => page?.topics.find((topic) => topic.code === code);
export const unitOf = (slug: string | null): Unit | undefined => page?.units.find((unit) => unit.slug === slug);
