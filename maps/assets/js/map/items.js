/**
 * A feature on the map, as it is on the day shown.
 */
import * as i18n from '../core/i18n.js';
import { boundsOf, toBounds, toLatLng, toLatLngs } from '../core/lonlat.js';
import { page } from '../core/page.js';
import { placeAt } from '../core/polyline.js';
import * as record from '../core/record.js';
import { styles } from './symbol.js';

/** @type {Record<string, Tumen.GeometryKind>} */
const KINDS = { Point: 'point', LineString: 'line', Polygon: 'area' };
const MIDDLE_ZOOM = 10; // fine enough for the middle of a line
/** @param {Tumen.Geometry} geometry */
const kindOf = (geometry) => KINDS[geometry.type.replace('Multi', '')];

/** The middle of the longest part of a line. @param {Tumen.Geometry} geometry @param {L.Map} map */
function halfway({ type, coordinates }, map) {
  /** @type {Tumen.Position[][]} */
  const strands = type === 'LineString' ? [coordinates] : coordinates;
  const strand = strands.reduce((a, b) => (b.length > a.length ? b : a));
  if (strand.length < 2) return toLatLng(strand[0]);
  const pixels = strand.map((position) => map.project(toLatLng(position), MIDDLE_ZOOM)).map(({ x, y }) => /** @type {[number, number]} */ ([x, y]));
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

/** A feature as it was on a day; one that was not there yet, or no longer, as it is on the record. @param {Tumen.Item} item @param {string} day */
function stateOf({ layer, record: feature }, day) {
  const properties = layer.dated ? record.stateAt(feature.properties, day) : null;
  return properties ? { ...feature, properties } : feature;
}

/** Index of the rule of an item on a day; that of the day that the page opens at comes with it. @param {Tumen.Item} item @param {string} day */
function symbolOn({ layer, record: feature, geometry }, day) {
  if (!layer.dated || day === page.day) return feature.symbol ?? -1;
  const properties = record.stateAt(feature.properties, day);
  return properties ? record.symbolOf(layer, { ...properties, geometry, id: feature.id }) : -1;
}

/** Set an item to its state on a day; returns whether its drawing changes. @param {Tumen.Item} item @param {string} day */
export function date(item, day) {
  const before = item.symbol;
  item.day = day;
  item.symbol = symbolOn(item, day);
  if (item.symbol >= 0) {
    item.style = styles[item.layer.symbols[item.symbol].style];
    item.minZoom = item.layer.symbols[item.symbol].minZoom;
  }
  return item.symbol !== before;
}

/**
 * A feature of a layer. Data for drawing it are computed on first use.
 * @implements {Tumen.Item}
 */
class Item {
  /** @param {Tumen.Feature} feature @param {Tumen.Layer} layer @param {L.Map} map @param {(item: Tumen.Item) => void} make  gives an item its shapes */
  constructor(feature, layer, map, make) {
    this.map = map;
    this.make = make;
    this.record = feature;
    /** The day that `state` is of. @type {string|null} */
    this.dated = null;
    this.state = feature;
    this.day = page.day;
    this.layer = layer;
    this.geometry = kindOf(feature.geometry);
    this.symbol = -1;
    this.passes = true;
    this.style = styles[layer.symbols[0].style];
    this.minZoom = layer.symbols[0].minZoom;
    /** @type {any[]} */
    this.shapes = [];
    /** @type {any[]} */
    this.invisible = [];
    this.made = false;
    this.selected = false;
    /** @type {Set<string>} */
    this.marks = new Set();
    /** @type {L.LatLng[]} */
    this.points = this.geometry === 'point' ? [].concat(toLatLngs(feature.geometry.coordinates)) : [];
    /** @type {L.LatLng|null} */
    this.at = null;
    /** @type {L.LatLngBounds|null} */
    this.box = null;
    date(this, page.day);
  }

  /** As it is on its day. */
  get feature() {
    if (this.dated !== this.day) {
      this.state = stateOf(this, this.day);
      this.dated = this.day;
    }
    return this.state;
  }

  get bounds() {
    this.box ??= this.record.geometry.extent ? toBounds(this.record.geometry.extent) : boundsOf(this.points);
    return this.box;
  }

  get center() {
    this.at ??= this.geometry === 'point' ? this.points[0] : this.geometry === 'area' ? this.bounds.getCenter() : halfway(this.record.geometry, this.map);
    return this.at;
  }

  set center(latLng) {
    this.at = latLng;
  }

  get hits() {
    if (!this.made) this.make(this);
    return this.invisible;
  }

  set hits(shapes) {
    this.invisible = shapes;
  }

  /** Show a feature that waits for room to be named. */
  reveal() {
    mark(this, 'is-hidden', false);
  }

  /** @param {boolean} on */
  select(on) {
    this.selected = on;
    if (!this.made) this.make(this);
    this.light?.(on);
  }

  /** Set by `attend`. @type {((on: boolean) => void)|undefined} */
  light;
}

/** Elements of an item; none before they are made. @param {Tumen.Item} item @returns {Element[]} */
export const elementsOf = (item) => (item.made ? [...item.shapes, ...item.hits, ...(item.standIn ? [item.standIn] : [])].map((shape) => shape.getElement()) : []);

/**
 * Give all shapes of an item a class, or take it from them; those that are made later have it too.
 * @param {Tumen.Item} item @param {string} name @param {boolean} on
 */
export function mark(item, name, on) {
  if (item.marks.has(name) === on) return;
  item.marks[on ? 'add' : 'delete'](name);
  for (const element of elementsOf(item)) element.classList.toggle(name, on);
}

/** @param {Tumen.Layer} layer @param {L.Map} map @param {(item: Tumen.Item) => void} make @returns {Tumen.Item[]} */
export const itemsOf = (layer, map, make) => layer.features.filter((feature) => feature.geometry).map((feature) => new Item(feature, layer, map, make));

/** @param {Tumen.Item} item */
export const isDrawn = (item) => item.symbol >= 0 && item.passes;
