/**
 * The subject: every feature drawn in its style, with a wide invisible shape above it to point at, and to reach by keyboard.
 */
import * as i18n from '../core/i18n.js';
import { page } from '../core/page.js';
import { attend, makeReachable } from './attention.js';
import { date, describe, elementsOf, isDrawn, itemsOf } from './items.js';
import { GroupedSvg, groupOf, reserve } from './render.js';
import { collapse, hitsOf, repen, standIn, visuals } from './shapes.js';

/** @type {[name: string, zIndex: string][]} */
const PANES = [['tumen-subject', '400'], ['tumen-halo', '390'], ['tumen-hit', '620']];

// Room around the view that is drawn, as a share of it.
const PADDING = 0.2;
const LEAST_PADDING = 0.02; // of what cannot wait
const AT_A_TIME = 8;
const SLICE_MS = 8;
const LONGEST_MS = 60;

/** @typedef {{judge(day: string, passes: (properties: Tumen.Properties) => boolean): void}} Judge */

/** Draws items: at first those of the view, the rest while nothing else is to be done. */
class Drawing {
  /** @param {L.Map} map @param {Tumen.Open} open @param {string} side */
  constructor(map, open, side) {
    const [subjectPane, haloPane, hitPane] = PANES.map(([name, zIndex]) => {
      map.createPane(name + side).style.zIndex = zIndex;
      return name + side;
    });
    this.map = map;
    this.open = open;
    this.drawn = new GroupedSvg({ pane: subjectPane, padding: PADDING });
    this.hits = new GroupedSvg({ pane: hitPane, padding: PADDING });
    this.halo = L.svg({ pane: haloPane, padding: PADDING });
    const upwards = [...page.layers].reverse();
    reserve(map, upwards, this.hits, this.drawn); // the drawn path copies its outline from the pointer target, which must come first after each move
    this.items = page.layers.flatMap((layer) => itemsOf(layer, map, (item) => this.make([item])));
    /** @type {Map<Tumen.Item, number>} */
    this.order = new Map(this.items.map((item, n) => [item, n]));
    /** Items without shapes, those on top last. */
    this.waiting = new Set(upwards.flatMap((layer) => this.of(layer)));
    this.renderers = [this.drawn, this.hits];
  }

  /** @param {Tumen.Layer} layer */
  of(layer) {
    return this.items.filter((item) => item.layer === layer);
  }

  /** Give items their shapes. @param {Tumen.Item[]} items */
  make(items) {
    for (const item of items) {
      this.waiting.delete(item);
      item.made = true;
      item.hits = hitsOf(item, this.place(item), this.hits);
      item.hits.forEach((hit) => hit.addTo(this.map));
      makeReachable(item, this.open);
      attend(this.map, item, this.open, this.halo);
    }
    this.draw(items);
  }

  /** @param {Tumen.Item} item */
  place(item) {
    return this.order.get(item) ?? 0;
  }

  /** Redraw items that have shapes, in their state on the day shown. @param {Tumen.Item[]} items */
  draw(items) {
    const { map, drawn, hits } = this;
    const zoom = map.getZoom();
    for (const item of items) {
      item.shapes.forEach((shape) => shape.remove());
      item.standIn?.remove();
      Object.assign(item, { shapes: isDrawn(item) ? visuals(item, this.place(item), drawn, zoom) : [], standIn: null, collapsed: false });
    }
    // In the order in which they lie in their groups, for each looks for its place from the end.
    for (const shape of items.flatMap((item) => item.shapes).sort((a, b) => a.options.order - b.options.order)) shape.addTo(map);
    for (const item of items) {
      if (isDrawn(item) && item.geometry === 'line' && item.style.shape) item.standIn = standIn(item, this.place(item), drawn).addTo(map);
      for (const hit of item.hits) {
        hits.regroup(hit, groupOf(item.geometry, item.layer, item.minZoom));
        hit.getElement().classList.toggle('is-away', !isDrawn(item));
        hit.getElement().setAttribute('aria-label', describe(item));
      }
      if (item.marks.size) elementsOf(item).forEach((element) => element.classList.add(...item.marks));
    }
    collapse(map, items);
  }

  /** Draw what has come into view. @param {(item: Tumen.Item) => boolean} isShown */
  appear(isShown) {
    if (!this.waiting.size || !this.map.getSize().x) return;
    const view = this.map.getBounds().pad(LEAST_PADDING);
    this.make([...this.waiting].filter((item) => isShown(item) && view.intersects(item.bounds)));
  }

  finish() {
    this.make([...this.waiting]);
  }

  /** Draw the remaining items, a few at a time. @returns {Promise<void>} */
  async complete() {
    while (this.waiting.size) {
      const spare = await leisure();
      const end = performance.now() + spare;
      do this.make([...this.waiting].slice(0, AT_A_TIME)); while (this.waiting.size && performance.now() < end);
    }
  }
}

/**
 * Wait until the browser is idle, or for a while: some browsers are never idle, in some the callback fails to come. Resolves with the
 * milliseconds to use.
 * @returns {Promise<number>}
 */
const leisure = () => new Promise((resolve) => {
  const late = setTimeout(() => resolve(SLICE_MS), LONGEST_MS);
  if ('requestIdleCallback' in window) {
    window.requestIdleCallback((idle) => {
      clearTimeout(late);
      resolve(Math.max(1, idle.timeRemaining() - 2));
    });
  }
});

/**
 * Draw the subject layers.
 * @param {L.Map} map
 * @param {Tumen.Open} open  called when a feature is chosen
 * @param {string} [side]  ending of the names of its panes, where it is drawn a second time
 * @returns {Tumen.Subject}
 */
export function add(map, open, side = '') {
  const drawing = new Drawing(map, open, side);
  const { items } = drawing;
  const made = () => items.filter((item) => item.made);
  map.on('zoomend', () => {
    collapse(map, made());
    repen(map, made());
  });
  i18n.onChange(() => made().forEach((item) => item.hits.forEach((hit) => hit.getElement().setAttribute('aria-label', describe(item)))));
  const switches = switchable(map, page.layers, drawing);
  // Who goes through the features by keyboard meets all of them.
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Tab') drawing.finish();
  }, true);
  return {
    items, bulk: null, ...switches, ...changing(items, (layer) => drawing.draw(drawing.of(layer).filter((item) => item.made)), switches.refresh),
    complete: () => drawing.complete(), finish: () => drawing.finish(),
  };
}

/**
 * The items of each layer on the map, by day and filter.
 * @param {Tumen.Item[]} items
 * @param {(layer: Tumen.Layer) => void} draw
 * @param {() => void} refresh
 */
function changing(items, draw, refresh) {
  /** @type {(() => void)[]} */
  const listeners = [];
  /** @type {Judge[]} */
  const others = [];
  let day = page.day;
  /** @param {(item: Tumen.Item) => boolean} changes */
  function update(changes) {
    others.forEach((other) => other.judge(day, filter));
    const touched = new Set(items.filter(changes).map((item) => item.layer));
    touched.forEach(draw);
    listeners.forEach((listener) => listener());
    refresh();
  }
  /**
   * Everything after a day or a filter; a named place hidden for want of room is no change.
   * @param {Tumen.Item} item
   * @param {(properties: Tumen.Properties) => boolean} passes
   */
  function judge(item, passes) {
    const before = item.passes;
    item.passes = passes(item.feature.properties);
    return item.passes !== before && item.symbol >= 0;
  }
  /** @type {(properties: Tumen.Properties) => boolean} */
  let filter = () => true;
  return {
    day: () => day,
    /** @param {string} value */
    setDay(value) {
      day = value;
      /** @param {Tumen.Item} item */
      update((item) => {
        const restyled = date(item, day);
        return judge(item, filter) || restyled;
      });
    },
    /** @param {(properties: Tumen.Properties) => boolean} passes */
    setFilter(passes) {
      filter = passes;
      /** @param {Tumen.Item} item */
      update((item) => judge(item, filter));
    },
    isDrawn,
    /** Let another owner of features apply the same day and filter, from the next change on. @param {Judge} other */
    join: (other) => others.push(other),
    /** Apply again: another owner has more features than before. */
    renew: () => update(() => false),
    /** Called when the features themselves have changed, by a day or a filter, before `onChange`. */
    onState: (/** @type {() => void} */ listener) => listeners.push(listener),
  };
}

/**
 * Layers that can be switched off, or are off because the map is too small for them.
 * @param {L.Map} map
 * @param {Tumen.Layer[]} layers
 * @param {Drawing} drawing
 */
function switchable(map, layers, drawing) {
  const on = Object.fromEntries(layers.map((layer) => [layer.id, layer.visible]));
  /** @type {(() => void)[]} */
  const listeners = [];
  /** @param {Tumen.Layer} layer */
  const zoomShows = (layer) => map.getZoom() >= layer.minZoom;
  /** @param {Tumen.Item} item */
  const isShown = (item) => isDrawn(item) && on[item.layer.id] && map.getZoom() >= item.minZoom;
  function refresh() {
    for (const renderer of drawing.renderers) {
      for (const group of renderer._groups.values()) {
        group.classList.toggle('is-hidden', !on[group.dataset.layer] || map.getZoom() < Number(group.dataset.minZoom));
      }
    }
    drawing.appear(isShown);
    listeners.forEach((listener) => listener());
  }
  map.on('zoomend', refresh);
  map.on('moveend', () => drawing.appear(isShown));
  return {
    refresh,
    zoomShows,
    isOn: (/** @type {Tumen.Layer} */ layer) => on[layer.id],
    isShown,
    /** @param {Tumen.Layer} layer @param {boolean} value */
    set(layer, value) {
      on[layer.id] = value;
      refresh();
    },
    onChange: (/** @type {() => void} */ listener) => listeners.push(listener),
  };
}
