/**
 * One legend for the whole map, which is also the switch of its layers.
 */
import { byId, node } from '../core/dom.js';
import { bind, text, ui } from '../core/i18n.js';
import { page } from '../core/page.js';
import { swatch } from '../map/symbol.js';

/**
 * Rules that stand for a feature on the map; rules with the same words share a row.
 * @param {Tumen.Layer} layer
 * @param {Tumen.Item[]} items
 */
function rowsOf(layer, items) {
  /** @type {{label: string, looks: [string, Tumen.GeometryKind][]}[]} */
  const rows = [];
  layer.symbols.forEach((symbol, number) => {
    const geometries = layer.bulk ? symbol.geometries
      : [...new Set(items.filter((item) => item.symbol === number).map((item) => item.geometry))];
    if (geometries.length === 0) return;
    const last = rows[rows.length - 1];
    const label = text(symbol.label);
    /** @type {{label: string, looks: [string, Tumen.GeometryKind][]}} */
    const row = last && last.label === label ? last : { label, looks: [] };
    if (row !== last) rows.push(row);
    // Of sizes of one colour the row shows one.
    const more = geometries.filter((geometry) => !layer.own || !row.looks.some(([, other]) => other === geometry));
    row.looks.push(...more.sort().map((geometry) => /** @type {[string, Tumen.GeometryKind]} */ ([symbol.style, geometry])));
  });
  for (const { style, label, geometry } of layer.own?.keys ?? []) rows.push({ label: text(label), looks: [[style, geometry]] });
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
  function refresh() {
    box.checked = subject.isOn(layer);
    item.classList.toggle('is-off', !subject.isOn(layer));
    const empty = !layer.bulk && !items.some(subject.isDrawn);
    item.classList.toggle('is-empty', empty);
    item.classList.toggle('is-waiting', !subject.zoomShows(layer));
    hint.textContent = empty ? ui('not_then') : (subject.isOn(layer) && !subject.zoomShows(layer) ? ui('zoom_to_see') : '');
  }
  /** Swatches of what is on the map; the box stays, for it may have the focus. */
  function list() {
    const rows = rowsOf(layer, items);
    const plain = rows.length === 1 && (!rows[0].label || rows[0].label === text(layer.title));
    const title = [plain ? swatch(rows[0].looks) : null, node('span', { class: 'layer-title' }, text(layer.title)), hint].filter((part) => part !== null);
    if (!box.isConnected) label.prepend(box);
    while (box.nextSibling) box.nextSibling.remove();
    label.append(...title);
    item.querySelector('.rules')?.remove();
    if (!plain && rows.length) {
      item.append(node('ul', { class: 'rules' }, ...rows.map((row) => node('li', {}, swatch(row.looks), node('span', {}, row.label)))));
    }
    refresh();
  }
  subject.onState(list);
  subject.onChange(refresh);
  bind(list);
  return item;
}

/** Fill the legend. @param {Tumen.Subject} subject */
export function add(subject) {
  const { groups, layers } = page;
  const root = byId('legend');
  for (const group of groups) {
    const own = layers.filter((layer) => layer.group === group.id && (layer.bulk || layer.features.length));
    if (own.length === 0) continue;
    const title = node('legend');
    bind(() => { title.textContent = text(group.title); });
    root.append(node('fieldset', {}, title,
      node('ul', { class: 'layers' }, ...own.map((layer) => entry(layer, subject)))));
  }
}
