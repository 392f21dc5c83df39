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
  /** @type {number[]} */
  const kept = [];
  const length = ring.length;
  for (let at = 0; at < length; at += 2) {
    const before = at ? at - 2 : length - 2;
    const [from, to] = [(ring[before + axis] - edge) * inward, (ring[at + axis] - edge) * inward];
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

/** On which sides of a box a place lies, as bits; 0 within. @param {number} x @param {number} y @param {Box} box */
export const side = (x, y, [left, top, right, bottom]) => (x < left ? 1 : x > right ? 2 : 0) | (y < top ? 4 : y > bottom ? 8 : 0);
