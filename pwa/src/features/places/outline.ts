import type { Outlines, Point } from '$/api/types';

type Ring = GeoJSON.Position[];

/** Ray casting; a point on the border may fall to either side, which a suggestion can bear. */
function insideRing({ lat, lon }: Point, ring: Ring): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax = 0, ay = 0] = ring[i] ?? [];
    const [bx = 0, by = 0] = ring[j] ?? [];
    if (ay > lat !== by > lat && lon < ((bx - ax) * (lat - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

const insidePolygon = (point: Point, [outer, ...holes]: Ring[]): boolean =>
  !!outer && insideRing(point, outer) && !holes.some((hole) => insideRing(point, hole));

/** The feature a point lies in. Computed here, on the device: the point is never sent for this. */
export function locate(point: Point, outlines: Outlines): GeoJSON.GeoJsonProperties | undefined {
  return (
    outlines.features.find(({ geometry }) =>
      geometry.type === 'Polygon'
        ? insidePolygon(point, geometry.coordinates)
        : geometry.coordinates.some((polygon) => insidePolygon(point, polygon)),
    )?.properties ?? undefined
  );
}

/** How far outside its drawn outline a point may lie, degrees: outlines are simplified, and the server bears as much. */
const SLACK = 0.01;

/** The same, forgiving at the borders. */
export function locateNear({ lat, lon }: Point, outlines: Outlines): GeoJSON.GeoJsonProperties | undefined {
  const near = [[0, 0], [SLACK, 0], [-SLACK, 0], [0, SLACK], [0, -SLACK]] as const;
  for (const [north, east] of near) {
    const found = locate({ lat: lat + north, lon: lon + east }, outlines);
    if (found) return found;
  }
  return undefined;
}

/** The name of an outline that is a unit's; without units a municipality's own outline stands there, maybe of the same name. */
export const unitName = (outline: GeoJSON.GeoJsonProperties | undefined): string | undefined =>
  outline?.['municipality'] ? (outline['name'] as string) : undefined;

export const position = (): Promise<Point> =>
  new Promise((resolve, reject) => {
    if (!('geolocation' in navigator)) return reject(new Error('no geolocation'));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lat: coords.latitude, lon: coords.longitude }),
      reject,
      { timeout: 15_000, maximumAge: 600_000 },
    );
  });

/** Folded for search: people type without marks. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
