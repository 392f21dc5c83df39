/**
 * The subject: every feature drawn in its style, with a wide invisible shape above it to point at, and to reach by keyboard.
 */
import * as i18n from '../core/i18n.js';
import { page } from '../core/page.js';
import { attend, makeReachable } from './attention.js';
import { date, describe, isDrawn, itemsOf, middle } from './items.js';
import { GroupedSvg, groupOf, reserve } from './render.js';
import { collapse, hitsOf, repen, standIn, visuals } from './shapes.js';

/** Draw the items of one layer anew, as they are on the day shown. */
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
 * @param {function(Item, L.LatLng, Element): void} open  called when a feature is chosen
 */
export function add(map, open) {
  map.createPane('tumen-subject').style.zIndex = 400;
  map.createPane('tumen-halo').style.zIndex = 390;
  map.createPane('tumen-hit').style.zIndex = 620;
  const drawn = new GroupedSvg({ pane: 'tumen-subject', padding: 0.2 });
  const hits = new GroupedSvg({ pane: 'tumen-hit', padding: 0.2 });
  const halo = L.svg({ pane: 'tumen-halo', padding: 0.2 });
  const items = page.layers.flatMap(itemsOf);
  const of = (layer) => items.filter((item) => item.layer === layer);
  const upwards = [...page.layers].reverse();
  reserve(map, upwards, drawn, hits);
  for (const geometry of ['area', 'line', 'point']) {
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
  return { items, ...switches, ...changing(items, (layer) => redraw(map, layer, of(layer), drawn, hits), switches.refresh) };
}

/** What is on the map of each layer: as of a day, and as a filter lets through. */
function changing(items, draw, refresh) {
  const listeners = [];
  const others = [];
  let day = page.day;
  function update(changes) {
    others.forEach((other) => other.judge(day, filter));
    const touched = new Set(items.filter(changes).map((item) => item.layer));
    touched.forEach(draw);
    listeners.forEach((listener) => listener());
    refresh();
  }
  /** Everything after a day or a filter; a named place hidden for want of room is no change. */
  function judge(item, passes) {
    const before = item.passes;
    item.passes = passes(item.feature.properties);
    return item.passes !== before && item.symbol >= 0;
  }
  let filter = () => true;
  return {
    day: () => day,
    setDay(value) {
      day = value;
      update((item) => {
        const restyled = date(item, day);
        return judge(item, filter) || restyled;
      });
    },
    setFilter(passes) {
      filter = passes;
      update((item) => judge(item, filter));
    },
    isDrawn,
    /** Let another holder of features judge them by the same day and filter; again when it holds more. */
    join(other) {
      if (!others.includes(other)) others.push(other);
      update(() => false);
    },
    /** Called when the features themselves have changed, by a day or a filter, before `onChange`. */
    onState: (listener) => listeners.push(listener),
  };
}

/** Layers that can be switched off, or are off because the map is too small for them. */
function switchable(map, layers, ...renderers) {
  const on = Object.fromEntries(layers.map((layer) => [layer.id, layer.visible]));
  const listeners = [];
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
    isOn: (layer) => on[layer.id],
    isShown: (item) => isDrawn(item) && on[item.layer.id] && map.getZoom() >= item.minZoom,
    set(layer, value) {
      on[layer.id] = value;
      refresh();
    },
    onChange: (listener) => listeners.push(listener),
  };
}
