/**
 * The features of the map as a table, in step with it: the same day, the same layers, the same filter, the same selection.
 */
import { byId, node, one } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import { fromLatLng } from '../core/lonlat.js';
import { page } from '../core/page.js';
import * as permalink from '../core/permalink.js';
import { plain } from '../core/plain.js';
import * as tools from '../core/tools.js';
import * as find from './find.js';
import * as lines from './lines.js';

const { ui, word, name } = i18n;
const PAGE = 100; // rows of big layers shown at once

/** @param {Tumen.Item} item */
const isPlace = ({ layer }) => layer.labels?.lettering === 'place';

/** Since when a feature has the status it has. @param {Tumen.Properties} properties */
function since({ status, history, valid_from: from }) {
  const entries = Array.isArray(history) ? history : [];
  const turn = entries.findLastIndex((entry) => entry.status !== status) + 1;
  return String((entries[turn] || {}).date || from || '');
}

/** @typedef {{key: string, title: () => string, number?: boolean, of: (item: Tumen.Item) => any}} Column */

/** @type {Column[]} */
const COLUMNS = [
  { key: 'name', title: () => ui('name'), of: ({ feature }) => name(feature.properties) },
  { key: 'kind', title: () => ui('filter_kind'), of: ({ feature: { properties } }) => (properties.kind ? word('kind', properties.kind) : '') },
  { key: 'layer', title: () => ui('layer'), of: ({ layer }) => i18n.text(layer.title) },
  { key: 'status', title: () => ui('filter_status'), of: ({ feature: { properties } }) => (properties.status ? word('status', properties.status) : '') },
  { key: 'since', title: () => ui('since'), of: ({ feature }) => since(feature.properties) },
  { key: 'lon', title: () => word('property', 'longitude'), number: true, of: ({ center }) => center && fromLatLng(center)[0] },
  { key: 'lat', title: () => word('property', 'latitude'), number: true, of: ({ center }) => center && fromLatLng(center)[1] },
  { key: 'accuracy', title: () => ui('accuracy'), number: true, of: ({ feature }) => feature.properties.accuracy_m },
];

/** @param {Column} column @param {Tumen.Item} item */
function cell(column, item) {
  const value = column.of(item);
  if (!column.number) return value;
  if (typeof value !== 'number') return '';
  return column.key === 'accuracy' ? '±\u202f' + i18n.metres(value) : value.toFixed(4);
}

/** @param {Column} column @param {number} direction */
function compare(column, direction) {
  return (/** @type {Tumen.Item} */ a, /** @type {Tumen.Item} */ b) => {
    const [x, y] = [column.of(a), column.of(b)];
    const missing = (/** @type {unknown} */ value) => value === undefined || value === null || value === '';
    if (missing(x) || missing(y)) return Number(missing(x)) - Number(missing(y));
    return direction * (column.number ? x - y : i18n.compare(x, y)) || (a.feature.id < b.feature.id ? -1 : 1);
  };
}

/** Words that a feature is filtered by, beside its names. @param {Tumen.Properties} properties */
const kindOf = ({ kind, status }) => plain([kind ? word('kind', kind) : '', status ? word('status', status) : ''].join(' '));

/** "251 features: 180 operating, 20 planned". @param {Tumen.Item[]} items @param {boolean} more */
function summaryOf(items, more) {
  const counts = new Map();
  for (const { feature: { properties: { status } } } of items) if (status) counts.set(status, (counts.get(status) || 0) + 1);
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([status, count]) => `${i18n.number(count)} ${word('status', status)}`);
  return `${i18n.number(items.length)}${more ? '+' : ''} ${ui('features')}${parts.length ? ': ' + parts.join(', ') : ''}`;
}

/** @typedef {{item: Tumen.Item, element: HTMLElement, button: HTMLButtonElement}} Row */

class Table {
  /** @param {L.Map} map @param {Tumen.Subject} subject @param {Tumen.Open} open */
  constructor(map, subject, open) {
    this.map = map;
    this.subject = subject;
    this.open = open;
    this.sort = { column: COLUMNS[0], direction: 1 };
    /** @type {Map<Tumen.Item, Row>} */
    this.rows = new Map();
    /** Items of big layers. @type {Tumen.Item[]} */
    this.big = [];
    this.byId = new Map(subject.items.map((item) => [item.feature.id, item]));
    /** Lines whose sections are listed. @type {Set<string>} */
    this.unfolded = new Set();
    this.limit = PAGE;
    /** Counts the searches: an earlier one stops. */
    this.turn = 0;
    this.layersShown = '';
    this.root = byId('table');
    this.summary = node('p', { class: 'table-summary', role: 'status' });
    this.field = node('input', { type: 'search', id: 'table-filter', autocomplete: 'off', 'data-ui-placeholder': 'filter', 'data-ui-label': 'filter' });
    this.close = node('button', { type: 'button', class: 'table-close', 'data-ui-label': 'close', 'data-ui-title': 'close' }, '×');
    // Towns of the base map are for orientation: they are listed on request.
    this.places = node('input', { type: 'checkbox', id: 'table-places' });
    this.placesLabel = node('label', { class: 'table-places', hidden: !subject.items.some(isPlace) }, this.places, node('span', { 'data-ui': 'table_places' }));
    this.body = node('tbody');
    this.more = node('button', { type: 'button', class: 'plain table-more', hidden: true, 'data-ui': 'more' });
    this.heads = COLUMNS.map((column) => this.head(column));
    this.scroller = node('div', { class: 'table-scroll' },
      node('table', {}, node('thead', {}, node('tr', {}, ...this.heads.map(({ head }) => head))), this.body), this.more);
    this.root.append(node('div', { class: 'table-bar' }, node('h2', { 'data-ui': 'table' }), this.summary, this.placesLabel, this.field, this.close), this.scroller);
    this.listen();
  }

  /** Head of a column, which sorts by it. @param {Column} column */
  head(column) {
    const button = node('button', { type: 'button' });
    i18n.bind(() => { button.textContent = column.title(); });
    const head = node('th', { scope: 'col', class: column.number ? 'number' : false }, button);
    button.addEventListener('click', () => {
      this.sort = { column, direction: this.sort.column === column ? -this.sort.direction : 1 };
      this.fill();
    });
    return { column, head };
  }

  /** @param {Tumen.Item} item */
  row(item) {
    if (lines.isLine(item)) return this.lineRow(item);
    const inLine = this.unfolded.has(lines.lineOf(item));
    const words = inLine ? lines.nameOf(item, this.byId) : cell(COLUMNS[0], item);
    const button = node('button', { type: 'button', 'data-row': item.feature.id, tabindex: '-1' }, words);
    const element = node('tr', {}, node('th', { scope: 'row' }, button),
      ...COLUMNS.slice(1).map((column) => node('td', { class: column.number ? 'number' : false }, cell(column, item))));
    element.classList.toggle('is-section', inLine);
    element.addEventListener('click', () => find.show(this.map, this.subject, item, this.open, button));
    return { item, element, button };
  }

  /** A line, which unfolds into its sections. @param {lines.Line} line */
  lineRow(line) {
    const open = this.unfolded.has(line.line);
    const button = node('button', { type: 'button', 'data-line': line.feature.id, 'aria-expanded': String(open), tabindex: '-1' },
      `${cell(COLUMNS[0], line)} (${i18n.number(line.sections.length)})`);
    const element = node('tr', { class: 'is-line' }, node('th', { scope: 'row' }, button),
      ...COLUMNS.slice(1).map((column) => node('td', { class: column.number ? 'number' : false }, cell(column, line))));
    element.addEventListener('click', () => {
      if (!this.unfolded.delete(line.line)) this.unfolded.add(line.line);
      const focused = document.activeElement === button;
      this.list();
      const again = [...this.rows.values()].find(({ item }) => lines.isLine(item) && item.line === line.line);
      if (again) this.mark(again);
      if (focused) again?.button.focus({ preventScroll: true });
    });
    return { item: line, element, button };
  }

  /** One row is in the order of tabs; arrows lead to the others. @param {Row|null} target */
  mark(target) {
    for (const { button } of this.rows.values()) button.tabIndex = -1;
    const [first] = this.rows.values();
    const row = target ?? first;
    if (row) row.button.tabIndex = 0;
  }

  select() {
    const { scroller } = this;
    const item = this.open.item();
    if (item && !this.rows.has(item) && lines.lineOf(item) && this.items().includes(item)) {
      this.unfolded.add(lines.lineOf(item));
      this.list();
      return;
    }
    const chosen = item && this.rows.get(item);
    for (const row of this.rows.values()) {
      if (row === chosen) row.element.setAttribute('aria-current', 'true');
      else row.element.removeAttribute('aria-current');
    }
    if (!chosen) return;
    this.mark(chosen);
    const head = one('thead', scroller).offsetHeight;
    const { offsetTop: top, offsetHeight: height } = chosen.element;
    if (top - head < scroller.scrollTop) scroller.scrollTop = top - head;
    else if (top + height > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + height - scroller.clientHeight;
  }

  /** Of the big layers the first in view, or the first that are called so. */
  async turnPage() {
    const { subject, limit } = this;
    if (this.root.hidden || subject.bulk.stores.length === 0) return;
    this.turn += 1;
    const mine = this.turn;
    const stop = () => mine !== this.turn;
    const text = plain(this.field.value);
    const wanted = (/** @type {any} */ store) => store.ready && subject.isOn(store.layer);
    const matches = (/** @type {any} */ feature, /** @type {any} */ store, /** @type {number} */ at) => (find.words(feature) + kindOf(store.coded(at))).includes(text);
    const found = text ? await subject.bulk.search(matches, { limit: limit + 1, stop, wanted }) : subject.bulk.inView(limit + 1, wanted);
    if (!found || stop()) return;
    const items = await Promise.all(found.slice(0, limit).map((/** @type {[any, number]} */ [store, at]) => subject.bulk.item(store, at)));
    if (stop()) return;
    this.more.hidden = found.length <= limit;
    // The open feature stays, and so does the link back to its row.
    const chosen = this.open.item();
    this.big = chosen && chosen.store && this.rows.has(chosen) && !items.includes(chosen) ? [...items, chosen] : items;
    this.list();
  }

  fill() {
    this.list();
    this.turnPage();
  }

  /** Items that belong into the table, in its order. */
  items() {
    const { subject } = this;
    const wanted = plain(this.field.value);
    const shown = (/** @type {Tumen.Item} */ item) => subject.isDrawn(item) && subject.isOn(item.layer) && (this.places.checked || !isPlace(item));
    return subject.items.filter(shown).filter(({ feature }) => (find.words(feature) + kindOf(feature.properties)).includes(wanted))
      .concat(this.big.filter(shown));
  }

  /** Items with the sections of a line as one, unless it is unfolded, in the order of the table. @param {Tumen.Item[]} items */
  ordered(items) {
    const order = compare(this.sort.column, this.sort.direction);
    return lines.folded(items).sort(order)
      .flatMap((item) => (lines.isLine(item) && this.unfolded.has(item.line) ? [item, ...item.sections] : [item]));
  }

  list() {
    if (this.root.hidden) return;
    const { rows, sort } = this;
    for (const { column, head } of this.heads) {
      if (column === sort.column) head.setAttribute('aria-sort', sort.direction > 0 ? 'ascending' : 'descending');
      else head.removeAttribute('aria-sort');
    }
    const items = this.items();
    const focused = [...rows.values()].find(({ button }) => button === document.activeElement);
    this.rows = new Map(this.ordered(items).map((item) => [item, (item.store && rows.get(item)) || this.row(item)]));
    this.body.replaceChildren(...[...this.rows.values()].map(({ element }) => element));
    if (focused && focused.button.isConnected) focused.button.focus({ preventScroll: true });
    this.summary.textContent = summaryOf(items, !this.more.hidden);
    this.mark(null);
    this.select();
  }

  /** Arrows lead from row to row. @param {KeyboardEvent} event */
  key(event) {
    const all = [...this.rows.values()];
    const at = all.findIndex(({ button }) => button === event.target);
    /** @type {Record<string, number>} */
    const goals = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
    const to = goals[event.key];
    if (at < 0 || to === undefined || !all[to]) return;
    event.preventDefault();
    this.mark(all[to]);
    all[to].button.focus();
  }

  listen() {
    const { map, subject, open, field } = this;
    this.body.addEventListener('keydown', (event) => this.key(event));
    field.addEventListener('input', () => {
      this.limit = PAGE;
      this.fill();
    });
    this.places.addEventListener('change', () => this.fill());
    this.more.addEventListener('click', () => {
      this.limit += PAGE;
      this.turnPage();
    });
    map.on('moveend', () => this.turnPage());
    subject.onState(() => this.fill());
    i18n.onChange(() => this.fill());
    subject.onChange(() => {
      const now = page.layers.filter(subject.isOn).map((layer) => layer.id).join();
      if (now !== this.layersShown) this.fill();
      this.layersShown = now;
    });
    open.onChange(() => this.select());
  }
}

/** The table is made when it is first asked for. @param {L.Map} map @param {Tumen.Subject} subject @param {Tumen.Open} open */
export function add(map, subject, open) {
  const root = byId('table');
  /** @type {Table|null} */
  let made = null;
  permalink.carry('table', () => (root.hidden ? null : '1'), (value) => {
    if (value === '1' && root.hidden) press(true);
  });
  const { press, button } = tools.toggle('table', false, (on) => {
    if (!made && !on) return;
    const table = made ?? make();
    root.hidden = !on;
    document.body.classList.toggle('has-table', on);
    table.fill();
    subject.refresh();
    if (on) table.field.focus();
  });
  const leave = () => {
    press(false);
    button.focus();
  };
  function make() {
    const table = new Table(map, subject, open);
    made = table;
    table.close.addEventListener('click', leave);
    root.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !table.field.value) leave();
    });
    i18n.speak(root);
    return table;
  }
}
