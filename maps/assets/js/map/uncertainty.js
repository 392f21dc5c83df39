/**
 * Position uncertainty: a halo around each point as wide as its accuracy, a band along each line drawn schematically.
 * All of them are one tint, however many lie over each other; that of a chosen point is drawn by itself, in attention.js.
 */
import { byId, node, svg } from '../core/dom.js';
import { fromLatLng, toLatLngs } from '../core/lonlat.js';
import { pixels } from '../core/mercator.js';
import * as permalink from '../core/permalink.js';

// Halos that exceed their symbol by less than this are not drawn.
const LEAST_PX = 4;
// Wide areas would hide their feature: a band wider than this limit, which depends on the scale, is hatched across its line, a
// halo much wider than its symbol is light with an edge, and one wider than a share of the map is only an edge.
const widest = (/** @type {number} */ zoom) => Math.max(10, Math.min(24, 3 * zoom - 6));
const HATCH = '1 7';
const WIDE_HALO_PX = 28;
const WIDEST_SHARE = 0.2;
const SOLID = { stroke: false, fill: true, fillColor: 'currentColor', fillOpacity: 1 };
const LIGHT = { stroke: true, color: 'currentColor', weight: 1.5, opacity: 1, fill: true, fillColor: 'currentColor', fillOpacity: 0.4 };
const RING = { stroke: true, color: 'currentColor', weight: 3, opacity: 1, dashArray: '12 9', fill: false };

/** @param {number} metres @param {L.LatLng} at @param {number} zoom */
const pixelsAt = (metres, at, zoom) => pixels(metres, fromLatLng(at)[1], zoom);

/** @param {Tumen.Feature} feature */
const isSchematic = ({ properties }) => properties.geometry_method === 'schematic' || properties.course === 'assumed';

/** Whether a feature of an item is uncertain by a stated length. Places are there to find one's way by, each with its halo when it is chosen. @param {Tumen.Item} item @param {Tumen.Feature} feature */
const isUncertain = ({ geometry, layer }, feature) => typeof feature.properties.accuracy_m === 'number' && feature.properties.accuracy_m > 0
  && !(layer.labels && layer.labels.lettering === 'place') && (geometry === 'point' || (geometry === 'line' && isSchematic(feature)));

/** @param {Tumen.Item} item @param {number} zoom @param {number} reach @param {L.PathOptions} options */
function halos({ points, feature, style }, zoom, reach, options) {
  const radius = pixelsAt(feature.properties.accuracy_m, points[0], zoom);
  if (radius < (style.size || 5) + LEAST_PX) return null;
  const look = radius > reach ? RING : (radius > WIDE_HALO_PX ? LIGHT : SOLID);
  return () => points.map((latLng) => L.circle(latLng, { ...options, ...look, className: 'halo-point', radius: feature.properties.accuracy_m }));
}

/** @param {Tumen.Item} item @param {number} zoom @param {L.PathOptions} options */
function bands({ center, feature, style }, zoom, options) {
  const width = 2 * pixelsAt(feature.properties.accuracy_m, center, zoom);
  const drawn = Math.max(0, ...style.strokes.map((stroke) => stroke.width));
  if (width < drawn + 2 * LEAST_PX) return null;
  const most = widest(zoom);
  const wide = width > most;
  /** @type {L.PolylineOptions} */
  const pen = { weight: wide ? most : width, dashArray: wide ? HATCH : '', lineCap: wide ? 'butt' : 'round' };
  return () => [L.polyline(toLatLngs(feature.geometry.coordinates), { ...options, ...pen, className: 'halo-line', fill: false, color: 'currentColor', opacity: 1 })];
}

/** @param {Node[]} shapes */
const swatch = (...shapes) => svg('svg', { class: 'swatch swatch-halo', width: 40, height: 18, viewBox: '0 0 40 18', 'aria-hidden': 'true', focusable: 'false' },
  svg('g', { class: 'halos' }, ...shapes));

/** Legend of the tints, and a checkbox to hide them. @param {(on: boolean) => void} change */
function explain(change) {
  const box = node('input', { type: 'checkbox', checked: true, 'data-uncertainty': true });
  box.addEventListener('change', () => change(box.checked));
  /** @type {[string, SVGElement][]} */
  const rows = [
    ['uncertainty_point', swatch(svg('circle', { cx: 20, cy: 9, r: 8.5 }))],
    ['uncertainty_line', swatch(svg('path', { d: 'M2,9H38', 'stroke-width': 13 }))],
    ['uncertainty_wide', swatch(svg('path', { d: 'M0,9H40', 'stroke-width': 14, 'stroke-dasharray': HATCH }))],
  ];
  byId('legend').append(node('fieldset', { class: 'uncertain' }, node('legend', { 'data-ui': 'accuracy' }),
    node('ul', { class: 'layers' }, node('li', { class: 'layer' },
      node('label', {}, box, node('span', { class: 'layer-title', 'data-ui': 'uncertainty' })),
      node('ul', { class: 'rules' }, ...rows.map(([key, look]) => node('li', {}, look, node('span', { 'data-ui': key }))))))));
  return box;
}

/** Whether the halo or band of an item may lie in a view. @param {Tumen.Item} item @param {L.LatLngBounds} view */
function mayBeSeen({ geometry, points, bounds, record: feature }, view) {
  if (geometry !== 'point') return view.intersects(bounds.pad(0.1));
  return points.some((latLng) => view.intersects(latLng.toBounds(2 * feature.properties.accuracy_m)));
}

export const PANE = 'tumen-uncertainty';
let on = true;
/** @type {(() => void)[]} */
const drawn = [];

/** Draw the halos of a subject, of the page's own or of another day's, from its next refresh on. @param {L.Map} map @param {Tumen.Subject} subject @param {string} [pane] */
export function draw(map, subject, pane = PANE) {
  const items = subject.items.filter((item) => isUncertain(item, item.record));
  const holder = map.createPane(pane);
  holder.classList.add('leaflet-tumen-uncertainty-pane');
  holder.style.zIndex = '385';
  const options = { renderer: L.svg({ pane, padding: 0.2 }), interactive: false };
  const group = L.layerGroup().addTo(map);
  function refresh() {
    group.clearLayers();
    if (!on) return;
    const zoom = map.getZoom();
    const { x, y } = map.getSize();
    // Features farther outside the view than their uncertainty are left out.
    const view = map.getBounds().pad(0.3);
    for (const item of items) {
      const shapes = subject.isShown(item) && mayBeSeen(item, view) && isUncertain(item, item.feature) && (item.geometry === 'point' ? halos(item, zoom, Math.min(x, y) * WIDEST_SHARE, options) : bands(item, zoom, options));
      if (shapes) shapes().forEach((shape) => group.addLayer(shape));
    }
  }
  // A zoom changes the content too.
  subject.onChange(refresh);
  map.on('moveend', refresh);
  drawn.push(refresh);
}

/** @param {L.Map} map  @param {Tumen.Subject} subject */
export function add(map, subject) {
  if (!subject.items.some((item) => isUncertain(item, item.record))) return;
  draw(map, subject);
  /** @param {boolean} value */
  function change(value) {
    on = value;
    box.checked = value;
    box.closest('.layer')?.classList.toggle('is-off', !value);
    drawn.forEach((refresh) => refresh());
    permalink.changed();
  }
  const box = explain(change);
  permalink.carry('uncertainty', () => (on ? null : '0'), (value) => {
    if (value === '0' || value === '1') change(value === '1');
  });
}
