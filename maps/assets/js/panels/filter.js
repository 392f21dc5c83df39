/**
 * Features by status, kind and type of zone, below the legend.
 */
import { node } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import { bind, compare, word } from '../core/i18n.js';
import * as permalink from '../core/permalink.js';

const NONE = '';
// Property, and the section of words its values are in.
const STATUSES = ['operating', 'suspended', 'under_construction', 'planned', 'proposed', 'studied', 'cancelled', 'closed'];
const FIELDS = [['status', 'status'], ['kind', 'kind'], ['zone_type', 'value.zone_type']];

const valueOf = (properties, key) => (properties[key] === undefined || properties[key] === null ? NONE : String(properties[key]));

/** Every value of a property on any day, those of big layers too. */
function valuesOf({ items, bulk: { stores } }, key) {
  const found = new Set(stores.flatMap((store) => store.about.words[key] || []));
  for (const { layer, record: { properties } } of items) {
    if (properties[key] !== undefined) found.add(valueOf(properties, key));
    if (key === 'status' && layer.dated) (properties.history || []).forEach((entry) => found.add(String(entry.status)));
  }
  return [...found].filter((value) => value !== NONE);
}

/** A status by the life of a thing, others by their words. */
function order(key, section) {
  const rank = (value) => (key === 'status' && STATUSES.includes(value) ? STATUSES.indexOf(value) : STATUSES.length);
  return (a, b) => rank(a) - rank(b) || compare(word(section, a), word(section, b)) || (a < b ? -1 : 1);
}

export function add(subject) {
  const hidden = new Map(FIELDS.map(([key]) => [key, new Set()]));
  const boxes = [];
  const counts = [];
  const passes = (properties) => FIELDS.every(([key]) => !hidden.get(key).has(valueOf(properties, key)));
  /** What is filtered out, "status:planned,kind:halt". */
  const written = () => [...hidden].flatMap(([key, values]) => [...values].map((value) => `${key}:${encodeURIComponent(value)}`)).join(',');
  function take(text) {
    const wanted = new Set(text.split(','));
    const known = boxes.filter((box) => wanted.has(`${box.dataset.filter}:${encodeURIComponent(box.value)}`));
    if (known.length !== wanted.size || text === written()) return;
    hidden.forEach((set) => set.clear());
    for (const box of boxes) box.checked = !known.includes(box);
    for (const { dataset, value } of known) hidden.get(dataset.filter).add(value);
    apply();
  }
  function apply() {
    reset.hidden = [...hidden.values()].every((set) => set.size === 0);
    subject.setFilter(passes);
  }
  const reset = node('button', { type: 'button', class: 'plain', hidden: true, 'data-ui': 'filter_all' });
  reset.addEventListener('click', () => {
    hidden.forEach((set) => set.clear());
    boxes.forEach((box) => { box.checked = true; });
    summary.focus();
    apply();
  });
  function choice(key, section, value) {
    const box = node('input', { type: 'checkbox', checked: true, 'data-filter': key, value });
    const number = node('span', { class: 'count' });
    box.addEventListener('change', () => {
      hidden.get(key)[box.checked ? 'delete' : 'add'](value);
      apply();
    });
    boxes.push(box);
    counts.push([number, ({ feature, symbol }) => symbol >= 0 && valueOf(feature.properties, key) === value, key, value]);
    const words = node('span');
    return { value, element: node('li', {}, node('label', {}, box, words, number)), say: () => { words.textContent = word(section, value); } };
  }
  function choices(key, section, values) {
    const all = values.map((value) => choice(key, section, value));
    const list = node('ul');
    bind(() => {
      const before = order(key, section);
      all.forEach(({ say }) => say());
      list.replaceChildren(...all.sort((a, b) => before(a.value, b.value)).map(({ element }) => element));
    });
    return node('fieldset', {}, node('legend', { 'data-ui': 'filter_' + key }), list);
  }
  const fields = FIELDS.map(([key, section]) => [key, section, valuesOf(subject, key)]).filter(([, , values]) => values.length > 1);
  if (fields.length === 0) return;
  const summary = node('summary', { 'data-ui': 'filter' });
  document.getElementById('legend').append(node('details', { class: 'filter' }, summary,
    ...fields.map((field) => choices(...field)), reset));
  permalink.carry('filter', () => written() || null, take);
  function count() {
    for (const [element, counted, key, value] of counts) {
      const many = subject.bulk.stores.reduce((sum, store) => sum + store.countOf(key, value), 0);
      element.textContent = i18n.number(subject.items.filter(counted).length + many);
    }
  }
  subject.onState(count);
  count();
}
