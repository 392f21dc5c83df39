/**
 * Points that would cover each other, as one symbol: points of stacked layers that are too close become a ring with their number,
 * divided by kind, which opens a list of them. The same view gives the same rings.
 */
import { node, svg } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import { page } from '../core/page.js';
import { called } from './fields.js';
import { mark } from './items.js';
import { outline } from './symbol.js';

const NEAR_PX = 36;
const RADIUS = 13;
const THICK = 7;
const SIZE = 2 * RADIUS + THICK + 4;
// An arc shorter than its sign has none; the list names it.
const SIGN = 2.6;
const LEAST_SHARE = (4 * SIGN) / (2 * Math.PI * RADIUS);

/** @typedef {[item: Tumen.Item, point: L.Point]} Member  an item and its own place */

/** @param {Member[]} members */
const middleOf = (members) => members.reduce((sum, [, point]) => sum.add(point), L.point(0, 0)).divideBy(members.length);

/**
 * Groups of items that are too close; groups whose symbols would touch are merged.
 * @param {L.Map} map
 * @param {Tumen.Item[]} items
 */
function groups(map, items) {
  /** @type {Member[][]} */
  const found = [];
  for (const item of items) {
    const point = map.latLngToLayerPoint(item.points[0]);
    const near = found.find((members) => middleOf(members).distanceTo(point) < NEAR_PX);
    if (near) near.push([item, point]);
    else found.push([[item, point]]);
  }
  for (let i = 0; i < found.length; i += 1) {
    const j = found.findIndex((other, k) => k > i && middleOf(found[i]).distanceTo(middleOf(other)) < NEAR_PX);
    if (j < 0) continue;
    found[i].push(...found.splice(j, 1)[0]);
    i = -1; // a larger group may now touch another one
  }
  return found;
}

/** Items by layer, in the order of the legend. @param {Tumen.Item[]} items @returns {[Tumen.Layer, Tumen.Item[]][]} */
function parts(items) {
  return page.layers.map((layer) => /** @type {[Tumen.Layer, Tumen.Item[]]} */ ([layer, items.filter((item) => item.layer === layer)]))
    .filter(([, own]) => own.length);
}

/** "12: 5 Confirmed, 7 Partly". @param {Tumen.Item[]} items */
const words = (items) => `${i18n.number(items.length)}: ${parts(items).map(([layer, own]) => `${i18n.number(own.length)} ${i18n.text(layer.title)}`).join(', ')}`;

/** The sign of a layer upon its arc, so that arcs differ without colours. @param {Tumen.Item} item @param {number} turn  of the middle of the arc */
function sign({ style }, turn) {
  const angle = 2 * Math.PI * (turn - 0.25);
  return svg('path', { class: `ring-sign${style.fill && style.fill !== 'halo' ? '' : ' is-hollow'}`, d: outline(style.shape || 'circle', RADIUS * Math.cos(angle), RADIUS * Math.sin(angle), SIGN) });
}

/** A ring parted by layer, with the number in it. @param {Tumen.Item[]} items */
function ring(items) {
  const round = 2 * Math.PI * RADIUS;
  let from = 0;
  const arcs = parts(items).flatMap(([, own]) => {
    const share = own.length / items.length;
    const arc = svg('circle', {
      class: `s-${own[0].style.fill || own[0].style.strokes[0]?.colour || 'ink'}`, r: RADIUS, fill: 'none', stroke: 'currentColor', 'stroke-width': THICK,
      'stroke-dasharray': `${(share * round).toFixed(2)} ${round.toFixed(2)}`, transform: `rotate(${(from * 360 - 90).toFixed(2)})`,
    });
    const middle = from + share / 2;
    from += share;
    return share < LEAST_SHARE ? [arc] : [arc, sign(own[0], middle)];
  });
  return svg('svg', { width: SIZE, height: SIZE, viewBox: `${-SIZE / 2} ${-SIZE / 2} ${SIZE} ${SIZE}`, 'aria-hidden': 'true', focusable: 'false' },
    svg('circle', { class: 'ring-ground', r: RADIUS + THICK / 2 + 1.5 }), ...arcs,
    svg('text', { 'text-anchor': 'middle', y: 4.5 }, i18n.number(items.length)));
}

/** The ring as the icon of a marker. */
const RingIcon = /** @type {any} */ (L.Icon.extend({
  /** @this {any} */
  createIcon() { return node('div', { class: 'ring' }, this.options.ring); },
  createShadow: () => null,
}));

/** List of the items of a ring, each a button. @param {Tumen.Item[]} items @param {(item: Tumen.Item) => void} choose */
function list(items, choose) {
  return node('div', { class: 'card ring-list' }, node('h2', { tabindex: '-1' }, `${i18n.ui('on_this_spot')}: ${i18n.number(items.length)}`),
    ...parts(items).flatMap(([layer, own]) => [node('h3', {}, `${i18n.text(layer.title)} (${i18n.number(own.length)})`),
      node('ul', {}, ...own.map((item) => {
        const button = node('button', { type: 'button', class: 'plain', 'data-member': item.feature.id }, called(item.layer, item.feature));
        button.addEventListener('click', (event) => {
          event.stopPropagation();
          choose(item);
        });
        return node('li', {}, button);
      }))]));
}

/** The rings on the map. */
class Rings {
  /** @param {L.Map} map @param {Tumen.Subject} subject @param {Tumen.Open} open @param {Tumen.Item[]} items @param {string} pane */
  constructor(map, subject, open, items, pane) {
    this.pane = pane;
    this.map = map;
    this.subject = subject;
    this.open = open;
    this.items = items;
    this.markers = L.layerGroup().addTo(map);
    this.drawn = '';
  }

  arrange() {
    const { map, subject, items } = this;
    const found = groups(map, items.filter(subject.isShown));
    const several = found.filter((members) => members.length > 1);
    const drawn = [i18n.lang(), map.getZoom(), ...several.map((members) => members.map(([item]) => item.feature.id).join(' '))].join('|');
    if (drawn !== this.drawn) this.draw(several);
    this.drawn = drawn;
    const hidden = new Set(several.flatMap((members) => members.map(([item]) => item)));
    for (const item of items) {
      mark(item, 'is-stacked', hidden.has(item));
      if (!hidden.has(item)) item.center = item.points[0];
    }
  }

  /** @param {Member[][]} several */
  draw(several) {
    this.markers.clearLayers();
    for (const members of several) {
      const at = this.map.layerPointToLatLng(middleOf(members));
      const items = members.map(([item]) => item).sort((a, b) => this.items.indexOf(a) - this.items.indexOf(b));
      items.forEach((item) => { item.center = at; });
      this.ring(items, at);
    }
  }

  /** @param {Tumen.Item[]} items @param {L.LatLng} at */
  ring(items, at) {
    const marker = L.marker(at, { pane: this.pane, icon: new RingIcon({ ring: ring(items) }), bubblingMouseEvents: false });
    const show = () => {
      const element = /** @type {HTMLElement} */ (marker.getElement());
      this.open.list(at, list(items, (item) => this.open(item, at, element)), element);
    };
    marker.on('click', show).on('keypress', (/** @type {any} */ { originalEvent: event }) => {
      if (event.key === 'Enter' || event.key === ' ') show();
    });
    this.markers.addLayer(marker.bindTooltip(words(items), { className: 'tip', direction: 'top', offset: [0, -14], opacity: 1 }));
    const element = marker.getElement();
    element?.setAttribute('aria-label', words(items));
    element?.setAttribute('data-ring', items.map((item) => item.feature.id).join(' '));
  }
}

/** @param {L.Map} map @param {Tumen.Subject} subject @param {Tumen.Open} open @param {string} [pane] */
export function add(map, subject, open, pane = 'tumen-hit') {
  const order = page.layers;
  const items = subject.items.filter((item) => item.layer.stacked && item.geometry === 'point')
    .sort((a, b) => order.indexOf(a.layer) - order.indexOf(b.layer) || (a.feature.id < b.feature.id ? -1 : 1));
  if (items.length === 0) return;
  const rings = new Rings(map, subject, open, items, pane);
  map.on('zoomend', () => rings.arrange());
  subject.onChange(() => rings.arrange());
  i18n.onChange(() => rings.arrange());
  rings.arrange();
}
