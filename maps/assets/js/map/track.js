/**
 * Paths of the base map: tens of thousands of vertices, of which a view shows few. They are kept as numbers on the square of Web
 * Mercator; what lies beyond the view, and what falls on the pixel before it, never becomes an object.
 */
import { worldPixels } from '../core/mercator.js';

/** Vertices of a track in pixels. @param {Tumen.Track} track @param {number} scale @param {L.Point} origin */
function pixelsOf({ values }, scale, origin) {
  /** @type {L.Point[]} */
  const points = [];
  let [lastX, lastY] = [NaN, NaN];
  for (let at = 0; at < values.length; at += 2) {
    const x = Math.round(values[at] * scale) - origin.x;
    const y = Math.round(values[at + 1] * scale) - origin.y;
    if (x === lastX && y === lastY) continue;
    points.push(new L.Point(x, y));
    [lastX, lastY] = [x, y];
  }
  return points;
}

/** @param {any} Base */
const tracked = (Base) => Base.extend({
  /** @this {any} @param {Tumen.Track[]} tracks @param {L.PolylineOptions} options */
  initialize(tracks, options) {
    L.Util.setOptions(this, options);
    this._tracks = tracks;
    this._latlngs = [];
  },
  _project() {},
  /** @this {any} */
  _update() {
    const map = this._map;
    if (!map) return;
    const scale = worldPixels(map.getZoom());
    const origin = map.getPixelOrigin();
    const margin = this.options.weight + 1;
    const { min, max } = this._renderer._bounds;
    const [west, east] = [(min.x + origin.x - margin) / scale, (max.x + origin.x + margin) / scale];
    const [north, south] = [(min.y + origin.y - margin) / scale, (max.y + origin.y + margin) / scale];
    const seen = this._tracks.filter((/** @type {Tumen.Track} */ { box }) => box.east >= west && box.west <= east && box.south >= north && box.north <= south);
    this._rings = seen.map((/** @type {Tumen.Track} */ track) => pixelsOf(track, scale, origin));
    this._pxBounds = this._renderer._bounds;
    Base.prototype._update.call(this);
  },
});

export const Lines = tracked(L.Polyline);
export const Areas = tracked(L.Polygon);
