/**
 * Rings cut to a box: without parts outside the canvas, which are also beyond its number range at large scales.
 */

/** @typedef {[left: number, top: number, right: number, bottom: number]} Box */

/**
 * Cut a ring at one side of a box.
 * @param {number[]} ring  x, y, x, y …
 * @param {0|1} axis
 * @param {number} edge
 * @param {1|-1} inward  the sign of the side to keep
 */
function cut(ring, axis, edge, inward) {
  const length = ring.length;
  let beyond = axis;
  while (beyond < length && (ring[beyond] - edge) * inward >= 0) beyond += 2;
  if (beyond >= length) return ring;
  /** @type {number[]} */
  const kept = [];
  for (let at = 0; at < length; at += 2) {
    const before = at ? at - 2 : length - 2;
    const from = (ring[before + axis] - edge) * inward;
    const to = (ring[at + axis] - edge) * inward;
    if (from < 0 !== to < 0) {
      const share = from / (from - to);
      const across = ring[before + 1 - axis] + share * (ring[at + 1 - axis] - ring[before + 1 - axis]);
      if (axis) kept.push(across, edge);
      else kept.push(edge, across);
    }
    if (to >= 0) kept.push(ring[at], ring[at + 1]);
  }
  return kept;
}

/**
 * Cut a ring to a box, by the algorithm of Sutherland and Hodgman; its direction stays.
 * @param {number[]} ring  x, y, x, y …
 * @param {Box} box
 */
export function ringWithin(ring, [left, top, right, bottom]) {
  const halves = cut(cut(ring, 0, left, 1), 0, right, -1);
  return cut(cut(halves, 1, top, 1), 1, bottom, -1);
}

/** On which sides of a box a place lies, as bits; 0 within. It is asked for every vertex. @param {number} x @param {number} y @param {Box} box */
export const side = (x, y, box) => (x < box[0] ? 1 : x > box[2] ? 2 : 0) | (y < box[1] ? 4 : y > box[3] ? 8 : 0);
