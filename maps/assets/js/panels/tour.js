/**
 * The tour of a theme: step by step, each with its text, view and day; its features stay lit, the rest is dimmed.
 * The texts are in the panel as a numbered list, which works without this script.
 */
import { byId, every, node, one } from '../core/dom.js';
import { bind, number, ui } from '../core/i18n.js';
import { page } from '../core/page.js';
import * as permalink from '../core/permalink.js';
import * as controls from '../map/controls.js';
import { mark } from '../map/items.js';
import * as compare from './compare.js';
import * as story from './story.js';
import * as time from './time.js';

const SWIPE_PX = 48;
/** @type {Record<string, number>} */
const KEYS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };

/** The list of the steps in the language shown. */
const list = () => every('.story[lang]:not([hidden]) .steps li');

class Tour {
  /** @param {L.Map} map @param {Tumen.Subject} subject */
  constructor(map, subject) {
    this.map = map;
    this.subject = subject;
    this.at = -1;
    this.root = byId('tour');
    this.count = node('p', { class: 'tour-count' });
    this.title = node('h2', { tabindex: '-1' });
    this.text = node('p', { class: 'tour-text' });
    this.back = this.button('tour_back', '‹', () => this.move(-1));
    this.next = this.button('tour_next', '›', () => this.move(1));
    this.next.prepend(node('span', { 'data-ui': 'tour_next' }), ' ');
    this.end = this.button('tour_end', '×', () => this.go(-1));
    this.end.classList.add('tour-end');
    this.root.append(node('div', { class: 'tour-head' }, this.count, this.end), this.title, this.text,
      node('div', { class: 'tour-ways' }, this.back, this.next));
    this.listen();
    bind(() => this.say());
  }

  /** @param {string} label @param {string} sign @param {() => void} act */
  button(label, sign, act) {
    const element = node('button', { type: 'button', 'data-ui-label': label, 'data-ui-title': label }, sign);
    element.addEventListener('click', act);
    return element;
  }

  listen() {
    this.root.addEventListener('keydown', (event) => {
      const by = KEYS[event.key];
      if (event.key === 'Escape') this.go(-1);
      else if (by) this.move(by);
      else return;
      event.preventDefault();
    });
    let from = 0;
    this.root.addEventListener('touchstart', (event) => { from = event.changedTouches[0].clientX; }, { passive: true });
    this.root.addEventListener('touchend', (event) => {
      const by = event.changedTouches[0].clientX - from;
      if (Math.abs(by) > SWIPE_PX) this.move(by < 0 ? 1 : -1);
    });
    for (const button of story.all('[data-step]')) {
      button.hidden = false;
      button.addEventListener('click', () => this.begin(Number(button.dataset.step)));
    }
    this.subject.onChange(() => this.light());
    compare.onBegin(() => this.at >= 0 && this.go(-1));
  }

  /** Show a step, with the keys on its card. @param {number} to */
  begin(to) {
    controls.foldOnPhone();
    this.go(to);
    this.title.focus({ preventScroll: true });
  }

  /** @param {number} by */
  move(by) {
    const to = this.at + by;
    if (to >= 0 && to < page.steps.length) this.go(to);
  }

  /** Show a step; any other number ends the tour and restores the map. @param {number} to */
  go(to) {
    const step = page.steps[to];
    const before = this.at;
    this.at = step ? to : -1;
    document.body.classList.toggle('has-tour', Boolean(step));
    this.root.hidden = !step;
    if (step) {
      compare.end();
      this.map.closePopup();
      if (step.day) time.go(step.day);
      if (step.extent) controls.fit(this.map, step.extent, true);
    } else if (before >= 0) {
      time.go(page.day);
      controls.fit(this.map, page.extent, true);
    }
    this.light();
    this.say();
    permalink.changed();
  }

  /** Dim the features that the step is not about. */
  light() {
    const lit = this.at >= 0 ? page.steps[this.at].lit : [];
    const ids = new Set(lit);
    /** @param {Tumen.Item} item */
    const isLit = (item) => !lit.length || ids.has(String(item.feature.id)) || ids.has(`${item.layer.id}/*`);
    for (const item of this.subject.items) mark(item, 'is-dim', !isLit(item));
  }

  say() {
    const step = list()[this.at];
    if (this.at < 0 || !step) return;
    this.count.textContent = `${ui('tour_step')} ${number(this.at + 1)} / ${number(page.steps.length)}`;
    this.title.textContent = one('h3', step).textContent;
    this.text.textContent = one('p', step).textContent;
    this.back.disabled = this.at === 0;
    this.next.disabled = this.at === page.steps.length - 1;
  }
}

/** @param {L.Map} map @param {Tumen.Subject} subject */
export function add(map, subject) {
  if (!page.steps.length) return;
  const tour = new Tour(map, subject);
  const start = node('button', { type: 'button', class: 'tour-start', 'data-ui': 'tour_start' }, ui('tour_start'));
  start.addEventListener('click', () => tour.begin(0));
  byId('legend').before(start);
  permalink.carry('step', () => (tour.at < 0 ? null : String(tour.at + 1)), (value) => {
    if (/^\d{1,2}$/.test(value)) tour.go(Number(value) - 1);
  });
}
