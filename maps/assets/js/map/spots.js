/**
 * Candidate places of a label, in pixels: around a point, along a line, over an area; and obstacles.
 */

import { boundsOf } from '../core/lonlat.js';
import { worldPixels } from '../core/mercator.js';

/** @typedef {{width: number, height: number}} Size */

const GAP = 4;
/** Whether two boxes meet. @param {Tumen.Box} a @param {Tumen.Box} b */
export const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
/** Box around a place. @param {number} x @param {number} y @param {number} w @param {number} h @returns {Tumen.Box} */
export const boxAt = (x, y, w, h) => [x - w / 2, y - h / 2, x + w / 2, y + h / 2];

/** Candidate places of a label around a point: beside it, above, below, then at the corners. @param {L.Point} point @param {Size} size @param {number} radius @returns {Tumen.Spot[]} */
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

/** Bounding box of a rotated box. @param {Size} size @param {number} angle */
export const rotated = (size, angle) => {
  const [c, s] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  return { width: size.width * c + size.height * s, height: size.width * s + size.height * c };
};

const SHIFTS = [[0, 0], [0, -22], [0, 22], [-40, 0], [40, 0], [-40, -22], [40, 22], [0, -44], [0, 44]];
const STEP = 8;
const AROUND_PX = 64; // further than the symbol of a label that is seen lies from it
const MAX_BEND = 5;

/** From the square of Web Mercator to pixels of the map's container, which are whole ones. @param {L.Map} map */
function screen(map) {
  const scale = worldPixels(map.getZoom());
  const corner = map.layerPointToContainerPoint([0, 0]).subtract(map.getPixelOrigin());
  return {
    /** @param {number} value */
    x: (value) => Math.round(value * scale) + corner.x,
    /** @param {number} value */
    y: (value) => Math.round(value * scale) + corner.y,
  };
}

/** The longest run of a line inside the view, a point every few pixels. @param {Float64Array} track @param {L.Map} map @param {L.Bounds} view */
function visibleRun(track, map, view) {
  const { min, max } = /** @type {{min: L.Point, max: L.Point}} */ (view);
  const at = screen(map);
  /** @type {L.Point[]} */
  let best = [];
  /** @type {L.Point[]} */
  let run = [];
  /** @param {number} x @param {number} y */
  const take = (x, y) => {
    if (x >= min.x && x <= max.x && y >= min.y && y <= max.y) run.push(new L.Point(x, y));
    else if (run.length) run = [];
    if (run.length > best.length) best = run;
  };
  let x = at.x(track[0]);
  let y = at.y(track[1]);
  for (let i = 2; i < track.length; i += 2) {
    const nextX = at.x(track[i]);
    const nextY = at.y(track[i + 1]);
    if ((x < min.x && nextX < min.x) || (x > max.x && nextX > max.x) || (y < min.y && nextY < min.y) || (y > max.y && nextY > max.y)) run = [];
    else {
      const steps = stepsOf(Math.hypot(nextX - x, nextY - y), STEP);
      for (let k = 0; k < steps; k += 1) take(x + (nextX - x) * (k / steps), y + (nextY - y) * (k / steps));
    }
    x = nextX;
    y = nextY;
  }
  take(x, y);
  return best;
}

/** In how many steps a segment is walked along. @param {number} length @param {number} step */
const stepsOf = (length, step) => Math.min(600, Math.max(1, Math.ceil(length / step)));

/** Along a line: at the middle of its visible part, above or below it, turned as it runs. @param {Float64Array[]} tracks @param {Size} size @param {L.Map} map @param {L.Bounds} view @param {number} thickness @returns {Tumen.Spot[]} */
function alongLine(tracks, size, map, view, thickness, upon = false) {
  const run = tracks.map((track) => visibleRun(track, map, view)).reduce((a, b) => (b.length > a.length ? b : a), []);
  const reach = Math.ceil(size.width / (2 * STEP));
  if (run.length < 2 * reach + 1) return [];
  /** @type {Tumen.Spot[]} */
  const result = [];
  for (const share of [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8]) {
    const at = Math.round((run.length - 1) * share);
    if (at < reach || at >= run.length - reach) continue;
    const [a, b, middle] = [run[at - reach], run[at + reach], run[at]];
    let angle = Math.atan2(b.y - a.y, b.x - a.x);
    // Where the line winds, text along it would leave it.
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

/** Candidate places of a label, the best first. @param {Tumen.MapLabel} label @param {Tumen.Room} size @param {L.Map} map @param {L.Bounds} view @returns {Tumen.Spot[]} */
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
    const tracks = label.tracks ?? item?.record.geometry.tracks ?? [];
    return alongLine(tracks, size, map, view, item ? 6 : 3, Boolean(item && item.style.arrow));
  }
  if (!item) return [];
  const radius = item.geometry === 'point' || item.collapsed ? (item.style.size || 5) : 6;
  const around = aroundPoint(place(item.center), size, radius);
  return item.geometry === 'area' ? [{ x: place(item.center).x, y: place(item.center).y, angle: 0 }, ...around] : around;
}

/** The view and a margin from which labels can reach into it. @param {L.Map} map */
export function surroundings(map) {
  const { x, y } = map.getSize();
  return boundsOf([map.containerPointToLatLng([-AROUND_PX, y + AROUND_PX]), map.containerPointToLatLng([x + AROUND_PX, -AROUND_PX])]);
}

/** Whether a label can be in the view: cheaper than measuring its text. @param {Tumen.MapLabel} label @param {L.LatLngBounds} view */
export function mayBeSeen({ place, anchors, geometry, bounds, item }, view) {
  if (place) return view.contains(place.latLng);
  if (anchors) return anchors.some((anchor) => view.contains(anchor));
  if (bounds) return bounds.some((box) => view.intersects(box));
  if (geometry === 'line') return Boolean(item && view.intersects(item.bounds));
  return !item || view.contains(item.center);
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

/** Where the lines of the subject run: labels should avoid them. @param {Tumen.Item[]} items @param {L.Map} map @param {(item: Tumen.Item) => boolean} shown @param {L.Point} size */
export function inkOf(items, map, shown, size) {
  const ink = new Ink(size);
  const view = surroundings(map);
  const at = screen(map);
  for (const item of items) {
    if (item.geometry !== 'line' || !shown(item) || !view.intersects(item.bounds)) continue;
    for (const track of item.record.geometry.tracks ?? []) {
      let x = at.x(track[0]);
      let y = at.y(track[1]);
      for (let i = 2; i < track.length; i += 2) {
        const nextX = at.x(track[i]);
        const nextY = at.y(track[i + 1]);
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
