import { describe, expect, it } from 'vitest';
import type { OwnSeat, SeatPapers, SeatState } from '$/api/types';
import { stepsOf, unreadOf, waitingIn } from './unread';

const DAY = '2026-03-12';
const papers = (handover: string | null, role: string | null, regulation?: string | null) =>
  ({
    handover: { acknowledged_on: handover },
    role: { version: 3, acknowledged_on: role },
    regulation: regulation === undefined ? null : { version: 2, acknowledged_on: regulation },
  }) as SeatPapers;
const names = (of: SeatPapers) => stepsOf(of).map(({ paper, version }) => `${paper} ${version}`);

describe('what there is to read in a seat', () => {
  it('begins with what was handed over', () => {
    expect(names(papers(null, null, null))).toEqual(['handover 0', 'role 3', 'regulation 2']);
  });

  it('has what is unread before what was read', () => {
    expect(names(papers(DAY, DAY, null))).toEqual(['regulation 2', 'handover 0', 'role 3']);
    expect(names(papers(DAY, null, DAY))).toEqual(['role 3', 'handover 0', 'regulation 2']);
  });

  it('is only what there is', () => {
    expect(names(papers(null, null))).toEqual(['handover 0', 'role 3']);
    expect(names({ ...papers(DAY, null, null), role: null })).toEqual(['regulation 2', 'handover 0']);
  });
});

describe('what the secretary sees unread', () => {
  const held = { since: DAY, role_text: 'Drejton.', handover_read_on: null, role_read_on: null, regulation_read_on: null } as SeatState;

  it('is everything of a new holder', () => {
    expect(unreadOf(held, true)).toEqual(['handover', 'role', 'regulation']);
  });

  it('is no text that nobody wrote, and nothing of an empty seat', () => {
    expect(unreadOf({ ...held, role_text: null }, false)).toEqual(['handover']);
    expect(unreadOf({ ...held, since: null }, true)).toEqual([]);
    expect(unreadOf({ ...held, handover_read_on: DAY, role_read_on: DAY, regulation_read_on: DAY }, true)).toEqual([]);
  });
});

it('seats of an account that an older app kept wait for nothing', () => {
  const seats = [{ id: 'a', unread: ['role'] }, { id: 'b', unread: [] }, { id: 'c' }] as unknown as OwnSeat[];
  expect(waitingIn(seats).map(({ id }) => id)).toEqual(['a']);
});
