/**
 * Drawings of styles: outlines of point shapes, and swatches for the legend.
 */
import { svg } from '../core/dom.js';
import { page } from '../core/page.js';

export const { styles, shapes } = page;
/** @param {number} value */
const round = (value) => Math.round(value * 100) / 100;

/** SVG path of a point shape around (x, y). @param {string} shape @param {number} x @param {number} y @param {number} radius */
export function outline(shape, x, y, radius) {
  const corners = shapes[shape] || [];
  if (corners.length === 0) {
    const r = round(radius);
    return `M${round(x - r)},${round(y)}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`;
  }
  return 'M' + corners.map(([cx, cy]) => `${round(x + cx * radius)},${round(y + cy * radius)}`).join('L') + 'Z';
}

/** Attributes of one stroke, for an SVG element of our own. @param {Tumen.Stroke} stroke */
const strokeAttributes = (stroke) => ({
  class: 's-' + stroke.colour,
  fill: 'none',
  'stroke-width': stroke.width,
  'stroke-dasharray': stroke.dash.length ? stroke.dash.join(' ') : false,
  'stroke-linecap': stroke.cap,
  'stroke-opacity': stroke.opacity === 1 ? false : stroke.opacity,
});

/** @param {Tumen.Style} style @param {Tumen.Stroke[]} strokes */
const paint = (style, [stroke]) => ({
  ...(stroke ? strokeAttributes(stroke) : {}),
  class: `${stroke ? 's-' + stroke.colour : ''} f-${style.fill || 'accent'}`,
  fill: 'currentColor',
  'fill-opacity': style.fill_opacity,
});

/** @type {Record<string, (style: Tumen.Style) => SVGElement[]>} */
const DRAW = {
  area: (style) => [svg('rect', { ...paint(style, style.strokes), x: 5, y: 2, width: 30, height: 14, rx: 2 })],
  line: (style) => style.strokes.map((stroke) => svg('path', { ...strokeAttributes(stroke), d: 'M1,9H39' })),
  point: (style) => [svg('path', {
    ...paint(style, style.strokes), d: outline(style.shape || 'circle', 20, 9, Math.min(style.size || 5, 18)),
  })],
};

/**
 * Swatch of one row of the legend: its line or area, and its point upon it.
 * @param {[style: string, geometry: Tumen.GeometryKind][]} looks  styles, each with the geometry it is drawn on
 * @returns {SVGElement}
 */
export function swatch(looks) {
  const order = Object.keys(DRAW);
  const sorted = [...looks].sort((a, b) => order.indexOf(a[1]) - order.indexOf(b[1]));
  const half = Math.max(9, ...sorted.map(([name, geometry]) => (geometry === 'point' ? styles[name].size + 1.5 : 0)));
  return svg('svg', { class: 'swatch', width: 40, height: 2 * half, viewBox: `0 ${9 - half} 40 ${2 * half}`, 'aria-hidden': 'true', focusable: 'false' },
    ...sorted.flatMap(([name, geometry]) => DRAW[geometry](styles[name])));
}
