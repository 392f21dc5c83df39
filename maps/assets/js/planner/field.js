/**
 * A field that takes a name in any script, or longitude and latitude.
 */
import { looksLikePosition, typedPosition } from '../core/coordinates.js';
import { node, svg } from '../core/dom.js';

/** @typedef {{name: string, detail: string, place: string}} Hit */

const MOST_HITS = 8;
const MOST_LETTERS = 80;
const PIN = 'M10,3a5,5 0 0,1 5,5c0,4 -5,9 -5,9s-5,-5 -5,-9a5,5 0 0,1 5,-5ZM10,6.6v2.8M8.6,8h2.8';

const pinIcon = () => svg('svg', { viewBox: '0 0 20 20', width: 18, height: 18, class: 'icon', 'aria-hidden': 'true' }, svg('path', { d: PIN }));

export class PlaceField {
  /**
   * @param {import('./form.js').PlaceId} id  `from`, `via` or `to`
   * @param {string} label    key of its words
   * @param {import('./answer.js').Places} places   the search over names
   * @param {(place: Tumen.Place) => void} onPlace  called with a node's id, a position, null, or `{ wrong }` with invalid text
   */
  constructor(id, label, places, onPlace) {
    this.id = id;
    this.places = places;
    this.onPlace = onPlace;
    /** @type {Hit[]} */
    this.hits = [];
    /** The marked hit, -1 for none. */
    this.active = -1;
    this.input = node('input', {
      type: 'text', id: `planner-${id}`, role: 'combobox', autocomplete: 'off', spellcheck: 'false', maxlength: MOST_LETTERS, 'aria-autocomplete': 'list',
      'aria-expanded': 'false', 'aria-controls': `planner-${id}-list`, 'data-ui-placeholder': 'planner_place',
    });
    this.list = node('ul', { id: `planner-${id}-list`, class: 'planner-hits', role: 'listbox', 'data-ui-label': label, hidden: true });
    this.pick = node('button', { type: 'button', class: 'planner-pick', 'aria-pressed': 'false', 'data-ui-label': `planner_pick_${id}`, 'data-ui-title': `planner_pick_${id}` }, pinIcon());
    this.row = node('div', { class: 'planner-place' }, node('label', { for: this.input.id, 'data-ui': label }), node('div', { class: 'planner-field' }, this.input, this.pick, this.list));
    this.input.addEventListener('input', () => this.open(looksLikePosition(this.input.value) ? [] : places.search(this.input.value, MOST_HITS)));
    this.input.addEventListener('change', () => this.take());
    this.input.addEventListener('blur', () => this.open([]));
    this.input.addEventListener('keydown', (event) => this.key(event));
  }

  /** @param {Tumen.Place} place */
  show(place) {
    this.input.value = this.places.label(place);
  }

  /** Mark one of the hits. @param {number} n */
  mark(n) {
    this.active = n;
    [...this.list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === n)));
    if (n >= 0) this.input.setAttribute('aria-activedescendant', this.list.children[n].id);
    else this.input.removeAttribute('aria-activedescendant');
  }

  /** @param {Hit[]} hits */
  open(hits) {
    this.hits = hits;
    this.list.replaceChildren(...hits.map((hit, n) => {
      const item = node('li', { role: 'option', id: `planner-${this.id}-${n}`, 'aria-selected': 'false' }, hit.name, node('span', { class: 'small' }, hit.detail));
      item.addEventListener('pointerdown', (event) => {
        event.preventDefault();
        this.choose(hit.place);
      });
      return item;
    }));
    this.list.hidden = hits.length === 0;
    this.input.setAttribute('aria-expanded', String(hits.length > 0));
    this.mark(-1);
  }

  /** @param {Tumen.Place} place */
  choose(place) {
    this.open([]);
    this.onPlace(place);
  }

  /** The place of the text in the field: a chosen hit, the first one, or a position. */
  take() {
    const { value } = this.input;
    if (looksLikePosition(value)) {
      this.choose(typedPosition(value) ?? { wrong: value });
      return;
    }
    const [first] = this.active >= 0 ? [this.hits[this.active]] : this.places.search(value, 1);
    if (value.trim()) this.choose(first ? first.place : { wrong: value });
    else this.choose(null);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { hits, active } = this;
    if (event.key === 'Escape' && hits.length) {
      this.open([]);
      event.stopPropagation();
    }
    if (!['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key)) return;
    if (event.key === 'Enter') this.take();
    else if (hits.length) this.mark((active + (event.key === 'ArrowDown' ? 1 : hits.length)) % hits.length);
    event.preventDefault();
  }
}
