/**
 * How labels are lettered: the manner of each kind, and how much room a text takes in it.
 */
import { svg } from '../core/dom.js';
import * as i18n from '../core/i18n.js';

export const FAMILY = '"Avenir Next", "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Noto Sans CJK KR", "Apple SD Gothic Neo", '
  + '"Malgun Gothic", "PingFang SC", "Microsoft YaHei", Arial, sans-serif';
// Manner: size in px, weight, letter spacing in em, italics, capitals. page.css colours them.
/** @type {Record<string, {size: number, weight: number, spacing: number, italic?: boolean, caps?: boolean}>} */
export const MANNERS = {
  country: { size: 15, weight: 500, spacing: 0.32, caps: true },
  sea: { size: 14, weight: 400, spacing: 0.14, italic: true },
  province: { size: 12, weight: 500, spacing: 0.16 },
  bay: { size: 11.5, weight: 400, spacing: 0.06, italic: true },
  river: { size: 11.5, weight: 400, spacing: 0.08, italic: true },
  city: { size: 13.5, weight: 600, spacing: 0.005 },
  town: { size: 12, weight: 500, spacing: 0.005 },
  village: { size: 11, weight: 400, spacing: 0.01 },
  feature: { size: 12, weight: 600, spacing: 0 },
  line: { size: 11, weight: 500, spacing: 0.02 },
  suburb: { size: 11.5, weight: 500, spacing: 0.1, caps: true },
  street: { size: 10.5, weight: 400, spacing: 0.02 },
  green: { size: 10.5, weight: 400, spacing: 0.02, italic: true },
  site: { size: 10.5, weight: 400, spacing: 0.01 },
  stop: { size: 11, weight: 600, spacing: 0.01 },
  peak: { size: 10.5, weight: 400, spacing: 0.01 },
  note: { size: 11.5, weight: 500, spacing: 0.01, italic: true },
};
const LINE_HEIGHT = 1.18;
/** A pen for each lettering: setting a font takes longer than measuring a name. @type {Map<string, CanvasRenderingContext2D>} */
const pens = new Map();
/** @type {Map<string, number>} */
const widths = new Map();

/** @param {string} manner */
function penOf(manner) {
  const ready = pens.get(manner);
  if (ready) return ready;
  const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
  const { size, weight, italic } = MANNERS[manner];
  pen.font = `${italic ? 'italic ' : ''}${weight} ${size}px ${FAMILY}`;
  pens.set(manner, pen);
  return pen;
}

/** @param {string} text @param {string} manner */
function width(text, manner) {
  const key = manner + '\n' + text;
  let measured = widths.get(key);
  if (measured === undefined) {
    const { size, spacing } = MANNERS[manner];
    measured = penOf(manner).measureText(text).width + spacing * size * [...text].length;
    widths.set(key, measured);
  }
  return measured;
}

const WRAPPED = new Set(['feature', 'note', 'city', 'town', 'village', 'green', 'site', 'stop', 'bay']);
const WRAP_WIDTH = 118;

/** A long name on two lines, cut at the space that leaves them most alike. @param {string} text @param {string} manner */
function halves(text, manner) {
  const cuts = [...text.matchAll(/ |(?<=[–—/])/g)].map(({ index }) => [text.slice(0, index).trimEnd(), text.slice(index).trimStart()])
    .filter((lines) => lines.every(Boolean));
  /** @param {string[]} lines */
  const longest = (lines) => Math.max(...lines.map((line) => width(line, manner)));
  return cuts.reduce((best, lines) => (longest(lines) < longest(best) ? lines : best), [text]);
}

/** Lines of a text and their box. @param {string} text @param {string} manner @returns {Tumen.Room} */
export function measure(text, manner) {
  const { caps, size } = MANNERS[manner];
  const words = caps ? text.toLocaleUpperCase(i18n.lang()) : text;
  const lines = WRAPPED.has(manner) && width(words, manner) > WRAP_WIDTH ? halves(words, manner) : words.split('\n');
  return { lines, width: Math.max(...lines.map((line) => width(line, manner))), height: lines.length * size * LINE_HEIGHT };
}

/** A label as text of the map. @param {Tumen.MapLabel} label @param {Tumen.Spot} spot @param {Tumen.Room} size */
export function write(label, spot, size) {
  const { manner } = label;
  const style = MANNERS[manner];
  const degrees = Math.round(spot.angle * 1800 / Math.PI) / 10;
  const text = svg('text', {
    class: `label label-${manner} ${label.className}`, 'font-size': style.size,
    // Lines of one name are flush on the side of their point.
    'text-anchor': ['end', 'middle', 'start'][(spot.align ?? 0) + 1],
    transform: `translate(${Math.round(spot.x)} ${Math.round(spot.y)})${degrees ? ` rotate(${degrees})` : ''}`,
  });
  const first = -((size.lines.length - 1) / 2) * style.size * LINE_HEIGHT + style.size * 0.35;
  size.lines.forEach((line, i) => {
    // The spacing after the last letter would push the words off their middle.
    text.append(svg('tspan', { x: (style.spacing * style.size) / 2 - ((spot.align || 0) * size.width) / 2, y: first + i * style.size * LINE_HEIGHT }, line));
  });
  return text;
}
