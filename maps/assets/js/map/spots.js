/**
 * Where a label may stand, in pixels: around a point, along a line, over what it is the name of; and what is in its way.
 */

import { boundsOf } from '../core/lonlat.js';
import { worldPixels } from '../core/mercator.js';

/** @typedef {{width: number, height: number}} Size */

const GAP = 4;
/** Whether two boxes meet. @param {Tumen.Box} a @param {Tumen.Box} b */
export const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
/** Box around a place. @param {number} x @param {number} y @param {number} w @param {number} h @returns {Tumen.Box} */
export const boxAt = (x, y, w, h) => [x - w / 2, y - h / 2, x + w / 2, y + h / 2];

/** Where a label may stand around a point: beside it, above, below, then at the corners. @param {L.Point} point @param {Size} size @param {number} radius @returns {Tumen.Spot[]} */
function aroundPoint(point, size, radius) {
  const dx = radius + GAP + size.width / 2;
  const dy = radius + 2 + size.height / 2;
  const side = radius * 0.7 + GAP + size.width / 2;
  const up = radius * 0.6 + size.height / 2;
  const quarter = size.width / 4;
  return [[dx, 0], [side, -up], [side, up], [-dx, 0], [-side, -up], [-side, up], [0, -dy], [0, dy],
    [-quarter, -dy], [quarter, -dy], [-quarter, dy], [quarter, dy]]
    .map(([x, y]) => ({ x: point.x + x, y: point.y + y, angle: 0, align: Math.abs(x) > size.width / 3 ? Math.sign(x) : 0 }));
}

/** Room of what is turned. @param {Size} size @param {number} angle */
export const rotated = (size, angle) => {
  const [c, s] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  return { width: size.width * c + size.height * s, height: size.width * s + size.height * c };
};

const SHIFTS = [[0, 0], [0, -22], [0, 22], [-40, 0], [40, 0], [-40, -22], [40, 22], [0, -44], [0, 44]];
const STEP = 8;
const AROUND_PX = 64; // further than the symbol of a label that is seen lies from it
const MAX_BEND = 5;

/** Whether a segment lies beyond one side of a view. @param {L.Point} a @param {L.Point} b @param {{min: L.Point, max: L.Point}} view */
const isBeyond = (a, b, { min, max }) => (a.x < min.x && b.x < min.x) || (a.x > max.x && b.x > max.x) || (a.y < min.y && b.y < min.y) || (a.y > max.y && b.y > max.y);

/** The longest run of a line inside the view, a point every few pixels. @param {L.Point[]} points @param {L.Bounds} view */
function visibleRun(points, view) {
  /** @type {L.Point[]} */
  let best = [];
  /** @type {L.Point[]} */
  let run = [];
  /** @param {L.Point} point */
  const take = (point) => {
    if (view.contains(point)) run.push(point);
    else run = [];
    if (run.length > best.length) best = run;
  };
  for (let i = 1; i < points.length; i += 1) {
    const [a, b] = [points[i - 1], points[i]];
    if (isBeyond(a, b, /** @type {{min: L.Point, max: L.Point}} */ (view))) {
      run = [];
      continue;
    }
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const steps = stepsOf(Math.hypot(dx, dy), STEP);
    for (let k = 0; k < steps; k += 1) take(new L.Point(a.x + dx * (k / steps), a.y + dy * (k / steps)));
  }
  if (points.length) take(points[points.length - 1]);
  return best;
}

/** In how many steps a segment is walked along. @param {number} length @param {number} step */
const stepsOf = (length, step) => Math.min(600, Math.max(1, Math.ceil(length / step)));

/** Along a line: at the middle of what is seen of it, above or below it, turned as it runs. @param {L.Point[][]} strands @param {Size} size @param {L.Bounds} view @param {number} thickness @returns {Tumen.Spot[]} */
function alongLine(strands, size, view, thickness, upon = false) {
  const run = strands.map((strand) => visibleRun(strand, view)).reduce((a, b) => (b.length > a.length ? b : a), []);
  const reach = Math.ceil(size.width / (2 * STEP));
  if (run.length < 2 * reach + 1) return [];
  /** @type {Tumen.Spot[]} */
  const result = [];
  for (const share of [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8]) {
    const at = Math.round((run.length - 1) * share);
    if (at < reach || at >= run.length - reach) continue;
    const [a, b, middle] = [run[at - reach], run[at + reach], run[at]];
    let angle = Math.atan2(b.y - a.y, b.x - a.x);
    // Where the line winds, words laid along it would leave it.
    const under = run.slice(at - reach, at + reach + 1);
    if (Math.max(...under.map((point) => L.LineUtil.pointToSegmentDistance(point, a, b))) > MAX_BEND) continue;
    if (Math.abs(angle) > Math.PI / 2) angle -= Math.sign(angle) * Math.PI;
    const off = size.height / 2 + thickness;
    for (const side of upon ? [0] : [-1, 1]) {
      result.push({ x: middle.x - Math.sin(angle) * off * side, y: middle.y + Math.cos(angle) * off * side, angle });
    }
  }
  return result;
}

/** Where a label may stand, the best first. @param {Tumen.MapLabel} label @param {Tumen.Room} size @param {L.Map} map @param {L.Bounds} view @returns {Tumen.Spot[]} */
export function candidates(label, size, map, view) {
  /** @param {L.LatLng} latLng */
  const place = (latLng) => map.latLngToContainerPoint(latLng);
  const { item } = label;
  if (label.place) {
    const { latLng, angle, room } = label.place;
    const { x, y } = place(latLng);
    if (room) return size.width + 4 <= room ? [{ x, y, angle }] : [];
    return SHIFTS.map(([dx, dy]) => ({ x: x + dx / 2, y: y + dy / 2, angle }));
  }
  if (label.anchors) {
    return label.anchors.flatMap((anchor) => SHIFTS.map(([x, y]) => {
      const point = place(anchor);
      return { x: point.x + x, y: point.y + y, angle: 0 };
    }));
  }
  if (label.geometry === 'line') {
    const latLngs = label.latLngs || (item ? strandsOf(item) : []);
    return alongLine(latLngs.map((strand) => strand.map(place)), size, view, item ? 6 : 3, Boolean(item && item.style.arrow));
  }
  if (!item) return [];
  const radius = item.geometry === 'point' || item.collapsed ? (item.style.size || 5) : 6;
  const around = aroundPoint(place(item.center), size, radius);
  return item.geometry === 'area' ? [{ x: place(item.center).x, y: place(item.center).y, angle: 0 }, ...around] : around;
}

/** The view and what may reach into it from beside it. @param {L.Map} map */
export function surroundings(map) {
  const { x, y } = map.getSize();
  return boundsOf([map.containerPointToLatLng([-AROUND_PX, y + AROUND_PX]), map.containerPointToLatLng([x + AROUND_PX, -AROUND_PX])]);
}

/** Whether a label has a chance to stand in the view: to ask is cheaper than to measure its text. @param {Tumen.MapLabel} label @param {L.LatLngBounds} view */
export function mayBeSeen({ place, anchors, geometry, bounds, item }, view) {
  if (place) return view.contains(place.latLng);
  if (anchors) return anchors.some((anchor) => view.contains(anchor));
  if (bounds) return bounds.some((box) => view.intersects(box));
  if (geometry === 'line') return Boolean(item && view.intersects(item.bounds));
  return !item || view.contains(item.center);
}

/** @param {Tumen.Item} item @returns {L.LatLng[][]} */
function strandsOf(item) {
  const latLngs = item.hits[0].getLatLngs();
  return Array.isArray(latLngs[0]) ? latLngs : [latLngs];
}

const CELL = 6;

/** Cells of a view, a byte each: 1 where a line runs. */
class Ink {
  /** @param {L.Point} size */
  constructor(size) {
    this.size = size;
    this.columns = Math.floor(size.x / CELL) + 1;
    this.rows = Math.floor(size.y / CELL) + 1;
    this.cells = new Uint8Array(this.columns * this.rows);
  }

  /** @param {number} x @param {number} y */
  add(x, y) {
    if (x >= 0 && y >= 0 && x <= this.size.x && y <= this.size.y) this.cells[Math.floor(y / CELL) * this.columns + Math.floor(x / CELL)] = 1;
  }

  /** Only what may lie in the view is walked along: most of a network lies beyond it. @param {number} fromX @param {number} fromY @param {number} toX @param {number} toY */
  line(fromX, fromY, toX, toY) {
    const { x, y } = this.size;
    if ((fromX < 0 && toX < 0) || (fromY < 0 && toY < 0) || (fromX > x && toX > x) || (fromY > y && toY > y)) return;
    const steps = stepsOf(Math.hypot(toX - fromX, toY - fromY), CELL);
    for (let k = 0; k <= steps; k += 1) this.add(fromX + (toX - fromX) * (k / steps), fromY + (toY - fromY) * (k / steps));
  }

  /** How many cells with lines a box covers. @param {Tumen.Box} box */
  under([left, top, right, bottom]) {
    const [west, east] = [Math.max(0, Math.floor(left / CELL)), Math.min(this.columns - 1, Math.floor(right / CELL))];
    const [north, south] = [Math.max(0, Math.floor(top / CELL)), Math.min(this.rows - 1, Math.floor(bottom / CELL))];
    let count = 0;
    for (let y = north; y <= south; y += 1) {
      for (let x = west; x <= east; x += 1) count += this.cells[y * this.columns + x];
    }
    return count;
  }
}

/** Where the lines of the subject run: a label had better not stand on them. @param {Tumen.Item[]} items @param {L.Map} map @param {(item: Tumen.Item) => boolean} shown @param {L.Point} size */
export function inkOf(items, map, shown, size) {
  const ink = new Ink(size);
  const view = surroundings(map);
  const scale = worldPixels(map.getZoom());
  // Places on the map are whole pixels from its origin.
  const corner = map.layerPointToContainerPoint([0, 0]).subtract(map.getPixelOrigin());
  for (const item of items) {
    if (item.geometry !== 'line' || !shown(item) || !view.intersects(item.bounds)) continue;
    for (const track of item.record.geometry.tracks ?? []) {
      let x = Math.round(track[0] * scale) + corner.x;
      let y = Math.round(track[1] * scale) + corner.y;
      for (let at = 2; at < track.length; at += 2) {
        const nextX = Math.round(track[at] * scale) + corner.x;
        const nextY = Math.round(track[at + 1] * scale) + corner.y;
        ink.line(x, y, nextX, nextY);
        x = nextX;
        y = nextY;
      }
    }
  }
  return ink;
}

/** Boxes of the point symbols. @param {Tumen.Item[]} items @param {L.Map} map @param {(item: Tumen.Item) => boolean} shown */
export function obstaclesOf(items, map, shown) {
  const view = surroundings(map);
  return items.filter((item) => (item.geometry === 'point' || item.collapsed) && shown(item)).flatMap((item) =>
    (item.collapsed || item.layer.stacked ? [item.center] : item.points).filter((latLng) => view.contains(latLng)).map((latLng) => {
      const point = map.latLngToContainerPoint(latLng);
      const reach = (item.style.size || 5) + 1;
      return { item, box: boxAt(point.x, point.y, 2 * reach, 2 * reach) };
    }));
}
