/**
 * The day shown: a slider over the days on which something changes, a field for any day, and a button that plays them.
 */
import { isDay, lastDay } from '../core/day.js';
import { byId, every, node } from '../core/dom.js';
import { bind, ui } from '../core/i18n.js';
import { page } from '../core/page.js';
import * as permalink from '../core/permalink.js';
import * as record from '../core/record.js';
import * as tools from '../core/tools.js';
import * as controls from '../map/controls.js';

const STEP_MS = 700;
/** @type {TimeBar|null} */
let shown = null;

/** Days on which something changes, with the day that the page opens on. */
function stopsOf() {
  const dated = page.layers.filter((layer) => layer.dated).flatMap((layer) => layer.features);
  const big = page.layers.flatMap((layer) => (layer.bulk ? layer.bulk.days : []));
  return [...new Set([...record.changeDays(dated), ...big, page.day])].sort();
}

class TimeBar {
  /** @param {Tumen.Subject} subject @param {string[]} stops */
  constructor(subject, stops) {
    this.subject = subject;
    this.stops = stops;
    this.first = stops[0];
    this.last = stops[stops.length - 1];
    this.timer = 0;
    this.root = byId('time');
    this.play = node('button', { type: 'button', class: 'time-play' });
    this.slider = node('input', { type: 'range', id: 'time-slider', min: 0, max: stops.length - 1, step: 1, 'data-ui-label': 'day_slider' });
    this.field = node('input', { type: 'text', id: 'time-day', inputmode: 'numeric', maxlength: 10, autocomplete: 'off', spellcheck: 'false', 'data-ui-label': 'day' });
    const years = [this.first, this.last].map((stop) => node('span', {}, stop.slice(0, 4)));
    this.root.append(this.play, node('div', { class: 'time-line' }, this.slider, node('p', { class: 'time-ends', 'aria-hidden': 'true' }, ...years)), this.field);
    this.listen();
    this.run(false);
    bind(() => this.say());
    this.show();
  }

  listen() {
    this.play.addEventListener('click', () => {
      const on = !this.timer;
      if (on && this.subject.day() === this.last) this.go(this.first);
      this.run(on);
    });
    this.slider.addEventListener('input', () => {
      this.run(false);
      this.go(this.stops[Number(this.slider.value)]);
    });
    this.field.addEventListener('change', () => {
      this.run(false);
      this.go(this.field.value.trim());
    });
  }

  show() {
    const day = this.subject.day();
    this.slider.value = String(this.stops.findLastIndex((stop) => stop <= day));
    this.slider.setAttribute('aria-valuetext', day);
    if (this.field.value !== day) this.field.value = day;
    for (const time of every('.as-of time')) {
      time.setAttribute('datetime', day);
      time.textContent = day;
    }
    this.root.classList.toggle('is-past', day !== page.day);
  }

  /** A day between the first and the last on record; null for any other text. @param {string} text */
  within(text) {
    const day = lastDay(text);
    return day && (day < this.first ? this.first : day > this.last ? this.last : day);
  }

  /** @param {string} text  any day */
  go(text) {
    const day = this.within(text);
    if (day) this.subject.setDay(day);
    this.show();
  }

  /** @param {boolean} on */
  run(on) {
    window.clearInterval(this.timer);
    this.timer = on ? window.setInterval(() => this.step(), STEP_MS) : 0;
    this.play.dataset.playing = String(on);
    this.say();
  }

  say() {
    const words = ui(this.timer ? 'pause' : 'play');
    this.play.setAttribute('aria-label', words);
    this.play.title = words;
  }

  step() {
    const next = this.stops.find((stop) => stop > this.subject.day());
    if (next) this.go(next);
    if (!next || next === this.last) this.run(false);
  }
}

/** Fill the bar. @param {Tumen.Subject} subject */
export function add(subject) {
  const stops = stopsOf();
  if (!isDay(page.day) || stops.length < 2) return;
  const bar = new TimeBar(subject, stops);
  const { press } = tools.toggle('time', false, (on) => {
    bar.root.hidden = !on;
    if (!on) bar.run(false);
    if (shown) subject.refresh();
  });
  permalink.carry('day', () => (subject.day() === page.day ? null : subject.day()), (value) => {
    if (!lastDay(value)) return;
    bar.go(value);
    press(true);
  });
  if (!controls.isPhone()) press(true);
  shown = bar;
}

/** Show another day. @param {string} text  a date of any precision */
export const go = (text) => shown?.go(text);

/** A day that can be shown, or null. @param {string} text  a date of any precision */
export const within = (text) => shown?.within(text) ?? null;

/** First day on which anything is known; empty on a page without days. */
export const first = () => shown?.first ?? '';
