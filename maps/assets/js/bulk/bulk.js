/**
 * Big layers on the page: loaded, drawn, clicked, searched, and paged through.
 */
import { BulkCanvas } from './canvas.js';
import * as pick from './pick.js';
import { Store } from './store.js';
import * as bytes from '../core/bytes.js';
import { byId, node } from '../core/dom.js';
import { ui } from '../core/i18n.js';
import { page } from '../core/page.js';
import { tip as tipOf } from '../map/fields.js';
import { onColours } from '../map/palette.js';

const KEPT_ITEMS = 1000;

/** A layer that has its features packed. @param {Tumen.Layer} layer @returns {layer is import('./store.js').BulkLayer} */
const isBig = (layer) => layer.bulk !== undefined && layer.bulk !== null;

/** Lets the browser draw and answer between two pieces of work. */
const breathe = () => new Promise((resolve) => {
  window.setTimeout(resolve, 0);
});

/** @param {L.Map} map */
function panes(map) {
  map.createPane('tumen-bulk').style.zIndex = '395';
  const mark = map.createPane('tumen-bulk-mark');
  mark.style.zIndex = '398';
  mark.style.pointerEvents = 'none';
}

/** Layers in the legend's order have the first on top. @param {L.Map} map @param {Store[]} stores @returns {any[]} */
function canvases(map, stores) {
  return [...stores].reverse().map((store) => new BulkCanvas(store, 'tumen-bulk').addTo(map));
}

/**
 * Pointing: the cursor and the name of the feature under it; a click opens it.
 * @param {L.Map} map
 * @param {Tumen.Subject} subject
 * @param {Holder} holder
 * @param {Tumen.Open} open
 */
function pointing(map, subject, holder, open) {
  const container = map.getContainer();
  const measuring = () => container.classList.contains('is-measuring');
  const tip = L.tooltip({ className: 'tip', direction: 'top', offset: [0, -10], opacity: 1 });
  /** @param {L.LatLng} latLng @param {boolean} finger */
  function under(latLng, finger) {
    /** @type {{row: number, kind: number, distance: number, store: Store}|null} */
    let best = null;
    for (const store of holder.stores) {
      if (!store.ready || !subject.isOn(store.layer) || !subject.zoomShows(store.layer)) continue;
      const hit = pick.at(store, map, latLng, finger);
      if (hit && (!best || hit.kind < best.kind || (hit.kind === best.kind && hit.distance < best.distance))) best = { ...hit, store };
    }
    return best;
  }
  map.on('click', async (/** @type {L.LeafletMouseEvent} */ { latlng, originalEvent }) => {
    if (measuring()) return;
    const hit = under(latlng, originalEvent instanceof PointerEvent && originalEvent.pointerType === 'touch');
    if (!hit) return;
    const item = await holder.item(hit.store, hit.row);
    tip.remove();
    open(item, item.geometry === 'point' ? item.center : latlng, container);
  });
  /** @type {L.LatLng|null} */
  let waiting = null;
  /** @type {string|null} */
  let shownKey = null;
  function forget() {
    shownKey = null;
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
    if (shownKey !== key) {
      shownKey = key;
      const { id, properties } = await hit.store.feature(hit.row);
      if (shownKey !== key) return undefined;
      tip.setContent(tipOf(hit.store.layer, { id, properties }));
    }
    tip.setLatLng(latLng);
    return map.hasLayer(tip) ? undefined : tip.addTo(map);
  }
  map.on('mousemove', (/** @type {L.LeafletMouseEvent} */ { latlng, originalEvent }) => {
    const over = originalEvent.target;
    const free = over === container || (over instanceof Element && over.closest('.leaflet-pane') && !over.closest('.hit, .leaflet-popup'));
    const idle = waiting === null;
    waiting = free && !(/** @type {any} */ (map.dragging).moving()) ? latlng : null;
    if (idle) window.requestAnimationFrame(point);
  });
  map.on('mouseout movestart', forget);
}

/** The interface of the big layers to the page. */
class Holder {
  /** @param {L.Map} map @param {Store[]} stores */
  constructor(map, stores) {
    this.map = map;
    this.stores = stores;
    /** When all is there. */
    this.loaded = Promise.resolve();
    /** @type {Map<string, Promise<Tumen.Item>>} */
    this.items = new Map();
    /** Whether a layer is on the map. @type {(layer: Tumen.Layer) => boolean} */
    this.isOn = () => true;
  }

  /** The item of a row; the same again while it is remembered. @param {Store} store @param {number} row */
  item(store, row) {
    const key = store.prefix + row;
    const cached = this.items.get(key);
    if (cached) return cached;
    const item = Promise.all([store.feature(row), store.present(row)]).then(([feature]) => pick.item(store, row, this.map, feature));
    this.items.set(key, item);
    const [oldest] = this.items.keys();
    if (this.items.size > KEPT_ITEMS) this.items.delete(oldest);
    return item;
  }

  /** Items of all rows under a position, up to a number of them. @param {L.LatLng} latLng @param {number} limit */
  async allAt(latLng, limit) {
    const rows = this.stores.filter((store) => store.ready && this.isOn(store.layer))
      .flatMap((store) => pick.allAt(store, this.map, latLng, limit).map((row) => ({ store, row })));
    return Promise.all(rows.slice(0, limit).map(({ store, row }) => this.item(store, row)));
  }

  /** @param {string} day @param {(properties: Tumen.Properties) => boolean} passes */
  judge(day, passes) {
    this.stores.forEach((store) => store.judge(day, passes));
  }

  /**
   * Search the names of big layers, a chunk at a time.
   * @param {(feature: {id: string, properties: Tumen.Properties}, store: Store, row: number) => boolean} matches  called with a feature that has names only, its store and row
   * @param {{limit: number, stop: () => boolean, wanted: (store: Store) => boolean}} options  `wanted` chooses stores
   * @returns {Promise<[store: Store, row: number][]|null>}  stores and rows; null when stopped
   */
  async search(matches, { limit, stop, wanted }) {
    /** @type {[store: Store, row: number][]} */
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

  /** Rows in view, the important first. @param {number} limit @param {(store: Store) => boolean} wanted */
  inView(limit, wanted) {
    /** @type {[store: Store, row: number][]} */
    const found = [];
    const bounds = this.map.getBounds();
    const zoom = this.map.getZoom();
    for (const store of this.stores.filter(wanted)) {
      const scale = store.about.world / 256;
      const [low, high] = [bounds.getNorthWest(), bounds.getSouthEast()].map((corner) => this.map.project(corner, 0).multiplyBy(scale));
      /** @type {Tumen.Box} */
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

  /** The item of an id, or null. @param {string} id */
  async byId(id) {
    const found = await this.search((feature) => feature.id === id, { limit: 1, stop: () => false, wanted: (store) => store.ready });
    return found?.length ? this.item(...found[0]) : null;
  }
}

/**
 * Put the big layers on the map; they appear when their columns are open.
 * @param {L.Map} map
 * @param {Tumen.Subject} subject  it learns to judge big layers too
 * @param {Tumen.Open} open
 */
export function add(map, subject, open) {
  const stores = page.layers.flatMap((layer, number) => (isBig(layer) ? [new Store(layer, `tumen-layer-${number}-`)] : []));
  const holder = new Holder(map, stores);
  subject.bulk = holder;
  holder.isOn = (layer) => subject.isOn(layer) && subject.zoomShows(layer);
  if (stores.length === 0) return;
  if (!bytes.supported) {
    byId('legend').prepend(node('p', { class: 'hint', role: 'alert' }, ui('too_old')));
    return;
  }
  panes(map);
  const drawn = canvases(map, stores);
  const redraw = () => drawn.forEach((canvas) => canvas.draw());
  subject.onChange(() => drawn.forEach((canvas) => canvas.show(subject.isOn(canvas.store.layer))));
  subject.onState(redraw);
  onColours(redraw);
  pointing(map, subject, holder, open);
  let reported = false;
  /** A part is missing, or of another build. @param {unknown} error */
  function fail(error) {
    if (!reported) byId('legend').prepend(node('p', { class: 'hint', role: 'alert' }, `${ui('part_missing')} ${page.parts?.folder ?? ''}`));
    reported = true;
    console.error(error);
  }
  drawn.forEach((canvas) => {
    canvas.store.arrived = (/** @type {unknown} */ error) => (error ? fail(error) : L.Util.requestAnimFrame(canvas.draw, canvas));
  });
  holder.loaded = (async () => {
    for (const [number, store] of stores.entries()) {
      await store.load();
      if (number === 0) subject.join(holder);
      subject.renew();
    }
    document.documentElement.dataset.bulk = 'ready';
  })();
  holder.loaded.catch(fail);
}
