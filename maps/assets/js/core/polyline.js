/**
 * Places along a line of points in a plane.
 */

/** @typedef {[number, number]} Point */

/**
 * The place at a share of a line's length.
 * @param {Point[]} points
 * @param {number} share  0 is its beginning, 1 its end
 * @returns {{before: Point, at: Point}} the place, and the vertex before it
 */
export function placeAt(points, share) {
  const lengths = points.slice(1).map(([x, y], i) => Math.hypot(x - points[i][0], y - points[i][1]));
  let remaining = share * lengths.reduce((sum, length) => sum + length, 0);
  const i = Math.max(0, lengths.findIndex((length) => (remaining -= length) <= 0));
  const part = lengths[i] ? 1 + remaining / lengths[i] : 0;
  const [a, b] = [points[i], points[i + 1] || points[i]];
  return { before: a, at: [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])] };
}
