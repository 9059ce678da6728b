import { describe, expect, it } from 'vitest';
import type { Consultation, OwnSeat } from '$/api/types';
import { makesPolls } from './rights';
import { bySchool, inClass, nextStep, votesOn, waysOf } from './rooms';
import type { PollRoom } from '$/features/polls/types';

const room = (change: Partial<PollRoom> = {}): PollRoom => ({
  code: 'K7M2QX',
  poll_id: 'p1',
  kind: 'school',
  way: 'slips',
  consultation: null,
  school: 'Gjimnazi Kongresi',
  class: 'X-B',
  state: 'ready',
  closes_at: null,
  shown_at: null,
  invited: 28,
  answered: 0,
  sheet: false,
  grace_minutes: 10,
  ...change,
});

describe('a class', () => {
  it('has one next step, and slips come before the opening', () => {
    expect(nextStep(room())).toBe('sheet');
    expect(nextStep(room({ sheet: true }))).toBe('open');
    expect(nextStep(room({ way: 'hands' }))).toBe('open');
    expect(nextStep(room({ state: 'open', sheet: true }))).toBe('wait');
    expect(nextStep(room({ state: 'grace', sheet: true }))).toBe('grace');
    expect(nextStep(room({ state: 'closed', sheet: true }))).toBe('over');
  });

  it('stands with its school, what goes on first, then by its name', () => {
    const rooms = [room({ class: 'XI-A', code: '1' }), room({ class: 'X-C', code: '2', answered: 3, state: 'closed' }), room({ class: 'X-B', code: '3', answered: 4, state: 'open' }), room({ school: null, class: null, way: 'link', code: '4' }), room({ school: 'Çerdhja', code: '5' }), room({ school: 'Dora', code: '6' })];
    expect(bySchool(rooms).map(({ name, answered, rooms: own }) => [name, answered, own.map(({ code }) => code).join('')])).toEqual([
      ['Çerdhja', 0, '5'],
      ['Dora', 0, '6'],
      ['Gjimnazi Kongresi', 7, '312'],
      [null, 0, '4'],
    ]);
  });

});

describe('verified residents', () => {
  it('are asked in surveys and not in schools, and are no class', () => {
    expect(waysOf('survey')).toContain('verified');
    expect(waysOf('school')).not.toContain('verified');
    expect(waysOf('survey').filter(inClass)).toEqual(['slips', 'hands']);
    expect(nextStep(room({ way: 'verified', consultation: 'c1' }))).toBe('open');
  });

  it('answer by a vote on one question that was not taken back', () => {
    const one = (id: string, method: Consultation['method'], phase: Consultation['phase']) => ({ id, method, phase }) as Consultation;
    const all = [one('1', 'question', 'vote'), one('2', 'prioritising', 'vote'), one('3', 'question', 'withdrawn'), one('4', 'question', 'report')];
    expect(votesOn(all).map(({ id }) => id)).toEqual(['1', '4']);
  });
});

describe('polls are made', () => {
  const seat = (institution: OwnSeat['institution'], role: OwnSeat['role']) => ({ institution, role });

  it('by the youth council and the secretary alone', () => {
    expect(makesPolls(seat('youth_council', 'member'))).toBe(true);
    expect(makesPolls(seat('municipality', 'secretary'))).toBe(true);
    expect(makesPolls(seat('police', 'member'))).toBe(false);
    expect(makesPolls(seat('youth_council', 'administrator'))).toBe(false);
  });
});
