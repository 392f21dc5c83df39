/**
 * Key facts of the opening view, in short texts beside the features, with a leader line to each; on a sheet the steps of the
 * tour, numbered. They are placed before the labels, which avoid them, and only where there is room.
 */
import { every, node, svg } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import { toBounds, toLatLng } from '../core/lonlat.js';
import { page } from '../core/page.js';
import { mayHold } from '../core/record.js';
import * as controls from './controls.js';
import { measure } from './lettering.js';
import { byImportance, fromItem } from './names.js';
import { painted } from './painted.js';
import { boxAt, candidates, inkOf, mayBeSeen, obstaclesOf, overlap, surroundings } from './spots.js';

const WIDTH = 196;
const WIDTH_ON_CARD = 280;
const WIDTH_ON_PHONE = 148;
const DIRECTIONS = 24;
const RADII = [26, 44, 66, 92, 124, 164];
// A long leader would cross half of a phone's map: farther callouts are listed under the introduction.
const RADII_ON_PHONE = RADII.slice(0, 4);
const EDGE = 8;
// On a map with a shorter side, as in a small frame, they would hide their features.
const LEAST_SIDE = 300;
// Beyond these from the opening view, in levels of zoom, callouts are of another map.
const FARTHEST_OUT = 1.25;
const FARTHEST_IN = 1.25;
const SAME_PX = 22;
const SYMBOL_COST = 60;
const INK_COST = 4;
// A callout had better leave room for the names that a reader looks for first.
const NAME_COST = 50;
const LEADING_NAMES = 12;

/** @typedef {{at: L.LatLng, lines: {number: number, text: string}[]}} Note  number 0 means none */
/** @typedef {{left: number, top: number, box: Tumen.Box, from: L.Point, to: L.Point}} Spot */

/** Whether two segments cross. @param {L.Point} a @param {L.Point} b @param {L.Point} c @param {L.Point} d */
function cross(a, b, c, d) {
  /** @param {L.Point} p @param {L.Point} q @param {L.Point} r */
  const side = (p, q, r) => Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}

/** Whether a segment meets a box. @param {L.Point} a @param {L.Point} b @param {Tumen.Box} box */
function meets(a, b, [left, top, right, bottom]) {
  const corners = [L.point(left, top), L.point(right, top), L.point(right, bottom), L.point(left, bottom)];
  const isIn = (/** @type {L.Point} */ { x, y }) => x > left && x < right && y > top && y < bottom;
  return isIn(a) || isIn(b) || corners.some((corner, i) => cross(a, b, corner, corners[(i + 1) % 4]));
}

/** Whether the picture is that of a link. */
const isCard = () => 'card' in document.documentElement.dataset;

/** Width of a box whose lines are balanced; null for one without lines. @param {HTMLElement} box */
function tight(box) {
  const range = document.createRange();
  const lines = every('p', box).flatMap((text) => {
    range.selectNodeContents(text);
    return [...range.getClientRects()];
  });
  if (!lines.length) return null;
  const frame = box.offsetWidth - box.clientWidth + 2 * Number.parseFloat(getComputedStyle(box).paddingLeft);
  const width = Math.max(...lines.map((line) => line.right)) - Math.min(...lines.map((line) => line.left));
  return Math.ceil(width + frame) + 1;
}

/** Set the widths of boxes to those of their lines: all are written, then all are read. @param {HTMLElement[]} boxes @param {number} most */
function tighten(boxes, most) {
  for (const box of boxes) box.style.maxWidth = `${most}px`;
  for (const [box, width] of boxes.map((each) => /** @type {const} */ ([each, tight(each)]))) if (width) box.style.width = `${width}px`;
}

class Callouts {
  /** @param {L.Map} map @param {Tumen.Subject} subject */
  constructor(map, subject) {
    this.map = map;
    this.subject = subject;
    this.begun = false;
    this.items = new Map(subject.items.map((item) => [String(item.feature.id), item]));
    this.lines = svg('svg', { class: 'leaders', 'aria-hidden': 'true', focusable: 'false' });
    this.list = node('ul', { 'data-ui-label': 'callouts' });
    // Callouts without room on a phone's map are listed under the introduction.
    this.rest = node('ul', { class: 'callouts-rest', 'data-ui-label': 'callouts', hidden: true });
    every('.intro')[0]?.append(this.rest);
    this.root = node('div', { class: 'callouts leaflet-zoom-hide' }, this.lines, this.list);
    const pane = map.createPane('tumen-callout');
    pane.style.zIndex = '626';
    pane.append(this.root);
    map.on('moveend zoomend resize', () => this.layout());
    subject.onChange(() => this.layout());
    controls.onFold(() => this.layout());
    i18n.onChange(() => this.layout());
  }

  /** Where a feature lies that is drawn now, or a position. @param {string|Tumen.Position} at */
  place(at) {
    if (typeof at !== 'string') return toLatLng(at);
    const item = this.items.get(at);
    return item && this.subject.isShown(item) ? item.center : null;
  }

  /** Callouts of the day shown: those with dates, or those written for the day of the page. */
  ofDay() {
    const day = this.subject.day();
    return page.callouts.filter(({ from, until }) => (from || until ? mayHold(from, until, day) : day === page.day));
  }

  /** Callouts of this view, the most important first. @returns {Note[]} */
  notes() {
    const callouts = this.ofDay();
    const isOfPast = this.subject.day() !== page.day && callouts.length > 0;
    if (controls.isPaper() && page.steps.length && !isCard() && !isOfPast) return this.steps();
    const { map } = this;
    const size = map.getSize();
    const opening = map.getBoundsZoom(toBounds(page.extent));
    const zoom = map.getZoom();
    if (Math.min(size.x, size.y) < LEAST_SIDE || zoom < opening - FARTHEST_OUT || zoom > opening + FARTHEST_IN) return [];
    return callouts.flatMap(({ at, text }) => {
      const latLng = this.place(at);
      return latLng ? [{ at: latLng, lines: [{ number: 0, text: i18n.text(text) }] }] : [];
    });
  }

  /** The steps of the tour by their places, those of one place together. */
  steps() {
    const titles = every('.story:not([hidden]) .steps h3').map((title) => title.textContent ?? '');
    /** @type {Note[]} */
    const notes = [];
    page.steps.forEach(({ lit, extent }, i) => {
      const named = lit.map((id) => this.items.get(id)).find((item) => item !== undefined);
      const at = named?.center ?? (extent && toBounds(extent).getCenter());
      if (!at) return;
      const point = this.map.latLngToContainerPoint(at);
      const line = { number: i + 1, text: titles[i] ?? '' };
      const same = notes.find((note) => this.map.latLngToContainerPoint(note.at).distanceTo(point) < SAME_PX);
      if (same) same.lines.push(line);
      else notes.push({ at, lines: [line] });
    });
    return notes;
  }

  /** Obstacles. */
  context() {
    const { map, subject } = this;
    const size = map.getSize();
    return {
      size,
      taken: controls.obstacles('.degrees, .sheet-north, .compare-day'),
      symbols: obstaclesOf(subject.items.filter(({ layer }) => layer.labels?.lettering !== 'place'), map, subject.isShown).map(({ box }) => box),
      names: this.names(),
      ink: inkOf(subject.items, map, subject.isShown, size),
      /** @type {Spot[]} */
      placed: [],
    };
  }

  /** Preferred places of the most important names. */
  names() {
    const { map, subject } = this;
    const near = surroundings(map);
    const view = L.bounds([0, 0], map.getSize());
    return subject.items.filter(subject.isShown).map(fromItem).filter((label) => label !== null)
      .filter((label) => label.geometry === 'point' && label.from <= map.getZoom() && mayBeSeen(label, near))
      .sort(byImportance)
      .slice(0, LEADING_NAMES)
      .flatMap((label) => {
        const extent = measure(label.text, label.manner);
        return candidates(label, extent, map, view).slice(0, 1).map(({ x, y }) => boxAt(x, y, extent.width, extent.height));
      });
  }

  /**
   * The best free place of a box around its feature.
   * @param {L.Point} at
   * @param {{width: number, height: number}} extent
   * @param {ReturnType<Callouts['context']>} context
   */
  choose(at, { width, height }, { size, taken, symbols, names, ink, placed }) {
    /** @type {(Spot & {cost: number})|null} */
    let best = null;
    for (const radius of controls.isPhone() ? RADII_ON_PHONE : RADII) {
      for (let i = 0; i < DIRECTIONS; i += 1) {
        const angle = (2 * Math.PI * i) / DIRECTIONS;
        const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
        const middle = L.point(at.x + dx * (radius + width / 2), at.y + dy * (radius + height / 2));
        const box = boxAt(middle.x, middle.y, width, height);
        if (box[0] < EDGE || box[1] < EDGE || box[2] > size.x - EDGE || box[3] > size.y - EDGE) continue;
        if (taken.some((other) => overlap(box, other))) continue;
        const to = L.point(Math.min(box[2], Math.max(box[0], at.x)), Math.min(box[3], Math.max(box[1], at.y)));
        const room = boxAt(middle.x, middle.y, width + 2 * EDGE, height + 2 * EDGE);
        if (placed.some((other) => overlap(room, other.box) || cross(at, to, other.from, other.to) || meets(at, to, other.box) || meets(other.from, other.to, room))) continue;
        const struck = (/** @type {Tumen.Box[]} */ others) => others.filter((other) => overlap(box, other)).length;
        const cost = radius + SYMBOL_COST * struck(symbols) + NAME_COST * struck(names) + INK_COST * ink.under(box);
        if (!best || cost < best.cost) best = { left: box[0], top: box[1], box, from: at, to, cost };
      }
    }
    return best;
  }

  layout() {
    if (!this.begun && !controls.isPaper()) return;
    const { map, root, list, lines } = this;
    const size = map.getSize();
    const isIn = (/** @type {L.Point} */ { x, y }) => x > 0 && y > 0 && x < size.x && y < size.y;
    const notes = this.notes().map((note) => ({ ...note, point: map.latLngToContainerPoint(note.at) })).filter(({ point }) => isIn(point));
    const boxes = notes.map((note) => node('li', { class: 'callout' },
      ...note.lines.map(({ number, text }) => node('p', {}, number ? node('span', { class: 'callout-number' }, i18n.number(number)) : null, text))));
    list.replaceChildren(...boxes);
    lines.replaceChildren();
    list.hidden = boxes.length === 0;
    this.tell(boxes);
    if (!boxes.length) return;
    L.DomUtil.setPosition(root, map.containerPointToLayerPoint([0, 0]));
    const most = isCard() ? WIDTH_ON_CARD : WIDTH;
    tighten(boxes, controls.isPhone() ? WIDTH_ON_PHONE : most);
    const sizes = boxes.map((box) => ({ width: box.offsetWidth, height: box.offsetHeight }));
    const context = this.context();
    boxes.forEach((box, i) => {
      const spot = context.taken.some((other) => overlap(boxAt(notes[i].point.x, notes[i].point.y, 4, 4), other)) ? null : this.choose(notes[i].point, sizes[i], context);
      if (!spot) return box.remove();
      context.placed.push(spot);
      Object.assign(box.style, { left: `${spot.left}px`, top: `${spot.top}px` });
      return lines.append(...this.leader(spot));
    });
    list.hidden = list.childElementCount === 0;
    this.tell(boxes);
  }

  /** On a phone, list the callouts that are not on the map. @param {HTMLElement[]} boxes */
  tell(boxes) {
    const placed = new Set(boxes.filter((box) => box.isConnected).map((box) => box.textContent));
    const rest = controls.isPhone() && !controls.isPaper() ? this.ofDay().map(({ text }) => i18n.text(text)).filter((text) => !placed.has(text)) : [];
    this.rest.replaceChildren(...rest.map((text) => node('li', {}, text)));
    this.rest.hidden = rest.length === 0;
  }

  /** @param {Spot} spot */
  leader({ from, to }) {
    const d = `M${from.x},${from.y}L${to.x},${to.y}`;
    return [svg('path', { class: 'leader-halo', d }), svg('path', { d }), svg('circle', { cx: from.x, cy: from.y, r: 3 })];
  }
}

/** Place them when the map has been painted. @param {L.Map} map @param {Tumen.Subject} subject */
export function add(map, subject) {
  if (!page.callouts.length && !page.steps.length) return;
  const callouts = new Callouts(map, subject);
  callouts.layout();
  painted().then(() => {
    callouts.begun = true;
    callouts.layout();
  });
}
