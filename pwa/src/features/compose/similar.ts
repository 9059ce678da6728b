import type { Answer } from '$/api/client';
import type { Concern, ConcernPage, Status } from '$/api/types';
import { fold } from '$/features/places/outline';

const OPEN: Status[] = ['published', 'prioritised', 'planned', 'in_progress', 'reopened'];
const COMMON = new Set('nje dhe per qe nga tek tekn kur pas para shume eshte jane kane nuk the and for that with from'.split(' '));

/** Stems cut to five letters: Albanian inflects at the end of the word. */
function stems(text: string): Set<string> {
  const words = fold(text).split(/[^a-z0-9]+/).filter((word) => word.length > 2 && !COMMON.has(word));
  return new Set(words.map((word) => word.slice(0, 5)));
}

const MOST_PAGES = 5;

/** What was said in this place, whatever its topic; as far as it can be read now. */
export async function readPages(read: (after?: string) => Promise<Answer<ConcernPage>>): Promise<Concern[]> {
  const found: Concern[] = [];
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await read(after);
    if (!answer.ok) break;
    found.push(...answer.data.items);
    if (!answer.data.next) break;
    after = answer.data.next;
  }
  return found;
}

/** Open concerns most like what is being written; compared on the device, so the draft stays there. */
export function similar(concerns: Concern[], draft: { title: string; text: string }, most = 5): Concern[] {
  const mine = stems(`${draft.title} ${draft.text}`);
  const likeness = (concern: Concern) => {
    const theirs = stems(`${concern.title} ${concern.excerpt}`);
    const shared = [...theirs].filter((stem) => mine.has(stem)).length;
    return shared / Math.sqrt(Math.max(1, theirs.size) * Math.max(1, mine.size));
  };
  return concerns
    .filter((concern) => OPEN.includes(concern.status))
    .map((concern) => ({ concern, score: likeness(concern) }))
    .filter(({ score }) => score > 0.12)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ concern }) => concern);
}
