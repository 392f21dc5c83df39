/**
 * The subject: every feature drawn in its style, with a wide invisible shape above it to point at, and to reach by keyboard.
 */
import * as i18n from '../core/i18n.js';
import { page } from '../core/page.js';
import { attend, makeReachable } from './attention.js';
import { date, describe, isDrawn, itemsOf, middle } from './items.js';
import { GroupedSvg, groupOf, KINDS, reserve } from './render.js';
import { collapse, hitsOf, repen, standIn, visuals } from './shapes.js';

/** @type {[name: string, zIndex: string][]} */
const PANES = [['tumen-subject', '400'], ['tumen-halo', '390'], ['tumen-hit', '620']];

/** @typedef {{judge(day: string, passes: (properties: Tumen.Properties) => boolean): void}} Judge */

/**
 * Draw the items of one layer anew, as they are on the day shown.
 * @param {L.Map} map
 * @param {Tumen.Layer} layer
 * @param {Tumen.Item[]} items
 * @param {any} drawn
 * @param {any} hits
 */
function redraw(map, layer, items, drawn, hits) {
  for (const item of items) {
    item.shapes.forEach((shape) => shape.remove());
    if (item.standIn) item.standIn.remove();
    Object.assign(item, { shapes: [], standIn: null, collapsed: false });
  }
  const shown = items.filter(isDrawn);
  for (const shape of visuals(shown, layer, drawn)) shape.addTo(map);
  for (const item of shown) {
    if (item.geometry === 'line' && item.style.shape) item.standIn = standIn(item, drawn).addTo(map);
  }
  for (const item of items) {
    for (const hit of item.hits) {
      hits.regroup(hit, groupOf(item.geometry, layer, item.minZoom));
      hit.getElement().classList.toggle('is-away', !isDrawn(item));
      hit.getElement().setAttribute('aria-label', describe(item));
    }
  }
  collapse(map, shown);
  repen(map, shown);
}

/**
 * Draw the subject layers.
 * @param {L.Map} map
 * @param {Tumen.Open} open  called when a feature is chosen
 * @param {string} [side]  ending of the names of its panes, where it is drawn a second time
 * @returns {Tumen.Subject}
 */
export function add(map, open, side = '') {
  const [subjectPane, haloPane, hitPane] = PANES.map(([name, zIndex]) => {
    map.createPane(name + side).style.zIndex = zIndex;
    return name + side;
  });
  const drawn = new GroupedSvg({ pane: subjectPane, padding: 0.2 });
  const hits = new GroupedSvg({ pane: hitPane, padding: 0.2 });
  const halo = L.svg({ pane: haloPane, padding: 0.2 });
  const items = page.layers.flatMap(itemsOf);
  /** @param {Tumen.Layer} layer */
  const of = (layer) => items.filter((item) => item.layer === layer);
  const upwards = [...page.layers].reverse();
  reserve(map, upwards, hits, drawn); // what is drawn takes its outline from what is pointed at, which comes first after each move
  for (const geometry of KINDS) {
    for (const item of upwards.flatMap(of).filter((one) => one.geometry === geometry)) {
      item.hits = hitsOf(item, hits);
      item.hits.forEach((hit) => hit.addTo(map));
      item.center = middle(item, map);
      makeReachable(item, open);
      attend(map, item, open, halo);
    }
  }
  for (const layer of upwards) redraw(map, layer, of(layer), drawn, hits);
  map.on('zoomend', () => {
    collapse(map, items);
    repen(map, items);
  });
  i18n.onChange(() => items.forEach((item) => item.hits.forEach((hit) => hit.getElement().setAttribute('aria-label', describe(item)))));
  const switches = switchable(map, upwards, drawn, hits);
  return { items, bulk: null, ...switches, ...changing(items, (layer) => redraw(map, layer, of(layer), drawn, hits), switches.refresh) };
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
 * @param {any[]} renderers
 */
function switchable(map, layers, ...renderers) {
  const on = Object.fromEntries(layers.map((layer) => [layer.id, layer.visible]));
  /** @type {(() => void)[]} */
  const listeners = [];
  /** @param {Tumen.Layer} layer */
  const zoomShows = (layer) => map.getZoom() >= layer.minZoom;
  function refresh() {
    for (const layer of layers) {
      for (const renderer of renderers) {
        for (const group of renderer._groups.values()) {
          if (group.dataset.layer !== layer.id) continue;
          group.classList.toggle('is-hidden', !on[layer.id] || map.getZoom() < Number(group.dataset.minZoom));
        }
      }
    }
    listeners.forEach((listener) => listener());
  }
  map.on('zoomend', refresh);
  return {
    refresh,
    zoomShows,
    isOn: (/** @type {Tumen.Layer} */ layer) => on[layer.id],
    isShown: (/** @type {Tumen.Item} */ item) => isDrawn(item) && on[item.layer.id] && map.getZoom() >= item.minZoom,
    /** @param {Tumen.Layer} layer @param {boolean} value */
    set(layer, value) {
      on[layer.id] = value;
      refresh();
    },
    onChange: (/** @type {() => void} */ listener) => listeners.push(listener),
  };
}
