/**
 * The features of the map as a table, in step with it: the same day, the same layers, the same filter, the same selection.
 */
import { node } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import { fromLatLng } from '../core/lonlat.js';
import { page } from '../core/page.js';
import * as permalink from '../core/permalink.js';
import * as tools from '../core/tools.js';
import * as find from './find.js';

const { ui, word, name } = i18n;
const PAGE = 100; // rows of big layers shown at once

/** Since when a feature has the status it has. */
function since({ status, history, valid_from: from }) {
  const entries = Array.isArray(history) ? history : [];
  const turn = entries.findLastIndex((entry) => entry.status !== status) + 1;
  return String((entries[turn] || {}).date || from || '');
}

const COLUMNS = [
  { key: 'name', title: () => ui('name'), of: ({ feature }) => name(feature.properties) },
  { key: 'kind', title: () => ui('filter_kind'), of: ({ feature: { properties } }) => (properties.kind ? word('kind', properties.kind) : '') },
  { key: 'layer', title: () => ui('layer'), of: ({ layer }) => i18n.text(layer.title) },
  { key: 'status', title: () => ui('filter_status'), of: ({ feature: { properties } }) => (properties.status ? word('status', properties.status) : '') },
  { key: 'since', title: () => ui('since'), of: ({ feature }) => since(feature.properties) },
  { key: 'lon', title: () => word('property', 'longitude'), number: true, of: ({ center }) => fromLatLng(center)[0] },
  { key: 'lat', title: () => word('property', 'latitude'), number: true, of: ({ center }) => fromLatLng(center)[1] },
  { key: 'accuracy', title: () => ui('accuracy'), number: true, of: ({ feature }) => feature.properties.accuracy_m },
];

function cell(column, item) {
  const value = column.of(item);
  if (!column.number) return value;
  if (typeof value !== 'number') return '';
  return column.key === 'accuracy' ? '±\u202f' + i18n.metres(value) : value.toFixed(4);
}

function compare(column, direction) {
  return (a, b) => {
    const [x, y] = [column.of(a), column.of(b)];
    const missing = (value) => value === undefined || value === null || value === '';
    if (missing(x) || missing(y)) return Number(missing(x)) - Number(missing(y));
    return direction * (column.number ? x - y : i18n.compare(x, y)) || (a.feature.id < b.feature.id ? -1 : 1);
  };
}

/** "251 features: 180 operating, 20 planned". */
function summaryOf(items, more) {
  const counts = new Map();
  for (const { feature: { properties: { status } } } of items) if (status) counts.set(status, (counts.get(status) || 0) + 1);
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([status, count]) => `${i18n.number(count)} ${word('status', status)}`);
  return `${i18n.number(items.length)}${more ? '+' : ''} ${ui('features')}${parts.length ? ': ' + parts.join(', ') : ''}`;
}

export function add(map, subject, open) {
  const root = document.getElementById('table');
  const summary = node('p', { class: 'table-summary', role: 'status' });
  const field = node('input', { type: 'search', id: 'table-filter', autocomplete: 'off', 'data-ui-placeholder': 'filter', 'data-ui-label': 'filter' });
  const close = node('button', { type: 'button', class: 'table-close', 'data-ui-label': 'close', 'data-ui-title': 'close' }, '×');
  const body = node('tbody');
  const scroller = node('div', { class: 'table-scroll' });
  let sort = { column: COLUMNS[0], direction: 1 };
  let rows = new Map();
  let big = [];
  let limit = PAGE;
  let turn = 0;
  const more = node('button', { type: 'button', class: 'plain table-more', hidden: true, 'data-ui': 'more' });

  const heads = COLUMNS.map((column) => {
    const button = node('button', { type: 'button' });
    i18n.bind(() => { button.textContent = column.title(); });
    const head = node('th', { scope: 'col', class: column.number ? 'number' : false }, button);
    button.addEventListener('click', () => {
      sort = { column, direction: sort.column === column ? -sort.direction : 1 };
      fill();
    });
    return { column, head };
  });

  function choose(item, button) {
    find.show(map, subject, item, open, button);
  }

  function row(item) {
    const button = node('button', { type: 'button', 'data-row': item.feature.id, tabindex: '-1' }, cell(COLUMNS[0], item));
    const element = node('tr', {}, node('th', { scope: 'row' }, button),
      ...COLUMNS.slice(1).map((column) => node('td', { class: column.number ? 'number' : false }, cell(column, item))));
    element.addEventListener('click', () => choose(item, button));
    return { item, element, button };
  }

  /** One row is in the order of tabs; arrows lead to the others. */
  function mark(target) {
    for (const { button } of rows.values()) button.tabIndex = -1;
    const { button } = target || rows.values().next().value || {};
    if (button) button.tabIndex = 0;
  }

  function select() {
    const chosen = open.item() && rows.get(open.item());
    for (const one of rows.values()) {
      if (one === chosen) one.element.setAttribute('aria-current', 'true');
      else one.element.removeAttribute('aria-current');
    }
    if (!chosen) return;
    mark(chosen);
    const head = scroller.querySelector('thead').offsetHeight;
    const { offsetTop: top, offsetHeight: height } = chosen.element;
    if (top - head < scroller.scrollTop) scroller.scrollTop = top - head;
    else if (top + height > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + height - scroller.clientHeight;
  }

  const kind = ({ feature: { properties } }) => find.plain([properties.kind ? word('kind', properties.kind) : '', properties.status ? word('status', properties.status) : ''].join(' '));

  /** Of the big layers the first in view, or the first that are called so. */
  async function turnPage() {
    if (root.hidden || subject.bulk.stores.length === 0) return;
    turn += 1;
    const mine = turn;
    const stop = () => mine !== turn;
    const text = find.plain(field.value);
    const wanted = (store) => store.ready && subject.isOn(store.layer);
    const matches = (feature, store, at) => (find.words(feature) + kind({ feature: { properties: store.coded(at) } })).includes(text);
    const found = text ? await subject.bulk.search(matches, { limit: limit + 1, stop, wanted }) : subject.bulk.inView(limit + 1, wanted);
    if (!found || stop()) return;
    const items = await Promise.all(found.slice(0, limit).map(([store, at]) => subject.bulk.item(store, at)));
    if (stop()) return;
    more.hidden = found.length <= limit;
    // The one that is open stays, and so does the way back to its row.
    const chosen = open.item();
    big = chosen && chosen.store && rows.has(chosen) && !items.includes(chosen) ? [...items, chosen] : items;
    list();
  }

  function fill() {
    list();
    turnPage();
  }

  function list() {
    if (root.hidden) return;
    const wanted = find.plain(field.value);
    const items = subject.items.filter((item) => subject.isDrawn(item) && subject.isOn(item.layer))
      .filter((item) => (find.words(item.feature) + kind(item)).includes(wanted))
      .concat(big.filter((item) => subject.isDrawn(item) && subject.isOn(item.layer)))
      .sort(compare(sort.column, sort.direction));
    for (const { column, head } of heads) {
      if (column === sort.column) head.setAttribute('aria-sort', sort.direction > 0 ? 'ascending' : 'descending');
      else head.removeAttribute('aria-sort');
    }
    const focused = [...rows.values()].find(({ button }) => button === document.activeElement);
    rows = new Map(items.map((item) => [item, item.store && rows.get(item) ? rows.get(item) : row(item)]));
    body.replaceChildren(...[...rows.values()].map(({ element }) => element));
    if (focused && focused.button.isConnected) focused.button.focus({ preventScroll: true });
    summary.textContent = summaryOf(items, !more.hidden);
    mark(null);
    select();
  }

  body.addEventListener('keydown', (event) => {
    const all = [...rows.values()];
    const at = all.findIndex(({ button }) => button === event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined || !all[to]) return;
    event.preventDefault();
    mark(all[to]);
    all[to].button.focus();
  });
  field.addEventListener('input', () => {
    limit = PAGE;
    fill();
  });
  more.addEventListener('click', () => {
    limit += PAGE;
    turnPage();
  });
  map.on('moveend', turnPage);
  root.append(node('div', { class: 'table-bar' }, node('h2', { 'data-ui': 'table' }), summary, field, close), scroller);
  scroller.append(node('table', {}, node('thead', {}, node('tr', {}, ...heads.map(({ head }) => head))), body), more);
  permalink.carry('table', () => (root.hidden ? null : '1'), (value) => {
    if (value === '1' && root.hidden) press(true);
  });
  const { press, button } = tools.toggle('table', false, (on) => {
    root.hidden = !on;
    document.body.classList.toggle('has-table', on);
    fill();
    subject.refresh();
    if (on) field.focus();
  });
  const leave = () => {
    press(false);
    button.focus();
  };
  close.addEventListener('click', leave);
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !field.value) leave();
  });
  subject.onState(fill);
  i18n.onChange(fill);
  let shown = '';
  subject.onChange(() => {
    const now = page.layers.filter(subject.isOn).map((layer) => layer.id).join();
    if (now !== shown) fill();
    shown = now;
  });
  open.onChange(select);
}
