/**
 * The story beside the map: where to look, and claims that show themselves on the map. All of it reads without this script too.
 */
import { bind, onChange, tag, word } from '../core/i18n.js';
import { fromLatLng } from '../core/lonlat.js';
import { page } from '../core/page.js';
import * as permalink from '../core/permalink.js';
import * as controls from '../map/controls.js';

const CLAIM = /^claim\/[A-Za-z0-9-]{1,20}$/;
const NEAR_ZOOM = 10;
const FAR_M = 40_000;


/** The text in the language shown. */
function speak() {
  for (const section of document.querySelectorAll('.story[lang]')) section.hidden = section.lang !== tag();
}

/** On a phone the map stands above the text. */
function seeMap() {
  if (controls.isPhone()) document.getElementById('map').scrollIntoView({ block: 'start' });
}

function looks(map) {
  for (const button of document.querySelectorAll('[data-look]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      map.closePopup();
      controls.fit(map, page.looks[Number(button.dataset.look)], true);
      seeMap();
    });
  }
}

/** A claim's row and its symbol are one selection. */
function claims(map, subject, open) {
  const rows = new Map([...document.querySelectorAll('tr[data-claim]')].map((row) => ['claim/' + row.dataset.claim, row]));
  if (rows.size === 0) return;
  const items = new Map(subject.items.filter((item) => rows.has(item.feature.id)).map((item) => [item.feature.id, item]));
  let chosen = null;
  let before = null; // the view to come back to, when a row was pressed

  function name(button, id, what) {
    button.textContent = word('story', what);
    button.setAttribute('aria-label', `${word('story', what)}: ${id.slice('claim/'.length)}`);
  }
  function mark(id) {
    for (const [key, row] of rows) {
      if (key === id) row.setAttribute('aria-current', 'true');
      else row.removeAttribute('aria-current');
      const button = row.querySelector('button');
      if (button) name(button, key, key === id && before ? 'back' : 'show');
    }
    chosen = id;
    permalink.changed();
  }

  function zoomTo(item) {
    const [lon, lat] = fromLatLng(item.points[0]);
    const zoom = Math.max(map.getZoom(), (item.feature.properties.accuracy_m || 0) > FAR_M ? 8 : NEAR_ZOOM);
    const d = 360 / 2 ** zoom;
    controls.fit(map, [lon - d / 2, Math.max(-85, lat - d / 4), lon + d / 2, Math.min(85, lat + d / 4)], false);
  }

  function show(id, { zoom = true } = {}) {
    const item = items.get(id);
    if (!item) {
      map.closePopup();
      mark(id);
      return;
    }
    if (!subject.isOn(item.layer)) subject.set(item.layer, true);
    const row = rows.get(id);
    if (zoom) {
      before = before || { center: map.getCenter(), zoom: map.getZoom() };
      zoomTo(item);
    }
    seeMap();
    open(item, item.center, row.querySelector('button') || item.hits[0].getElement());
  }

  function leave() {
    const back = before;
    const row = rows.get(chosen);
    before = null;
    mark(null);
    if (!back) return;
    map.setView(back.center, back.zoom, { animate: false });
    row.querySelector('button').focus({ preventScroll: !controls.isPhone() });
  }

  for (const [id, row] of rows) {
    const button = row.querySelector('button');
    if (!button || !items.has(id)) continue;
    button.hidden = false;
    button.addEventListener('click', () => {
      if (chosen === id && before) map.closePopup();
      else show(id);
    });
  }
  onChange(() => mark(chosen));
  open.onChange(() => {
    const item = open.item();
    const id = item && rows.has(item.feature.id) ? item.feature.id : null;
    if (id === chosen) return;
    if (id) {
      mark(id);
      if (!controls.isPhone()) rows.get(id).scrollIntoView({ block: 'nearest' });
    } else if (chosen && !item) leave();
  });

  // The boxes hide rows by a rule of the stylesheet; the layers of the map follow.
  const layersOf = (verdict) => page.layers.filter((layer) => [...items.values()].some((item) => item.layer === layer && item.feature.properties.verdict === verdict));
  const boxes = [...document.querySelectorAll('input[data-verdict]')];
  for (const box of boxes) {
    box.addEventListener('change', () => layersOf(box.dataset.verdict).forEach((layer) => subject.set(layer, box.checked)));
  }
  subject.onChange(() => {
    for (const box of boxes) {
      const [layer] = layersOf(box.dataset.verdict);
      if (layer) box.checked = subject.isOn(layer);
    }
  });

  permalink.carry('sel', () => chosen, (value) => {
    let id = null;
    try {
      id = decodeURIComponent(value);
    } catch { /* no text */ }
    if (!CLAIM.test(id) || !rows.has(id) || id === chosen) return;
    show(id, { zoom: !/[#&]view=/.test(window.location.hash) });
    rows.get(id).scrollIntoView({ block: controls.isPhone() && items.has(id) ? 'nearest' : 'center' });
    if (items.has(id)) seeMap();
  });
}

export function add(map, subject, open) {
  bind(speak);
  looks(map);
  claims(map, subject, open);
}
