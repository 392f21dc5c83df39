/**
 * A big layer on the map: one canvas, drawn from packed blocks. Few features are stroked by the canvas itself, many by `raster.js`.
 */
import { gather } from './gather.js';
import { Raster } from './raster.js';
import { Scene } from './scene.js';
import { AREA, POINT } from './store.js';
import { page } from '../core/page.js';
import { MapCanvas } from '../map/canvas.js';
import { palette } from '../map/palette.js';
import { penAt } from '../map/render.js';

const { styles, shapes } = page;
const MANY = 5000;
const AT_ONCE = 400; // features in one path: longer ones take a canvas more than their share
const CROWDED_PEN = 0.65;
const FINEST_PEN = 0.3;

/** The context of a canvas. @param {HTMLCanvasElement} canvas @param {CanvasRenderingContext2DSettings} [settings] */
function context(canvas, settings) {
  const pen = canvas.getContext('2d', settings);
  if (!pen) throw new Error('this browser has no canvas');
  return pen;
}

/** The more features, the finer the pen: otherwise a town becomes one blot. @param {number} features */
const finer = (features) => (features <= MANY ? 1 : Math.max(FINEST_PEN, CROWDED_PEN * Math.min(1, Math.sqrt((4 * MANY) / features))));

/** @param {string} hex @returns {[number, number, number]} */
const rgbOf = (hex) => {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) || 0);
  return [red, green, blue];
};

/**
 * How a view is painted: pixels of the canvas to one of the page, colours by token, how much finer the pen is than usual, the style of
 * each rule, and the factors of widths and sizes.
 * @typedef {{ratio: number, colour: (token: string) => string, fine: number, styles: Tumen.Style[], width: number, size: number}} Look
 */

export const BulkCanvas = MapCanvas.extend({
  /** @this {any} @param {import('./store.js').Store} store @param {string} pane */
  initialize(store, pane) {
    MapCanvas.prototype.initialize.call(this, pane, { class: 'bulk', 'data-layer': store.layer.id });
    this.store = store;
    this.scene = new Scene();
    this.shown = true;
  },

  /** Show or hide the layer. @this {any} @param {boolean} on */
  show(on) {
    if (this.shown === on) return;
    this.shown = on;
    this.draw();
  },

  /** @param {import('../map/canvas.js').View} view */
  paint(view) {
    const { element } = this;
    const pen = context(element);
    pen.clearRect(0, 0, element.width, element.height);
    const visible = this.shown && this.store.ready && this.store.layer.minZoom <= this.zoom;
    if (visible) this.render(pen, view);
    element.dataset.features = visible ? this.scene.features : 0;
    element.dataset.vertices = visible ? this.scene.looked : 0;
  },

  /** @param {CanvasRenderingContext2D} pen @param {import('../map/canvas.js').View} view */
  render(pen, view) {
    const { ratio } = view;
    gather(this.store, this.scene, view, this.store.layer.symbols.map((/** @type {Tumen.Rule} */ symbol) => symbol.minZoom > this.zoom));
    const colour = palette();
    /** @type {Look} */
    const look = {
      ratio, colour, fine: finer(this.scene.features), styles: this.store.layer.symbols.map((/** @type {Tumen.Rule} */ symbol) => styles[symbol.style]),
      width: penAt(this.zoom) * ratio, size: Math.max(0.72, penAt(this.zoom)) * ratio,
    };
    const present = new Set();
    for (let i = 0; i < this.scene.features; i += 1) present.add(this.scene.kinds[i] * 256 + this.scene.symbols[i]);
    /** @param {number} kind */
    const drawn = (/** @type {number} */ kind) => look.styles.map((_, symbol) => symbol).filter((symbol) => present.has(kind * 256 + symbol)).reverse();
    for (const symbol of drawn(AREA)) this.areas(pen, symbol, look);
    this.lines(pen, drawn(1), look);
    for (const symbol of drawn(POINT)) this.points(pen, symbol, look);
  },

  /**
   * Call back for the features of a rule, the important ones last unless they are areas: of those, the large lie below.
   * @param {number} kind
   * @param {number} symbol
   * @param {(from: number, to: number) => void} visit
   */
  each(kind, symbol, visit) {
    const { features, kinds, symbols, lasts } = this.scene;
    /** @param {number} i */
    const visitOne = (i) => {
      if (kinds[i] === kind && symbols[i] === symbol) visit(i ? lasts[i - 1] : 0, lasts[i]);
    };
    if (kind === AREA) for (let i = 0; i < features; i += 1) visitOne(i);
    else for (let i = features - 1; i >= 0; i -= 1) visitOne(i);
  },

  /** @param {CanvasRenderingContext2D} pen @param {number} strand @param {boolean} closed */
  trace(pen, strand, closed) {
    const { xy, ends } = this.scene;
    const from = strand ? ends[strand - 1] : 0;
    pen.moveTo(xy[2 * from], xy[2 * from + 1]);
    for (let i = from + 1; i < ends[strand]; i += 1) pen.lineTo(xy[2 * i], xy[2 * i + 1]);
    if (closed) pen.closePath();
    else if (ends[strand] === from + 1) pen.lineTo(xy[2 * from], xy[2 * from + 1]);
  },

  /** @param {CanvasRenderingContext2D} pen @param {number} symbol @param {Look} look */
  areas(pen, symbol, { styles: looks, ratio, fine, colour }) {
    const { fill, fill_opacity: opacity, strokes: [stroke] } = looks[symbol];
    // One by one, so that overlapping areas are both visible and holes show what is below.
    this.each(AREA, symbol, (/** @type {number} */ from, /** @type {number} */ to) => {
      pen.beginPath();
      for (let strand = from; strand < to; strand += 1) this.trace(pen, strand, true);
      if (fill) {
        pen.globalAlpha = opacity;
        pen.fillStyle = colour(fill);
        pen.fill('evenodd');
      }
      if (stroke) this.stroke(pen, stroke, stroke.width * ratio * fine, ratio, colour);
    });
    pen.globalAlpha = 1;
  },

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {Tumen.Stroke} stroke
   * @param {number} width
   * @param {number} unit
   * @param {Look['colour']} colour
   */
  stroke(pen, stroke, width, unit, colour) {
    pen.globalAlpha = stroke.opacity;
    pen.strokeStyle = colour(stroke.colour);
    pen.lineWidth = width;
    pen.lineCap = stroke.cap;
    pen.lineJoin = 'round';
    pen.setLineDash(stroke.dash.map((length) => length * unit));
    pen.stroke();
  },

  /** @param {CanvasRenderingContext2D} pen @param {number[]} symbols @param {Look} look */
  lines(pen, symbols, look) {
    if (symbols.length === 0) return;
    if (look.fine < 1) this.rasterLines(pen, symbols, look);
    else this.strokeLines(pen, symbols, look);
    pen.globalAlpha = 1;
  },

  /** @param {CanvasRenderingContext2D} pen @param {number[]} symbols @param {Look} look */
  strokeLines(pen, symbols, { styles: looks, width, colour }) {
    const passes = Math.max(...symbols.map((symbol) => looks[symbol].strokes.length));
    for (let pass = 0; pass < passes; pass += 1) {
      for (const symbol of symbols) {
        const stroke = looks[symbol].strokes[pass];
        if (!stroke) continue;
        let count = 0;
        const flush = () => {
          if (count) this.stroke(pen, stroke, stroke.width * width, width, colour);
          count = 0;
          pen.beginPath();
        };
        flush();
        this.each(1, symbol, (/** @type {number} */ from, /** @type {number} */ to) => {
          for (let strand = from; strand < to; strand += 1) this.trace(pen, strand, false);
          count += 1;
          if (count === AT_ONCE) flush();
        });
        flush();
      }
    }
  },

  /**
   * Many lines: finer, without their casing and the gaps of their dashes, which would hide one another.
   * @param {CanvasRenderingContext2D} pen
   * @param {number[]} symbols
   * @param {Look} look
   */
  rasterLines(pen, symbols, { styles: looks, width, fine, colour }) {
    const { ends, xy } = this.scene;
    const raster = new Raster(this.element.width, this.element.height);
    for (const symbol of symbols) {
      const solid = looks[symbol].strokes.filter((stroke) => stroke.colour !== 'halo');
      const stroke = solid.find(({ dash }) => dash.length === 0) || solid[0] || looks[symbol].strokes[0];
      if (!stroke) continue;
      raster.ink(rgbOf(colour(stroke.colour)), stroke.opacity, stroke.width * width * fine);
      this.each(1, symbol, (/** @type {number} */ from, /** @type {number} */ to) => {
        for (let strand = from; strand < to; strand += 1) raster.line(xy, strand ? ends[strand - 1] : 0, ends[strand]);
      });
    }
    this.lay(pen, raster);
  },

  /** Draw an image on top. @param {CanvasRenderingContext2D} pen @param {Raster} raster */
  lay(pen, raster) {
    const sheet = document.createElement('canvas');
    [sheet.width, sheet.height] = [this.element.width, this.element.height];
    context(sheet).putImageData(raster.data, 0, 0);
    pen.drawImage(sheet, 0, 0);
  },

  /** @param {CanvasRenderingContext2D} pen @param {number} symbol @param {Look} look */
  points(pen, symbol, look) {
    const { xy, ends } = this.scene;
    const stamp = this.stamp(look.styles[symbol], look);
    if (look.fine < 1) {
      const picture = new Uint32Array(stamp.getContext('2d').getImageData(0, 0, stamp.width, stamp.width).data.buffer);
      const raster = new Raster(this.element.width, this.element.height);
      this.each(POINT, symbol, (/** @type {number} */ from, /** @type {number} */ to) => {
        for (let i = from ? ends[from - 1] : 0; i < ends[to - 1]; i += 1) raster.stamp(picture, stamp.width, xy[2 * i], xy[2 * i + 1]);
      });
      this.lay(pen, raster);
      return;
    }
    const half = stamp.width / 2;
    this.each(POINT, symbol, (/** @type {number} */ from, /** @type {number} */ to) => {
      for (let i = from ? ends[from - 1] : 0; i < ends[to - 1]; i += 1) pen.drawImage(stamp, xy[2 * i] - half, xy[2 * i + 1] - half);
    });
  },

  /** A point symbol, drawn once for all of its kind. @param {Tumen.Style} style @param {Look} look */
  stamp(style, { ratio, size, colour, fine }) {
    const small = Math.sqrt(fine);
    const radius = (style.size || 5) * size * small;
    const [stroke] = style.strokes;
    const border = stroke ? stroke.width * ratio * small : 0;
    const stamp = document.createElement('canvas');
    stamp.width = 2 * Math.ceil(radius * 1.3 + border + 1);
    stamp.height = stamp.width;
    const pen = context(stamp, { willReadFrequently: true });
    const corners = shapes[style.shape || 'circle'] || [];
    pen.translate(stamp.width / 2, stamp.width / 2);
    pen.beginPath();
    if (corners.length === 0) pen.arc(0, 0, radius, 0, 2 * Math.PI);
    corners.forEach(([x, y]) => pen.lineTo(x * radius, y * radius));
    pen.closePath();
    pen.globalAlpha = style.fill_opacity;
    pen.fillStyle = colour(style.fill || 'accent');
    pen.fill();
    if (stroke) this.stroke(pen, stroke, border, ratio, colour);
    return stamp;
  },
});
