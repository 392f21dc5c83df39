/**
 * The base map: reference layers, each in its own pane under everything else.
 */
import { toLatLng } from '../core/lonlat.js';
import { page } from '../core/page.js';
import { Areas, Lines } from './track.js';

// Panes from bottom to top. Each stroke is one pass: [class, width, dash]. What has a `minZoom` shows from there on.
/** @type {Record<string, {fill?: string, outlined?: boolean, minZoom?: number, strokes: [className: string, weight: number, dash?: string][]}>} */
const LOOKS = {
  land: { fill: 'f-land', strokes: [['s-coast', 0.9]] },
  shore: { fill: 'f-land', strokes: [['s-coast', 0.9]], minZoom: 11 },
  admin1: { strokes: [['s-admin', 0.9, '1 3']] },
  lakes: { fill: 'f-lake', outlined: true, strokes: [['s-coast', 0.6]] },
  water_areas: { fill: 'f-lake', strokes: [['s-river', 1.1]] },
  rivers: { strokes: [['s-river', 1.1]] },
  roads: { strokes: [['s-road', 1.4]] },
  boundaries: { strokes: [['s-boundary-band', 5], ['s-boundary', 1.3, '7 3 1.5 3']] },
};

/** One path for all areas and one for each stroke of all lines: neighbours then meet without a seam. @param {string} name @param {Tumen.Base} data @param {L.Renderer} renderer */
function paths(name, data, renderer) {
  const look = LOOKS[name];
  /** @type {L.PolylineOptions} */
  const options = { renderer, interactive: false, smoothFactor: 0.8, color: 'currentColor', lineJoin: 'round', lineCap: 'butt' };
  /** @type {L.Path[]} */
  const result = [];
  /** @type {L.PolylineOptions} */
  const filled = { ...options, stroke: false, fillOpacity: 1, fillColor: 'currentColor' };
  if (data.seas.length) result.push(new Areas(data.seas, { ...filled, className: 'f-sea' }));
  if (data.areas.length && look.fill) {
    const outline = look.outlined || data.lines.length === 0;
    const [[className, weight]] = look.strokes;
    result.push(new Areas(data.areas, {
      ...filled, className: outline ? `${look.fill} ${className}` : look.fill, stroke: outline, weight,
      // The scales of the base map overlap by a hair: whatever is inside any of them is land.
      fillRule: 'nonzero',
    }));
  }
  if (data.lines.length) {
    for (const [className, weight, dashArray] of look.strokes) result.push(new Lines(data.lines, { ...options, className, weight, dashArray }));
  }
  return result;
}

/** The frame where the base map ends: what lies beyond is paper, not sea. @param {L.Map} map @param {Tumen.Extent} extent */
function frame(map, extent) {
  const [west, south, east, north] = extent;
  /** @type {Tumen.Position[]} */
  const outer = [[-540, -85], [540, -85], [540, 85], [-540, 85]];
  /** @type {Tumen.Position[]} */
  const inner = [[west, south], [east, south], [east, north], [west, north]];
  map.createPane('tumen-frame').style.zIndex = '290';
  L.polygon([outer, inner].map((ring) => ring.map(toLatLng)), {
    renderer: L.svg({ pane: 'tumen-frame', padding: 0.2 }), interactive: false, className: 'f-page s-rule',
    color: 'currentColor', fillColor: 'currentColor', fillOpacity: 1, weight: 1,
  }).addTo(map);
}

/** Hide a pane below a zoom. @param {L.Map} map @param {HTMLElement} pane @param {number} minZoom */
function showFrom(map, pane, minZoom) {
  if (!minZoom) return;
  const refresh = () => { pane.hidden = map.getZoom() < minZoom; };
  map.on('zoomend', refresh).whenReady(refresh);
}

/** Draw the base map. @param {L.Map} map */
export function add(map) {
  let zIndex = 210;
  for (const name of Object.keys(LOOKS)) {
    const data = page.base[name];
    if (!data) continue;
    const pane = map.createPane('tumen-base-' + name);
    pane.style.zIndex = String(zIndex);
    zIndex += 10;
    showFrom(map, pane, LOOKS[name].minZoom ?? 0);
    const renderer = L.svg({ pane: 'tumen-base-' + name, padding: 0.2 });
    paths(name, data, renderer).forEach((path) => path.addTo(map));
  }
  if (page.baseExtent) frame(map, page.baseExtent);
}
