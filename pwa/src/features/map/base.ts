import { divIcon, geoJSON, latLng, map, marker, svg, tileLayer, type LatLngBounds, type Map as LeafletMap } from 'leaflet';
import 'leaflet/dist/leaflet.css';
import './map.css';
import type { Outlines, Tiles } from '$/api/types';

export type Drawn = { map: LeafletMap; outlines: Outlines };

/** Of names that would lie on one another the first is shown; the others come when the map is nearer. */
function thinOut(names: HTMLElement[]): void {
  const shown: DOMRect[] = [];
  for (const name of names) {
    name.hidden = false;
    const box = name.getBoundingClientRect();
    name.hidden = shown.some(
      (other) => other.left < box.right && box.left < other.right && other.top < box.bottom && box.top < other.bottom,
    );
    if (!name.hidden) shown.push(box);
  }
}

/** Outlines alone need no tile server, so nobody learns what is looked at; an operator may name one. */
export function draw(element: HTMLElement, outlines: Outlines, tiles?: Tiles | null): Drawn {
  const drawn = map(element, {
    attributionControl: false,
    zoomControl: false,
    zoomSnap: 0.5,
    renderer: svg({ padding: 0.5 }),
    zoomAnimation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
  });
  const layer = geoJSON(outlines, { interactive: false, style: { className: 'outline', weight: 1.5 } }).addTo(drawn);
  if (tiles) tileLayer(tiles.url, { maxZoom: 16 }).addTo(drawn);
  element.classList.toggle('tiled', !!tiles);
  // Names lie beneath the dots.
  drawn.createPane('names').style.zIndex = '450';
  const names: HTMLElement[] = [];
  layer.eachLayer((part) => {
    const name = 'feature' in part ? (part.feature as GeoJSON.Feature).properties?.['name'] : undefined;
    if (typeof name !== 'string' || !('getBounds' in part)) return;
    const words = document.createElement('span');
    words.textContent = name;
    names.push(words);
    const icon = divIcon({ className: 'unit-name', html: words, iconSize: [0, 0] });
    const middle = (part.getBounds as () => LatLngBounds)().getCenter();
    marker(middle, { icon, pane: 'names', interactive: false, keyboard: false }).addTo(drawn);
  });
  const bounds = layer.getBounds();
  drawn.fitBounds(bounds, { padding: [12, 12] });
  // Short ones first: so more of them have room.
  names.sort((one, other) => (one.textContent?.length ?? 0) - (other.textContent?.length ?? 0));
  thinOut(names);
  drawn.on('zoomend', () => thinOut(names));
  drawn.setMaxBounds(bounds.pad(0.5)).setMinZoom(drawn.getZoom() - 0.5).setMaxZoom(16);
  element.setAttribute('role', 'application');
  return { map: drawn, outlines };
}

/** Buttons of our own around the map, so that they are 44 px, translated and in the tab order. */
export const zoom = (drawn: Drawn | undefined, by: number) => drawn?.map.setZoom(drawn.map.getZoom() + by);

/** A dot with a number, or what is written on it instead; reached by Tab and opened by Enter. */
export function pin(at: { lat: number; lon: number }, count: number, label: string, written = count > 1 ? String(count) : '') {
  const words = document.createElement('span');
  words.textContent = written;
  const made = marker(latLng(at.lat, at.lon), {
    icon: divIcon({ className: written ? 'pin many' : 'pin', html: words, iconSize: [44, 44] }),
    keyboard: true,
    title: label,
  });
  made.on('add', () => made.getElement()?.setAttribute('aria-label', label));
  return made;
}

