import type { Consultation } from '$/api/types';
import type { PollKind, PollRoom, PollRow, Way } from '$/features/polls/types';

/** What whoever looks after a class does next. */
export type NextStep = 'sheet' | 'open' | 'wait' | 'grace' | 'over';

export function nextStep(room: PollRoom): NextStep {
  if (room.state === 'open') return 'wait';
  if (room.state === 'grace') return 'grace';
  if (room.state === 'closed') return 'over';
  return room.way === 'slips' && !room.sheet ? 'sheet' : 'open';
}

const ORDER: PollRoom['state'][] = ['open', 'grace', 'ready', 'closed'];
const named = (room: PollRoom) => room.class ?? '';

export type School = { name: string | null; rooms: PollRoom[]; answered: number };

/** By school in the order of the alphabet, links last; within a school what goes on now comes first. */
export function bySchool(rooms: PollRoom[]): School[] {
  const names = [...new Set(rooms.map(({ school }) => school))].sort((one, other) => Number(one === null) - Number(other === null) || (one ?? '').localeCompare(other ?? '', 'sq'));
  return names.map((name) => {
    const own = rooms
      .filter(({ school }) => school === name)
      .sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state) || named(one).localeCompare(named(other), 'sq', { numeric: true }));
    return { name, rooms: own, answered: own.reduce((sum, { answered }) => sum + answered, 0) };
  });
}

export const isRunning = ({ state }: Pick<PollRoom, 'state'>): boolean => state === 'open' || state === 'grace';

/** Whether it is a class that answers, together; the others answer wherever they have the address. */
export const inClass = (way: Way): boolean => way === 'slips' || way === 'hands';

/** Pupils are no verified residents. */
export const waysOf = (kind: PollKind): Way[] => (kind === 'survey' ? ['slips', 'hands', 'link', 'verified'] : ['slips', 'hands', 'link']);

/** Whose tokens may answer: those of a vote on one question, of which everybody was given one. */
export const votesOn = (all: Consultation[]): Consultation[] => all.filter(({ method, phase }) => method === 'question' && phase !== 'withdrawn');

/** How a poll of a kind is answered most of the time. */
export const usualWay = (kind: PollKind): Way => (kind === 'school' ? 'slips' : 'link');

const STATES: PollRow['state'][] = ['open', 'draft', 'closed'];
/** What asks for something first. */
export const byState = (polls: PollRow[]): PollRow[] =>
  polls.toSorted((one, other) => STATES.indexOf(one.state) - STATES.indexOf(other.state) || other.year - one.year);
