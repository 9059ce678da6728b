import { describe, expect, it } from 'vitest';
import type { Outlines } from '$/api/types';
import { fold, locate, locateNear, unitName } from './outline';

const square = (name: string, x: number, hole = false): Outlines['features'][number] => ({
  type: 'Feature',
  properties: { name },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [[x, 41], [x + 1, 41], [x + 1, 42], [x, 42], [x, 41]],
      ...(hole ? [[[x + 0.4, 41.4], [x + 0.6, 41.4], [x + 0.6, 41.6], [x + 0.4, 41.6], [x + 0.4, 41.4]]] : []),
    ],
  },
});
const outlines: Outlines = { type: 'FeatureCollection', features: [square('west', 19), square('east', 20, true)] };

describe('locate', () => {
  it('finds the outline a point lies in', () => {
    expect(locate({ lat: 41.2, lon: 19.5 }, outlines)?.['name']).toBe('west');
    expect(locate({ lat: 41.2, lon: 20.5 }, outlines)?.['name']).toBe('east');
  });

  it('knows a point outside and a point in a hole', () => {
    expect(locate({ lat: 40.9, lon: 19.5 }, outlines)).toBeUndefined();
    expect(locate({ lat: 41.5, lon: 20.5 }, outlines)).toBeUndefined();
  });

  it('forgives a point just outside, as outlines are simplified, and no more', () => {
    expect(locateNear({ lat: 40.995, lon: 19.5 }, outlines)?.['name']).toBe('west');
    expect(locateNear({ lat: 40.98, lon: 19.5 }, outlines)).toBeUndefined();
  });

  it('does not take a municipality for a unit of the same name', () => {
    expect(unitName({ name: 'Shkodër', code: 'AL015' })).toBeUndefined();
    expect(unitName({ name: 'Gjinar', municipality: 'AL213' })).toBe('Gjinar');
  });
});

describe('fold', () => {
  it('takes marks away in both Unicode forms', () => {
    expect(fold('Përmet')).toBe('permet');
    expect(fold('Pe\u0308rmet ')).toBe('permet');
    expect(fold('ÇOROVODË')).toBe('corovode');
  });
});
