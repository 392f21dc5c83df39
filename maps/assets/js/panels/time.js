/**
 * The day shown: a slider over the days on which something changes, a field for any day, and a button that plays them.
 */
import { node } from '../core/dom.js';
import { bind, ui } from '../core/i18n.js';
import { page } from '../core/page.js';
import * as permalink from '../core/permalink.js';
import * as record from '../core/record.js';
import * as tools from '../core/tools.js';
import * as controls from '../map/controls.js';

const STEP_MS = 700;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
let goTo = () => {};
const dated = page.layers.filter((layer) => layer.dated);

/** Last day of a date of any precision, or null when no calendar has it. */
export function lastDay(text) {
  const [, year, month, day] = DATE.exec(text) || [];
  if (!year || (month && !(month >= 1 && month <= 12))) return null;
  const days = new Date(Date.UTC(Number(year), Number(month || 12), 0)).getUTCDate();
  if (day && !(day >= 1 && day <= days)) return null;
  return `${year}-${month || '12'}-${day || String(days).padStart(2, '0')}`;
}

function build(stops) {
  const last = stops.length - 1;
  return {
    root: document.getElementById('time'),
    play: node('button', { type: 'button', class: 'time-play' }),
    slider: node('input', { type: 'range', id: 'time-slider', min: 0, max: last, step: 1, 'data-ui-label': 'day_slider' }),
    field: node('input', { type: 'text', id: 'time-day', inputmode: 'numeric', maxlength: 10, autocomplete: 'off', spellcheck: 'false', 'data-ui-label': 'day' }),
  };
}

/** Fill the bar. @param {Object} subject  what layers.add gave */
export function add(subject) {
  const big = page.layers.flatMap((layer) => (layer.bulk ? layer.bulk.days : []));
  const stops = [...new Set([...record.changeDays(dated.flatMap((layer) => layer.features)), ...big, page.day])].sort();
  if (!DAY.test(page.day) || stops.length < 2) return;
  const { root, play, slider, field } = build(stops);
  const years = [stops[0], stops[stops.length - 1]].map((stop) => node('span', {}, stop.slice(0, 4)));
  root.append(play, node('div', { class: 'time-line' }, slider, node('p', { class: 'time-ends', 'aria-hidden': 'true' }, ...years)), field);

  function show() {
    const day = subject.day();
    slider.value = stops.findLastIndex((stop) => stop <= day);
    slider.setAttribute('aria-valuetext', day);
    if (field.value !== day) field.value = day;
    for (const time of document.querySelectorAll('.as-of time')) {
      time.dateTime = day;
      time.textContent = day;
    }
    root.classList.toggle('is-past', day !== page.day);
  }

  /** Any day between the first and the last that the record knows. */
  function go(text) {
    const day = lastDay(text);
    if (!day) {
      show();
      return;
    }
    subject.setDay(day < stops[0] ? stops[0] : day > stops[stops.length - 1] ? stops[stops.length - 1] : day);
    show();
  }

  let timer = 0;
  function run(on) {
    window.clearInterval(timer);
    timer = on ? window.setInterval(step, STEP_MS) : 0;
    play.dataset.playing = String(on);
    say();
  }
  function say() {
    const words = ui(timer ? 'pause' : 'play');
    play.setAttribute('aria-label', words);
    play.title = words;
  }
  function step() {
    const next = stops.find((stop) => stop > subject.day());
    if (next) go(next);
    if (!next || next === stops[stops.length - 1]) run(false);
  }
  play.addEventListener('click', () => {
    const on = !timer;
    if (on && subject.day() === stops[stops.length - 1]) go(stops[0]);
    run(on);
  });
  slider.addEventListener('input', () => {
    run(false);
    go(stops[Number(slider.value)]);
  });
  field.addEventListener('change', () => {
    run(false);
    go(field.value.trim());
  });
  run(false);
  bind(say);
  show();
  const { press } = tools.toggle('time', false, (on) => {
    root.hidden = !on;
    if (!on) run(false);
    subject.refresh();
  });
  permalink.carry('day', () => (subject.day() === page.day ? null : subject.day()), (value) => {
    if (!lastDay(value)) return;
    go(value);
    press(true);
  });
  goTo = go;
  if (!controls.isPhone()) press(true);
}

export const go = (text) => goTo(text);
