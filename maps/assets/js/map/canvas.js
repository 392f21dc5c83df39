/**
 * A canvas that is a layer of the map: larger than the view on every side, it moves and scales with the map and is drawn again when
 * the map stops moving. Subclasses draw on it.
 */
import * as dom from '../core/dom.js';
import * as controls from './controls.js';

const PAD = 0.25;
const LEAST_PAD = 0.02;
const MAX_RATIO = 3;
const PRINTED_RATIO = 3; // 288 dots an inch
// Browsers of phones refuse larger canvases, and 64 MB are enough; a sheet is made by a browser that does not.
const MOST_PIXELS = 16e6;
const MOST_ON_SHEET = 200e6;
const QUICK_MS = 50;

/**
 * The view of a canvas: zoom level, its corner in pixels of the world, its size in pixels of the page, and its own pixels to one of them.
 * @typedef {{zoom: number, origin: L.Point, width: number, height: number, ratio: number}} View
 */

/**
 * Room around the view and sharpness of a canvas, as much of both as its pixels allow.
 * @param {L.Point} size
 * @param {boolean} lean  whether to keep the margin minimal
 */
function extentOf(size, lean) {
  const screen = Math.min(MAX_RATIO, window.devicePixelRatio || 1);
  const ratio = document.documentElement.dataset.sheet === 'paper' ? PRINTED_RATIO : screen;
  // Number of views side by side that it may hold.
  const most = Math.sqrt((controls.isPaper() ? MOST_ON_SHEET : MOST_PIXELS) / (size.x * size.y)) / ratio;
  const pad = controls.isPaper() || lean ? LEAST_PAD : Math.max(LEAST_PAD, Math.min(PAD, (most - 1) / 2));
  return { pad, ratio: ratio * Math.min(1, most / (1 + 2 * LEAST_PAD)) };
}

export const MapCanvas = /** @type {any} */ (L.Layer).extend({
  /** @this {any} @param {string} pane @param {Record<string, string>} attributes */
  initialize(pane, attributes) {
    this.options = { pane };
    this.attributes = attributes;
    this.took = 0;
    this.lean = false;
  },

  /** @this {any} */
  onAdd() {
    const { class: name, ...rest } = this.attributes;
    this.element = dom.node('canvas', { class: `${name} map-canvas leaflet-zoom-animated`, 'aria-hidden': 'true', ...rest });
    this.getPane().append(this.element);
    this.draw();
  },

  /** @this {any} */
  onRemove() {
    this.element.remove();
  },

  /** @this {any} */
  getEvents() {
    return { moveend: this.rest, resize: this.draw, move: this.follow, zoom: this.pinch, zoomanim: this.animate };
  },

  /**
   * Keep step with an animated zoom.
   * @param {{zoom: number, center: L.LatLng}} event
   */
  animate({ zoom, center }) {
    if (!this.corner) return;
    const place = this._map._latLngToNewLayerPoint(this.corner, zoom, center);
    L.DomUtil.setTransform(this.element, place, this._map.getZoomScale(zoom, this.zoom));
  },

  /** Keep step with two fingers, or with a flight. @this {any} */
  pinch() {
    this.animate({ zoom: this._map.getZoom(), center: this._map.getCenter() });
  },

  /** A long pan leaves the drawn area: more is drawn during the pan if that is quick. @this {any} */
  follow() {
    if (!this.box || this.took > QUICK_MS || this._map._animatingZoom || this._map.getZoom() !== this.zoom) return;
    if (!this.box.contains(this._map.getPixelBounds())) this.draw();
  },

  /** The map has stopped moving. @this {any} */
  rest() {
    this.draw();
  },

  /** Put the canvas around the view and paint it. @this {any} */
  draw() {
    const { element, _map: map } = this;
    if (!map) return;
    const begun = performance.now();
    const size = map.getSize();
    const { pad, ratio } = extentOf(size, this.lean);
    const corner = map.containerPointToLayerPoint(size.multiplyBy(-pad)).round();
    const origin = map.getPixelOrigin().add(corner);
    const [width, height] = [size.x, size.y].map((length) => Math.ceil(length * (1 + 2 * pad)));
    this.zoom = map.getZoom();
    this.corner = map.layerPointToLatLng(corner);
    this.box = L.bounds(origin, origin.add([width, height]));
    L.DomUtil.setTransform(element, corner, 1);
    const [columns, rows] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (element.width !== columns) element.width = columns;
    if (element.height !== rows) element.height = rows;
    element.style.width = width + 'px';
    element.style.height = height + 'px';
    this.paint({ zoom: this.zoom, origin, width, height, ratio });
    this.took = performance.now() - begun;
  },

  /** @param {View} _view */
  paint(_view) {},
});
