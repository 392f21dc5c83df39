/**
 * Arrowheads of flows.
 */
import { toLatLng } from '../core/lonlat.js';
import { placeAt } from '../core/polyline.js';

const SHARE = 0.8; // of the line: clear of a symbol at its end
/** @param {number} value */
const round = (value) => Math.round(value * 10) / 10;

const Head = /** @type {any} */ (L.CircleMarker).extend({
  /** @this {any} */
  _updatePath() {
    const { from, radius, scale } = this.options;
    const length = radius * Math.max(0.72, scale(this._map.getZoom()));
    const ahead = this._point.subtract(this._map.latLngToLayerPoint(from));
    const [x, y] = [ahead.x, ahead.y].map((/** @type {number} */ part) => part / (Math.hypot(ahead.x, ahead.y) || 1));
    /** @param {number} forth @param {number} aside */
    const at = (forth, aside) =>
      `${round(this._point.x + (forth * x - aside * y) * length)},${round(this._point.y + (forth * y + aside * x) * length)}`;
    this._renderer._setPath(this, this._empty() ? 'M0 0' : `M${at(0.35, 0)}L${at(-0.75, 0.55)}L${at(-0.5, 0)}L${at(-0.75, -0.55)}Z`);
  },
});

/**
 * The head of a flow, which points along its line.
 * @param {Tumen.Item} item  a line whose style has an arrow
 * @param {L.CircleMarkerOptions & {group: string, scale: (zoom: number) => number}} options  of a Leaflet path, and `scale`, the factor of symbols at a zoom level
 */
export function head({ feature: { geometry }, style }, options) {
  const strand = geometry.type === 'LineString' ? geometry.coordinates : geometry.coordinates.at(-1);
  const { before, at } = placeAt(strand, SHARE);
  const stroke = style.strokes[1] || style.strokes[0];
  return new Head(toLatLng(at), {
    ...options, from: toLatLng(before), radius: style.arrow, className: `arrow s-halo f-${stroke ? stroke.colour : 'accent'}`, weight: 1.5, fillColor: 'currentColor',
    fillOpacity: 1,
  });
}
