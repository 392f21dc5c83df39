/**
 * Coordinates and properties as the page carries them, made plain again; `pack.py` is the other half.
 */

const STEPS_PER_DEGREE = 100000;

/**
 * Positions of a packed line or ring.
 * @param {string} text
 * @returns {Tumen.Position[]}
 */
function line(text) {
  /** @type {Tumen.Position[]} */
  const pairs = [];
  const sums = [0, 0];
  let axis = 0;
  for (let at = 0; at < text.length;) {
    let value = 0;
    let shift = 0;
    let chunk;
    do {
      chunk = text.charCodeAt(at++) - 63;
      value |= (chunk & 0x1f) << shift;
      shift += 5;
    } while (chunk >= 0x20);
    sums[axis] += (value >>> 1) ^ -(value & 1);
    axis = 1 - axis;
    if (axis === 0) pairs.push([sums[0] / STEPS_PER_DEGREE, sums[1] / STEPS_PER_DEGREE]);
  }
  return pairs;
}

/** Positions in lists of any depth. @param {Tumen.Packed} packed @returns {any} */
export const lines = (packed) => (typeof packed === 'string' ? line(packed) : packed.map(lines));

/** GeoJSON geometry of a packed one. @param {Tumen.Geometry|Tumen.PackedGeometry} packed @returns {Tumen.Geometry} */
const geometry = (packed) => (!('packed' in packed) ? packed : { type: packed.type, coordinates: lines(packed.packed) });

/** Base layer with plain positions. @param {Tumen.PackedBase} block @returns {Tumen.Base} */
export const base = (block) => ({ areas: lines(block.areas), seas: lines(block.seas), lines: lines(block.lines) });

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
