import { afterEach, describe, expect, it } from 'vitest';
import { ago, today } from './dates';
import { language, number } from './dictionary.svelte';

afterEach(() => void (language.current = 'sq'));

describe('numbers', () => {
  it.each([
    [0, '0', '0'],
    [999, '999', '999'],
    [1234, '1234', '1,234'],
    [12345, '12\u00a0345', '12,345'],
    [1234567, '1\u00a0234\u00a0567', '1,234,567'],
    [0.3, '0,3', '0.3'],
    [1234.5678, '1234,5678', '1,234.5678'],
  ])('%d is %s and %s', (value, albanian, english) => {
    expect(number(value)).toBe(albanian);
    language.current = 'en';
    expect(number(value)).toBe(english);
  });
});

describe('days', () => {
  it.each([
    ['2026-12-31T22:59:59Z', '2026-12-31'],
    ['2026-12-31T23:00:00Z', '2027-01-01'],
    ['2026-07-31T21:59:59Z', '2026-07-31'],
    ['2026-07-31T22:00:00Z', '2026-08-01'],
  ])('are those of Albania, whatever the zone of the device: %s', (at, day) => {
    expect(today(Date.parse(at))).toBe(day);
  });

  it('are said as people say them', () => {
    const now = Date.parse('2026-12-31T23:30:00Z');
    expect(['2027-01-01', '2026-12-31', '2026-12-27', '2026-11-01'].map((day) => ago(day, now))).toEqual([
      'sot',
      'dje',
      '5 ditë më parë',
      '01.11.2026',
    ]);
  });
});
