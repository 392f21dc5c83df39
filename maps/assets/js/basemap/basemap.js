/**
 * The base map, under everything else: one canvas, and SVG on a sheet.
 */
import { CLASSES } from './classes.js';
import { CanvasBrush, paint, SvgBrush } from './painter.js';
import { svg } from '../core/dom.js';
import { onSquare } from '../core/mercator.js';
import { page } from '../core/page.js';
import { MapCanvas } from '../map/canvas.js';
import * as controls from '../map/controls.js';
import { onColours, palette } from '../map/palette.js';

const PANE = 'tumen-base';
const KEPT = 0.4; // of the room around the view: while that much is left, a pan needs no new picture

const BaseCanvas = MapCanvas.extend({
  /** @this {any} @param {import('./painter.js').Sheet[]} sheets @param {Tumen.Track|null} edge */
  initialize(sheets, edge) {
    MapCanvas.prototype.initialize.call(this, PANE, { class: 'base' });
    Object.assign(this, { sheets, edge, sheet: null });
  },

  /** @this {any} */
  rest() {
    if (this.sheet || controls.isPaper() || this.zoom !== this._map.getZoom() || !this.isAmple()) this.draw();
  },

  /** Whether there is room around the view for another pan. @this {any} */
  isAmple() {
    const view = this._map.getPixelBounds();
    const least = view.getSize().multiplyBy((this.box.getSize().x / view.getSize().x - 1) / 2 * KEPT);
    return this.box.contains(L.bounds(view.min.subtract(least), view.max.add(least)));
  },

  /** @this {any} @param {import('../map/canvas.js').View} view */
  paint(view) {
    const { element, sheets, edge } = this;
    this.sheet?.remove();
    this.sheet = controls.isPaper() ? this.print(view) : null;
    element.hidden = this.sheet !== null;
    if (this.sheet) return;
    const pen = element.getContext('2d', { alpha: false });
    const colour = palette();
    pen.globalAlpha = 1;
    pen.fillStyle = colour('sea');
    pen.fillRect(0, 0, element.width, element.height);
    element.dataset.classes = paint(new CanvasBrush(pen, view.ratio, colour), sheets, edge, view).join(' ');
  },

  /** The picture of a sheet. @this {any} @param {import('../map/canvas.js').View} view */
  print(view) {
    const { width, height } = view;
    const root = svg('svg', { class: 'base', width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', focusable: 'false' });
    root.append(svg('rect', { class: 'f-sea', width, height }));
    paint(new SvgBrush(root), this.sheets, this.edge, { ...view, ratio: 1 });
    L.DomUtil.setPosition(/** @type {any} */ (root), this._map.latLngToLayerPoint(this.corner).round());
    this.getPane().append(root);
    return root;
  },
});

/** @param {Tumen.Extent} extent @returns {Tumen.Track} */
function edgeOf([west, south, east, north]) {
  const [left, top] = onSquare(west, north);
  const [right, bottom] = onSquare(east, south);
  return { values: new Float64Array([left, top, right, top, right, bottom, left, bottom]), box: { west: left, north: top, east: right, south: bottom } };
}

/** Draw the base map: the view at once, the margin around it on request. @param {L.Map} map @returns {() => void} */
export function add(map) {
  const sheets = CLASSES.flatMap((look) => (page.base[look.id] ? [{ look, data: page.base[look.id] }] : []));
  if (sheets.length === 0) return () => {};
  map.createPane(PANE).style.zIndex = '210';
  const layer = new BaseCanvas(sheets, page.baseExtent ? edgeOf(page.baseExtent) : null);
  layer.lean = true;
  layer.addTo(map);
  onColours(() => layer.draw());
  return () => {
    layer.lean = false;
    layer.draw();
  };
}
