/**
 * Paints the base map of an extract, class by class, with the brushes of the other base map.
 */
import { atZoom, LOOKS } from './classes.js';
import { worldPixels } from '../core/mercator.js';
import { onSquare } from '../core/mercator.js';

const BRIDGE = 128; // added to the number of a class
const AREA = 2;
const FINEST = 0.05;

/** @typedef {import('./painter.js').CanvasBrush|import('./painter.js').SvgBrush} Brush */
/** @typedef {import('../bulk/scene.js').Scene} Scene */

/** The features of scenes by their symbols. @param {Scene[]} scenes @returns {Map<number, [Scene, number][]>} */
function bySymbol(scenes) {
  /** @type {Map<number, [Scene, number][]>} */
  const found = new Map();
  for (const scene of scenes) {
    for (let i = 0; i < scene.features; i += 1) {
      const own = found.get(scene.symbols[i]);
      if (own) own.push([scene, i]);
      else found.set(scene.symbols[i], [[scene, i]]);
    }
  }
  return found;
}

/** One path of features, so that neighbours meet without a seam. @param {Brush} brush @param {[Scene, number][]} features @returns {any} */
function pathOf(brush, features) {
  /** @type {any} */
  const path = brush.path();
  for (const [scene, i] of features) {
    const { xy, ends, lasts, kinds } = scene;
    for (let strand = i ? lasts[i - 1] : 0; strand < lasts[i]; strand += 1) {
      const from = strand ? ends[strand - 1] : 0;
      path.moveTo(xy[2 * from], xy[2 * from + 1]);
      for (let at = from + 1; at < ends[strand]; at += 1) path.lineTo(xy[2 * at], xy[2 * at + 1]);
      if (kinds[i] === AREA) path.closePath();
    }
  }
  return path;
}

/** Classes that are next to each other and of one family, together. @param {Tumen.Osm['classes']} classes @returns {number[][]} */
function families(classes) {
  /** @type {number[][]} */
  const groups = [];
  classes.forEach(({ id }, number) => {
    const last = groups[groups.length - 1];
    const family = LOOKS[id]?.family;
    if (family && last && LOOKS[classes[last[0]].id]?.family === family) last.push(number);
    else groups.push([number]);
  });
  return groups;
}

/**
 * Paint classes that are drawn pen by pen.
 * @param {Brush} brush
 * @param {Map<number, [Scene, number][]>} features
 * @param {{look: Tumen.BaseLook, symbol: number}[]} group
 * @param {number} zoom
 */
function paintGroup(brush, features, group, zoom) {
  const present = group.flatMap(({ look, symbol }) => (features.has(symbol) ? [{ look, path: pathOf(brush, features.get(symbol) ?? []) }] : []));
  for (const { look, path } of present) if (look.fill) brush.fill(path, look.fill, 1);
  const passes = Math.max(0, ...present.map(({ look }) => look.pens.length));
  for (let pass = 0; pass < passes; pass += 1) {
    for (const { look, path } of present) {
      const pen = look.pens[pass];
      if (pen && atZoom(pen.width, zoom) > FINEST) brush.stroke([{ path, along: 0 }], pen, zoom);
    }
  }
}

/**
 * The area of the extract: sea until land is drawn over it, and its edge.
 * @param {Brush} brush
 * @param {Tumen.Extent} extent
 * @param {import('../map/canvas.js').View} view
 * @param {boolean} isEdge
 */
function paintBox(brush, [west, south, east, north], { zoom, origin, ratio }, isEdge) {
  const scale = worldPixels(zoom) * ratio;
  const corners = [[west, north], [east, north], [east, south], [west, south]].map(([lon, lat]) => onSquare(lon, lat));
  /** @type {any} */
  const path = brush.path();
  corners.forEach(([x, y], number) => path[number ? 'lineTo' : 'moveTo'](x * scale - origin.x * ratio, y * scale - origin.y * ratio));
  path.closePath();
  if (isEdge) brush.stroke([{ path, along: 0 }], { colour: 'rule', width: 1 }, zoom);
  else brush.fill(path, 'sea', 1);
}

/**
 * Paint the part of an extract in view; returns the names of the classes painted.
 * @param {Brush} brush
 * @param {Tumen.Osm} osm
 * @param {Scene[]} scenes
 * @param {import('../map/canvas.js').View} view
 */
export function paintOsm(brush, osm, scenes, view) {
  const { zoom } = view;
  const features = bySymbol(scenes);
  paintBox(brush, osm.box, view, false);
  for (const deck of [0, BRIDGE]) {
    for (const group of families(osm.classes)) {
      paintGroup(brush, features, group.map((number) => ({ look: LOOKS[osm.classes[number].id], symbol: number + deck })), zoom);
    }
  }
  paintBox(brush, osm.box, view, true);
  return osm.classes.flatMap(({ id }, number) => (features.has(number) || features.has(number + BRIDGE) ? [id] : []));
}
