/**
 * Lettering without collisions. Labels are placed greedily, the most important first; each has a few candidate positions, and
 * the first that meets neither a label nor a point symbol is taken. The same view gives the same labels.
 */
import { svg } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import * as controls from './controls.js';
import { mark } from './items.js';
import { measure, write } from './lettering.js';
import { byImportance, fromItem, ofBase } from './names.js';
import { painted } from './painted.js';
import * as pointOfView from './pointofview.js';
import { boxAt, candidates, inkOf, mayBeSeen, obstaclesOf, overlap, rotated, surroundings } from './spots.js';

// A name once in one place: a town and its station do not both need it.
const NEAR_PX = 150;
const NEAR_ALONG_PX = 500;

/** Names below all others in priority, already sorted. @typedef {{inView(): Tumen.MapLabel[]}} Below */
/** @typedef {Tumen.Spot & {box: Tumen.Box, cost: number}} Found */

class Lettering {
  /** @param {L.Map} map @param {Tumen.Subject} subject @param {string} name  of its pane @param {Below|null} below */
  constructor(map, subject, name, below) {
    this.below = below;
    this.map = map;
    this.subject = subject;
    /** Names of the base map. @type {Tumen.MapLabel[]} */
    this.base = [];
    /** Names of items, each made when it may be seen. @type {Map<Tumen.Item, Tumen.MapLabel|null>} */
    this.known = new Map();
    /** Items whose symbol is shown only together with their name. @type {Set<Tumen.Item>} */
    this.places = new Set();
    /** Items whose name is on the map. @type {Set<Tumen.Item>} */
    this.named = new Set();
    this.stale = true;
    this.root = svg('svg', { class: 'labels leaflet-zoom-hide', 'aria-hidden': 'true', focusable: 'false' });
    this.pane = map.createPane(name);
    // Over the shapes that are pointed at: a name is one of them.
    this.pane.style.zIndex = '625';
    this.pane.append(this.root);
  }

  /** Names of the features on the map: the status of a feature may have changed. */
  collect() {
    this.base = ofBase();
    this.known.clear();
    this.places = new Set(this.subject.items.filter((item) => item.layer.labels?.lettering === 'place' && this.labelOf(item)?.together));
  }

  /** @param {Tumen.Item} item */
  labelOf(item) {
    const known = this.known.get(item);
    const label = known === undefined ? fromItem(item) : known;
    if (known === undefined) this.known.set(item, label);
    return label;
  }

  /** Whether a label is for this scale, and may be seen. @param {Tumen.MapLabel} label @param {L.LatLngBounds} near */
  isDue(label, near) {
    const zoom = this.map.getZoom();
    return zoom >= label.from && (label.to === undefined || zoom < label.to) && mayBeSeen(label, near);
  }

  /** What may be named in the view, the most important first. @param {L.LatLngBounds} near */
  inView(near) {
    return [...this.subject.items.filter((item) => item.layer.labels && this.subject.isShown(item) && (item.geometry === 'point' ? near.contains(item.center) : near.intersects(item.bounds)))
      .map((item) => this.labelOf(item)).filter((label) => label !== null), ...this.base]
      .filter((label) => this.isDue(label, near))
      .sort(byImportance);
  }

  /**
   * The best free place of a label: few lines under it, and early in the list of its candidates.
   * @param {Tumen.MapLabel} label
   * @param {Tumen.Room} extent
   * @param {ReturnType<Lettering['context']>} context
   */
  choose(label, extent, context) {
    const { size, view, taken, obstacles, ink } = context;
    /** @type {Found|null} */
    let best = null;
    for (const [order, candidate] of candidates(label, extent, this.map, view).entries()) {
      const turned = rotated(extent, candidate.angle);
      const box = boxAt(candidate.x, candidate.y, turned.width + 6, turned.height + 2);
      if (box[0] < 0 || box[1] < 0 || box[2] > size.x || box[3] > size.y) continue;
      if (taken.some((other) => overlap(box, other))) continue;
      const struck = obstacles.filter((obstacle) => obstacle.item !== label.item && overlap(box, obstacle.box)).length;
      if (struck && label.geometry !== 'anchors') continue;
      const cost = order + 6 * struck + (candidate.angle ? 0 : 1.2 * ink.under(box));
      if (!best || cost < best.cost) best = { ...candidate, box, cost };
    }
    return best;
  }

  /** Obstacles for labels in the current view. */
  context() {
    const { map, subject, places } = this;
    const size = map.getSize();
    return {
      size,
      view: L.bounds([2, 2], [size.x - 2, size.y - 2]),
      near: surroundings(map),
      obstacles: obstaclesOf(subject.items.filter((item) => !places.has(item)), map, subject.isShown).filter(({ box }) => overlap(box, [0, 0, size.x, size.y])),
      ink: inkOf(subject.items, map, subject.isShown, size),
      taken: controls.obstacles('.degrees, .sheet-north, .compare-day, .callout'),
      /** @type {{text: string, x: number, y: number}[]} */
      said: [],
    };
  }

  /**
   * Place one label, and the dot of a place with it; null when there is no room.
   * @param {Tumen.MapLabel} label
   * @param {ReturnType<Lettering['context']>} context
   */
  place(label, context) {
    const extent = measure(label.text, label.manner);
    const dot = label.item && label.together ? obstaclesOf([label.item], this.map, () => true)[0].box : null;
    const spot = dot && context.taken.some((other) => overlap(dot, other)) ? null : this.choose(label, extent, context);
    if (!spot) return null;
    const near = label.geometry === 'line' ? NEAR_ALONG_PX : NEAR_PX;
    if (context.said.some((other) => other.text === label.text && Math.hypot(other.x - spot.x, other.y - spot.y) < near)) return null;
    context.said.push({ text: label.text, x: spot.x, y: spot.y });
    context.taken.push(spot.box);
    if (dot) context.taken.push(dot);
    const text = write(label, spot, extent);
    if (label.item) this.name(label.item, text);
    return text;
  }

  /** Make a name react to pointer and touch like its symbol. @param {Tumen.Item} item @param {SVGTextElement} text */
  name(item, text) {
    item.hits[0].addInteractiveTarget(text);
    item.label = text;
    this.named.add(item);
    text.setAttribute('data-label', item.feature.id);
    text.classList.toggle('is-active', Boolean(item.selected));
  }

  /** Forget the names of the view before. */
  forget() {
    for (const item of this.named) {
      item.hits[0].removeInteractiveTarget(item.label);
      item.label = null;
    }
    this.named.clear();
  }

  layout() {
    const { map, root } = this;
    if (this.pane.hidden) return;
    this.forget();
    if (this.stale) this.collect();
    this.stale = false;
    const context = this.context();
    /** @type {SVGTextElement[]} */
    const written = [];
    /** @type {Set<Tumen.Item>} */
    const shown = new Set();
    for (const label of [...this.inView(context.near), ...(this.below?.inView().filter((name) => this.isDue(name, context.near)) ?? [])]) {
      const text = this.place(label, context);
      if (!text) continue;
      written.push(text);
      if (label.item && label.together) shown.add(label.item);
    }
    for (const item of this.places) mark(item, 'is-hidden', !shown.has(item) && !item.selected);
    L.DomUtil.setPosition(/** @type {any} */ (root), map.containerPointToLayerPoint([0, 0]));
    root.setAttribute('width', String(context.size.x));
    root.setAttribute('height', String(context.size.y));
    root.replaceChildren(...written);
    map.getContainer().dataset.lettered = '';
  }
}

/**
 * Run once for all requests of one turn, the first time after the map has been painted. A sheet is laid out at once.
 * @param {() => void} work
 */
function soon(work) {
  /** @type {Promise<void>|null} */
  let waiting = null;
  const run = () => {
    if (!waiting) return;
    waiting = null;
    work();
  };
  return () => {
    if (controls.isPaper()) {
      waiting = null;
      work();
      return Promise.resolve();
    }
    waiting ??= painted().then(run);
    return waiting;
  };
}

/**
 * Keep the labels of the subject and the base map in place; signals when the first are placed.
 * @param {L.Map} map
 * @param {Tumen.Subject} subject
 * @param {string} [pane]
 * @param {{names: Below, loaded: Promise<void>}|null} [below]
 */
export function add(map, subject, pane = 'tumen-label', below = null) {
  const lettering = new Lettering(map, subject, pane, below?.names ?? null);
  const layout = soon(() => lettering.layout());
  below?.loaded.then(layout);
  map.on('moveend zoomend resize', layout);
  const stale = () => { lettering.stale = true; };
  subject.onState(stale);
  const rename = () => {
    stale();
    layout();
  };
  i18n.onChange(rename);
  pointOfView.onChange(rename);
  subject.onChange(layout);
  controls.onFold(layout);
  return layout();
}
