import { expect, test } from 'vitest';
import type { Concern } from '$/api/types';
import type { Row } from './checked';
import { placesOf } from './places';

const row = (rank: number, concern: string) => ({ rank, concern, title: concern }) as Row;
const concern = (id: string, lat: number) => ({ id, title: id, status: 'published', place: { lat, lon: 20 } }) as Concern;

test('ranked concerns are on the map in their order, and what left the public is not', () => {
  const rows = [row(1, 'a'), row(2, 'gone'), row(3, 'b')];
  const found = placesOf(rows, [concern('b', 42), concern('a', 41)]);
  expect(found.map(({ lat, concerns }) => [lat, concerns[0]?.id])).toEqual([[41, 'a'], [42, 'b']]);
});
