/**
 * One legend for the whole map, which is also the switch of its layers. It lists the features in view on the day shown; the rest is behind
 * a button.
 */
import { byId, node } from '../core/dom.js';
import { bind, onChange, text, ui } from '../core/i18n.js';
import { page } from '../core/page.js';
import * as controls from '../map/controls.js';
import { swatch } from '../map/symbol.js';

/** @typedef {{label: string, looks: [string, Tumen.GeometryKind][], rules: number[]}} Row  a row and the rules it is for */

const AWAY = 'is-elsewhere';

/** Numbers of the rules of a layer that something in view is drawn by. @param {Tumen.Item[]} items @param {Tumen.Subject} subject @param {L.LatLngBounds} view */
const rulesIn = (items, subject, view) => new Set(items.filter((item) => subject.isShown(item)
  && (item.geometry === 'point' ? view.contains(item.center) : view.intersects(item.bounds))).map((item) => item.symbol));

/**
 * Rules with a feature on the map; rules with the same text share a row.
 * @param {Tumen.Layer} layer
 * @param {Tumen.Item[]} items
 */
function rowsOf(layer, items) {
  /** @type {Row[]} */
  const rows = [];
  layer.symbols.forEach((symbol, number) => {
    const geometries = layer.bulk ? symbol.geometries
      : [...new Set(items.filter((item) => item.symbol === number).map((item) => item.geometry))];
    if (geometries.length === 0) return;
    const last = rows[rows.length - 1];
    const label = text(symbol.label);
    const row = last && last.label === label ? last : { label, looks: [], rules: /** @type {number[]} */ ([]) };
    if (row !== last) rows.push(row);
    row.rules.push(number);
    // Of sizes of one colour the row shows one.
    const more = geometries.filter((geometry) => !layer.own || !row.looks.some(([, other]) => other === geometry));
    row.looks.push(...more.sort().map((geometry) => /** @type {[string, Tumen.GeometryKind]} */ ([symbol.style, geometry])));
  });
  for (const { style, label, geometry } of layer.own?.keys ?? []) rows.push({ label: text(label), looks: [[style, geometry]], rules: [] });
  return rows;
}

/** @param {Tumen.Layer} layer @param {Tumen.Subject} subject */
function entry(layer, subject) {
  const items = subject.items.filter((item) => item.layer === layer);
  const box = node('input', { type: 'checkbox', checked: subject.isOn(layer), 'data-layer': layer.id });
  box.addEventListener('change', () => subject.set(layer, box.checked));
  const hint = node('span', { class: 'hint' });
  const label = node('label');
  const item = node('li', { class: 'layer' }, label);
  /** Rows of its own, each with the rules it is for. @type {[HTMLElement, number[]][]} */
  let listed = [];
  /** Mark rows that are not in view; a layer that is off stays, so that it can be switched on again. @param {L.LatLngBounds} view */
  function look(view) {
    if (layer.bulk) return;
    const seen = rulesIn(items, subject, view);
    item.classList.toggle(AWAY, subject.isOn(layer) && seen.size === 0);
    for (const [row, rules] of listed) row.classList.toggle(AWAY, rules.length > 0 && !rules.some((rule) => seen.has(rule)));
  }
  function refresh() {
    box.checked = subject.isOn(layer);
    item.classList.toggle('is-off', !subject.isOn(layer));
    const empty = !layer.bulk && !items.some(subject.isDrawn);
    item.classList.toggle('is-empty', empty);
    item.classList.toggle('is-waiting', !subject.zoomShows(layer));
    hint.textContent = empty ? ui('not_then') : (subject.isOn(layer) && !subject.zoomShows(layer) ? ui('zoom_to_see') : '');
  }
  /** Swatches of the rules on the map; the checkbox stays, since it may have the focus. */
  function list() {
    const rows = rowsOf(layer, items);
    const plain = rows.length === 1 && (!rows[0].label || rows[0].label === text(layer.title));
    const title = [plain ? swatch(rows[0].looks) : null, node('span', { class: 'layer-title' }, text(layer.title)), hint].filter((part) => part !== null);
    if (!box.isConnected) label.prepend(box);
    while (box.nextSibling) box.nextSibling.remove();
    label.append(...title);
    item.querySelector('.rules')?.remove();
    listed = plain ? [] : rows.map((row) => [node('li', {}, swatch(row.looks), node('span', {}, row.label)), row.rules]);
    if (listed.length) item.append(node('ul', { class: 'rules' }, ...listed.map(([row]) => row)));
    refresh();
  }
  return { item, list, refresh, look };
}

/** Lists the rules in view, or all. */
function allButton() {
  const button = node('button', { type: 'button', class: 'plain legend-all', 'aria-pressed': 'false', 'data-ui': 'legend_all' });
  button.addEventListener('click', () => {
    const all = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(all));
    byId('legend').dataset.all = String(all);
  });
  return button;
}

/** Fill the legend; rules in view are marked with the first refresh of the subject. @param {L.Map} map @param {Tumen.Subject} subject */
export function add(map, subject) {
  const { groups, layers } = page;
  const root = byId('legend');
  /** @type {ReturnType<typeof entry>[]} */
  const entries = [];
  for (const group of groups) {
    const own = layers.filter((layer) => layer.group === group.id && (layer.bulk || layer.features.length));
    if (own.length === 0) continue;
    const title = node('legend');
    bind(() => { title.textContent = text(group.title); });
    const here = own.map((layer) => entry(layer, subject));
    entries.push(...here);
    root.append(node('fieldset', {}, title, node('ul', { class: 'layers' }, ...here.map(({ item }) => item))));
  }
  const list = () => entries.forEach((one) => one.list());
  function look() {
    const view = controls.view(map);
    entries.forEach((one) => one.look(view));
  }
  list();
  subject.onState(list); // `onChange` follows
  subject.onChange(() => {
    entries.forEach((one) => one.refresh());
    look();
  });
  map.on('moveend', look);
  controls.onFold(look);
  onChange(() => {
    list();
    look();
  });
  root.append(allButton());
}
