/**
 * Big layers on the page: loaded, drawn, clicked, searched, and paged through.
 */
import { BulkCanvas } from './canvas.js';
import * as pick from './pick.js';
import { Store } from './store.js';
import * as bytes from '../core/bytes.js';
import { node } from '../core/dom.js';
import { name, ui } from '../core/i18n.js';
import { page } from '../core/page.js';

const KEPT_ITEMS = 1000;
const layersOf = () => page.layers.map((layer, number) => [layer, number]).filter(([layer]) => layer.bulk);

/** Lets the browser draw and answer between two pieces of work. */
const breathe = () => new Promise((resolve) => {
  window.setTimeout(resolve, 0);
});

function panes(map) {
  map.createPane('tumen-bulk').style.zIndex = 395;
  const mark = map.createPane('tumen-bulk-mark');
  mark.style.zIndex = 398;
  mark.style.pointerEvents = 'none';
  map.bulkMark = L.svg({ pane: 'tumen-bulk-mark', padding: 0.2 });
}

/** Layers in the legend's order have the first on top. */
function canvases(map, stores) {
  return [...stores].reverse().map((store) => new BulkCanvas(store, 'tumen-bulk').addTo(map));
}

/** Redraw when the colours of the page change. */
function followScheme(redraw) {
  new MutationObserver(redraw).observe(document.documentElement, { attributes: true, attributeFilter: ['data-scheme'] });
  for (const query of ['(prefers-color-scheme: dark)', 'print']) window.matchMedia(query).addEventListener('change', redraw);
}

/** Pointing: the cursor and the name of what lies under it; a click opens it. */
function pointing(map, subject, holder, open) {
  const container = map.getContainer();
  const measuring = () => container.classList.contains('is-measuring');
  const tip = L.tooltip({ className: 'tip', direction: 'top', offset: [0, -10], opacity: 1 });
  function under(latLng, finger) {
    let best = null;
    for (const store of holder.stores) {
      if (!store.ready || !subject.isOn(store.layer) || !subject.zoomShows(store.layer)) continue;
      const hit = pick.at(store, map, latLng, finger);
      if (hit && (!best || hit.kind < best.kind || (hit.kind === best.kind && hit.distance < best.distance))) best = { ...hit, store };
    }
    return best;
  }
  map.on('click', async ({ latlng, originalEvent }) => {
    if (measuring()) return;
    const hit = under(latlng, originalEvent && originalEvent.pointerType === 'touch');
    if (!hit) return;
    const item = await holder.item(hit.store, hit.row);
    tip.remove();
    open(item, item.geometry === 'point' ? item.center : latlng, container);
  });
  let waiting = null;
  let told = null;
  function forget() {
    told = null;
    container.classList.remove('is-over');
    tip.remove();
  }
  async function point() {
    const latLng = waiting;
    waiting = null;
    if (!latLng || measuring()) return forget();
    const hit = under(latLng, false);
    if (!hit) return forget();
    container.classList.add('is-over');
    const key = hit.store.prefix + hit.row;
    if (told !== key) {
      told = key;
      const { properties } = await hit.store.feature(hit.row);
      if (told !== key) return undefined;
      tip.setContent(node('span', {}, name(properties)));
    }
    tip.setLatLng(latLng);
    return map.hasLayer(tip) ? undefined : tip.addTo(map);
  }
  map.on('mousemove', ({ latlng, originalEvent }) => {
    const over = originalEvent.target;
    const free = over === container || (over instanceof Element && over.closest('.leaflet-pane') && !over.closest('.hit, .leaflet-popup'));
    const idle = waiting === null;
    waiting = free && !map.dragging.moving() ? latlng : null;
    if (idle) window.requestAnimationFrame(point);
  });
  map.on('mouseout movestart', forget);
}

/** What the page asks of its big layers. */
class Holder {
  constructor(map, stores) {
    Object.assign(this, { map, stores });
    this.items = new Map();
  }

  /** The item of a row; the same again while it is remembered. */
  item(store, row) {
    const key = store.prefix + row;
    if (!this.items.has(key)) {
      this.items.set(key, store.feature(row).then((feature) => pick.item(store, row, this.map, feature)));
      if (this.items.size > KEPT_ITEMS) this.items.delete(this.items.keys().next().value);
    }
    return this.items.get(key);
  }

  judge(day, passes) {
    this.stores.forEach((store) => store.judge(day, passes));
  }

  /**
   * Search the names of big layers, a chunk at a time.
   * @param {function(Object, Object, number): boolean} matches  called with a feature that has names only, its store and row
   * @param {{limit: number, stop: function(): boolean, wanted: function(Object): boolean}} options  `wanted` chooses stores
   * @returns {Promise<Array<[Object, number]>|null>}  stores and rows; null when stopped
   */
  async search(matches, { limit, stop, wanted }) {
    const found = [];
    for (const store of this.stores.filter(wanted)) {
      for (let number = 0; number < store.names.length && found.length < limit; number += 1) {
        const columns = await store.chunk('names', number);
        const first = number * store.about.chunk;
        const last = Math.min(store.about.chunk, store.count - first);
        for (let at = 0; at < last && found.length < limit; at += 1) {
          if (store.isDrawn(first + at) && matches(store.row([columns], at), store, first + at)) found.push([store, first + at]);
        }
        if (number % 4 === 3) await breathe();
        if (stop()) return null;
      }
    }
    return found;
  }

  /** Rows in view, the important first. */
  inView(limit, wanted) {
    const found = [];
    const bounds = this.map.getBounds();
    const zoom = this.map.getZoom();
    for (const store of this.stores.filter(wanted)) {
      const scale = store.about.world / 256;
      const [low, high] = [bounds.getNorthWest(), bounds.getSouthEast()].map((corner) => this.map.project(corner, 0).multiplyBy(scale));
      const box = [low.x, low.y, high.x, high.y];
      store.eachBlock(zoom, box, (block) => {
        if (found.length >= limit) return;
        const features = store.look(block);
        for (let i = 0; i < features && found.length < limit; i += 1) {
          const row = store.begin[block] + i;
          if (store.isDrawn(row) && pick.meets(store, i, box)) found.push([store, row]);
        }
      });
    }
    return found;
  }

  /** The item of an id, or null. */
  async byId(id) {
    const found = await this.search((feature) => feature.id === id, { limit: 1, stop: () => false, wanted: (store) => store.ready });
    return found.length ? this.item(...found[0]) : null;
  }
}

/**
 * Put the big layers on the map; they appear when their columns are open.
 * @param {L.Map} map
 * @param {Object} subject  what layers.add gave; it learns to judge big layers too
 * @param {function} open   opens a popup
 */
export function add(map, subject, open) {
  const stores = layersOf().map(([layer, number]) => new Store(layer, `tumen-layer-${number}-`));
  const holder = new Holder(map, stores);
  subject.bulk = holder;
  holder.loaded = Promise.resolve();
  if (stores.length === 0) return;
  if (!bytes.supported) {
    document.getElementById('legend').prepend(node('p', { class: 'hint', role: 'alert' }, ui('too_old')));
    return;
  }
  panes(map);
  const drawn = canvases(map, stores);
  const redraw = () => drawn.forEach((canvas) => canvas.draw());
  subject.onChange(() => drawn.forEach((canvas) => canvas.show(subject.isOn(canvas.store.layer))));
  subject.onState(redraw);
  followScheme(redraw);
  pointing(map, subject, holder, open);
  holder.loaded = (async () => {
    for (const store of stores) {
      await store.load();
      subject.join(holder);
    }
    document.documentElement.dataset.bulk = 'ready';
  })();
}
