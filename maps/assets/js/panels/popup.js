/**
 * The popup of a feature.
 */
import { every, one } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import { page } from '../core/page.js';
import * as controls from '../map/controls.js';
import { content } from './card.js';
import * as chooser from './chooser.js';

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
    this.popup = L.popup({ autoPan: true, className: 'popup' });
    /** @param {KeyboardEvent} event */
    this.closeOnEscape = ({ key }) => {
      if (key === 'Escape') map.closePopup();
    };
    map.on('popupclose', () => this.closed());
  }

  /** What an item is of: the map of one day, or that of another. @param {Tumen.Item} item */
  subjectOf(item) {
    return this.subjects.find((subject) => subject.items.includes(item)) ?? this.subjects[0];
  }

  /** The day on which an item is told. @param {Tumen.Item} item */
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

  /** Take the room that the panel leaves. */
  room() {
    const { options } = this.popup;
    const size = this.map.getSize();
    const left = controls.covered(this.map);
    options.maxWidth = Math.max(220, Math.min(380, size.x - left.x - 40));
    options.minWidth = Math.min(260, options.maxWidth);
    options.maxHeight = Math.max(160, Math.min(440, size.y - left.y - 90));
    options.autoPanPaddingTopLeft = L.point(left.x + 16, 16);
    options.autoPanPaddingBottomRight = L.point(56, left.y + 28);
  }

  /** The popup on the map. */
  element() {
    const element = this.popup.getElement();
    if (!element) throw new Error('no popup is open');
    return element;
  }

  /** @param {Tumen.Item} item */
  dress(item) {
    const element = this.element();
    element.setAttribute('role', 'dialog');
    element.setAttribute('aria-label', i18n.name(item.feature.properties));
    one('.leaflet-popup-close-button', element).setAttribute('aria-label', i18n.ui('close'));
    const scroller = one('.leaflet-popup-content', element);
    if (scroller.classList.contains('leaflet-popup-scrolled')) scroller.setAttribute('tabindex', '0');
    return element;
  }

  /** @param {Tumen.Item} item @param {L.LatLng} latLng @param {Element} from */
  open(item, latLng, from) {
    const { map } = this;
    map.closePopup();
    const byKey = document.activeElement === from && from.matches(':focus-visible');
    this.shown = { item, from, byKey };
    this.room();
    this.popup.setLatLng(latLng).setContent(content(item, this.day(item))).openOn(map);
    item.select(true);
    const element = this.dress(item);
    element.addEventListener('keydown', this.closeOnEscape);
    this.offerOthers(item, latLng, from);
    if (byKey) one('h2', element).focus({ preventScroll: true });
    this.tell();
  }

  /** Name what else lies on the spot. @param {Tumen.Item} item @param {L.LatLng} latLng @param {Element} from */
  async offerOthers(item, latLng, from) {
    const subject = this.subjectOf(item);
    if (!subject) return;
    const card = () => (this.shown && this.shown.item === item ? one('.card', this.element()) : null);
    await chooser.add({ map: this.map, subject, item, latLng }, card, (other) => {
      other.chosenBeside = true;
      this.open(other, latLng, from);
    });
    if (!this.shown || this.shown.item !== item) return;
    const popup = /** @type {any} */ (this.popup); // its size alone: `update` would take the focus away
    popup._updateLayout();
    popup._updatePosition();
  }

  /** Tell the same anew where it stands, scrolled and folded as it is. @param {Tumen.Item} item */
  retell(item) {
    const { popup } = this;
    const place = () => one('.leaflet-popup-content', this.element());
    const { scrollTop } = place();
    const unfolded = every('details', place()).map((fold) => fold.hasAttribute('open'));
    popup.options.autoPan = false;
    const told = content(item, this.day(item));
    every('details', told).forEach((fold, i) => fold.toggleAttribute('open', Boolean(unfolded[i])));
    popup.setContent(told);
    popup.options.autoPan = true;
    this.dress(item);
    if (this.shown) this.offerOthers(item, /** @type {L.LatLng} */ (popup.getLatLng()), this.shown.from);
    place().scrollTop = scrollTop;
  }

  /**
   * Keep to the day and the language shown: what is told changes with them, and what is not on the map any more closes.
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
    item: () => (popup.shown ? popup.shown.item : null),
    onChange: (/** @type {() => void} */ listener) => popup.listeners.push(listener),
  });
}
