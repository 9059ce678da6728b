import { expect, it } from 'vitest';
import type { Cell } from '$/api/types';
import { dotsOf } from './dots';

const cell = (lat: number, count: number): Cell => ({ cell: null, lat, lon: 20, count, concerns: [] });

it('counts every concern once, however near its cells are', () => {
  const cells = [cell(41, 3), cell(41.01, 2), cell(42, 1)];
  const dots = dotsOf(cells, ({ lat, lon }) => ({ x: lon * 100, y: lat * 100 }), 46);
  expect(dots.map(({ count }) => count)).toEqual([5, 1]);
  expect(cells.map(({ count }) => count), 'the answer itself stays as it was').toEqual([3, 2, 1]);
});
