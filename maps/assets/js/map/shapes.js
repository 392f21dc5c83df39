/**
 * The shapes of an item: those that are seen, and those that are pointed at.
 */
import { toLatLngs } from '../core/lonlat.js';
import * as arrow from './arrow.js';
import { Echo, groupOf, penAt, ShapeMarker } from './render.js';

// Their widths, which the stylesheet gives them, and Leaflet clips by.
const HIT_WIDTH = 18;
const HIT_EDGE = 2;
const HIT_BORDER = 4;
const HIT_RADIUS = 12;
const COLLAPSED_PX = 14;

// Of one group, from bottom to top: areas and points as they come, of lines all first strokes, then all second ones, then their heads.
const HEADS = 1e6;
const STAND_INS = 2e6;
const PASS = 1e5;

/** @param {Tumen.Stroke} stroke @param {number} pen */
const penned = ({ width, dash }, pen) => ({ weight: width * pen, dashArray: dash.length ? dash.map((length) => length * pen).join(' ') : '' });

/** @param {Tumen.Item} item @param {any} common @param {number} order */
function area({ style, hits }, common, order) {
  const stroke = style.strokes[0];
  return [new Echo(hits[0], {
    ...common, order, className: `${stroke ? 's-' + stroke.colour : ''} ${style.fill ? 'f-' + style.fill : ''}`,
    stroke: Boolean(stroke), weight: stroke ? stroke.width : 0, dashArray: stroke && stroke.dash.length ? stroke.dash.join(' ') : '',
    opacity: stroke ? stroke.opacity : 1, fill: Boolean(style.fill), fillColor: 'currentColor', fillOpacity: style.fill_opacity,
  })];
}

/** @param {Tumen.Item} item @param {any} common @param {number} order @param {number} pen */
function line(item, common, order, pen) {
  const { style, hits } = item;
  const strokes = style.strokes.map((stroke, pass) => new Echo(hits[0], {
    // The pen rides along for `repen`.
    ...common, order: pass * PASS + order, pen: stroke, className: 's-' + stroke.colour, ...penned(stroke, pen), opacity: stroke.opacity, lineCap: stroke.cap, fill: false,
  }));
  return style.arrow ? [...strokes, arrow.head(item, { ...common, order: HEADS + order, scale: penAt })] : strokes;
}

/** @param {Tumen.Item} item @param {any} common @param {number} order */
function points({ style, points: places }, common, order) {
  const stroke = style.strokes[0];
  return places.map((latLng) => new ShapeMarker(latLng, {
    ...common, order, shape: style.shape || 'circle', size: style.size || 5, radius: style.size || 5,
    className: `${stroke ? 's-' + stroke.colour : ''} f-${style.fill || 'accent'}`,
    stroke: Boolean(stroke), weight: stroke ? stroke.width : 0, opacity: stroke ? stroke.opacity : 1,
    fillColor: 'currentColor', fillOpacity: style.fill_opacity,
  }));
}

const DRAW = { area, line, point: points };

/** The visible shapes of an item. @param {Tumen.Item} item @param {number} order  among all items @param {any} renderer @param {number} zoom @returns {any[]} */
export function visuals(item, order, renderer, zoom) {
  // Rules that wait for a larger scale have a group of their own.
  const group = groupOf(item.geometry, item.layer, item.minZoom);
  return DRAW[item.geometry](item, { renderer, interactive: false, color: 'currentColor', lineJoin: 'round', group }, order, penAt(zoom));
}

/** The invisible shapes of an item. @param {Tumen.Item} item @param {number} order @param {any} renderer */
export function hitsOf(item, order, renderer) {
  const options = {
    renderer, order, group: groupOf(item.geometry, item.layer, item.minZoom), invisible: true, bubblingMouseEvents: false,
  };
  const { coordinates } = item.feature.geometry;
  if (item.geometry === 'point') {
    const radius = Math.max(HIT_RADIUS, (item.style.size || 5) + 5);
    return item.points.map((latLng) => L.circleMarker(latLng, {
      ...options, className: 'hit hit-point', radius, weight: HIT_EDGE,
    }));
  }
  if (item.geometry === 'line') {
    return [L.polyline(toLatLngs(coordinates), {
      ...options, className: 'hit hit-line', weight: HIT_WIDTH, smoothFactor: 0.6,
    })];
  }
  return [L.polygon(toLatLngs(coordinates), {
    ...options, className: 'hit hit-area', weight: HIT_BORDER,
  })];
}

/** A bridge is too short to see on a small scale: a symbol replaces it there. @param {Tumen.Item} item @param {number} order @param {any} renderer */
export function standIn(item, order, renderer) {
  const { style } = item;
  return new ShapeMarker(item.center, {
    renderer, interactive: false, group: groupOf('point', item.layer, item.minZoom), order: STAND_INS + order,
    shape: style.shape, size: style.size, radius: style.size, className: `s-halo f-${style.fill}`, color: 'currentColor', weight: 1.5,
    fillColor: 'currentColor', fillOpacity: 1,
  });
}

/** @param {L.Map} map @param {Tumen.Item[]} items */
export function collapse(map, items) {
  for (const item of items) {
    if (!item.standIn) continue;
    const box = item.bounds;
    const length = map.project(box.getSouthWest()).distanceTo(map.project(box.getNorthEast()));
    item.collapsed = length < COLLAPSED_PX;
    item.standIn.getElement().classList.toggle('is-hidden', !item.collapsed);
  }
}

/** @param {L.Map} map @param {Tumen.Item[]} items */
export function repen(map, items) {
  const pen = penAt(map.getZoom());
  for (const shape of items.flatMap((item) => item.shapes)) {
    if (!shape.options.pen) continue;
    shape.setStyle(penned(shape.options.pen, pen));
  }
}
