import { beforeEach, describe, expect, it, vi } from 'vitest';
import { keepShared, sharedHere } from './shared';

describe('what was shared from this device', () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    });
  });

  it('is known until it is taken back', () => {
    keepShared('a', true);
    keepShared('b', true);
    expect([sharedHere('a'), sharedHere('b'), sharedHere('c')]).toEqual([true, true, false]);
    keepShared('a', false);
    expect([sharedHere('a'), sharedHere('b')]).toEqual([false, true]);
  });

  it('is the last five hundred', () => {
    for (let number = 0; number < 501; number += 1) keepShared(`${number}`, true);
    expect([sharedHere('0'), sharedHere('1'), sharedHere('500')]).toEqual([false, true, true]);
  });

  it('is nothing where somebody else wrote there', () => {
    localStorage.setItem('shared', '{"a":');
    expect(sharedHere('a')).toBe(false);
    keepShared('a', true);
    expect(sharedHere('a')).toBe(true);
  });
});
