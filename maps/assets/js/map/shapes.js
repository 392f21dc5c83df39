/**
 * The shapes of an item: those that are seen, and those that are pointed at.
 */
import { toLatLngs } from '../core/lonlat.js';
import * as arrow from './arrow.js';
import { Echo, groupOf, penAt, ShapeMarker } from './render.js';

const HIT_WIDTH = 18;
const HIT_RADIUS = 12;
const COLLAPSED_PX = 14;

/** @param {Tumen.Item[]} items @param {Tumen.Layer} layer @param {any} renderer */
export function visuals(items, layer, renderer) {
  /** @type {L.PolylineOptions} */
  const common = { renderer, interactive: false, color: 'currentColor', lineJoin: 'round' };
  /** @type {any[]} */
  const shapes = [];
  // Rules that wait for a larger scale have a group of their own.
  /** @param {Tumen.Item} item */
  const placed = (item) => ({ ...common, group: groupOf(item.geometry, layer, item.minZoom) });
  /** @param {Tumen.Item} item @param {any} shape */
  const keep = (item, shape) => {
    item.shapes.push(shape);
    shapes.push(shape);
  };
  /** @param {Tumen.GeometryKind} geometry */
  const pick = (geometry) => items.filter((item) => item.geometry === geometry);
  for (const item of pick('area')) {
    const { style } = item;
    const stroke = style.strokes[0];
    keep(item, new Echo(item.hits[0], {
      ...placed(item), className: `${stroke ? 's-' + stroke.colour : ''} ${style.fill ? 'f-' + style.fill : ''}`,
      stroke: Boolean(stroke), weight: stroke ? stroke.width : 0, dashArray: stroke && stroke.dash.length ? stroke.dash.join(' ') : '',
      opacity: stroke ? stroke.opacity : 1, fill: Boolean(style.fill), fillColor: 'currentColor', fillOpacity: style.fill_opacity,
    }));
  }
  const lines = pick('line');
  const passes = Math.max(0, ...lines.map((item) => item.style.strokes.length));
  for (let pass = 0; pass < passes; pass += 1) {
    for (const item of lines) {
      const stroke = item.style.strokes[pass];
      if (!stroke) continue;
      // The pen rides along for `repen`.
      const options = { pen: stroke };
      keep(item, new Echo(item.hits[0], {
        ...placed(item), ...options, className: 's-' + stroke.colour, weight: stroke.width, opacity: stroke.opacity, lineCap: stroke.cap, fill: false,
      }));
    }
  }
  for (const item of lines.filter(({ style }) => style.arrow)) {
    keep(item, arrow.head(item, { ...placed(item), scale: penAt }));
  }
  for (const item of pick('point')) {
    const { style } = item;
    const stroke = style.strokes[0];
    for (const latLng of item.points) {
      keep(item, new ShapeMarker(latLng, {
        ...placed(item), shape: style.shape || 'circle', size: style.size || 5, radius: style.size || 5,
        className: `${stroke ? 's-' + stroke.colour : ''} f-${style.fill || 'accent'}`,
        stroke: Boolean(stroke), weight: stroke ? stroke.width : 0, opacity: stroke ? stroke.opacity : 1,
        fillColor: 'currentColor', fillOpacity: style.fill_opacity,
      }));
    }
  }
  return shapes;
}

/** The invisible shapes of an item. @param {Tumen.Item} item @param {any} renderer */
export function hitsOf(item, renderer) {
  const options = {
    renderer, group: groupOf(item.geometry, item.layer, item.minZoom), color: 'transparent', opacity: 1,
    bubblingMouseEvents: false,
  };
  const { coordinates } = item.feature.geometry;
  if (item.geometry === 'point') {
    const radius = Math.max(HIT_RADIUS, (item.style.size || 5) + 5);
    return item.points.map((latLng) => L.circleMarker(latLng, {
      ...options, className: 'hit hit-point', radius, weight: 2, fill: true, fillColor: 'transparent', fillOpacity: 1,
    }));
  }
  if (item.geometry === 'line') {
    return [L.polyline(toLatLngs(coordinates), {
      ...options, className: 'hit hit-line', weight: HIT_WIDTH, lineCap: 'round', fill: false, smoothFactor: 0.6,
    })];
  }
  return [L.polygon(toLatLngs(coordinates), {
    ...options, className: 'hit hit-area', weight: 4, fill: true, fillColor: 'transparent', fillOpacity: 1,
  })];
}

/** A bridge is too short to see on a small scale: there a symbol stands for it. @param {Tumen.Item} item @param {any} renderer */
export function standIn(item, renderer) {
  const { style } = item;
  return new ShapeMarker(item.center, {
    renderer, interactive: false, group: groupOf('point', item.layer, item.minZoom),
    shape: style.shape, size: style.size, radius: style.size, className: `s-halo f-${style.fill}`, color: 'currentColor', weight: 1.5,
    fillColor: 'currentColor', fillOpacity: 1,
  });
}

/** @param {L.Map} map @param {Tumen.Item[]} items */
export function collapse(map, items) {
  for (const item of items) {
    if (!item.standIn) continue;
    const box = item.hits[0].getBounds();
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
    const { width, dash } = shape.options.pen;
    shape.setStyle({ weight: width * pen, dashArray: dash.length ? dash.map((/** @type {number} */ length) => length * pen).join(' ') : '' });
  }
}
