/**
 * Finds features of the big layers under a point of the map, in the form used by the rest of the page.
 */
import { Scene } from './scene.js';
import { AREA, POINT } from './store.js';
import { boundsOf } from '../core/lonlat.js';
import { page } from '../core/page.js';
import { worldPixels } from '../core/mercator.js';
import { placeAt } from '../core/polyline.js';

const { styles } = page;
/** @typedef {import('./store.js').Store} Store */

// Its geometry is drawn from the store.
const NONE = { type: 'Point', coordinates: [] };
/** @type {Tumen.GeometryKind[]} */
const KINDS = ['point', 'line', 'area'];
const LINE_REACH = 9;
const POINT_REACH = 12;
const AREA_REACH = 3;
const FINGER = 5;
const LONG = 20_000; // from this number of vertices only the part near the view is highlighted
const AROUND = 1; // views on each side of it

/** Square of the distance of a point from a segment. @param {number} px @param {number} py @param {number} ax @param {number} ay @param {number} bx @param {number} by */
function squareToSegment(px, py, ax, ay, bx, by) {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const t = length ? Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length)) : 0;
  const x = px - ax - t * dx;
  const y = py - ay - t * dy;
  return x * x + y * y;
}

/**
 * How far in steps a point is from feature `i` of the block that a store looks at; 0 inside an area. Anything farther than `reach` may be
 * reported as infinitely far: few of an ocean's million vertices are level with the point.
 * @param {Store} store
 * @param {number} i
 * @param {number} px
 * @param {number} py
 * @param {number} reach  in steps
 */
function distance({ xy, ends, parts, kinds }, i, px, py, reach) {
  const kind = kinds[i];
  const [above, below] = [py - reach, py + reach];
  let nearest = Infinity;
  let inside = false;
  const first = i ? parts[i - 1] : 0;
  for (let part = first; part < parts[i]; part += 1) {
    const from = part ? ends[part - 1] : 0;
    const to = ends[part];
    // A ring is closed; a line of one vertex is a point.
    const last = kind === AREA ? to - 1 : from;
    let ax = xy[2 * last];
    let ay = xy[2 * last + 1];
    for (let v = kind === AREA || to === from + 1 ? from : from + 1; v < to; v += 1) {
      const bx = xy[2 * v];
      const by = xy[2 * v + 1];
      if ((ay >= above || by >= above) && (ay <= below || by <= below)) {
        nearest = Math.min(nearest, kind === POINT ? squareToSegment(px, py, bx, by, bx, by) : squareToSegment(px, py, ax, ay, bx, by));
        if ((ay > py) !== (by > py) && px < ((bx - ax) * (py - ay)) / (by - ay) + ax) inside = !inside;
      }
      ax = bx;
      ay = by;
    }
    if (kind === POINT) nearest = Math.min(nearest, squareToSegment(px, py, xy[2 * from], xy[2 * from + 1], xy[2 * from], xy[2 * from + 1]));
  }
  return kind === AREA && inside ? 0 : Math.sqrt(nearest);
}

/**
 * @typedef {{row: number, kind: number, distance: number}} Hit  distance in pixels
 */

/**
 * Call back with each row that is near enough to a point to be meant.
 * @param {Store} store
 * @param {L.Map} map
 * @param {L.LatLng} latLng
 * @param {boolean} finger  whether a finger points, which covers more than a mouse
 * @param {(hit: Hit) => void} visit
 */
function eachNear(store, map, latLng, finger, visit) {
  const zoom = map.getZoom();
  const scale = worldPixels(zoom) / store.about.world;
  const { x, y } = map.project(latLng).divideBy(scale);
  const extra = finger ? FINGER : 0;
  const looks = store.layer.symbols.map((symbol) => styles[symbol.style]);
  /** @param {number} kind @param {number} symbol */
  const reachOf = (kind, symbol) => {
    if (kind === POINT) return Math.max(POINT_REACH, (looks[symbol].size || 5) + 5) + extra;
    return (kind === AREA ? AREA_REACH : LINE_REACH) + extra;
  };
  const widest = Math.max(...looks.map((_, symbol) => reachOf(POINT, symbol))) / scale;
  store.eachBlock(zoom, [x - widest, y - widest, x + widest, y + widest], (block) => {
    const features = store.look(block);
    for (let i = 0; i < features; i += 1) {
      const row = store.begin[block] + i;
      const symbol = store.columns.symbol[row];
      if (store.alive[row] === 0 || store.layer.symbols[symbol].minZoom > zoom) continue;
      const far = distance(store, i, x, y, widest) * scale;
      if (far <= reachOf(store.kinds[i], symbol)) visit({ row, kind: store.kinds[i], distance: far });
    }
  });
}

/**
 * The row under a point: a point before a line before an area, then the nearest, then the one drawn on top.
 * @param {Store} store
 * @param {L.Map} map
 * @param {L.LatLng} latLng
 * @param {boolean} finger  whether a finger points, which covers more than a mouse
 * @returns {Hit|null}
 */
export function at(store, map, latLng, finger) {
  /** @type {Hit[]} */
  const best = [];
  eachNear(store, map, latLng, finger, (hit) => {
    const [other] = best;
    if (other && hit.kind > other.kind) return;
    const better = !other || hit.kind < other.kind || (hit.kind === AREA ? hit.distance <= other.distance : hit.distance < other.distance);
    if (better) best[0] = hit;
  });
  return best[0] ?? null;
}

/**
 * All rows under a point, the nearest first, up to a number of them.
 * @param {Store} store
 * @param {L.Map} map
 * @param {L.LatLng} latLng
 * @param {number} limit
 */
export function allAt(store, map, latLng, limit) {
  /** @type {Hit[]} */
  const found = [];
  eachNear(store, map, latLng, false, (hit) => found.push(hit));
  return found.sort((a, b) => a.distance - b.distance).slice(0, limit).map(({ row }) => row);
}

/** Whether feature `i` of the block that a store looks at has its box in a box, all in steps. @param {Store} store @param {number} i @param {Tumen.Box} box */
export function meets({ xy, ends, parts }, i, [west, north, east, south]) {
  const first = i ? parts[i - 1] : 0;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let v = first ? ends[first - 1] : 0; v < ends[parts[i] - 1]; v += 1) {
    left = Math.min(left, xy[2 * v]);
    right = Math.max(right, xy[2 * v]);
    top = Math.min(top, xy[2 * v + 1]);
    bottom = Math.max(bottom, xy[2 * v + 1]);
  }
  return left <= east && right >= west && top <= south && bottom >= north;
}

/** Leaflet's position of steps of the world. @param {L.Map} map @param {Store} store */
const unproject = (map, store) => {
  const scale = worldPixels(0) / store.about.world;
  return (/** @type {[number, number]} */ [x, y]) => map.unproject([x * scale, y * scale], 0);
};

/**
 * The middle of a line along it, of points the first.
 * @param {number} kind
 * @param {[number, number][][]} parts
 */
function middle(kind, parts) {
  if (kind === POINT) return parts[0][0];
  return placeAt(parts.reduce((a, b) => (b.length > a.length ? b : a)), 0.5).at;
}

/** @type {WeakMap<L.Map, L.Renderer>} */
const renderers = new WeakMap();

/** Renderer of the highlight. @param {L.Map} map */
function marks(map) {
  const renderer = renderers.get(map) ?? L.svg({ pane: 'tumen-bulk-mark', padding: 0.2 });
  renderers.set(map, renderer);
  return renderer;
}

/**
 * A shape to light up: on the map only while the feature is chosen.
 * @param {L.Map} map
 * @param {number} kind
 * @param {L.LatLng[][]} latLngs
 */
function shapeOf(map, kind, latLngs) {
  const options = { pane: 'tumen-bulk-mark', renderer: marks(map), interactive: false, color: 'transparent', fillColor: 'transparent', opacity: 1, fillOpacity: 1 };
  if (kind === POINT) return L.featureGroup(latLngs.flat().map((latLng) => L.circleMarker(latLng, { ...options, radius: 10, weight: 4, className: 'hit hit-point is-active' })));
  if (kind === AREA) return L.polygon(latLngs, { ...options, fillRule: 'evenodd', weight: 4, className: 'hit hit-area is-active' });
  return L.polyline(latLngs, { ...options, fill: false, weight: 13, lineCap: 'round', className: 'hit hit-line is-active' });
}

/** The view and a margin around it, in steps. @param {L.Map} map @param {Store} store @returns {Tumen.Box} */
function around(map, store) {
  const scale = worldPixels(map.getZoom()) / store.about.world;
  const view = map.getPixelBounds();
  const size = map.getSize().multiplyBy(AROUND);
  const [low, high] = [view.getTopLeft().subtract(size).divideBy(scale), view.getBottomRight().add(size).divideBy(scale)];
  return [low.x, low.y, high.x, high.y];
}

/**
 * Parts of a row as a zoom needs them, as lists of [x, y]; of a long area, the part near the view.
 * @param {Store} store
 * @param {number} row
 * @param {L.Map} map
 */
function shownParts(store, row, map) {
  const zoom = map.getZoom();
  const { kind, part, last, vertices } = store.place(row, zoom);
  if (kind !== AREA || vertices <= LONG) return store.geometry(row, zoom).parts;
  const box = around(map, store);
  const [left, top] = box;
  const scene = new Scene();
  scene.room(vertices, last - part);
  scene.begin(AREA, 0);
  /** @type {Tumen.Box} */
  const shifted = [0, 0, box[2] - left, box[3] - top];
  const view = { scale: 1, left, top, pixel: store.about.world / worldPixels(zoom), box: shifted };
  for (let ring = part; ring < last; ring += 1) scene.strand(store.xy, ring ? store.ends[ring - 1] : 0, store.ends[ring], view);
  const { last: { strands }, ends, xy } = scene;
  return Array.from({ length: strands }, (_, strand) => {
    const from = strand ? ends[strand - 1] : 0;
    return Array.from({ length: ends[strand] - from }, (__, i) => /** @type {[number, number]} */ ([xy[2 * (from + i)] + left, xy[2 * (from + i) + 1] + top]));
  });
}

/**
 * A row as an item, as `map/items.js` has them.
 * @param {Store} store
 * @param {number} row
 * @param {L.Map} map
 * @param {{id: string, properties: Tumen.Properties}} told
 * @returns {Tumen.Item}
 */
export function item(store, row, map, { id, properties }) {
  const place = unproject(map, store);
  const { kind, box: [west, north, east, south] } = store.place(row, map.getZoom());
  const parts = shownParts(store, row, map);
  const latLngs = parts.map((points) => points.map(place));
  const shape = shapeOf(map, kind, latLngs);
  const bounds = boundsOf([place([west, north]), place([east, south])]);
  const center = kind === AREA ? bounds.getCenter() : place(middle(kind, parts));
  const symbol = store.symbolOf(row);
  const { layer } = store;
  // An ocean lights up where it is in view, with the vertices that the zoom needs.
  let shown = '';
  const refine = () => {
    const now = around(map, store).join();
    if (!(shape instanceof L.Polyline) || shown === now) return;
    shown = now;
    shape.setLatLngs(shownParts(store, row, map).map((points) => points.map(place)));
  };
  return {
    store, row, layer, symbol, center, geometry: KINDS[kind], minZoom: layer.symbols[symbol].minZoom,
    feature: { id, properties, geometry: NONE }, record: { id, properties, geometry: NONE }, style: styles[layer.symbols[symbol].style],
    points: kind === POINT ? latLngs.flat() : [], shapes: [], bounds, made: true, day: '', marks: new Set(),
    hits: [{ getBounds: () => bounds, getElement: () => map.getContainer() }],
    get passes() {
      return store.isDrawn(row);
    },
    reveal() {},
    select(on) {
      map.off('moveend', refine);
      if (!on) {
        shape.remove();
        return;
      }
      refine();
      map.on('moveend', refine);
      shape.addTo(map);
    },
  };
}
