/**
 * How labels are lettered: the manner of each kind, and how much room a text takes in it.
 */
import { svg } from '../core/dom.js';
import * as i18n from '../core/i18n.js';

export const FAMILY = '"Avenir Next", "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Noto Sans CJK KR", "Apple SD Gothic Neo", '
  + '"Malgun Gothic", "PingFang SC", "Microsoft YaHei", Arial, sans-serif';
// Manner: size in px, weight, letter spacing in em, italics, capitals. page.css colours them.
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
  note: { size: 11.5, weight: 500, spacing: 0.01, italic: true },
};
const LINE_HEIGHT = 1.18;
const pen = document.createElement('canvas').getContext('2d');
const widths = new Map();

function width(text, manner) {
  const key = manner + '\n' + text;
  if (!widths.has(key)) {
    const { size, weight, spacing, italic } = MANNERS[manner];
    pen.font = `${italic ? 'italic ' : ''}${weight} ${size}px ${FAMILY}`;
    widths.set(key, pen.measureText(text).width + spacing * size * [...text].length);
  }
  return widths.get(key);
}

const WRAPPED = new Set(['feature', 'note', 'city', 'town', 'village']);
const WRAP_WIDTH = 118;

/** A long name on two lines, cut at the space that leaves them most alike. */
function halves(text, manner) {
  const cuts = [...text.matchAll(/ |(?<=[–—/])/g)].map(({ index }) => [text.slice(0, index).trimEnd(), text.slice(index).trimStart()])
    .filter((lines) => lines.every(Boolean));
  const longest = (lines) => Math.max(...lines.map((line) => width(line, manner)));
  return cuts.reduce((best, lines) => (longest(lines) < longest(best) ? lines : best), [text]);
}

/** Lines of a text and their box. */
export function measure(text, manner) {
  const { caps, size } = MANNERS[manner];
  const words = caps ? text.toLocaleUpperCase(i18n.lang()) : text;
  const lines = WRAPPED.has(manner) && width(words, manner) > WRAP_WIDTH ? halves(words, manner) : words.split('\n');
  return { lines, width: Math.max(...lines.map((line) => width(line, manner))), height: lines.length * size * LINE_HEIGHT };
}

/** A label as text of the map. */
export function write(label, spot, size) {
  const { manner } = label;
  const style = MANNERS[manner];
  const degrees = Math.round(spot.angle * 1800 / Math.PI) / 10;
  const text = svg('text', {
    class: `label label-${manner} ${label.className}`, 'font-size': style.size,
    // Lines of one name are flush on the side of their point.
    'text-anchor': { '-1': 'end', 1: 'start' }[spot.align] || 'middle',
    transform: `translate(${Math.round(spot.x)} ${Math.round(spot.y)})${degrees ? ` rotate(${degrees})` : ''}`,
  });
  const first = -((size.lines.length - 1) / 2) * style.size * LINE_HEIGHT + style.size * 0.35;
  size.lines.forEach((line, i) => {
    // The spacing after the last letter would push the words off their middle.
    text.append(svg('tspan', { x: (style.spacing * style.size) / 2 - ((spot.align || 0) * size.width) / 2, y: first + i * style.size * LINE_HEIGHT }, line));
  });
  return text;
}
