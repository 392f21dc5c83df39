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

/** A packed line or ring on the square of Web Mercator. @param {string} text @returns {Tumen.Track} */
function track(text) {
  const values = new Float64Array(text.length); // a value takes one letter or more
  const box = { west: 1, north: 1, east: 0, south: 0 };
  let length = 0;
  read(text, (lon, lat) => {
    const [x, y] = onSquare(lon, lat);
    values[length++] = x;
    values[length++] = y;
    box.west = Math.min(box.west, x);
    box.east = Math.max(box.east, x);
    box.north = Math.min(box.north, y);
    box.south = Math.max(box.south, y);
  });
  return { values: values.slice(0, length), box };
}

/** Tracks of packed lines in lists of any depth, as one list. @param {Tumen.Packed[]} packed @returns {Tumen.Track[]} */
const tracks = (packed) => packed.flatMap((part) => (typeof part === 'string' ? [track(part)] : tracks(part)));

/** Positions in lists of any depth. @param {Tumen.Packed} packed @returns {any} */
export const lines = (packed) => (typeof packed === 'string' ? line(packed) : packed.map(lines));

/** GeoJSON geometry of a packed one. @param {Tumen.Geometry|Tumen.PackedGeometry} packed @returns {Tumen.Geometry} */
const geometry = (packed) => (!('packed' in packed) ? packed : { type: packed.type, coordinates: lines(packed.packed) });

/** @param {Tumen.PackedBase} block @returns {Tumen.Base} */
export const base = (block) => ({ areas: tracks(block.areas), seas: tracks(block.seas), lines: tracks(block.lines) });

/** Layer with one plain object a feature. @param {Tumen.PackedLayer} block @returns {Tumen.Layer} */
export function layer(block) {
  const columns = Object.entries(block.columns);
  const features = block.features.map((feature, row) => ({
    ...feature,
    geometry: geometry(feature.geometry),
    properties: Object.fromEntries(columns.filter(([, column]) => column.rows[row] >= 0)
      .map(([name, column]) => [name, column.values[column.rows[row]]])),
  }));
  return { ...block, features };
}
