/**
 * Paints classes of the base map, onto a canvas for the screen and as SVG for a sheet, whose lines stay lines.
 */
import { svg } from '../core/dom.js';
import { worldPixels } from '../core/mercator.js';
import { atZoom, isShown } from './classes.js';
import * as trace from './trace.js';

const MARGIN_PX = 8; // beyond the picture, more than half of the widest pen

/**
 * A class and its content.
 * @typedef {{look: Tumen.BaseClass, data: Tumen.Base}} Sheet
 * @typedef {{path: any, along: number}} Piece
 */

/** Paints with a canvas. */
export class CanvasBrush {
  /** @param {CanvasRenderingContext2D} pen @param {number} ratio @param {(token: string) => string} colour */
  constructor(pen, ratio, colour) {
    Object.assign(pen, { lineJoin: 'round', lineCap: 'butt' });
    this.pen = pen;
    this.ratio = ratio;
    this.colour = colour;
  }

  path() {
    return new Path2D();
  }

  /** @param {Path2D} path @param {string} token @param {number} opacity @param {CanvasFillRule} [rule] */
  fill(path, token, opacity, rule = 'nonzero') {
    this.pen.globalAlpha = opacity;
    this.pen.fillStyle = this.colour(token);
    this.pen.fill(path, rule);
  }

  /** @param {Piece[]} pieces @param {Tumen.BasePen} look @param {number} zoom */
  stroke(pieces, look, zoom) {
    const { pen, ratio } = this;
    pen.globalAlpha = atZoom(look.opacity ?? 1, zoom);
    pen.strokeStyle = this.colour(look.colour);
    pen.lineWidth = atZoom(look.width, zoom) * ratio;
    pen.setLineDash((look.dash ?? []).map((length) => length * ratio));
    for (const { path, along } of pieces) {
      pen.lineDashOffset = along;
      pen.stroke(path);
    }
  }
}

/** Paints into an SVG element, with the classes of the page's colours, which a printer has other values for. */
export class SvgBrush {
  /** @param {SVGSVGElement} root */
  constructor(root) {
    this.root = root;
  }

  path() {
    return new trace.SvgPath();
  }

  /** @param {trace.SvgPath} path @param {string} token @param {number} opacity @param {string} [rule] */
  fill({ d }, token, opacity, rule = 'nonzero') {
    if (d) this.root.append(svg('path', { d, class: `f-${token}`, 'fill-rule': rule, 'fill-opacity': opacity === 1 ? null : opacity }));
  }

  /** @param {Piece[]} pieces @param {Tumen.BasePen} look @param {number} zoom */
  stroke(pieces, look, zoom) {
    const opacity = atZoom(look.opacity ?? 1, zoom);
    for (const { path, along } of pieces) {
      this.root.append(svg('path', {
        d: path.d, class: `s-${look.colour}`, fill: 'none', 'stroke-width': atZoom(look.width, zoom), 'stroke-linejoin': 'round',
        'stroke-opacity': opacity === 1 ? null : opacity, 'stroke-dasharray': look.dash?.join(' '), 'stroke-dashoffset': look.dash && along ? along.toFixed(1) : null,
      }));
    }
  }
}

/**
 * Paint one class.
 * @param {CanvasBrush|SvgBrush} brush
 * @param {Sheet} sheet
 * @param {trace.Frame} frame
 * @param {number} zoom
 */
function paintClass(brush, { look, data }, frame, zoom) {
  /** @param {Tumen.Track[]} tracks @returns {any} */
  const area = (tracks) => {
    const path = brush.path();
    trace.rings(path, tracks, frame);
    return path;
  };
  if (data.seas.length) brush.fill(area(data.seas), 'sea', 1);
  if (data.areas.length && look.fill) {
    const path = area(data.areas);
    // Parts of the base map overlap by a hair where their scales meet: their union is land.
    brush.fill(path, look.fill, atZoom(look.opacity ?? 1, zoom));
    if (look.outlined || data.lines.length === 0) brush.stroke([{ path, along: 0 }], look.pens[0], zoom);
  }
  if (data.lines.length === 0) return;
  // One path for all lines, so that they meet without a seam.
  /** @type {Piece[]} */
  const pieces = [];
  trace.lines((along) => {
    const path = brush.path();
    pieces.push({ path, along });
    return path;
  }, data.lines, frame, look.pens.some(({ dash }) => dash));
  for (const pen of look.pens) brush.stroke(pieces, pen, zoom);
}

/** The frame where the base map ends: beyond it is paper, not sea. @param {CanvasBrush|SvgBrush} brush @param {Tumen.Track} edge @param {trace.Frame} frame @param {number} zoom */
function paintEdge(brush, edge, frame, zoom) {
  const [left, top, right, bottom] = frame.box;
  /** @type {any} */
  const path = brush.path();
  path.moveTo(left, top);
  [[right, top], [right, bottom], [left, bottom]].forEach(([x, y]) => path.lineTo(x, y));
  path.closePath();
  trace.rings(path, [edge], frame);
  brush.fill(path, 'page', 1, 'evenodd');
  brush.stroke([{ path, along: 0 }], { colour: 'rule', width: 1 }, zoom);
}

/**
 * Paint a picture of the base map; gives the names of the classes that are on it.
 * @param {CanvasBrush|SvgBrush} brush
 * @param {Sheet[]} sheets  from bottom to top
 * @param {Tumen.Track|null} edge  where the base map ends
 * @param {import('../map/canvas.js').View} view
 */
export function paint(brush, sheets, edge, { zoom, origin, width, height, ratio }) {
  const margin = MARGIN_PX * ratio;
  /** @type {trace.Frame} */
  const frame = {
    scale: worldPixels(zoom) * ratio, left: origin.x * ratio, top: origin.y * ratio,
    box: [-margin, -margin, width * ratio + margin, height * ratio + margin],
  };
  const shown = sheets.filter(({ look }) => isShown(look, zoom));
  shown.forEach((sheet) => paintClass(brush, sheet, frame, zoom));
  if (edge) paintEdge(brush, edge, frame, zoom);
  return shown.map(({ look }) => look.id);
}
