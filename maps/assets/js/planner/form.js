/**
 * The form of the planner: three places, and how to travel between them.
 */
import { node } from '../core/dom.js';
import { ui, word } from '../core/i18n.js';
import { PlaceField } from './field.js';

/**
 * @typedef {{from: Tumen.Place, via: Tumen.Place, to: Tumen.Place, modes: string[], gauge: number, cost: string, load: string, bogieChange: boolean, planned: boolean}} Asked
 * @typedef {'from'|'via'|'to'} PlaceId
 */

export const COSTS = ['generalized', 'distance', 'time'];
export const LOADS = ['general', 'coal', 'containers', 'oil', 'passengers'];
/** @type {PlaceId[]} */
export const PLACES = ['from', 'via', 'to'];

/** A button of the card. @param {string} name @param {() => void} act */
export function button(name, act) {
  const element = node('button', { type: 'button', class: 'plain', 'data-ui': name });
  element.addEventListener('click', act);
  return element;
}

/** @param {string} id @param {any[]} values @param {(value: any) => string} name @param {(value: any) => void} onChange */
function choice(id, values, name, onChange) {
  const select = node('select', { id: `planner-${id}` }, ...values.map((value) => node('option', { value: String(value) })));
  select.addEventListener('change', () => onChange(select.value));
  return { select, say: () => [...select.options].forEach((option, n) => { option.textContent = name(values[n]); }) };
}

/** @param {string} id @param {() => string} label @param {(value: any) => void} onChange */
function box(id, label, onChange) {
  const input = node('input', { type: 'checkbox', id: `planner-${id}` });
  const words = node('span', {});
  input.addEventListener('change', () => onChange(input.checked));
  return { input, say: () => { words.textContent = label(); }, row: node('label', { for: input.id }, input, words) };
}

/** @param {string} label @param {HTMLElement} input */
const labelled = (label, input) => node('div', { class: 'planner-option' }, node('label', { for: input.id, 'data-ui': label }), input);

export class Form {
  /**
   * @param {import('./router.js').Router} router
   * @param {import('./answer.js').Places} places
   * @param {(change: Partial<Asked>) => void} set       called with the changed fields of the request
   * @param {(text: string) => void} onDay     called with the day that was typed
   */
  constructor(router, places, set, onDay) {
    this.places = PLACES.map((id) => new PlaceField(id, `planner_${id}`, places, (place) => set({ [id]: place })));
    this.day = node('input', { type: 'text', id: 'planner-day', inputmode: 'numeric', maxlength: 10, autocomplete: 'off', spellcheck: 'false' });
    this.day.addEventListener('change', () => onDay(this.day.value.trim()));
    this.gauge = choice('gauge', [0, ...router.gauges], (mm) => (mm ? `${mm}\u202f${word('unit', 'mm')}` : ui('planner_any')), (value) => set({ gauge: Number(value) }));
    this.load = choice('load', LOADS, (name) => ui(`planner_load_${name}`), (value) => set({ load: value }));
    this.cost = choice('cost', COSTS, (name) => ui(`planner_${name}`), (value) => set({ cost: value }));
    const checked = () => this.modes.filter(({ input }) => input.checked).map(({ mode }) => mode);
    this.modes = router.modes.map((mode) => ({ mode, ...box(mode, () => word('mode', mode), () => set({ modes: checked() })) }));
    this.bogies = box('bogies', () => ui('planner_bogies'), (value) => set({ bogieChange: value }));
    this.planned = box('planned', () => ui('planner_planned'), (value) => set({ planned: value }));
    const boxes = [...this.modes, this.bogies, this.planned];
    this.element = node('form', { class: 'planner-form', novalidate: true }, ...this.places.map(({ row }) => row),
      node('div', { class: 'planner-options' }, labelled('planner_day', this.day), labelled('planner_gauge', this.gauge.select), labelled('planner_load', this.load.select), labelled('planner_cost', this.cost.select)),
      node('fieldset', { class: 'planner-boxes' }, node('legend', { class: 'offstage', 'data-ui': 'planner_modes' }), ...boxes.map(({ row }) => row)));
    this.element.addEventListener('submit', (event) => event.preventDefault());
  }

  /** Show the request. @param {Asked} asked @param {string} day */
  show(asked, day) {
    this.showPlaces(asked);
    this.day.value = day;
    this.gauge.select.value = String(asked.gauge);
    this.load.select.value = asked.load;
    this.cost.select.value = asked.cost;
    this.modes.forEach(({ mode, input }) => { input.checked = asked.modes.includes(mode); });
    this.bogies.input.checked = asked.bogieChange;
    this.planned.input.checked = asked.planned;
  }

  /** @param {Asked} asked */
  showPlaces(asked) {
    for (const field of this.places) field.show(asked[field.id]);
  }

  /** Set the texts again. @param {Asked} asked */
  say(asked) {
    [this.gauge, this.load, this.cost, ...this.modes, this.bogies, this.planned].forEach((part) => part.say());
    this.showPlaces(asked);
  }

  /** Show which place the next click on the map is for; '' for none. @param {string} id */
  arm(id) {
    for (const field of this.places) field.pick.setAttribute('aria-pressed', String(field.id === id));
  }
}
