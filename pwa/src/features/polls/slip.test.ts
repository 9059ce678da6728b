import { describe, expect, it } from 'vitest';
import { CODE, codeWithin, readSymbols, showSymbols, SLIP } from './slip';

describe('a slip as it is typed', () => {
  it.each(['7KQ2M4T0', '7kq2m4t0', '7KQ2-M4TO', ' 7kq2 – m4to ', '7KQ2\u00a0M4T0'])('is read: %s', (typed) => {
    expect(readSymbols(typed, SLIP)).toEqual({ symbols: '7KQ2M4T0' });
  });

  it('takes I and L for 1', () => {
    expect(readSymbols('iLl1oO00', SLIP)).toEqual({ symbols: '11110000' });
  });

  it('is refused for what it is', () => {
    expect(readSymbols('7KQ2M4T', SLIP)).toEqual({ misread: 'wrong_length' });
    expect(readSymbols('7KQ2M4T00', SLIP)).toEqual({ misread: 'wrong_length' });
    expect(readSymbols('7KQ2M4TU', SLIP)).toEqual({ misread: 'unknown_symbol' });
    expect(readSymbols('7KQ2M4Të', SLIP)).toEqual({ misread: 'unknown_symbol' });
    expect(readSymbols('', SLIP)).toEqual({ misread: 'wrong_length' });
  });

  it('is shown in two halves', () => {
    expect([showSymbols('7KQ2M4T0'), showSymbols('7KQ2MX')]).toEqual(['7KQ2-M4T0', '7KQ-2MX']);
  });
});

describe('a class code', () => {
  it('is read out of a whole address, too', () => {
    for (const typed of ['7kq-2mx', 'https://trekendesh.al/klasa/7KQ2MX', 'trekendesh.al/klasa/7kq2mx#AAAABBBB', '/klasa/7KQ2MX/ekrani'])
      expect(readSymbols(codeWithin(typed), CODE)).toEqual({ symbols: '7KQ2MX' });
  });
});
