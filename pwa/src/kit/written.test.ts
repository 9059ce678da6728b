import { describe, expect, it } from 'vitest';
import { amountOf, numberOf } from './written';

describe('a number as it is written', () => {
  it.each([
    ['2,5', 2.5],
    ['2.5', 2.5],
    [' -4 ', -4],
    ['1 200 000,5', 1_200_000.5],
    ['12\u00a0000', 12_000],
    ['0', 0],
  ])('%j is %d', (written, value) => {
    expect(numberOf(written)).toBe(value);
  });

  it.each(['', ' ', 'abc', '2,5 km', '1.200.000', ',5', '5,', '-'])('%j is none', (written) => {
    expect(numberOf(written)).toBeUndefined();
  });
});

describe('an amount as it is written', () => {
  it.each([
    ['120\u00a0000', 120_000],
    ['2 400 000', 2_400_000],
    ['2.400.000', 2_400_000],
    ['2,400,000', 2_400_000],
    ['0', 0],
  ])('%j is %d', (written, value) => {
    expect(amountOf(written)).toBe(value);
  });

  it.each(['', 'abc', '2,5', '-4', '1.20', '100 lekë'])('%j is none', (written) => {
    expect(amountOf(written)).toBeUndefined();
  });
});
