/**
 * The map as a sheet: title, map with graticule, scale and north, legend, sources and day, laid out for a paper or as a picture.
 *
 * It is laid out in the lengths of the paper before the browser prints, so that the map on the screen and on the paper are the same.
 * `#sheet=A4-landscape` or `#sheet=1600x1000` opens the page as one, `scheme=dark` in these colours.
 */
import { node, svg } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import { number, ui } from '../core/i18n.js';
import { fromLatLng, toBounds } from '../core/lonlat.js';
import { page } from '../core/page.js';
import * as permalink from '../core/permalink.js';
import * as tools from '../core/tools.js';
import * as controls from '../map/controls.js';

const PAPERS = { A4: [210, 297], A3: [297, 420] };
const MARGIN_MM = 10;
const PX_PER_MM = 96 / 25.4;
const PAPER = /^(A3|A4)-(portrait|landscape)$/;
const PICTURE = /^([1-9]\d{2,3})x([1-9]\d{2,3})$/;
const SCHEMES = ['light', 'dark'];
const GAP = 10;
const COLUMN = 226;
// The legend is set as large as it can be whole: [columns, size].
const BESIDE = [[1, 1], [1, 0.92], [1, 0.84], [1, 0.76], [2, 0.84], [2, 0.76], [2, 0.68], [2, 0.6], [3, 0.6], [3, 0.5]];
const BELOW = [1, 0.92, 0.84, 0.76, 0.68, 0.6, 0.5];
const MOST_BELOW = 0.42;
const root = document.documentElement;
const byId = (id) => document.getElementById(id);

/** @param {string} text  @returns {{name: string, width: number, height: number, paper: ?number[]}|null} lengths in px */
export function parse(text) {
  const [, name, way] = PAPER.exec(text) || [];
  if (name) {
    const paper = way === 'portrait' ? PAPERS[name] : [...PAPERS[name]].reverse();
    const [width, height] = paper.map((length) => Math.floor((length - 2 * MARGIN_MM) * PX_PER_MM) - 1);
    return { name, width, height, paper };
  }
  const [, width, height] = (PICTURE.exec(text) || []).map(Number);
  return width ? { name: '', width: width - 4 * GAP, height: height - 4 * GAP, paper: null } : null;
}

const place = (element, left, top, width, height) => Object.assign(element.style, {
  left: `${left}px`, top: `${top}px`, width: `${width}px`, height: height === undefined ? '' : `${height}px`,
});
const heightOf = (element) => (element ? element.getBoundingClientRect().height : 0);

function setLegend(legend, columns, width, zoom) {
  Object.assign(legend.style, { columnCount: columns, width: `${width / zoom}px`, zoom });
  return heightOf(legend);
}

/** Legend to the right of the map: gives the width it takes. */
function legendBeside(legend, height) {
  for (const [columns, zoom] of BESIDE) {
    const width = columns * COLUMN * zoom + (columns - 1) * GAP;
    if (setLegend(legend, columns, width, zoom) <= height) return width;
  }
  return BESIDE[BESIDE.length - 1][0] * COLUMN * BESIDE[BESIDE.length - 1][1];
}

/** Legend under the map: gives the height it takes. */
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

/** "1 : 250 000" of a paper, where the map is drawn: three digits are all that a printer keeps. */
function ratio(map, sheet) {
  if (!sheet.paper) return '';
  const size = map.getSize();
  const metres = map.distance(map.containerPointToLatLng([size.x / 2 - 50, size.y / 2]), map.containerPointToLatLng([size.x / 2 + 50, size.y / 2]));
  const value = (metres / 100) * PX_PER_MM * 1000;
  return `1 : ${number(Number(value.toPrecision(3)))} (${sheet.name})`;
}

function foot(map, sheet) {
  const asOf = document.querySelector('.as-of');
  const simplified = document.querySelector('.simplified');
  const said = [asOf, simplified].filter(Boolean).map((part) => part.textContent.trim().replace(/\s+/g, ' '));
  const terms = [...document.querySelectorAll('.credits section')].map((section) =>
    `${section.querySelector('h2').textContent}: ${section.querySelector('.terms').textContent.trim().replace(/\s+/g, ' ')}`);
  return node('div', { class: 'sheet-foot' },
    node('p', { class: 'sheet-state' }, node('span', {}, said.join(' · ')), node('span', { class: 'sheet-ratio' }, ratio(map, sheet))),
    node('p', { class: 'sheet-terms' }, `${ui('sources_and_licences')} — ${terms.join('; ')}`));
}

export function add(map, graticule) {
  let chosen = 'A4-landscape';
  let shown = null;

  /** What the reader sees of the map: what no panel covers. */
  function seen() {
    const size = map.getSize();
    const hidden = controls.covered(map);
    const [[west, top], [east, south]] = [[hidden.x, 0], [size.x, size.y - hidden.y]]
      .map((point) => fromLatLng(map.containerPointToLatLng(point)));
    return toBounds([west, south, east, top]);
  }

  function arrange(sheet) {
    const [bar, intro, legend, main] = [document.querySelector('.panel-bar'), document.querySelector('.intro'), byId('legend'), document.querySelector('main')];
    const { width, height } = sheet;
    const beside = width > height;
    legend.dataset.place = beside ? 'beside' : 'below';
    place(bar, 0, 0, width);
    let top = heightOf(bar);
    if (intro) {
      place(intro, 0, top, Math.min(width, 1100));
      top += heightOf(intro);
    }
    top += GAP;
    place(shown.foot, 0, 0, width);
    const bottom = height - heightOf(shown.foot) - GAP;
    shown.foot.style.top = `${bottom + GAP}px`;
    if (beside) {
      const taken = legendBeside(legend, bottom - top);
      Object.assign(legend.style, { left: `${(width - taken) / (legend.style.zoom || 1)}px`, top: `${top / (legend.style.zoom || 1)}px` });
      place(main, 0, top, width - taken - 1.6 * GAP, bottom - top);
    } else {
      const taken = legendBelow(legend, width, height);
      Object.assign(legend.style, { left: '0px', top: `${(bottom - taken) / (legend.style.zoom || 1)}px` });
      place(main, 0, top, width, bottom - taken - GAP - top);
    }
  }

  function enter(text, bounds) {
    const sheet = parse(text);
    if (!sheet || shown) return;
    const wanted = bounds || seen();
    map.closePopup();
    const credits = document.querySelector('.credits');
    const rules = document.styleSheets[0];
    shown = {
      center: map.getCenter(), zoom: map.getZoom(), snap: map.options.zoomSnap, graticule: graticule.isOn(), north: north(),
      credits, home: credits.parentNode, next: credits.nextSibling, open: credits.open, back: node('div', { class: 'sheet-back' }),
      front: node('div', { class: 'sheet-front' }), rules, stories: [...document.querySelectorAll('.story')],
    };
    root.dataset.sheet = sheet.paper ? 'paper' : 'picture';
    if (sheet.paper) {
      const [width, height] = sheet.paper;
      shown.rule = rules.insertRule(`@page { size: ${width}mm ${height}mm; margin: ${MARGIN_MM}mm; }`, rules.cssRules.length);
    }
    for (const element of [shown.front, shown.back]) element.style.width = `${sheet.width}px`;
    shown.front.style.height = `${sheet.height}px`;
    document.querySelector('main').append(shown.north);
    shown.foot = foot(map, sheet);
    credits.open = true;
    // The story goes on behind the map.
    shown.back.append(...shown.stories, node('h2', {}, ui('sources_and_licences')), credits);
    document.body.append(shown.front, shown.foot, shown.back);
    arrange(sheet);
    map.invalidateSize({ animate: false, pan: false });
    map.options.zoomSnap = 0;
    map.fitBounds(wanted, { animate: false });
    graticule.press(true);
    document.querySelector('.sheet-ratio').textContent = ratio(map, sheet);
    // What is on the legend depends on the scale, and the room for the map on the legend.
    arrange(sheet);
    map.invalidateSize({ animate: false, pan: false });
    map.fitBounds(wanted, { animate: false });
    document.querySelector('.sheet-ratio').textContent = ratio(map, sheet);
  }

  function leave() {
    if (!shown) return;
    const was = shown;
    shown = null;
    delete root.dataset.sheet;
    if (was.rule !== undefined) was.rules.deleteRule(was.rule);
    was.home.insertBefore(was.credits, was.next);
    byId('legend').after(...was.stories);
    was.credits.open = was.open;
    [was.north, was.front, was.foot, was.back].forEach((element) => element.remove());
    for (const element of document.querySelectorAll('.panel-bar, .intro, #legend, main')) element.removeAttribute('style');
    map.options.zoomSnap = was.snap;
    graticule.press(was.graticule);
    map.invalidateSize({ animate: false, pan: false });
    map.setView(was.center, was.zoom, { animate: false });
  }

  // A page opened as a sheet stays one.
  const { sheet: asked, scheme } = Object.fromEntries(['sheet', 'scheme'].map((name) => [name, permalink.value(name) || '']));
  const fixed = parse(asked) !== null;
  if (!fixed) {
    window.addEventListener('beforeprint', () => enter(chosen));
    window.addEventListener('afterprint', leave);
    controls.paper.addEventListener('change', ({ matches }) => (matches ? enter(chosen) : leave()));
  }
  panel((value) => {
    chosen = value;
    window.print();
  });
  if (fixed) {
    if (SCHEMES.includes(scheme)) root.dataset.scheme = scheme;
    enter(asked, permalink.value('view') ? null : toBounds(page.extent));
  }
}

/** Choice of the paper, behind a button. */
function panel(print) {
  const section = byId('print');
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
  i18n.speak(); // the rest of the page has spoken by now
}
