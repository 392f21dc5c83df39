/**
 * Tracks of the base map as paths of a view: tens of thousands of vertices, of which a view shows few. Vertices beyond the view, and
 * those that fall on the pixel before them, are left out.
 */
import * as clip from './clip.js';

/** Pixels that a vertex must lie from the one before. */
const LEAST_PX = 0.6;

/**
 * The target of a path: `Path2D` or `SvgPath`.
 * @typedef {{moveTo(x: number, y: number): void, lineTo(x: number, y: number): void, closePath(): void}} Sink
 */

/**
 * From the square of Web Mercator to a picture: `x * scale - left`, of which a box is seen.
 * @typedef {{scale: number, left: number, top: number, box: clip.Box}} Frame
 */

/** A path as SVG has it. @implements {Sink} */
export class SvgPath {
  d = '';

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.d += `M${x.toFixed(1)} ${y.toFixed(1)}`;
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.d += `L${x.toFixed(1)} ${y.toFixed(1)}`;
  }

  closePath() {
    this.d += 'Z';
  }
}

/** Tracks that may be seen. @param {Tumen.Track[]} tracks @param {Frame} frame */
function seen(tracks, { scale, left, top, box }) {
  const [west, east] = [(box[0] + left) / scale, (box[2] + left) / scale];
  const [north, south] = [(box[1] + top) / scale, (box[3] + top) / scale];
  return tracks.filter((track) => track.box.east >= west && track.box.west <= east && track.box.south >= north && track.box.north <= south);
}

/**
 * Vertices of a track in pixels, without those that fall on the one before; of a ring also without those in the middle of what runs
 * beyond one side of the view, which nothing that is seen depends on.
 * @param {Tumen.Track} track
 * @param {Frame} frame
 * @param {boolean} [isRing]
 */
function pixels({ values }, { scale, left, top, box }, isRing = false) {
  /** @type {number[]} */
  const kept = [];
  let lastX = NaN;
  let lastY = NaN;
  let sides = 0; // of the last vertex kept
  let common = 0; // sides that it and the one before it are both beyond
  const last = values.length - 2;
  for (let at = 0; at <= last; at += 2) {
    const x = values[at] * scale - left;
    const y = values[at + 1] * scale - top;
    if (at !== last && Math.abs(x - lastX) < LEAST_PX && Math.abs(y - lastY) < LEAST_PX) continue;
    const here = isRing ? clip.side(x, y, box) : 0;
    if (common & here) kept.length -= 2;
    common = (common & here) || (sides & here);
    sides = here;
    kept.push(x, y);
    lastX = x;
    lastY = y;
  }
  return kept;
}

/** Write rings into a path. @param {Sink} path @param {Tumen.Track[]} tracks @param {Frame} frame */
export function rings(path, tracks, frame) {
  for (const track of seen(tracks, frame)) {
    const ring = clip.ringWithin(pixels(track, frame, true), frame.box);
    if (ring.length < 6) continue;
    path.moveTo(ring[0], ring[1]);
    for (let at = 2; at < ring.length; at += 2) path.lineTo(ring[at], ring[at + 1]);
    path.closePath();
  }
}

/**
 * Write lines into paths: into one of `next(0)`, or, for dashes, each visible piece into a separate one, which gets the distance
 * from the beginning of its line it begins, so that dashes stay where they are when the map moves.
 * @param {(along: number) => Sink} next
 * @param {Tumen.Track[]} tracks
 * @param {Frame} frame
 * @param {boolean} dashed
 */
export function lines(next, tracks, frame, dashed) {
  /** @type {Sink|null} */
  let path = null;
  for (const track of seen(tracks, frame)) {
    const line = pixels(track, frame);
    let along = 0;
    let before = clip.side(line[0], line[1], frame.box);
    let drawing = false;
    for (let at = 2; at < line.length; at += 2) {
      const here = clip.side(line[at], line[at + 1], frame.box);
      if (before & here) drawing = false;
      else {
        if (!path || (dashed && !drawing)) path = next(along);
        if (!drawing) path.moveTo(line[at - 2], line[at - 1]);
        path.lineTo(line[at], line[at + 1]);
        drawing = true;
      }
      if (dashed) along += Math.hypot(line[at] - line[at - 2], line[at + 1] - line[at - 1]);
      before = here;
    }
  }
}
