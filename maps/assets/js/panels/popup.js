/**
 * The popup of a feature.
 */
import { byId, every, one } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import { page } from '../core/page.js';
import * as controls from '../map/controls.js';
import { content } from './card.js';
import * as chooser from './chooser.js';

const SHEET = 'tumen-sheet';
const SHEET_SHARE = 0.56;
// Elements that may be at the right of the map, and the distance in pixels that a popup keeps from them.
const PANELS = '#planner, #measure, #print';
const TOOLS = 56;
const GAP = 12;
const LEAST_ROOM = 300;
const OUTSIDE = 56; // height of a popup above and below its text, and its distance from the edge

class Popup {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    /** @type {{item: Tumen.Item, from: Element, byKey: boolean}|null} */
    this.shown = null;
    /** @type {(() => void)[]} */
    this.listeners = [];
    /** @type {Tumen.Subject[]} */
    this.subjects = [];
    // On a phone it is a sheet at the bottom of the screen, which does not move with the map.
    map.createPane(SHEET, byId('map').parentElement ?? undefined);
    this.popup = L.popup({ autoPan: true, className: 'popup' });
    // Unfolded parts take more room.
    this.unfolded = () => this.shown && this.reveal();
    /** @param {KeyboardEvent} event */
    this.closeOnEscape = ({ key }) => {
      if (key === 'Escape') map.closePopup();
    };
    map.on('popupclose', () => this.closed());
    map.on('dragend zoomend resize', () => this.keep());
  }

  /** The map of an item: that of the one day or of the other. @param {Tumen.Item} item */
  subjectOf(item) {
    return this.subjects.find((subject) => subject.items.includes(item)) ?? this.subjects[0];
  }

  /** The day whose state of an item is shown. @param {Tumen.Item} item */
  day(item) {
    return this.subjectOf(item)?.day() ?? page.day;
  }

  tell() {
    this.listeners.forEach((listener) => listener());
  }

  closed() {
    if (!this.shown) return;
    const { item, from, byKey } = this.shown;
    this.shown = null;
    item.select(false);
    if (byKey) /** @type {SVGElement} */ (from).focus();
    this.tell();
  }

  /** Pixels at the right that a popup keeps clear of: the tools, and a panel beside them where there is room for both. @param {number} width @param {number} covered */
  beside(width, covered) {
    const edge = this.map.getContainer().getBoundingClientRect().left;
    const boxes = every(PANELS).map((panel) => panel.getBoundingClientRect()).filter((box) => box.width > 0);
    const right = Math.max(TOOLS, ...boxes.map((box) => width - (box.left - edge) + GAP));
    return width - covered - right < LEAST_ROOM ? TOOLS : right;
  }

  /** Pixels above a place that a popup can have: the map is not panned beyond its bounds. @param {L.LatLng} latLng */
  above(latLng) {
    const { maxBounds } = this.map.options;
    const top = maxBounds ? this.map.latLngToContainerPoint(/** @type {L.LatLngBounds} */ (maxBounds).getNorthWest()).y : -Infinity;
    return this.map.latLngToContainerPoint(latLng).y - Math.min(0, top) - OUTSIDE;
  }

  /** Take the room that the panel leaves. @param {L.LatLng} latLng */
  room(latLng) {
    const { options } = this.popup;
    const size = this.map.getSize();
    const left = controls.covered(this.map);
    const right = this.beside(size.x, left.x);
    options.maxWidth = Math.max(220, Math.min(380, size.x - left.x - 40));
    options.minWidth = Math.min(260, options.maxWidth);
    options.autoPanPaddingTopLeft = L.point(left.x + 16, 16);
    options.autoPanPaddingBottomRight = L.point(right, left.y + 28);
    options.pane = controls.isPhone() ? SHEET : 'popupPane';
    options.autoPan = !controls.isPhone();
    const most = controls.isPhone() ? window.innerHeight * SHEET_SHARE : Math.max(120, Math.min(440, size.y - left.y - 90, this.above(latLng)));
    document.body.style.setProperty('--popup', `${Math.round(most)}px`);
  }

  /** Pan until the popup is on the screen, or its feature is above the sheet. */
  reveal() {
    const { map, popup } = this;
    if (this.popup.options.autoPan) {
      /** @type {any} */ (popup)._adjustPan();
      return;
    }
    if (!controls.isPhone()) return;
    const { top } = map.getContainer().getBoundingClientRect();
    const free = this.element().getBoundingClientRect().top - top;
    const { x, y } = map.latLngToContainerPoint(/** @type {L.LatLng} */ (popup.getLatLng()));
    const size = map.getSize();
    if (x < 20 || x > size.x - 60 || y < 60 || y > free - 20) map.panBy([x - size.x / 2, y - Math.max(60, free / 2)], { animate: false });
  }

  /** After a move the popup is entirely on the screen; it closes when its feature is not. */
  keep() {
    if (!this.shown) return;
    const at = this.map.latLngToContainerPoint(/** @type {L.LatLng} */ (this.popup.getLatLng()));
    const size = this.map.getSize();
    const left = controls.covered(this.map);
    if (controls.isPhone() || L.bounds([left.x, 0], [size.x, size.y - left.y]).contains(at)) this.reveal();
    else this.map.closePopup();
  }

  /** The popup on the map. */
  element() {
    const element = this.popup.getElement();
    if (!element) throw new Error('no popup is open');
    return element;
  }

  /** @param {Tumen.Item} item */
  dress(item) {
    return this.label(i18n.name(item.feature.properties));
  }

  /** @param {string} words */
  label(words) {
    const element = this.element();
    element.setAttribute('role', 'dialog');
    element.setAttribute('aria-label', words);
    one('.leaflet-popup-close-button', element).setAttribute('aria-label', i18n.ui('close'));
    const scroller = one('.leaflet-popup-content', element);
    if (scroller.scrollHeight > scroller.clientHeight) scroller.setAttribute('tabindex', '0');
    return element;
  }

  /** @param {Tumen.Item} item @param {L.LatLng} latLng @param {Element} from */
  open(item, latLng, from) {
    const { map } = this;
    map.closePopup();
    const byKey = document.activeElement === from && from.matches(':focus-visible');
    // Focus scrolls the map's container; Leaflet undoes that a frame later, which is too late for this measurement.
    map.getContainer().scrollTo(0, 0);
    this.shown = { item, from, byKey };
    this.room(latLng);
    this.popup.setLatLng(latLng).setContent(content(item, this.day(item))).openOn(map);
    item.select(true);
    const element = this.dress(item);
    element.addEventListener('keydown', this.closeOnEscape);
    element.addEventListener('toggle', this.unfolded, true);
    this.reveal();
    this.offerOthers(item, latLng, from);
    if (byKey) one('h2', element).focus({ preventScroll: true });
    this.tell();
  }

  /** A list of items on one spot. @param {L.LatLng} latLng @param {HTMLElement} list @param {Element} from */
  list(latLng, list, from) {
    const { map, popup } = this;
    map.closePopup();
    const byKey = document.activeElement === from && from.matches(':focus-visible');
    this.room(latLng);
    popup.setLatLng(latLng).setContent(list).openOn(map);
    const title = one('h2', list);
    const element = this.label(title.textContent ?? '');
    element.addEventListener('keydown', this.closeOnEscape);
    this.reveal();
    if (!byKey) return;
    title.focus({ preventScroll: true });
    map.once('popupclose', () => {
      if (!this.shown) /** @type {HTMLElement} */ (from).focus();
    });
  }

  /** List other features at the place. @param {Tumen.Item} item @param {L.LatLng} latLng @param {Element} from */
  async offerOthers(item, latLng, from) {
    const subject = this.subjectOf(item);
    if (!subject) return;
    const card = () => (this.shown && this.shown.item === item ? one('.card', this.element()) : null);
    await chooser.add({ map: this.map, subject, item, latLng }, card, (other) => {
      other.chosenBeside = true;
      this.open(other, latLng, from);
    });
    if (!this.shown || this.shown.item !== item) return;
    const popup = /** @type {any} */ (this.popup); // only its size: `update` would move the focus
    popup._updateLayout();
    popup._updatePosition();
  }

  /** Render the content again, keeping scroll position and folds. @param {Tumen.Item} item */
  retell(item) {
    const { popup } = this;
    const place = () => one('.leaflet-popup-content', this.element());
    const { scrollTop } = place();
    const beside = place().querySelector('.chooser'); // is added again later
    if (beside?.hasAttribute('open')) item.chosenBeside = true;
    const unfolded = every('details:not(.chooser)', place()).map((fold) => fold.hasAttribute('open'));
    popup.options.autoPan = false;
    const fresh = content(item, this.day(item));
    every('details', fresh).forEach((fold, i) => fold.toggleAttribute('open', Boolean(unfolded[i])));
    popup.setContent(fresh);
    popup.options.autoPan = !controls.isPhone();
    this.dress(item);
    if (this.shown) this.offerOthers(item, /** @type {L.LatLng} */ (popup.getLatLng()), this.shown.from);
    place().scrollTop = scrollTop;
  }

  /**
   * Keep to the day and the language shown: the content changes with them, and popups of features no longer on the map close.
   * @param {Tumen.Subject} subject
   */
  follow(subject) {
    this.subjects.push(subject);
    subject.onState(() => {
      if (!this.shown) return;
      if (subject.isDrawn(this.shown.item)) this.retell(this.shown.item);
      else this.map.closePopup();
    });
    i18n.onChange(() => {
      if (this.shown) this.retell(this.shown.item);
    });
  }
}

/**
 * @param {L.Map} map
 * @returns {Tumen.Open} opens the popup of a feature; focus returns to the element afterwards
 */
export function opener(map) {
  const popup = new Popup(map);
  /** @type {(item: Tumen.Item, latLng: L.LatLng, from: Element) => void} */
  const open = (item, latLng, from) => popup.open(item, latLng, from);
  return Object.assign(open, {
    follow: (/** @type {Tumen.Subject} */ subject) => popup.follow(subject),
    list: (/** @type {L.LatLng} */ latLng, /** @type {HTMLElement} */ list, /** @type {Element} */ from) => popup.list(latLng, list, from),
    item: () => (popup.shown ? popup.shown.item : null),
    onChange: (/** @type {() => void} */ listener) => popup.listeners.push(listener),
  });
}
