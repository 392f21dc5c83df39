/**
 * Candidate places of a label, in pixels: around a point, along a line, over an area; and obstacles.
 */

import { boundsOf } from '../core/lonlat.js';

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

/** The longest run of a line inside the view. @param {L.Point[]} points @param {L.Bounds} view */
function visibleRun(points, view) {
  /** @type {L.Point[]} */
  let best = [];
  /** @type {L.Point[]} */
  let run = [];
  for (const point of points) {
    if (view.contains(point)) run.push(point);
    else run = [];
    if (run.length > best.length) best = run;
  }
  return best;
}

const SHIFTS = [[0, 0], [0, -22], [0, 22], [-40, 0], [40, 0], [-40, -22], [40, 22], [0, -44], [0, 44]];
const STEP = 8;
const AROUND_PX = 64; // further than the symbol of a label that is seen lies from it
const MAX_BEND = 5;

/** @param {L.Point[]} points */
function densify(points, step = STEP) {
  /** @type {L.Point[]} */
  const result = [];
  for (let i = 1; i < points.length; i += 1) {
    const [a, b] = [points[i - 1], points[i]];
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const steps = Math.min(600, Math.max(1, Math.ceil(Math.hypot(dx, dy) / step)));
    for (let k = 0; k < steps; k += 1) result.push(new L.Point(a.x + dx * (k / steps), a.y + dy * (k / steps)));
  }
  if (points.length) result.push(points[points.length - 1]);
  return result;
}

/** Along a line: at the middle of what is seen of it, above or below it, turned as it runs. @param {L.Point[][]} strands @param {Size} size @param {L.Bounds} view @param {number} thickness @returns {Tumen.Spot[]} */
function alongLine(strands, size, view, thickness, upon = false) {
  const run = strands.map((strand) => visibleRun(densify(strand), view)).reduce((a, b) => (b.length > a.length ? b : a), []);
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
    const latLngs = label.latLngs || (item ? strandsOf(item) : []);
    return alongLine(latLngs.map((strand) => strand.map(place)), size, view, item ? 6 : 3, Boolean(item && item.style.arrow));
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

/** Whether a label has a chance to stand in the view: to ask is cheaper than to measure its text. @param {Tumen.MapLabel} label @param {L.LatLngBounds} view */
export function mayBeSeen({ place, anchors, geometry, latLngs, item }, view) {
  if (place) return view.contains(place.latLng);
  if (anchors) return anchors.some((anchor) => view.contains(anchor));
  if (latLngs) return latLngs.some((strand) => view.intersects(boundsOf(strand)));
  if (geometry === 'line') return Boolean(item && view.intersects(item.hits[0].getBounds()));
  return !item || view.contains(item.center);
}

/** @param {Tumen.Item} item @returns {L.LatLng[][]} */
function strandsOf(item) {
  const latLngs = item.hits[0].getLatLngs();
  return Array.isArray(latLngs[0]) ? latLngs : [latLngs];
}

const CELL = 6;

/** Where the lines of the subject run, in cells: a label had better not stand on them. @param {Tumen.Item[]} items @param {L.Map} map @param {(item: Tumen.Item) => boolean} shown @param {L.Point} size */
export function inkOf(items, map, shown, size) {
  /** @type {Set<number>} */
  const ink = new Set();
  const view = surroundings(map);
  for (const item of items) {
    if (item.geometry !== 'line' || !shown(item) || !view.intersects(item.hits[0].getBounds())) continue;
    for (const strand of strandsOf(item)) inkStrand(strand.map((latLng) => map.latLngToContainerPoint(latLng)), size, ink);
  }
  return ink;
}

/** Only what may lie in the view is walked along: most of a network lies beyond it. @param {L.Point[]} points @param {L.Point} size @param {Set<number>} ink */
function inkStrand(points, size, ink) {
  for (let i = 1; i < points.length; i += 1) {
    const [a, b] = [points[i - 1], points[i]];
    if (Math.max(a.x, b.x) < 0 || Math.max(a.y, b.y) < 0 || Math.min(a.x, b.x) > size.x || Math.min(a.y, b.y) > size.y) continue;
    for (const { x, y } of densify([a, b], CELL)) {
      if (x >= 0 && y >= 0 && x <= size.x && y <= size.y) ink.add(Math.floor(x / CELL) * 10000 + Math.floor(y / CELL));
    }
  }
}

/** How many cells with lines a box covers. @param {Tumen.Box} box @param {Set<number>} ink */
export function inkUnder(box, ink) {
  let count = 0;
  for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x += 1) {
    for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y += 1) {
      if (ink.has(x * 10000 + y)) count += 1;
    }
  }
  return count;
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
