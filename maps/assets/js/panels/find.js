/**
 * The features as a list: a text alternative to the map, and a search by any name in any script.
 */
import { byId, node, one } from '../core/dom.js';
import { bind, compare, isNamed, name, otherNames, text, ui, word } from '../core/i18n.js';
import { plain } from '../core/plain.js';
import * as controls from '../map/controls.js';

const DETAIL_ZOOM = 11;

/** Every name of a feature, as text is searched. @param {{properties: Tumen.Properties}} feature */
export function words({ properties }) {
  const aliases = Array.isArray(properties.aliases) ? properties.aliases : [];
  return plain([name(properties), properties.name, ...otherNames(properties).map(([, other]) => other), ...aliases].join(' '));
}

/**
 * Show a feature, switching its layer on and going near enough to see it; `from` keeps the focus when it is given.
 * @param {L.Map} map
 * @param {Tumen.Subject} subject
 * @param {Tumen.Item} item
 * @param {Tumen.Open} open
 * @param {Element} [from]
 */
export function show(map, subject, item, open, from) {
  if (!subject.isOn(item.layer)) subject.set(item.layer, true);
  const zoom = Math.max(map.getZoom(), item.minZoom, item.geometry === 'point' ? DETAIL_ZOOM : 0);
  if (item.geometry === 'point') map.setView(item.center, zoom, { animate: false });
  else map.fitBounds(item.bounds, { maxZoom: 14, animate: false });
  const element = from || item.hits[0].getElement();
  item.reveal();
  if (!from) element.focus({ preventScroll: true });
  open(item, item.center, element);
}

/** @param {L.Map} map @param {Tumen.Subject} subject @param {Tumen.Item} item @param {Tumen.Open} open */
function row(map, subject, item, open) {
  const { properties } = item.feature;
  const named = node('span');
  const kind = node('span', { class: 'small' });
  const button = node('button', { type: 'button', 'data-find': item.feature.id }, named, kind);
  button.addEventListener('click', () => {
    controls.foldOnPhone();
    show(map, subject, item, open);
  });
  function say() {
    named.textContent = name(properties);
    kind.textContent = properties.kind ? word('kind', properties.kind) : text(item.layer.title);
  }
  return { item, element: node('li', {}, button), words: words(item.feature), say };
}

/** Make the list, which is filled when it is first looked at. @param {L.Map} map @param {Tumen.Subject} subject @param {Tumen.Open} open */
export function add(map, subject, open) {
  /** @type {ReturnType<typeof row>[]} */
  let rows = [];
  const root = byId('find');
  const folder = /** @type {HTMLDetailsElement} */ (root.closest('details'));
  const list = node('ul');
  /** Names in the order of the language shown; empty until the first search. */
  function sort() {
    rows.forEach(({ say }) => say());
    rows.sort(({ item: { feature: a } }, { item: { feature: b } }) => compare(name(a.properties), name(b.properties)) || (a.id < b.id ? -1 : 1));
    list.replaceChildren(...rows.map(({ element }) => element));
    filter();
  }
  function fill() {
    if (rows.length) return;
    rows = subject.items.filter(({ feature }) => isNamed(feature.properties)).map((item) => row(map, subject, item, open));
    sort();
  }
  const field = node('input', { type: 'search', id: 'find-text', autocomplete: 'off', 'aria-describedby': 'find-count' });
  const count = node('p', { class: 'small', id: 'find-count', role: 'status' });
  function filter() {
    const wanted = plain(field.value);
    const hits = rows.filter(({ item, element, words: all }) => !(element.hidden = !subject.isDrawn(item) || !all.includes(wanted)));
    count.textContent = `${hits.length} ${ui('found')}`;
  }
  // The press comes before the list is shown, `toggle` after it, also when the browser's own search unfolds it.
  one('summary', folder).addEventListener('click', fill);
  folder.addEventListener('toggle', fill);
  field.addEventListener('input', () => {
    fill();
    filter();
  });
  root.append(node('label', { for: 'find-text', 'data-ui': 'search' }), field, count, list);
  subject.onState(filter);
  bind(sort);
}
