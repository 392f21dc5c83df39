/**
 * The route planner: where from, where to, on which day, by what; the answer leg by leg, and drawn on the map.
 */
import * as bytes from '../core/bytes.js';
import { rounded } from '../core/coordinates.js';
import { lastDay } from '../core/day.js';
import { byId, node } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import { fromLatLng, toLatLng } from '../core/lonlat.js';
import { page } from '../core/page.js';
import * as permalink from '../core/permalink.js';
import * as tools from '../core/tools.js';
import * as controls from '../map/controls.js';
import * as time from '../panels/time.js';
import * as address from './address.js';
import { answerNodes } from './answer.js';
import { drawing } from './drawing.js';
import { button, COSTS, Form, LOADS, PLACES } from './form.js';
import { placesOf } from './places.js';
import { make as makeRouter } from './router.js';

/** @typedef {import('./form.js').Asked} Asked */

const NEAR_PX = 18;

const card = () => byId('planner');

/** Whether a place could not be read. @param {Tumen.Place} place @returns {place is {wrong: string}} */
const isWrong = (place) => place !== null && typeof place === 'object' && 'wrong' in place;

/** The card, once the network is there. */
class Planner {
  /** @param {L.Map} map @param {Tumen.Subject} subject @param {Tumen.Planner} block */
  constructor(map, subject, block) {
    this.map = map;
    this.subject = subject;
    this.block = block;
    /** Which place the next click on the map is for. @type {import('./form.js').PlaceId|''} */
    this.armed = '';
    /** @type {Tumen.Route|Tumen.Failure|null} */
    this.found = null;
    /** @type {L.LatLngBounds|null} */
    this.bounds = null;
    this.router = makeRouter(block);
    this.places = placesOf(block, this.router);
    this.draw = drawing(map);
    /** @type {Asked} */
    this.opening = {
      from: null, via: null, to: null, modes: this.router.modes, load: LOADS[0], gauge: 0, cost: COSTS[0], bogieChange: true, planned: false,
    };
    this.asked = { ...this.opening };
    this.form = new Form(this.router, this.places, (change) => this.set(change), (text) => this.go(text));
    this.answer = node('div', { class: 'planner-answer', 'aria-live': 'polite' });
    this.swap = button('planner_swap', () => this.set({ from: this.asked.to, to: this.asked.from }));
    this.zoom = button('planner_zoom', () => {
      map.closePopup();
      if (this.bounds) map.fitBounds(this.bounds, { padding: [40, 40], animate: false });
    });
    const clear = button('clear', () => this.set({ ...this.opening }));
    card().append(this.form.element, this.answer, node('p', { class: 'actions' }, this.swap, this.zoom, clear));
    this.listen();
    i18n.bind(() => this.say());
    i18n.speak();
  }

  listen() {
    const { map } = this;
    const container = map.getContainer();
    PLACES.forEach((id, n) => this.form.places[n].pick.addEventListener('click', () => this.arm(id)));
    map.on('click', ({ latlng }) => this.armed && this.pick(latlng));
    container.addEventListener('keydown', (event) => {
      if (!this.armed || event.target !== container) return;
      if (event.key === 'Enter') this.pick(map.getCenter());
      if (event.key === 'Escape') this.arm(this.armed);
    });
    this.subject.onState(() => {
      if (!card().hidden) this.refresh(false);
    });
  }

  /** @param {Partial<Asked>} change */
  set(change, look = true) {
    this.asked = { ...this.asked, ...change };
    this.refresh(look);
    permalink.changed();
  }

  /** Go to the day that was typed, if it is one. @param {string} text */
  go(text) {
    const last = lastDay(text);
    if (last) time.go(last);
    this.form.day.value = this.subject.day();
  }

  /** Let the next click on the map set a place; once more for the same, and it does not. @param {import('./form.js').PlaceId|''} which */
  arm(which) {
    this.armed = this.armed === which ? '' : which;
    this.form.arm(this.armed);
    this.map.getContainer().classList.toggle('is-measuring', Boolean(this.armed));
  }

  /** Take the node under a point of the map, or the point itself. @param {L.LatLng} latLng */
  pick(latLng) {
    const { map, router, subject, armed } = this;
    const at = map.latLngToContainerPoint(latLng);
    const near = router.nodesOn(subject.day()).map(({ id, at: place }) => ({ id, px: map.latLngToContainerPoint(toLatLng(place)).distanceTo(at) }))
      .filter(({ px }) => px <= NEAR_PX).sort((a, b) => a.px - b.px);
    const place = near.length ? near[0].id : rounded(fromLatLng(latLng.wrap()));
    this.arm(armed);
    this.set({ [armed]: place }, false);
  }

  /** @returns {Tumen.Route|Tumen.Failure|null} */
  solve() {
    const { asked, router } = this;
    const [from, via, to] = PLACES.map((id) => asked[id]);
    if (isWrong(from) || isWrong(via) || isWrong(to)) return { error: 'unknown' };
    if (from === null || to === null) return null;
    if (!asked.modes.length) return { error: 'mode', modes: router.modes };
    return router.route({ ...asked, from, via, to, day: this.subject.day() });
  }

  /** @param {boolean} look */
  refresh(look) {
    this.form.show(this.asked, this.subject.day());
    this.found = this.solve();
    this.bounds = this.draw(this.found && 'legs' in this.found ? this.found.legs : []);
    this.say();
    if (look) this.look();
  }

  /** Show the whole route in the free part of the map. */
  look() {
    if (!this.bounds) return;
    const { x, y } = controls.covered(this.map);
    const [right, below] = controls.isPhone() ? [24, 24] : [card().offsetWidth + 90, y + 110];
    this.map.fitBounds(this.bounds, { paddingTopLeft: [x + 30, 30], paddingBottomRight: [right, below], maxZoom: 13, animate: false });
  }

  say() {
    this.form.say(this.asked);
    this.zoom.disabled = !this.bounds;
    this.swap.disabled = this.asked.from === null && this.asked.to === null;
    this.answer.replaceChildren(...(this.found ? answerNodes(this.found, this.subject.day(), this.block.sources, this.places)
      : [node('p', { class: 'small' }, i18n.ui('planner_hint'))]));
  }

  /** @param {boolean} on */
  show(on) {
    card().hidden = !on;
    this.map.invalidateSize({ animate: false, pan: false });
    if (!on && this.armed) this.arm(this.armed);
    if (on) this.refresh(false);
    else this.draw([]);
  }

  /** The request as a part of an address; null when it has no route. */
  written() {
    return card().hidden ? null : this.question();
  }

  question() {
    return this.found && 'legs' in this.found ? address.write(this.asked) : null;
  }

  /** Run the request of an address; returns whether there was one. @param {string} text */
  ask(text) {
    if (text === this.question()) return false;
    const asked = address.read(text, this.router);
    if (!asked) return false;
    this.asked = asked;
    return true;
  }
}

/** @param {L.Map} map @param {Tumen.Subject} subject */
export function add(map, subject) {
  const { planner: open } = page;
  if (!open) return;
  /** @type {Planner|null} */
  let made = null;
  let wanted = false;
  /** @type {string|null} */
  let waiting = null;
  const { press } = tools.toggle('planner', false, (on) => {
    wanted = on;
    if (made) made.show(on);
    else if (!bytes.supported) tell(on);
  });
  /** @param {boolean} on */
  function tell(on) {
    card().hidden = !on;
    card().replaceChildren(node('p', {}, i18n.ui('too_old')));
  }
  /** @param {string} text */
  function ask(text) {
    if (!made) {
      waiting = text;
      return;
    }
    if (!made.ask(text)) return;
    press(true);
    if (!/[#&]view=/.test(window.location.hash)) made.refresh(true);
  }
  permalink.carry('route', () => (made ? made.written() : null), ask);
  if (!controls.isPhone()) press(true);
  if (!bytes.supported) return;
  open().then((block) => {
    made = new Planner(map, subject, block);
    if (wanted) made.show(true);
    if (waiting !== null) ask(waiting);
    card().dataset.ready = 'true';
  });
}
