import type { ReportedConcern, ReportRecord, YearVerdict } from '$/api/types';

export type ReportedMeasure = ReportRecord['measures'][number];
/** How many priorities came to the same end; `behind` are those that are late or that no measure answers. */
export type Tally = { key: Exclude<YearVerdict, 'late' | 'unaddressed'> | 'behind'; count: number };
export type Slide =
  | { kind: 'title'; tallies: Tally[] }
  | { kind: 'priority'; place: number; one: ReportedConcern; measures: ReportedMeasure[] }
  | { kind: 'measures'; measures: ReportedMeasure[] }
  | { kind: 'questions' };

const TOGETHER = 3;
const ALWAYS: Tally['key'][] = ['kept', 'partly', 'under_way', 'behind'];
const SOMETIMES: Tally['key'][] = ['contested', 'refused', 'merged'];

/** The priorities by what became of them; together they are all. */
export function tallies({ priorities }: ReportRecord): Tally[] {
  const counts = new Map<Tally['key'], number>();
  for (const { verdict } of priorities) {
    const key = verdict === 'late' || verdict === 'unaddressed' ? 'behind' : verdict;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...ALWAYS, ...SOMETIMES.filter((key) => counts.has(key))].map((key) => ({ key, count: counts.get(key) ?? 0 }));
}

/** What is shown in the hall, one after the other; places are those of the report that people hold in their hands. */
export function slides(record: ReportRecord): Slide[] {
  const answering = new Set(record.priorities.flatMap(({ measures }) => measures));
  const others = record.measures.filter(({ id }) => !answering.has(id));
  const shown: Slide[] = [{ kind: 'title', tallies: tallies(record) }];
  for (const [index, one] of record.priorities.entries())
    shown.push({ kind: 'priority', place: index + 1, one, measures: record.measures.filter(({ id }) => one.measures.includes(id)) });
  for (let from = 0; from < others.length; from += TOGETHER) shown.push({ kind: 'measures', measures: others.slice(from, from + TOGETHER) });
  return [...shown, { kind: 'questions' }];
}

/** Which slide an address names, counted from 0: the first where it names none, the last where it names one too far. */
export function slideNamed(name: string | null, count: number): number {
  const wanted = Math.trunc(Number(name)) || 1;
  return Math.min(Math.max(wanted, 1), count) - 1;
}

type Press = Pick<KeyboardEvent, 'key' | 'shiftKey'>;

/** Where a key of a keyboard or of a presenter's remote leads from a slide; nowhere where it means nothing here. */
export function turned({ key, shiftKey }: Press, now: number, count: number): number | undefined {
  const to = { Home: 0, End: count - 1, ArrowLeft: now - 1, PageUp: now - 1, ArrowRight: now + 1, PageDown: now + 1, ' ': shiftKey ? now - 1 : now + 1 }[key];
  return to === undefined ? undefined : Math.min(Math.max(to, 0), count - 1);
}
