/**
 * The popup of a feature.
 */
import * as i18n from '../core/i18n.js';
import { page } from '../core/page.js';
import * as controls from '../map/controls.js';
import { content } from './card.js';

class Popup {
  constructor(map) {
    this.map = map;
    this.shown = null;
    this.listeners = [];
    this.day = () => page.day;
    this.popup = L.popup({ autoPan: true, className: 'popup' });
    this.closeOnEscape = ({ key }) => {
      if (key === 'Escape') map.closePopup();
    };
    map.on('popupclose', () => this.closed());
  }

  tell() {
    this.listeners.forEach((listener) => listener());
  }

  closed() {
    if (!this.shown) return;
    const { item, from, byKey } = this.shown;
    this.shown = null;
    item.select(false);
    if (byKey) from.focus();
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

  dress() {
    const element = this.popup.getElement();
    element.setAttribute('role', 'dialog');
    element.setAttribute('aria-label', i18n.name(this.shown.item.feature.properties));
    element.querySelector('.leaflet-popup-close-button').setAttribute('aria-label', i18n.ui('close'));
    const scroller = element.querySelector('.leaflet-popup-content');
    if (scroller.classList.contains('leaflet-popup-scrolled')) scroller.setAttribute('tabindex', '0');
    return element;
  }

  open(item, latLng, from) {
    const { map } = this;
    map.closePopup();
    const byKey = document.activeElement === from && from.matches(':focus-visible');
    this.shown = { item, from, byKey };
    this.room();
    this.popup.setLatLng(latLng).setContent(content(item, this.day())).openOn(map);
    item.select(true);
    const element = this.dress();
    element.addEventListener('keydown', this.closeOnEscape);
    if (byKey) element.querySelector('h2').focus({ preventScroll: true });
    this.tell();
  }

  /** Tell the same anew where it stands, scrolled and folded as it is. */
  retell() {
    const { popup } = this;
    const place = () => popup.getElement().querySelector('.leaflet-popup-content');
    const { scrollTop } = place();
    const unfolded = [...place().querySelectorAll('details')].map((fold) => fold.open);
    popup.options.autoPan = false;
    const told = content(this.shown.item, this.day());
    told.querySelectorAll('details').forEach((fold, i) => { fold.open = Boolean(unfolded[i]); });
    popup.setContent(told);
    popup.options.autoPan = true;
    this.dress();
    place().scrollTop = scrollTop;
  }

  /** Keep to the day and the language shown: what is told changes with them, and what is not on the map any more closes. */
  follow(subject) {
    this.day = subject.day;
    subject.onState(() => {
      if (!this.shown) return;
      if (subject.isDrawn(this.shown.item)) this.retell();
      else this.map.closePopup();
    });
    i18n.onChange(() => {
      if (this.shown) this.retell();
    });
  }
}

/**
 * @param {L.Map} map
 * @returns {function(Object, L.LatLng, Element): void} opens the popup of a feature; focus returns to the element afterwards
 */
export function opener(map) {
  const popup = new Popup(map);
  return Object.assign((item, latLng, from) => popup.open(item, latLng, from), {
    follow: (subject) => popup.follow(subject),
    item: () => (popup.shown ? popup.shown.item : null),
    onChange: (listener) => popup.listeners.push(listener),
  });
}
