/**
 * Features by status, kind and type of zone, below the legend.
 */
import { byId, node } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import { bind, compare, word } from '../core/i18n.js';
import * as permalink from '../core/permalink.js';

const NONE = '';
// Property, and the section of words its values are in.
const STATUSES = ['operating', 'suspended', 'under_construction', 'planned', 'proposed', 'studied', 'cancelled', 'closed'];
const FIELDS = [['status', 'status'], ['kind', 'kind'], ['zone_type', 'value.zone_type']];

/** @param {Tumen.Properties} properties @param {string} key */
const valueOf = (properties, key) => (properties[key] === undefined || properties[key] === null ? NONE : String(properties[key]));

/** Every value of a property on any day, those of big layers too. @param {Tumen.Subject} subject @param {string} key */
function valuesOf({ items, bulk: { stores } }, key) {
  /** @type {Set<string>} */
  const found = new Set(stores.flatMap((/** @type {any} */ store) => store.about.words[key] || []));
  for (const { layer, record: { properties } } of items) {
    if (properties[key] !== undefined) found.add(valueOf(properties, key));
    if (key === 'status' && layer.dated) (Array.isArray(properties.history) ? properties.history : []).forEach((/** @type {Tumen.HistoryEntry} */ entry) => found.add(String(entry.status)));
  }
  return [...found].filter((value) => value !== NONE);
}

/** Order: statuses by life cycle, others alphabetically. @param {string} key @param {string} section */
function order(key, section) {
  /** @param {string} value */
  const rank = (value) => (key === 'status' && STATUSES.includes(value) ? STATUSES.indexOf(value) : STATUSES.length);
  return (/** @type {string} */ a, /** @type {string} */ b) => rank(a) - rank(b) || compare(word(section, a), word(section, b)) || (a < b ? -1 : 1);
}

/** A property, the section of words its values are in, and its values. @typedef {[key: string, section: string, values: string[]]} Field */

/** A value of a property in an address. @param {string} key @param {string} value */
const written = (key, value) => `${key}:${encodeURIComponent(value)}`;

/** Its boxes are made when somebody looks for them. */
class Filter {
  /** @param {Tumen.Subject} subject @param {Field[]} fields */
  constructor(subject, fields) {
    this.subject = subject;
    this.fields = fields;
    this.built = false;
    /** The values of each property that are filtered out. @type {Map<string, Set<string>>} */
    this.hidden = new Map(FIELDS.map(([key]) => [key, new Set()]));
    /** @type {HTMLInputElement[]} */
    this.boxes = [];
    /** Elements that show how many features have a value. @type {[element: HTMLElement, key: string, value: string][]} */
    this.counts = [];
    /** @param {Tumen.Properties} properties */
    this.passes = (properties) => FIELDS.every(([key]) => !this.hidden.get(key)?.has(valueOf(properties, key)));
    this.summary = node('summary', { 'data-ui': 'filter' });
    this.reset = node('button', { type: 'button', class: 'plain', hidden: true, 'data-ui': 'filter_all' });
    this.reset.addEventListener('click', () => {
      this.hidden.forEach((set) => set.clear());
      this.boxes.forEach((box) => { box.checked = true; });
      this.summary.focus();
      this.apply();
    });
    this.element = node('details', { class: 'filter' }, this.summary, this.reset);
    this.summary.addEventListener('click', () => this.build());
    this.element.addEventListener('toggle', () => this.build());
    subject.onState(() => this.count());
  }

  build() {
    if (this.built) return;
    this.built = true;
    this.reset.before(...this.fields.map(([key, section, values]) => this.choices(key, section, values)));
    i18n.speak(this.element);
    this.count();
  }

  /** The values filtered out, "status:planned,kind:halt". */
  written() {
    return [...this.hidden].flatMap(([key, values]) => [...values].map((value) => written(key, value))).join(',');
  }

  /** Filter by an address, if all its values exist. @param {string} text */
  take(text) {
    const wanted = new Set(text.split(','));
    const all = new Set(this.fields.flatMap(([key, , values]) => values.map((value) => written(key, value))));
    if (![...wanted].every((each) => all.has(each)) || text === this.written()) return;
    this.build();
    const known = this.boxes.filter((box) => wanted.has(written(box.dataset.filter ?? '', box.value)));
    this.hidden.forEach((set) => set.clear());
    for (const box of this.boxes) box.checked = !known.includes(box);
    for (const { dataset, value } of known) this.hidden.get(dataset.filter ?? '')?.add(value);
    this.apply();
  }

  apply() {
    this.reset.hidden = [...this.hidden.values()].every((set) => set.size === 0);
    this.subject.setFilter(this.passes);
  }

  /** @param {string} key @param {string} section @param {string} value */
  choice(key, section, value) {
    const box = node('input', { type: 'checkbox', checked: true, 'data-filter': key, value });
    const number = node('span', { class: 'count' });
    box.addEventListener('change', () => {
      this.hidden.get(key)?.[box.checked ? 'delete' : 'add'](value);
      this.apply();
    });
    this.boxes.push(box);
    this.counts.push([number, key, value]);
    const words = node('span');
    return { value, element: node('li', {}, node('label', {}, box, words, number)), say: () => { words.textContent = word(section, value); } };
  }

  /** @param {string} key @param {string} section @param {string[]} values */
  choices(key, section, values) {
    const all = values.map((value) => this.choice(key, section, value));
    const list = node('ul');
    bind(() => {
      const before = order(key, section);
      all.forEach(({ say }) => say());
      list.replaceChildren(...all.sort((a, b) => before(a.value, b.value)).map(({ element }) => element));
    });
    return node('fieldset', {}, node('legend', { 'data-ui': 'filter_' + key }), list);
  }

  count() {
    const { items, bulk: { stores } } = this.subject;
    for (const [element, key, value] of this.counts) {
      const few = items.filter(({ feature, symbol }) => symbol >= 0 && valueOf(feature.properties, key) === value).length;
      element.textContent = i18n.number(few + stores.reduce((/** @type {number} */ sum, /** @type {any} */ store) => sum + store.countOf(key, value), 0));
    }
  }
}

/** @param {Tumen.Subject} subject */
export function add(subject) {
  const fields = FIELDS.map(([key, section]) => /** @type {Field} */ ([key, section, valuesOf(subject, key)])).filter(([, , values]) => values.length > 1);
  if (fields.length === 0) return;
  const filter = new Filter(subject, fields);
  byId('legend').append(filter.element);
  permalink.carry('filter', () => filter.written() || null, (text) => filter.take(text));
}
