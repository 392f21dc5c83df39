/**
 * Numbers of a view in flat arrays.
 */

/**
 * The same numbers, with room for as many as are wanted.
 * @template {Float32Array<ArrayBuffer>|Int32Array<ArrayBuffer>|Uint8Array<ArrayBuffer>} T
 * @param {T} array
 * @param {number} size
 * @returns {T}
 */
export function grown(array, size) {
  if (array.length >= size) return array;
  const next = new /** @type {any} */ (array.constructor)(Math.max(size, 2 * array.length));
  next.set(array);
  return next;
}

const AREA = 2;
const POINT = 0;
const NEAR = 0.6; // vertices nearer to one another than this many pixels are one

/**
 * From steps of the world to pixels of the canvas, the pixels of it to one of the page, and the part that is drawn.
 * @typedef {{scale: number, left: number, top: number, pixel: number, box: Tumen.Box}} View
 */

/** Whether two boxes have nothing in common. @param {Tumen.Box} one @param {Tumen.Box} other */
const apart = (one, other) => one[2] < other[0] || one[3] < other[1] || one[0] > other[2] || one[1] > other[3];

/** Whether a box leaves another one. @param {Tumen.Box} one @param {Tumen.Box} other */
const leaves = (one, other) => one[0] < other[0] || one[1] < other[1] || one[2] > other[2] || one[3] > other[3];

/** Growing flat arrays: the content of a view, in pixels of the canvas. */
export class Scene {
  constructor() {
    this.xy = new Float32Array(1 << 14);
    this.ends = new Int32Array(1 << 10);
    this.kinds = new Uint8Array(1 << 9);
    this.symbols = new Uint8Array(1 << 9);
    this.lasts = new Int32Array(1 << 9);
    this.points = 0;
    this.strands = 0;
    this.features = 0;
    /** Numbers of `xy` that the feature in the making may need. */
    this.needed = 0;
    /** Vertices of the blocks that were looked at for it. */
    this.looked = 0;
    this.kind = POINT;
    this.symbol = 0;
    /** Points and strands of the feature in the making, and whether any of it is in view. */
    this.last = { points: 0, strands: 0, seen: false };
  }

  clear() {
    this.looked = 0;
    this.points = 0;
    this.strands = 0;
    this.features = 0;
  }

  /** Begin a feature. @param {number} kind @param {number} symbol */
  begin(kind, symbol) {
    Object.assign(this, { kind, symbol });
    this.last = { points: this.points, strands: this.strands, seen: false };
  }

  /**
   * Add a part of the feature: rings outside the view, and holes below a pixel, are left out, a ring that goes beyond
   * the view is cut.
   * @param {Int32Array} xy
   * @param {number} from
   * @param {number} to
   * @param {View} view
   */
  strand(xy, from, to, { scale, left, top, pixel, box }) {
    const begun = this.last.points;
    let points = begun;
    let [nearX, nearY] = [Infinity, Infinity];
    /** @type {Tumen.Box} */
    const own = [Infinity, Infinity, -Infinity, -Infinity];
    for (let vertex = from; vertex < to; vertex += 1) {
      const x = xy[2 * vertex] * scale - left;
      const y = xy[2 * vertex + 1] * scale - top;
      if (x < own[0]) own[0] = x;
      if (y < own[1]) own[1] = y;
      if (x > own[2]) own[2] = x;
      if (y > own[3]) own[3] = y;
      if (this.kind !== POINT && vertex !== to - 1 && Math.abs(x - nearX) < NEAR && Math.abs(y - nearY) < NEAR) continue;
      nearX = x;
      nearY = y;
      this.xy[2 * points] = x;
      this.xy[2 * points + 1] = y;
      points += 1;
    }
    if (!apart(own, box)) this.last.seen = true;
    if (this.kind === AREA) {
      const isHole = this.last.strands > this.strands;
      if (apart(own, box) || (isHole && own[2] - own[0] < pixel && own[3] - own[1] < pixel)) return;
      if (leaves(own, box)) points = this.clip(begun, points, box);
      if (points === begun) return;
    }
    this.last.points = points;
    this.ends[this.last.strands] = points;
    this.last.strands += 1;
  }

  /** End a feature; if nothing of it is in view, it is not part of the scene. */
  end() {
    if (!this.last.seen || this.last.strands === this.strands) return;
    this.points = this.last.points;
    this.strands = this.last.strands;
    this.kinds[this.features] = this.kind;
    this.symbols[this.features] = this.symbol;
    this.lasts[this.features] = this.strands;
    this.features += 1;
  }

  /**
   * Cut a ring that is the last strand to a box, edge by edge (Sutherland and Hodgman): parts beyond are drawn along the edge.
   * @param {number} from  its first point
   * @param {number} to    behind its last one
   * @param {Tumen.Box} box
   * @returns {number} behind its last point
   */
  clip(from, to, [west, north, east, south]) {
    let ring = this.xy.slice(2 * from, 2 * to);
    for (const [axis, edge, side] of [[0, west, 1], [1, north, 1], [0, east, -1], [1, south, -1]]) {
      const size = ring.length;
      if (size === 0) break;
      const cut = new Float32Array(2 * size + 4);
      let length = 0;
      for (let i = 0; i < size; i += 2) {
        const before = i ? i - 2 : size - 2;
        const [a, b] = [(ring[before + axis] - edge) * side, (ring[i + axis] - edge) * side];
        if ((a < 0) !== (b < 0)) {
          const share = a / (a - b);
          cut[length++] = ring[before] + (ring[i] - ring[before]) * share;
          cut[length++] = ring[before + 1] + (ring[i + 1] - ring[before + 1]) * share;
        }
        if (b >= 0) {
          cut[length++] = ring[i];
          cut[length++] = ring[i + 1];
        }
      }
      ring = cut.slice(0, length);
    }
    this.needed += Math.max(0, ring.length - 2 * (to - from)); // the next feature reuses this space
    this.xy = grown(this.xy, this.needed);
    this.xy.set(ring, 2 * from);
    return from + ring.length / 2;
  }

  /** @param {number} vertices @param {number} strands */
  room(vertices, strands) {
    this.needed = 2 * (this.points + vertices);
    this.xy = grown(this.xy, this.needed);
    this.ends = grown(this.ends, this.strands + strands);
    this.kinds = grown(this.kinds, this.features + 1);
    this.symbols = grown(this.symbols, this.features + 1);
    this.lasts = grown(this.lasts, this.features + 1);
  }
}
