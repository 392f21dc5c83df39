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

/** Flat arrays that grow: what a view shows, in pixels of the canvas. */
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
  }

  clear() {
    this.points = 0;
    this.strands = 0;
    this.features = 0;
  }

  /** @param {number} vertices @param {number} strands */
  room(vertices, strands) {
    this.xy = grown(this.xy, 2 * (this.points + vertices));
    this.ends = grown(this.ends, this.strands + strands);
    this.kinds = grown(this.kinds, this.features + 1);
    this.symbols = grown(this.symbols, this.features + 1);
    this.lasts = grown(this.lasts, this.features + 1);
  }
}
