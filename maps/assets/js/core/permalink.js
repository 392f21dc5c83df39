/**
 * The address of the current view, in the fragment of the page's URL: `#view=10.25/130.64000/42.42000&layers=…&lang=ko&feature=…`. Here
 * are view, layers, language and selection; filter, day, table, ruler, graticule, uncertainty and colours join from their own modules.
 *
 * A fragment is untrusted. Each part must match its format exactly; others are ignored.
 */
import * as i18n from './i18n.js';
import * as language from './language.js';
import { fromLatLng, toLatLng } from './lonlat.js';
import { page } from './page.js';

const MAX_LENGTH = 4000;
const WAIT_MS = 250;
const VIEW = /^(\d{1,2}(?:\.\d{1,2})?)\/(-?\d{1,3}(?:\.\d{1,6})?)\/(-?\d{1,2}(?:\.\d{1,6})?)$/;
/** @type {{name: string, write: () => string|null, set: (text: string) => void}[]} */
const parts = [];

/** Text of one percent-encoded part, or null. @param {string} text */
export function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** @param {string} text */
export const encode = (text) => encodeURIComponent(text).replaceAll('%2F', '/');

/** Parts of a fragment by name, unchanged; the first of a name counts. @param {string} hash */
function read(hash) {
  const found = new Map();
  if (hash.length > MAX_LENGTH) return found;
  for (const part of hash.replace(/^#/, '').split('&')) {
    const at = part.indexOf('=');
    if (at > 0 && !found.has(part.slice(0, at))) found.set(part.slice(0, at), part.slice(at + 1));
  }
  return found;
}

/**
 * Let a part of the page's state travel in its address.
 * @param {string} name
 * @param {() => string|null} write  its text, percent-encoded where it must be; null when it is as the page opens
 * @param {(text: string) => void} set     set it from a text that anybody may have written
 */
export const carry = (name, write, set) => parts.push({ name, write, set });

/** @param {L.Map} map */
function viewPart(map) {
  const text = () => {
    const [lon, lat] = fromLatLng(map.getCenter());
    return `${Number(map.getZoom().toFixed(2))}/${lon.toFixed(5)}/${lat.toFixed(5)}`;
  };
  const opening = text();
  carry('view', () => (text() === opening ? null : text()), (value) => {
    const [, zoom, lon, lat] = (VIEW.exec(value) || []).map(Number);
    if (!(zoom >= map.getMinZoom() && zoom <= map.getMaxZoom() && Math.abs(lon) <= 180 && Math.abs(lat) <= 85)) return;
    map.setView(toLatLng([lon, lat]), zoom, { animate: false });
  });
}

/** @param {Tumen.Subject} subject */
function layersPart(subject) {
  const { layers } = page;
  /** @param {(layer: Tumen.Layer) => boolean} isOn */
  const list = (isOn) => layers.filter(isOn).map((layer) => encode(layer.id)).join(',');
  const opening = list((layer) => layer.visible);
  carry('layers', () => {
    const now = list(subject.isOn);
    return now === opening ? null : now;
  }, (value) => {
    const wanted = new Set(value === '' ? [] : value.split(',').map(decode));
    if (wanted.size && !layers.some((layer) => wanted.has(layer.id))) return;
    for (const layer of layers) if (subject.isOn(layer) !== wanted.has(layer.id)) subject.set(layer, wanted.has(layer.id));
  });
}

/** @param {L.Map} map @param {Tumen.Subject} subject @param {Tumen.Open} open */
function selectionPart(map, subject, open) {
  const byId = new Map(subject.items.map((item) => [item.feature.id, item]));
  const chosen = () => {
    const id = open.item()?.feature.id;
    return id && !id.startsWith('claim/') ? encode(id) : null;
  };
  carry('feature', chosen, (value) => {
    const id = decode(value) ?? '';
    const item = byId.get(id);
    if (!item && subject.bulk.stores.length) {
      subject.bulk.loaded.then(() => subject.bulk.byId(id)).then((/** @type {Tumen.Item|null} */ found) => {
        if (!found || !subject.isDrawn(found)) return;
        if (!subject.isOn(found.layer)) subject.set(found.layer, true);
        open(found, found.center, map.getContainer());
      });
    }
    if (!item || !subject.isDrawn(item) || item === open.item()) return;
    if (!subject.isOn(item.layer)) subject.set(item.layer, true);
    item.reveal();
    open(item, item.center, item.hits[0].getElement());
  });
}

/** The fragment of the current view; empty when it is the opening view. */
function fragment() {
  const filled = parts.map(({ name, write }) => [name, write()]).filter(([, text]) => text !== null);
  return filled.length ? '#' + filled.map((pair) => pair.join('=')).join('&') : '';
}

function apply() {
  const found = read(window.location.hash);
  for (const part of parts) if (found.has(part.name)) part.set(found.get(part.name));
}

let timer = 0;
let written = '';

/** Something has changed: the address follows once changes stop, without a new history entry. */
export function changed() {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => {
    const text = fragment();
    if (text === written) return;
    written = text;
    try {
      window.history.replaceState(window.history.state, '', text || window.location.pathname + window.location.search);
    } catch { /* a frame without an address of its own */ }
  }, WAIT_MS);
}

/** Open the page at its fragment, and keep the fragment in step with the page. @param {L.Map} map @param {Tumen.Subject} subject @param {Tumen.Open} open */
export function add(map, subject, open) {
  carry('lang', language.part, i18n.choose);
  viewPart(map);
  layersPart(subject);
  selectionPart(map, subject, open);
  apply();
  written = fragment();
  map.on('moveend', changed);
  subject.onChange(changed);
  open.onChange(changed);
  i18n.onChange(changed);
  window.addEventListener('hashchange', apply);
}

/** Text of a part of the address, unchanged, or undefined. @param {string} name */
export const value = (name) => read(window.location.hash).get(name);
