/**
 * The map of one day beside that of another, with a divider to swipe between them. The earlier map is the subject drawn a second time,
 * in separate panes; each is clipped at the divider, for display and pointer.
 */
import { byId, every, node } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import { ui } from '../core/i18n.js';
import { page } from '../core/page.js';
import * as permalink from '../core/permalink.js';
import * as tools from '../core/tools.js';
import * as controls from '../map/controls.js';
import * as labels from '../map/labels.js';
import * as layers from '../map/layers.js';
import * as stack from '../map/stack.js';
import * as uncertainty from '../map/uncertainty.js';
import * as time from './time.js';

const SIDE = '-then';
const PANES = ['tumen-subject', 'tumen-halo', 'tumen-label', 'tumen-hit'];
const HALOS = uncertainty.PANE;
const PAIR = /^(\d{4}(?:-\d{2}){0,2})~(\d{4}(?:-\d{2}){0,2})$/;
const FAR = 1e5; // pixels, beyond any screen
const STEP = 0.02;
const LEAP = 0.1;
/** @type {Record<string, number>} */
const KEYS = { ArrowLeft: -STEP, ArrowDown: -STEP, ArrowRight: STEP, ArrowUp: STEP, PageDown: -LEAP, PageUp: LEAP, Home: -1, End: 1 };

/** @type {Compare|null} */
let compare = null;
/** @type {(() => void)[]} */
const listeners = [];

/** A field for the day of one side. @param {string} name @param {(text: string) => void} choose */
function dayField(name, choose) {
  const field = node('input', { type: 'text', inputmode: 'numeric', maxlength: 10, autocomplete: 'off', spellcheck: 'false', 'data-ui-label': `compare_${name}` });
  field.addEventListener('change', () => choose(field.value.trim()));
  return { field, box: node('div', { class: `compare-day is-${name}` }, field) };
}

class Compare {
  /** @param {L.Map} map @param {Tumen.Subject} subject @param {Tumen.Open} open */
  constructor(map, subject, open) {
    this.map = map;
    this.subject = subject;
    this.open = open;
    /** The map of the other day, drawn on first use. @type {Tumen.Subject|null} */
    this.past = null;
    /** The layers drawn twice. */
    this.panes = [...PANES];
    this.day = time.within(page.compare[0] ?? '') ?? time.first();
    /** Position of the divider, as a share of the width of the map. */
    this.share = 0.5;
    this.left = dayField('left', (text) => this.setDay(text));
    this.right = dayField('right', (text) => time.go(text));
    this.divider = node('div', { class: 'compare-divider', role: 'slider', tabindex: '0', 'aria-orientation': 'horizontal', 'aria-valuemin': 0, 'aria-valuemax': 100, 'data-ui-label': 'compare_divider' });
    this.root = node('div', { class: 'compare', id: 'compare', hidden: true }, this.left.box, this.right.box, this.divider);
    byId('map').after(this.root);
    this.tool = tools.toggle('compare', false, (on) => this.show(on));
    /** @type {(properties: Tumen.Properties) => boolean} */
    this.passes = () => true;
    this.listen();
  }

  get on() {
    return !this.root.hidden;
  }

  listen() {
    const { map, subject, divider } = this;
    divider.addEventListener('pointerdown', (event) => {
      divider.setPointerCapture(event.pointerId);
      divider.focus({ preventScroll: true });
      event.preventDefault();
    });
    divider.addEventListener('pointermove', (event) => {
      if (divider.hasPointerCapture(event.pointerId)) this.moveTo((event.clientX - byId('map').getBoundingClientRect().left) / map.getSize().x);
    });
    divider.addEventListener('keydown', (event) => {
      const by = KEYS[event.key];
      if (event.key === 'Escape') this.tool.press(false);
      else if (by) this.moveTo(this.share + by);
      else return;
      event.preventDefault();
    });
    map.on('move zoomend resize viewreset', () => this.cut());
    subject.onState(() => this.say());
    subject.onChange(() => this.follow());
    subject.join({ judge: (_day, passes) => {
      this.passes = passes;
      this.past?.setFilter(passes);
    } });
    i18n.onChange(() => this.say());
  }

  /** Draw the subject a second time. */
  draw() {
    const { map, open } = this;
    const then = layers.add(map, open, SIDE);
    then.finish();
    this.past = then;
    open.follow(then);
    then.setDay(this.day);
    then.setFilter(this.passes);
    stack.add(map, then, open, `tumen-hit${SIDE}`);
    labels.add(map, then, `tumen-label${SIDE}`);
    if (map.getPane(HALOS)) {
      uncertainty.draw(map, then, HALOS + SIDE);
      this.panes.push(HALOS);
    }
    for (const name of this.panes) {
      this.pane(name).classList.add('of-now');
      this.pane(name + SIDE).classList.add('of-then');
    }
    for (const name of ['', SIDE].map((side) => `tumen-hit${side}`)) this.pane(name).addEventListener('focusin', (event) => this.uncover(event));
    return then;
  }

  /** @param {string} name */
  pane(name) {
    const pane = this.map.getPane(name);
    if (!pane) throw new Error(`the map has no pane ${name}`);
    return pane;
  }

  /** @param {boolean} on */
  show(on) {
    if (!on && !this.past) return;
    this.map.closePopup();
    this.root.hidden = !on;
    document.body.classList.toggle('has-compare', on);
    const then = this.past ?? this.draw();
    this.panes.forEach((name) => { this.pane(name + SIDE).hidden = !on; });
    if (on) {
      listeners.forEach((listener) => listener());
      const { x } = this.map.getSize();
      this.share = (Math.min(controls.covered(this.map).x, x) + x) / 2 / x;
    }
    this.cut();
    this.say();
    then.refresh();
    this.subject.refresh();
  }

  /** Show two days. @param {string} left @param {string} right */
  begin(left, right) {
    this.setDay(left);
    if (!this.on) this.tool.press(true);
    time.go(right);
  }

  /** @param {string} text */
  setDay(text) {
    this.day = time.within(text) ?? this.day;
    this.past?.setDay(this.day);
    this.say();
    permalink.changed();
  }

  /** Layers that are switched on one side are on the other. */
  follow() {
    if (!this.past || !this.on) return;
    for (const layer of page.layers) {
      if (this.past.isOn(layer) !== this.subject.isOn(layer)) this.past.set(layer, this.subject.isOn(layer));
    }
  }

  /** @param {number} share */
  moveTo(share) {
    this.share = Math.min(1, Math.max(0, share));
    this.cut();
    this.say();
  }

  /** Move the divider so that the focused element is visible. @param {FocusEvent} event */
  uncover(event) {
    if (!this.on || !(event.target instanceof Element)) return;
    const map = byId('map').getBoundingClientRect();
    const box = event.target.getBoundingClientRect();
    const at = ((box.left + box.right) / 2 - map.left) / map.width;
    const then = Boolean(event.target.closest('.of-then'));
    if (then ? at > this.share : at < this.share) this.moveTo(at + (then ? LEAP : -LEAP));
  }

  /** Cut both maps at the divider. */
  cut() {
    if (!this.past) return;
    const x = this.share * this.map.getSize().x;
    const at = this.on ? this.map.containerPointToLayerPoint([x, 0]).x : 0;
    /** @param {number} from @param {number} to */
    const strip = (from, to) => (this.on ? `polygon(${from}px ${-FAR}px, ${to}px ${-FAR}px, ${to}px ${FAR}px, ${from}px ${FAR}px)` : '');
    for (const name of this.panes) {
      this.pane(name).style.clipPath = strip(at, FAR);
      this.pane(name + SIDE).style.clipPath = strip(-FAR, at);
    }
    this.root.style.setProperty('--at', `${x}px`);
  }

  say() {
    if (!this.on) return;
    const { left, right, divider } = this;
    left.field.value = this.day;
    right.field.value = this.subject.day();
    const percent = Math.round(this.share * 100);
    divider.setAttribute('aria-valuenow', String(percent));
    divider.setAttribute('aria-valuetext', `${percent} %; ${ui('compare_left')}: ${i18n.day(this.day)}; ${ui('compare_right')}: ${i18n.day(this.subject.day())}`);
  }

  /** On a sheet the two maps are side by side: that of the other day is a copy of the drawing. */
  picture() {
    const map = byId('map');
    const copy = /** @type {HTMLElement} */ (map.cloneNode(true));
    const drawn = every('canvas', map);
    every('canvas', copy).forEach((canvas, i) => /** @type {HTMLCanvasElement} */ (canvas).getContext('2d')?.drawImage(/** @type {HTMLCanvasElement} */ (drawn[i]), 0, 0));
    for (const element of [copy, ...copy.querySelectorAll('*')]) {
      ['id', 'tabindex', 'role', 'data-id', 'aria-label', 'data-text-label'].forEach((name) => element.removeAttribute(name));
    }
    copy.setAttribute('role', 'img');
    copy.setAttribute('aria-label', `${ui('map')}: ${i18n.day(this.day)}`);
    copy.classList.add('compare-then');
    map.before(copy);
  }
}

/** @param {L.Map} map @param {Tumen.Subject} subject @param {Tumen.Open} open */
export function add(map, subject, open) {
  // Of big layers only one day is drawn.
  if (!time.first() || page.layers.some((layer) => layer.bulk)) return;
  const made = new Compare(map, subject, open);
  compare = made;
  const [left, right] = page.compare;
  if (left && right) {
    const start = node('button', { type: 'button', class: 'compare-start' });
    start.addEventListener('click', () => {
      controls.foldOnPhone();
      controls.seeMap();
      made.begin(left, right);
      made.divider.focus({ preventScroll: true });
    });
    i18n.bind(() => { start.textContent = `${ui('compare')}: ${i18n.day(left)} | ${i18n.day(right)}`; });
    byId('legend').before(start);
  }
  permalink.carry('compare', () => (made.on ? `${made.day}~${subject.day()}` : null), (value) => {
    const [, first, second] = PAIR.exec(value) || [];
    if (first && time.within(first) && time.within(second)) made.begin(first, second);
  });
}

/** Back to the map of one day. */
export function end() {
  if (compare?.on) compare.tool.press(false);
}

/** The two days that are shown, the left one first; null while one is. @returns {string[]|null} */
export const days = () => (compare?.on ? [compare.day, compare.subject.day()] : null);

/** Called when two days are about to be compared. @param {() => void} listener */
export const onBegin = (listener) => listeners.push(listener);

/** Make room for two maps on a sheet, and draw the second when the first is drawn; does nothing while one day is shown. */
export const onSheet = {
  open: () => document.documentElement.classList.toggle('has-pair', Boolean(compare?.on)),
  draw() {
    if (compare?.on) compare.picture();
  },
  close() {
    document.documentElement.classList.remove('has-pair');
    every('.compare-then').forEach((copy) => copy.remove());
  },
};
