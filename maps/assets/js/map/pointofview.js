/**
 * Point of view of the names on the base map: by default those that publications in each language use, or those of one state.
 */
import { byId, node } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import { page } from '../core/page.js';
import * as permalink from '../core/permalink.js';

const DEFAULT = page.pointsOfView[0]?.id ?? '';
let chosen = DEFAULT;
/** @type {(() => void)[]} */
const listeners = [];

/** The name of a place from the chosen point of view; null where it has none. @param {Tumen.Lettering} name */
export function textOf(name) {
  if (name.only.length && !name.only.includes(chosen)) return null;
  return i18n.text(name.as[chosen] ?? name.text);
}

/** @param {() => void} listener */
export const onChange = (listener) => listeners.push(listener);

/** The choice, below the legend. */
export function add() {
  const { pointsOfView, lettering } = page;
  if (!lettering.some((name) => name.only.length || Object.keys(name.as).length)) return;
  const options = pointsOfView.map(({ id, title }) => {
    const option = node('option', { value: id });
    i18n.bind(() => { option.textContent = i18n.text(title); });
    return option;
  });
  const select = node('select', { id: 'point-of-view' }, ...options);
  /** @param {string} value */
  function choose(value) {
    if (!pointsOfView.some(({ id }) => id === value)) return;
    chosen = value;
    select.value = value;
    listeners.forEach((listener) => listener());
    permalink.changed();
  }
  select.addEventListener('change', () => choose(select.value));
  permalink.carry('names', () => (chosen === DEFAULT ? null : chosen), choose);
  byId('legend').append(node('label', { class: 'point-of-view' }, node('span', { 'data-ui': 'point_of_view' }), select));
}
