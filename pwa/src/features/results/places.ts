import type { Cell, Concern } from '$/api/types';
import type { Row } from './checked';

/** Where each ranked concern is, in their order; what left the public is nowhere. */
export function placesOf(rows: Row[], concerns: Concern[]): Cell[] {
  return rows.flatMap(({ concern }) => {
    const found = concerns.find(({ id }) => id === concern);
    if (!found) return [];
    const { id, title, status, place } = found;
    return [{ lat: place.lat, lon: place.lon, count: 1, concerns: [{ id, title, status }] }];
  });
}
