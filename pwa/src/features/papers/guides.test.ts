import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetGuides, isRead, markRead } from './guides';

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});

describe('a guide is shown', () => {
  it('until it was read, each for itself', () => {
    expect(isRead('said')).toBe(false);
    markRead('said');
    markRead('said');
    expect([isRead('said'), isRead('meeting')]).toEqual([true, false]);
    expect(localStorage.getItem('guides')).toBe('said');
  });

  it('again to whoever signs in next', () => {
    markRead('risk');
    forgetGuides();
    expect(isRead('risk')).toBe(false);
  });
});
