/**
 * Search by name in the big layers, below the list of the others: the first that fit, found without stopping the page.
 */
import { byId, node } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import { name, number, ui, word } from '../core/i18n.js';
import { plain } from '../core/plain.js';
import * as controls from '../map/controls.js';
import * as find from './find.js';

const WAIT_MS = 120;
const PAGE = 50;

/** @param {L.Map} map @param {Tumen.Subject} subject @param {Tumen.Open} open */
export function add(map, subject, open) {
  const { bulk } = subject;
  if (bulk.stores.length === 0) return;
  const field = /** @type {HTMLInputElement} */ (byId('find-text'));
  const count = node('p', { class: 'small', role: 'status', id: 'find-big-count' });
  const list = node('ul', { id: 'find-big' });
  const more = node('button', { type: 'button', class: 'plain', hidden: true }, ui('more'));
  byId('find').append(count, list, more);
  byId('find-count').hidden = subject.items.length === 0;
  let turn = 0;
  let limit = PAGE;

  /** @param {Tumen.Item} item */
  function row(item) {
    const { properties } = item.feature;
    const button = node('button', { type: 'button', 'data-find': item.feature.id }, node('span', {}, name(properties)),
      node('span', { class: 'small' }, properties.kind ? word('kind', properties.kind) : i18n.text(item.layer.title)));
    button.addEventListener('click', () => {
      controls.foldOnPhone();
      find.show(map, subject, item, open);
    });
    return node('li', {}, button);
  }

  async function search() {
    turn += 1;
    const mine = turn;
    const stop = () => mine !== turn;
    const wanted = plain(field.value);
    let found = [];
    if (wanted) {
      list.setAttribute('aria-busy', 'true');
      found = await bulk.search((/** @type {{properties: Tumen.Properties}} */ feature) => find.words(feature).includes(wanted),
        { limit: limit + 1, stop, wanted: (/** @type {any} */ store) => store.ready });
      if (!found) return;
    }
    const items = await Promise.all(found.slice(0, limit).map((/** @type {[any, number]} */ [store, at]) => bulk.item(store, at)));
    if (stop()) return;
    list.removeAttribute('aria-busy');
    list.replaceChildren(...items.map(row));
    more.hidden = found.length <= limit;
    const layers = bulk.stores.map((/** @type {{layer: Tumen.Layer}} */ { layer }) => i18n.text(layer.title)).join(', ');
    count.textContent = wanted ? `${layers}: ${number(items.length)}${more.hidden ? '' : '+'} ${ui('found')}` : '';
  }

  let timer = 0;
  field.addEventListener('input', () => {
    window.clearTimeout(timer);
    limit = PAGE;
    turn += 1;
    timer = window.setTimeout(search, WAIT_MS);
  });
  more.addEventListener('click', () => {
    limit += PAGE;
    search();
  });
  subject.onState(search);
}
