/**
 * Claims that show themselves on the map: a claim's row and its symbol are one selection.
 */
import { every } from '../core/dom.js';
import { onChange, word } from '../core/i18n.js';
import { fromLatLng } from '../core/lonlat.js';
import { page } from '../core/page.js';
import * as permalink from '../core/permalink.js';
import * as controls from '../map/controls.js';

const CLAIM = /^claim\/[A-Za-z0-9-]{1,20}$/;
const NEAR_ZOOM = 10;
const FAR_ZOOM = 8;
const FAR_M = 40_000;

/** The text of a row's button: `show` or `back`. @param {HTMLButtonElement} button @param {string} id @param {string} what */
function name(button, id, what) {
  button.textContent = word('story', what);
  button.setAttribute('aria-label', `${word('story', what)}: ${id.slice('claim/'.length)}`);
}

export class Claims {
  /** @param {L.Map} map @param {Tumen.Subject} subject @param {Tumen.Open} open */
  constructor(map, subject, open) {
    this.map = map;
    this.subject = subject;
    this.open = open;
    this.rows = new Map(every('tr[data-claim]').map((row) => ['claim/' + row.dataset.claim, row]));
    this.items = new Map(subject.items.filter((item) => this.rows.has(item.feature.id)).map((item) => [item.feature.id, item]));
    /** @type {string|null} */
    this.chosen = null;
    /** The view to return to after a row was pressed. @type {{center: L.LatLng, zoom: number}|null} */
    this.before = null;
  }

  /** The row of a claim that the page has. @param {string} id */
  row(id) {
    const row = this.rows.get(id);
    if (!row) throw new Error(`the page has no ${id}`);
    return row;
  }

  /** @param {string|null} id */
  mark(id) {
    for (const [key, row] of this.rows) {
      if (key === id) row.setAttribute('aria-current', 'true');
      else row.removeAttribute('aria-current');
      const button = row.querySelector('button');
      if (button) name(button, key, key === id && this.before ? 'back' : 'show');
    }
    this.chosen = id;
    permalink.changed();
  }

  /** @param {Tumen.Item} item */
  zoomTo(item) {
    const [lon, lat] = fromLatLng(item.points[0]);
    const zoom = Math.max(this.map.getZoom(), (item.feature.properties.accuracy_m || 0) > FAR_M ? FAR_ZOOM : NEAR_ZOOM);
    const width = 360 / 2 ** zoom;
    controls.fit(this.map, [lon - width / 2, Math.max(-85, lat - width / 4), lon + width / 2, Math.min(85, lat + width / 4)], false);
  }

  /** @param {string} id */
  show(id, { zoom = true } = {}) {
    const { map, subject } = this;
    const item = this.items.get(id);
    if (!item) {
      map.closePopup();
      this.mark(id);
      return;
    }
    if (!subject.isOn(item.layer)) subject.set(item.layer, true);
    if (zoom) {
      this.before = this.before || { center: map.getCenter(), zoom: map.getZoom() };
      this.zoomTo(item);
    }
    controls.seeMap();
    this.open(item, item.center, this.row(id).querySelector('button') || item.hits[0].getElement());
  }

  leave() {
    const { before, chosen } = this;
    this.before = null;
    this.mark(null);
    if (!before) return;
    this.map.setView(before.center, before.zoom, { animate: false });
    if (chosen) this.row(chosen).querySelector('button')?.focus({ preventScroll: !controls.isPhone() });
  }

  /** Follow the selection of the map. */
  follow() {
    const item = this.open.item();
    const id = item && this.rows.has(item.feature.id) ? item.feature.id : null;
    if (id === this.chosen) return;
    if (id) {
      this.mark(id);
      if (!controls.isPhone()) this.row(id).scrollIntoView({ block: 'nearest' });
    } else if (this.chosen && !item) this.leave();
  }

  /** Select the claim that an address names. @param {string} value */
  take(value) {
    const { items, rows } = this;
    const id = permalink.decode(value) ?? '';
    if (!CLAIM.test(id) || !rows.has(id) || id === this.chosen) return;
    this.show(id, { zoom: !/[#&]view=/.test(window.location.hash) });
    this.row(id).scrollIntoView({ block: controls.isPhone() && items.has(id) ? 'nearest' : 'center' });
    if (items.has(id)) controls.seeMap();
  }

  listen() {
    for (const [id, row] of this.rows) {
      const button = row.querySelector('button');
      if (!button || !this.items.has(id)) continue;
      button.hidden = false;
      button.addEventListener('click', () => {
        if (this.chosen === id && this.before) this.map.closePopup();
        else this.show(id);
      });
    }
    onChange(() => this.mark(this.chosen));
    this.open.onChange(() => this.follow());
    this.listenToVerdicts();
    permalink.carry('sel', () => this.chosen, (value) => this.take(value));
  }

  /** The boxes hide rows by a rule of the stylesheet; the layers of the map follow. */
  listenToVerdicts() {
    const { subject } = this;
    const all = [...this.items.values()];
    /** @param {string|undefined} verdict */
    const layersOf = (verdict) => page.layers.filter((layer) => all.some((item) => item.layer === layer && item.feature.properties.verdict === verdict));
    const boxes = every('input[data-verdict]').filter((box) => box instanceof HTMLInputElement);
    for (const box of boxes) {
      box.addEventListener('change', () => layersOf(box.dataset.verdict).forEach((layer) => subject.set(layer, box.checked)));
    }
    subject.onChange(() => {
      for (const box of boxes) {
        const [layer] = layersOf(box.dataset.verdict);
        if (layer) box.checked = subject.isOn(layer);
      }
    });
  }
}
