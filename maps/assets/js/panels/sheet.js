/**
 * The map as a sheet: title, map with graticule, scale and north, legend, sources and day, laid out for a paper size or as a picture.
 *
 * It is laid out in the lengths of the paper before the browser prints, so that the map on the screen and on the paper are the same.
 * `#sheet=A4-landscape` or `#sheet=1600x1000` opens the page as one, `scheme=dark` in these colours.
 */
import { byId, every, node, one, svg } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import { number, ui } from '../core/i18n.js';
import { toBounds } from '../core/lonlat.js';
import { page } from '../core/page.js';
import * as permalink from '../core/permalink.js';
import * as tools from '../core/tools.js';
import * as controls from '../map/controls.js';
import * as compare from './compare.js';
import * as credits from './credits.js';

/** @type {Record<string, [width: number, height: number]>} */
const PAPERS = { A4: [210, 297], A3: [297, 420] };
const MARGIN_MM = 10;
const PX_PER_MM = 96 / 25.4;
const PAPER = /^(A3|A4)-(portrait|landscape)$/;
const PICTURE = /^([1-9]\d{2,3})x([1-9]\d{2,3})$/;
const SCHEMES = ['light', 'dark'];
const GAP = 10;
const COLUMN = 226;
// The largest legend that fits is used: [columns, size].
const BESIDE = [[1, 1], [1, 0.92], [1, 0.84], [1, 0.76], [2, 0.84], [2, 0.76], [2, 0.68], [2, 0.6], [3, 0.6], [3, 0.5]];
const BELOW = [1, 0.92, 0.84, 0.76, 0.68, 0.6, 0.5];
const MOST_BELOW = 0.42;
const MOST_INTRO = 1100;
const root = document.documentElement;
/** Whether it is the picture for link previews: title and map only, in large letters. */
const isCard = () => 'card' in root.dataset;

/**
 * Lengths in px; those of the paper in mm, null for a picture.
 * @typedef {{name: string, width: number, height: number, paper: [width: number, height: number]|null}} Layout
 */

/** @param {string} text  @returns {Layout|null} */
export function parse(text) {
  const [, name, way] = PAPER.exec(text) || [];
  if (name) {
    const [short, long] = PAPERS[name];
    /** @type {[width: number, height: number]} */
    const paper = way === 'portrait' ? [short, long] : [long, short];
    const [width, height] = paper.map((length) => Math.floor((length - 2 * MARGIN_MM) * PX_PER_MM) - 1);
    return { name, width, height, paper };
  }
  const [, width, height] = (PICTURE.exec(text) || []).map(Number);
  return width ? { name: '', width: width - 4 * GAP, height: height - 4 * GAP, paper: null } : null;
}

/** @param {HTMLElement} element @param {number} left @param {number} top @param {number} width @param {number} [height] */
const place = (element, left, top, width, height) => Object.assign(element.style, {
  left: `${left}px`, top: `${top}px`, width: `${width}px`, height: height === undefined ? '' : `${height}px`,
});
/** @param {Element|null} element */
const heightOf = (element) => (element ? element.getBoundingClientRect().height : 0);

/** @param {HTMLElement} legend @param {number} columns @param {number} width @param {number} zoom */
function setLegend(legend, columns, width, zoom) {
  Object.assign(legend.style, { columnCount: columns, width: `${width / zoom}px`, zoom });
  return heightOf(legend);
}

/** Legend to the right of the map: gives the width it takes. @param {HTMLElement} legend @param {number} height */
function legendBeside(legend, height) {
  for (const [columns, zoom] of BESIDE) {
    const width = columns * COLUMN * zoom + (columns - 1) * GAP;
    if (setLegend(legend, columns, width, zoom) <= height) return width;
  }
  return BESIDE[BESIDE.length - 1][0] * COLUMN * BESIDE[BESIDE.length - 1][1];
}

/** Legend under the map: gives the height it takes. @param {HTMLElement} legend @param {number} width @param {number} height */
function legendBelow(legend, width, height) {
  let taken = 0;
  for (const zoom of BELOW) {
    taken = setLegend(legend, Math.max(2, Math.round(width / (COLUMN * zoom))), width, zoom);
    if (taken <= MOST_BELOW * height) return taken;
  }
  return taken;
}

function north() {
  return svg('svg', { class: 'sheet-north', viewBox: '0 0 24 44', width: 24, height: 44, role: 'img', 'aria-label': ui('north') },
    svg('path', { d: 'M12,2L19,26L12,21L5,26Z' }), svg('text', { x: 12, y: 40, 'text-anchor': 'middle' }, ui('north_letter')));
}

/**
 * "1 : 250 000" of a paper, where the map is drawn: three digits are all that a printer keeps.
 * @param {L.Map} map
 * @param {Layout} sheet
 */
function ratio(map, sheet) {
  if (!sheet.paper) return '';
  const size = map.getSize();
  const metres = map.distance(map.containerPointToLatLng([size.x / 2 - 50, size.y / 2]), map.containerPointToLatLng([size.x / 2 + 50, size.y / 2]));
  const value = (metres / 100) * PX_PER_MM * 1000;
  return `1 : ${number(Number(value.toPrecision(3)))} (${sheet.name})`;
}

/** @param {L.Map} map @param {Layout} sheet */
function foot(map, sheet) {
  const days = compare.days();
  const asOf = days ? null : document.querySelector('.as-of');
  const simplified = document.querySelector('.simplified');
  const texts = [asOf, simplified].filter((part) => part !== null).map((part) => (part.textContent ?? '').trim().replace(/\s+/g, ' '));
  const said = days ? [`${ui('as_of')} ${days.map(i18n.day).join(' | ')}`, ...texts] : texts;
  const terms = [...document.querySelectorAll('.credits section:has(.terms)')].map((section) =>
    `${one('h2', section).textContent}: ${(one('.terms', section).textContent ?? '').trim().replace(/\s+/g, ' ')}`);
  return node('div', { class: 'sheet-foot' },
    node('p', { class: 'sheet-state' }, node('span', {}, said.join(' · ')), node('span', { class: 'sheet-ratio' }, ratio(map, sheet))),
    node('p', { class: 'sheet-terms' }, isCard() ? one('#attribution span').textContent : `${ui('sources_and_licences')} — ${terms.join('; ')}`));
}

/** Put the parts of the page in their places on a sheet, its foot among them. @param {Layout} sheet @param {HTMLElement} footer */
function arrange({ width, height }, footer) {
  const [bar, intro, legend, main] = [one('.panel-bar'), every('.intro')[0], byId('legend'), one('main')];
  const beside = width > height;
  legend.dataset.place = beside ? 'beside' : 'below';
  place(bar, 0, 0, width);
  let top = heightOf(bar);
  if (intro) {
    place(intro, 0, top, Math.min(width, MOST_INTRO));
    top += heightOf(intro);
  }
  top += GAP;
  place(footer, 0, 0, width);
  const bottom = height - heightOf(footer) - GAP;
  footer.style.top = `${bottom + GAP}px`;
  if (beside) {
    const taken = isCard() ? -1.6 * GAP : legendBeside(legend, bottom - top);
    Object.assign(legend.style, { left: `${(width - taken) / (Number(legend.style.zoom) || 1)}px`, top: `${top / (Number(legend.style.zoom) || 1)}px` });
    place(main, 0, top, width - taken - 1.6 * GAP, bottom - top);
  } else {
    const taken = legendBelow(legend, width, height);
    Object.assign(legend.style, { left: '0px', top: `${(bottom - taken) / (Number(legend.style.zoom) || 1)}px` });
    place(main, 0, top, width, bottom - taken - GAP - top);
  }
}

/** The page as a sheet, and back. */
class Sheet {
  /** @param {L.Map} map @param {{isOn: () => boolean, press: (on: boolean) => void}} graticule */
  constructor(map, graticule) {
    this.map = map;
    this.graticule = graticule;
    /** The former state of the page, and what the sheet added; null while there is no sheet. */
    this.shown = /** @type {ReturnType<Sheet['remember']>|null} */ (null);
  }

  /** @param {string} text @param {L.LatLngBounds|null} [bounds] */
  enter(text, bounds = null) {
    const { map } = this;
    const sheet = parse(text);
    if (!sheet || this.shown) return;
    const wanted = bounds || controls.view(map);
    map.closePopup();
    const shown = this.remember(sheet);
    this.shown = shown;
    compare.onSheet.open();
    this.dress(sheet, shown);
    arrange(sheet, shown.foot);
    map.options.zoomSnap = 0;
    this.fit(sheet, wanted);
    this.graticule.press(!isCard());
    // The legend depends on the scale, and the room for the map on the legend.
    arrange(sheet, shown.foot);
    this.fit(sheet, wanted);
    compare.onSheet.draw();
  }

  /** @param {Layout} sheet */
  remember(sheet) {
    const { map, graticule } = this;
    const folded = one('.credits');
    return {
      center: map.getCenter(), zoom: map.getZoom(), snap: map.options.zoomSnap, graticule: graticule.isOn(), north: north(),
      credits: folded, home: folded.parentNode, next: folded.nextSibling, open: folded.hasAttribute('open'), back: node('div', { class: 'sheet-back' }),
      front: node('div', { class: 'sheet-front' }), rules: document.styleSheets[0], rule: -1, foot: foot(map, sheet), stories: every('.story'),
    };
  }

  /** Add the parts that only a sheet has. @param {Layout} sheet @param {ReturnType<Sheet['remember']>} shown */
  dress(sheet, shown) {
    root.dataset.sheet = sheet.paper ? 'paper' : 'picture';
    if (sheet.paper) {
      const [width, height] = sheet.paper;
      shown.rule = shown.rules.insertRule(`@page { size: ${width}mm ${height}mm; margin: ${MARGIN_MM}mm; }`, shown.rules.cssRules.length);
    }
    for (const element of [shown.front, shown.back]) element.style.width = `${sheet.width}px`;
    shown.front.style.height = `${sheet.height}px`;
    one('main').append(shown.north);
    shown.credits.setAttribute('open', '');
    credits.show(true);
    // The story continues after the map.
    shown.back.append(...shown.stories, node('h2', {}, ui('sources_and_licences')), shown.credits);
    document.body.append(shown.front, shown.foot, shown.back);
  }

  /** @param {Layout} sheet @param {L.LatLngBounds} bounds */
  fit(sheet, bounds) {
    const { map } = this;
    map.invalidateSize({ animate: false, pan: false });
    map.fitBounds(bounds, { animate: false });
    one('.sheet-ratio').textContent = ratio(map, sheet);
  }

  leave() {
    const { map, shown } = this;
    if (!shown) return;
    this.shown = null;
    compare.onSheet.close();
    delete root.dataset.sheet;
    if (shown.rule >= 0) shown.rules.deleteRule(shown.rule);
    shown.home?.insertBefore(shown.credits, shown.next);
    byId('legend').after(...shown.stories);
    shown.credits.toggleAttribute('open', shown.open);
    credits.show(shown.open);
    [shown.north, shown.front, shown.foot, shown.back].forEach((element) => element.remove());
    for (const { style } of every('.panel-bar, .intro, #legend, main')) [...style].filter((name) => !name.startsWith('--')).forEach((name) => style.removeProperty(name));
    map.options.zoomSnap = shown.snap;
    this.graticule.press(shown.graticule);
    map.invalidateSize({ animate: false, pan: false });
    map.setView(shown.center, shown.zoom, { animate: false });
  }
}

/** @param {L.Map} map @param {{isOn: () => boolean, press: (on: boolean) => void}} graticule */
export function add(map, graticule) {
  const sheet = new Sheet(map, graticule);
  let chosen = 'A4-landscape';
  // A page opened as a sheet stays one.
  const [asked, scheme] = ['sheet', 'scheme'].map((name) => permalink.value(name) || '');
  const fixed = parse(asked) !== null;
  if (!fixed) {
    window.addEventListener('beforeprint', () => sheet.enter(chosen));
    window.addEventListener('afterprint', () => sheet.leave());
    controls.paper.addEventListener('change', ({ matches }) => (matches ? sheet.enter(chosen) : sheet.leave()));
  }
  panel((value) => {
    chosen = value;
    window.print();
  });
  if (fixed) {
    if (SCHEMES.includes(scheme)) root.dataset.scheme = scheme;
    if (permalink.value('card') === '1') root.dataset.card = '';
    sheet.enter(asked, permalink.value('view') ? null : toBounds(page.extent));
  }
}

/** Choice of the paper, behind a button. @param {(value: string) => void} print */
function panel(print) {
  const section = byId('print');
  /** @param {string} name @param {string} label @param {[value: string, words: string|null][]} options @returns {[HTMLSelectElement, HTMLLabelElement]} */
  const select = (name, label, options) => {
    const field = node('select', { id: `print-${name}` }, ...options.map(([value, words]) => node('option', { value, 'data-ui': words }, value)));
    return [field, node('label', {}, node('span', { 'data-ui': label }), field)];
  };
  const [paper, paperLabel] = select('paper', 'paper', Object.keys(PAPERS).map((name) => [name, null]));
  const [way, wayLabel] = select('way', 'orientation', ['landscape', 'portrait'].map((name) => [name, name]));
  const button = node('button', { type: 'button', class: 'print-go', 'data-ui': 'print' });
  button.addEventListener('click', () => print(`${paper.value}-${way.value}`));
  section.append(paperLabel, wayLabel, button);
  tools.toggle('print', false, (on) => {
    section.hidden = !on;
    if (on) paper.focus();
  });
  i18n.speak(section); // the rest of the page has spoken by now
}
