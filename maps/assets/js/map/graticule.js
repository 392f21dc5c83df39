/**
 * Meridians and parallels, on demand: a round step for the scale, its degrees at the edges.
 */
import { svg } from '../core/dom.js';
import { fromLatLng, toLatLng } from '../core/lonlat.js';
import * as permalink from '../core/permalink.js';
import * as tools from '../core/tools.js';
import * as controls from './controls.js';

// In seconds of arc.
const STEPS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18000, 36000];
const LEAST_PX = 96;
const BEYOND = 0.5;

/** "130°30′E" with only the parts that the step needs. @param {number} seconds @param {number} step @param {string} signs */
function words(seconds, step, [plus, minus]) {
  const whole = Math.abs(seconds);
  /** @param {number} value */
  const pad = (value) => String(value).padStart(2, '0');
  const parts = [`${Math.floor(whole / 3600)}°`];
  if (step % 3600) parts.push(`${pad(Math.floor(whole / 60) % 60)}′`);
  if (step % 60) parts.push(`${pad(whole % 60)}″`);
  return parts.join('') + (seconds < 0 ? minus : plus);
}

/** @param {number} low @param {number} high @param {number} step */
const multiples = (low, high, step) => {
  const first = Math.ceil((low * 3600) / step);
  const count = Math.floor((high * 3600) / step) - first + 1;
  return Array.from({ length: Math.max(0, Math.min(count, 400)) }, (_, i) => (first + i) * step);
};

/** @param {L.Map} map */
function lines(map) {
  const size = map.getSize();
  /** @param {number} x @param {number} y */
  const at = (x, y) => fromLatLng(map.containerPointToLatLng([x, y]));
  const [west, north] = at(-size.x * BEYOND, -size.y * BEYOND);
  const [east, south] = at(size.x * (1 + BEYOND), size.y * (1 + BEYOND));
  const perSecond = size.x / ((at(size.x, 0)[0] - at(0, 0)[0]) * 3600);
  const step = STEPS.find((one) => one * perSecond >= LEAST_PX) || STEPS[STEPS.length - 1];
  /** @param {number} lon @param {number} lat */
  const pixel = (lon, lat) => map.latLngToContainerPoint(toLatLng([lon, lat]));
  return {
    meridians: multiples(Math.max(west, -180), Math.min(east, 180), step)
      .map((seconds) => ({ x: pixel(seconds / 3600, 0).x, text: words(seconds, step, 'EW') })),
    parallels: multiples(Math.max(south, -85), Math.min(north, 85), step)
      .map((seconds) => ({ y: pixel(0, seconds / 3600).y, text: words(seconds, step, 'NS') })),
  };
}

/** Degrees along the upper and the left edge of the free part of the map. @param {ReturnType<typeof lines>} grid @param {L.Map} map */
function labels({ meridians, parallels }, map) {
  const size = map.getSize();
  const taken = controls.obstacles('.sheet-north, .compare-day');
  /** @param {number} x @param {number} y */
  const free = (x, y) => x > 24 && y > 10 && x < size.x - 24 && y < size.y - 10
    && !taken.some(([left, top, right, bottom]) => x + 26 > left && x - 26 < right && y + 8 > top && y - 8 < bottom);
  const left = controls.covered(map).x + 32;
  return [
    ...meridians.filter(({ x }) => free(x, 12)).map(({ x, text }) => ({ x, y: 16, text })),
    ...parallels.filter(({ y }) => free(left, y) && y > 30).map(({ y, text }) => ({ x: left, y: y + 4, text })),
  ].map(({ x, y, text }) => svg('text', { class: 'degrees', x: Math.round(x), y: Math.round(y), 'text-anchor': 'middle' }, text));
}

/** @param {L.Map} map */
export function add(map) {
  const pane = map.createPane('tumen-graticule');
  pane.style.zIndex = '380';
  const root = svg('svg', { class: 'graticule leaflet-zoom-hide', 'aria-hidden': 'true', focusable: 'false' });
  let on = false;
  function refresh() {
    if (!on) return root.replaceChildren();
    const size = map.getSize();
    const grid = lines(map);
    const [w, h] = [Math.round(size.x * BEYOND), Math.round(size.y * BEYOND)];
    L.DomUtil.setPosition(/** @type {any} */ (root), map.containerPointToLayerPoint([0, 0]));
    root.setAttribute('width', String(size.x));
    root.setAttribute('height', String(size.y));
    return root.replaceChildren(
      ...grid.meridians.map(({ x }) => svg('path', { d: `M${x},${-h}V${size.y + h}` })),
      ...grid.parallels.map(({ y }) => svg('path', { d: `M${-w},${y}H${size.x + w}` })),
      ...labels(grid, map),
    );
  }
  pane.append(root);
  map.on('moveend zoomend resize', refresh);
  controls.onFold(refresh);
  const { press } = tools.toggle('graticule', false, (value) => {
    on = value;
    refresh();
  });
  permalink.carry('graticule', () => (on ? '1' : null), (value) => {
    if (value === '1') press(true);
  });
  return { press, isOn: () => on };
}
