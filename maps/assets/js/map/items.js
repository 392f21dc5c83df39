/**
 * A feature on the map, as it is on the day shown.
 */
import * as i18n from '../core/i18n.js';
import { toLatLngs } from '../core/lonlat.js';
import { page } from '../core/page.js';
import { placeAt } from '../core/polyline.js';
import * as record from '../core/record.js';
import { styles } from './symbol.js';

/** @type {Record<string, Tumen.GeometryKind>} */
const KINDS = { Point: 'point', LineString: 'line', Polygon: 'area' };
const MIDDLE_ZOOM = 10; // fine enough for the middle of a line
/** @param {Tumen.Geometry} geometry */
const kindOf = (geometry) => KINDS[geometry.type.replace('Multi', '')];
/** @param {Tumen.Geometry} geometry */
const isMulti = (geometry) => geometry.type.startsWith('Multi');

/** Where the popup of an item points. @param {Tumen.Item} item @param {L.Map} map */
export function middle(item, map) {
  if (item.geometry === 'point') return item.points[0];
  const shape = item.hits[0];
  if (item.geometry === 'area') return shape.getBounds().getCenter();
  const strands = isMulti(item.feature.geometry) ? shape.getLatLngs() : [shape.getLatLngs()];
  const strand = strands.reduce((/** @type {L.LatLng[]} */ a, /** @type {L.LatLng[]} */ b) => (b.length > a.length ? b : a));
  if (strand.length < 2) return strand[0];
  const pixels = strand.map((/** @type {L.LatLng} */ latLng) => map.project(latLng, MIDDLE_ZOOM)).map((/** @type {L.Point} */ { x, y }) => [x, y]);
  return map.unproject(placeAt(pixels, 0.5).at, MIDDLE_ZOOM);
}

/** An item in words. @param {Tumen.Item} item */
export function describe(item) {
  const { properties } = item.feature;
  const parts = [i18n.name(properties)];
  if (properties.kind) parts.push(i18n.word('kind', properties.kind));
  if (properties.status && properties.status !== 'operating') parts.push(i18n.word('status', properties.status));
  return [...new Set(parts)].join(', ');
}

/** Make an item what it was on a day; tell whether that changes how it is drawn. @param {Tumen.Item} item @param {string} day */
export function date(item, day) {
  const before = item.symbol;
  if (item.layer.dated) {
    const properties = record.stateAt(item.record.properties, day);
    item.feature = properties ? { ...item.record, properties } : item.record;
    item.symbol = properties ? record.symbolOf(item.layer, { ...properties, geometry: item.geometry, id: item.record.id }) : -1;
  } else {
    item.symbol = item.record.symbol ?? -1;
  }
  if (item.symbol >= 0) {
    item.style = styles[item.layer.symbols[item.symbol].style];
    item.minZoom = item.layer.symbols[item.symbol].minZoom;
  }
  return item.symbol !== before;
}

/** @param {Tumen.Layer} layer */
export function itemsOf(layer) {
  return layer.features.filter((feature) => feature.geometry).map((feature) => {
    const geometry = kindOf(feature.geometry);
    const item = /** @type {Tumen.Item} */ (/** @type {unknown} */ ({
      record: feature, feature, layer, geometry, shapes: [], symbol: -1, passes: true,
      style: styles[layer.symbols[0].style],
      minZoom: layer.symbols[0].minZoom,
      points: geometry === 'point' ? [].concat(toLatLngs(feature.geometry.coordinates)) : [],
    }));
    date(item, page.day);
    return item;
  });
}

/** @param {Tumen.Item} item */
export const isDrawn = (item) => item.symbol >= 0 && item.passes;
