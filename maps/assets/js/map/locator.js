/**
 * Locator map: the land of the base map in small, and a frame around the view. Drawn once; only the frame moves.
 */
import { byId, svg } from '../core/dom.js';
import { fromLatLng } from '../core/lonlat.js';
import { onSquare } from '../core/mercator.js';
import { page } from '../core/page.js';
import * as controls from './controls.js';

const WIDTH = 136;
const TALLEST = 120;
// Below this size the frame is a cross-hair's ring.
const LEAST = 7;

/** Projection of the base map's extent into the box. @param {Tumen.Extent} extent */
function projection(extent) {
  const [west, south] = onSquare(extent[0], extent[1]);
  const [east, north] = onSquare(extent[2], extent[3]);
  const scale = Math.min(WIDTH / (east - west), TALLEST / (south - north));
  return {
    width: (east - west) * scale,
    height: (south - north) * scale,
    /** @type {(square: [x: number, y: number]) => [number, number]} */
    place: ([x, y]) => [(x - west) * scale, (y - north) * scale],
  };
}

/**
 * Path of a ring without invisible details; null when nothing is left.
 * @param {Tumen.Track} ring
 * @param {(square: [x: number, y: number]) => [number, number]} place
 */
function outline({ values }, place) {
  /** @type {[number, number][]} */
  const kept = [];
  for (let at = 0; at < values.length; at += 2) {
    const point = place([values[at], values[at + 1]]);
    const last = kept[kept.length - 1];
    if (!last || Math.hypot(point[0] - last[0], point[1] - last[1]) >= 0.7) kept.push(point);
  }
  return kept.length < 4 ? '' : 'M' + kept.map((point) => point.map((value) => value.toFixed(1)).join(',')).join('L') + 'Z';
}

/** Show the frame; its land, most of which lies beyond the view, when that is asked for. @param {L.Map} map @returns {() => void} */
export function add(map) {
  const { base, baseExtent } = page;
  const root = byId('locator');
  if (!baseExtent || !base.land) return () => {};
  const { width, height, place } = projection(baseExtent);
  const land = svg('path', { class: 'locator-land', 'fill-rule': 'nonzero' });
  const frame = svg('rect', { class: 'locator-view' });
  root.append(svg('svg', { width: Math.round(width), height: Math.round(height), viewBox: `0 0 ${width.toFixed(1)} ${height.toFixed(1)}`, 'aria-hidden': 'true', focusable: 'false' }, land, frame));
  root.hidden = false;
  /** The visible part of the map beside the panel and above the table. */
  function refresh() {
    const size = map.getSize();
    const hidden = controls.covered(map);
    /** @param {number} x @param {number} y */
    const corner = (x, y) => place(onSquare(...fromLatLng(map.containerPointToLatLng([x, y]))));
    const [left, top] = corner(hidden.x, 0);
    const [right, bottom] = corner(size.x, Math.max(1, size.y - hidden.y));
    const [w, h] = [Math.max(LEAST, right - left), Math.max(LEAST, bottom - top)];
    const small = right - left < LEAST && bottom - top < LEAST;
    const values = { x: (left + right - w) / 2, y: (top + bottom - h) / 2, width: w, height: h, rx: small ? LEAST / 2 : 0 };
    for (const [name, value] of Object.entries(values)) frame.setAttribute(name, value.toFixed(1));
  }
  map.on('moveend zoomend resize', refresh);
  controls.onFold(refresh);
  refresh();
  return () => land.setAttribute('d', base.land.areas.map((ring) => outline(ring, place)).join(''));
}
