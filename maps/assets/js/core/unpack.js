/**
 * Coordinates and properties as the page carries them, made plain again; `pack.py` is the other half.
 */
import { onSquare } from './mercator.js';

const STEPS_PER_DEGREE = 100000;

/**
 * Read a packed line or ring.
 * @param {string} text
 * @param {(lon: number, lat: number) => void} add  called with each of its positions
 */
function read(text, add) {
  let lon = 0;
  let lat = 0;
  let first = true;
  for (let at = 0; at < text.length;) {
    let value = 0;
    let shift = 0;
    let chunk;
    do {
      chunk = text.charCodeAt(at++) - 63;
      value |= (chunk & 0x1f) << shift;
      shift += 5;
    } while (chunk >= 0x20);
    const step = (value >>> 1) ^ -(value & 1);
    if (first) lon += step;
    else {
      lat += step;
      add(lon / STEPS_PER_DEGREE, lat / STEPS_PER_DEGREE);
    }
    first = !first;
  }
}

/** @param {string} text @returns {Tumen.Position[]} */
function line(text) {
  /** @type {Tumen.Position[]} */
  const pairs = [];
  read(text, (lon, lat) => { pairs.push([lon, lat]); });
  return pairs;
}

/** West, south, east and north of packed lines. @param {string[]} texts @returns {Tumen.Extent} */
export function extentOf(texts) {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const text of texts) {
    read(text, (lon, lat) => {
      if (lon < west) west = lon;
      if (lon > east) east = lon;
      if (lat < south) south = lat;
      if (lat > north) north = lat;
    });
  }
  return [west, south, east, north];
}

let room = new Float64Array(4096);

/** Positions of a packed line on the square of Web Mercator. @param {string} text */
export function onSquareOf(text) {
  if (room.length < text.length) room = new Float64Array(2 * text.length); // a value takes one letter or more
  const places = room;
  let length = 0;
  read(text, (lon, lat) => {
    const place = onSquare(lon, lat);
    places[length] = place[0];
    places[length + 1] = place[1];
    length += 2;
  });
  return places.slice(0, length);
}

/** A packed line or ring on the square of Web Mercator; its positions are worked out when it comes into view. @implements {Tumen.Track} */
class Track {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    const [west, south, east, north] = extentOf([text]);
    const [left, top] = onSquare(west, north);
    const [right, bottom] = onSquare(east, south);
    this.box = { west: left, north: top, east: right, south: bottom };
    /** @type {Float64Array|null} */
    this.places = null;
  }

  get values() {
    this.places ??= onSquareOf(this.text);
    return this.places;
  }
}

/** Packed lines in lists of any depth, as one list. @param {Tumen.Packed} packed @returns {string[]} */
const leaves = (packed) => (typeof packed === 'string' ? [packed] : packed.flatMap(leaves));

/** Tracks of packed lines in lists of any depth, as one list. @param {Tumen.Packed[]} packed @returns {Tumen.Track[]} */
const tracks = (packed) => leaves(packed).map((text) => new Track(text));

/** Positions in lists of any depth. @param {Tumen.Packed} packed @returns {any} */
export const lines = (packed) => (typeof packed === 'string' ? line(packed) : packed.map(lines));

/** A packed geometry, which is opened when its positions are asked for: most features lie beyond the opening view. */
class Geometry {
  /** @param {Tumen.PackedGeometry} block */
  constructor({ type, packed }) {
    this.type = type;
    this.packed = packed;
    /** @type {any} */
    this.opened = null;
    /** @type {Tumen.Extent|null} */
    this.box = null;
    /** @type {Float64Array[]|null} */
    this.squared = null;
  }

  get coordinates() {
    this.opened ??= lines(this.packed);
    return this.opened;
  }

  /** West, south, east and north of it; read without opening it. */
  get extent() {
    this.box ??= extentOf(leaves(this.packed));
    return this.box;
  }

  /** The same on the square of Web Mercator. */
  get tracks() {
    this.squared ??= leaves(this.packed).map(onSquareOf);
    return this.squared;
  }
}

/** GeoJSON geometry of a packed one. @param {Tumen.Geometry|Tumen.PackedGeometry} packed @returns {Tumen.Geometry} */
const geometry = (packed) => (!('packed' in packed) ? packed : new Geometry(packed));

/** Part of a track. @param {Tumen.Track} track @param {number} from @param {number} to  numbers of its first and its last vertex @returns {Tumen.Track} */
const part = (track, from, to) => ({ box: track.box, get values() { return track.values.subarray(2 * from, 2 * (to + 1)); } });

/** Lines along rings, but for the edges that bear none. @param {Tumen.Track[]} rings @param {number[][]} bare  number of a ring and of its edges @returns {Tumen.Track[]} */
function outlines(rings, bare) {
  const edges = new Map(bare.map(([ring, ...numbers]) => [ring, numbers]));
  return rings.flatMap((ring, n) => {
    const gaps = edges.get(n);
    if (!gaps) return [ring];
    return [...gaps, Infinity].map((to, i) => ({ from: i ? gaps[i - 1] + 1 : 0, to })).filter(({ from, to }) => to > from).map(({ from, to }) => part(ring, from, to));
  });
}

/** @param {Tumen.PackedBase} block @returns {Tumen.Base} */
export function base(block) {
  const areas = tracks(block.areas);
  return { areas, seas: tracks(block.seas), lines: [...(block.bare ? outlines(areas, block.bare) : []), ...tracks(block.lines)] };
}

/** Layer with one plain object a feature. @param {Tumen.PackedLayer} block @returns {Tumen.Layer} */
export function layer(block) {
  // A column may bear any name.
  const empty = Object.hasOwn(block.columns, '__proto__') ? () => Object.create(null) : () => ({});
  /** @type {Tumen.Properties[]} */
  const properties = block.features.map(empty);
  for (const [name, { values, rows }] of Object.entries(block.columns)) {
    for (let row = 0; row < rows.length; row += 1) if (rows[row] >= 0) properties[row][name] = values[rows[row]];
  }
  const features = block.features.map((feature, row) => ({ ...feature, geometry: geometry(feature.geometry), properties: properties[row] }));
  return { ...block, features };
}
