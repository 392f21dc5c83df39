/**
 * A feature on the map, as it is on the day shown.
 *
 * @typedef {Object} Item
 * @property {Object} record      GeoJSON feature with its whole history
 * @property {Object} feature     the same as it is on the day shown
 * @property {number} symbol      index of the rule it is drawn by, -1 when it is not on the map on that day
 * @property {Object} layer       the layer's block
 * @property {Object} style       the style it is drawn in
 * @property {'point'|'line'|'area'} geometry
 * @property {L.LatLng} center    where its popup points
 * @property {L.LatLng[]} points  of a point feature
 * @property {L.Path[]} hits      the invisible shapes
 */
import * as i18n from '../core/i18n.js';
import { toLatLngs } from '../core/lonlat.js';
import { page } from '../core/page.js';
import { placeAt } from '../core/polyline.js';
import * as record from '../core/record.js';
import { styles } from './symbol.js';

const KINDS = { Point: 'point', LineString: 'line', Polygon: 'area' };
const kindOf = (geometry) => KINDS[geometry.type.replace('Multi', '')];
const isMulti = (geometry) => geometry.type.startsWith('Multi');

/** Where the popup of an item points. */
export function middle(item, map) {
  if (item.geometry === 'point') return item.points[0];
  const shape = item.hits[0];
  if (item.geometry === 'area') return shape.getBounds().getCenter();
  const strands = isMulti(item.feature.geometry) ? shape.getLatLngs() : [shape.getLatLngs()];
  const strand = strands.reduce((a, b) => (b.length > a.length ? b : a));
  if (strand.length < 2) return strand[0];
  const pixels = strand.map((latLng) => map.project(latLng, 10)).map(({ x, y }) => [x, y]);
  return map.unproject(placeAt(pixels, 0.5).at, 10);
}

/** An item in words. */
export function describe(item) {
  const { properties } = item.feature;
  const parts = [i18n.name(properties)];
  if (properties.kind) parts.push(i18n.word('kind', properties.kind));
  if (properties.status && properties.status !== 'operating') parts.push(i18n.word('status', properties.status));
  return [...new Set(parts)].join(', ');
}

/** Make an item what it was on a day; tell whether that changes how it is drawn. */
export function date(item, day) {
  const before = item.symbol;
  if (item.layer.dated) {
    const properties = record.stateAt(item.record.properties, day);
    item.feature = properties ? { ...item.record, properties } : item.record;
    item.symbol = properties ? record.symbolOf(item.layer, { ...properties, geometry: item.geometry, id: item.record.id }) : -1;
  } else {
    item.symbol = item.record.symbol;
  }
  if (item.symbol >= 0) {
    item.style = styles[item.layer.symbols[item.symbol].style];
    item.minZoom = item.layer.symbols[item.symbol].minZoom;
  }
  return item.symbol !== before;
}

export function itemsOf(layer) {
  return layer.features.filter((feature) => feature.geometry).map((feature) => {
    const geometry = kindOf(feature.geometry);
    const item = {
      record: feature, feature, layer, geometry, shapes: [], symbol: -1, passes: true,
      style: styles[layer.symbols[0].style],
      minZoom: layer.symbols[0].minZoom,
      points: geometry === 'point' ? [].concat(toLatLngs(feature.geometry.coordinates)) : [],
    };
    date(item, page.day);
    return item;
  });
}

export const isDrawn = (item) => item.symbol >= 0 && item.passes;
