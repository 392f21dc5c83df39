/**
 * Scale bar, zoom buttons, named views, and the panel that folds away.
 */
import { byId, node, one } from '../core/dom.js';
import { bind, number, onChange, text, ui } from '../core/i18n.js';
import { KILOMETRE_M, NAUTICAL_MILE_M } from '../core/length.js';
import { fromLatLng, toBounds } from '../core/lonlat.js';
import { page } from '../core/page.js';

const phone = window.matchMedia('(max-width: 640px)');
export const paper = window.matchMedia('print');
const panel = byId('panel');
export const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Whether the page is laid out as a sheet; see sheet.js. */
export const isPaper = () => 'sheet' in document.documentElement.dataset;

/** Box of the panel; to ask the browser each time would lay out the page while it is still being put together. @type {DOMRect|null} */
let panelBox = null;
new ResizeObserver(() => { panelBox = null; }).observe(panel);
window.addEventListener('resize', () => { panelBox = null; });

/** Pixels of the map that the panel hides: from the left on a wide screen, from below on a phone. @param {L.Map} map */
export function covered(map) {
  if (isPaper()) return { x: 0, y: 0 };
  const open = panel.dataset.open === 'true';
  panelBox ??= panel.getBoundingClientRect();
  const box = panelBox;
  const table = byId('table').hidden ? 0 : byId('table').offsetHeight;
  if (table) return { x: !phone.matches && open ? box.right : 0, y: table };
  if (phone.matches) return { x: 0, y: open ? 64 : Math.min(box.height, map.getSize().y / 2) };
  return { x: open ? box.right : 0, y: 0 };
}

/** The visible part of the map, beside the panel and above the table. @param {L.Map} map */
export function view(map) {
  const size = map.getSize();
  const hidden = covered(map);
  const [west, north] = fromLatLng(map.containerPointToLatLng([hidden.x, 0]));
  const [east, south] = fromLatLng(map.containerPointToLatLng([size.x, Math.max(1, size.y - hidden.y)]));
  return toBounds([west, south, east, north]);
}

/** Boxes of the page over the map, where labels must not be placed; those of a selector too. @param {string} [selector] @returns {Tumen.Box[]} */
export function obstacles(selector) {
  const over = isPaper() ? ['scale'] : ['panel', 'zoom', 'tools', 'scale', 'position', 'time', 'table', 'attribution', 'locator'];
  const { left, top } = byId('map').getBoundingClientRect();
  const more = selector ? [...document.querySelectorAll(selector)] : [];
  return [...over.map((id) => byId(id)), ...more].map((element) => element.getBoundingClientRect())
    .filter((box) => box.width > 0).map((box) => [box.left - left - 2, box.top - top - 2, box.right - left + 2, box.bottom - top + 2]);
}

const UNSEEN_ZOOM = 8;
/** @type {ResizeObserver | undefined} */
let unseen;

/** Show an extent when the map gets a size: in a hidden tab, or in a notebook that is still loading, it has none. @param {L.Map} map @param {Tumen.Extent} extent */
function fitWhenSeen(map, extent) {
  const center = toBounds(extent).getCenter();
  map.setView(center, UNSEEN_ZOOM, { animate: false });
  unseen?.disconnect();
  unseen = new ResizeObserver(([{ contentRect: { width, height } }]) => {
    if (!width || !height) return;
    unseen?.disconnect();
    const isMoved = map.getZoom() !== UNSEEN_ZOOM || !map.getCenter().equals(center, 0.05); // for example by the address of the page
    map.invalidateSize({ animate: false, pan: false });
    if (!isMoved) fit(map, extent, false);
  });
  unseen.observe(map.getContainer());
}

/** Show an extent in the free part of the map; a popup of another place closes. @param {L.Map} map @param {Tumen.Extent} extent @param {boolean} animate */
export function fit(map, extent, animate) {
  map.closePopup();
  if (!map.getSize().x || !map.getSize().y) {
    fitWhenSeen(map, extent);
    return;
  }
  const hidden = covered(map);
  const bounds = toBounds(extent);
  /** @type {L.FitBoundsOptions} */
  const options = { paddingTopLeft: [hidden.x + 12, 12], paddingBottomRight: [12, hidden.y + 12], animate: animate && !still };
  map.fitBounds(bounds, options);
  // A wide extent on a tall screen: rather fill the screen than show where the base map ends.
  const { baseExtent } = page;
  const full = baseExtent ? map.getBoundsZoom(toBounds(baseExtent), true) : 0;
  const zoom = map.getBoundsZoom(bounds);
  if (phone.matches && full > zoom && full < zoom + 1.3) map.setView(bounds.getCenter(), full, { animate: options.animate });
}

/** The greatest 1, 2 or 5 times a power of ten that is not over a value. @param {number} value */
function roundDown(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  const digit = value / power;
  return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
}

/** @param {L.Map} map */
function scaleBar(map) {
  const WIDEST = 110;
  const bars = [{ unit: 'km', length: KILOMETRE_M }, { unit: 'nmi', length: NAUTICAL_MILE_M }].map(({ unit, length }) => {
    const words = node('span', {});
    return { unit, length, words, element: node('div', { class: 'scale-bar scale-' + unit }, words) };
  });
  const root = byId('scale');
  root.append(...bars.map(({ element }) => element));
  function refresh() {
    const size = map.getSize();
    const y = size.y / 2;
    const metres = map.distance(map.containerPointToLatLng([size.x / 2 - WIDEST / 2, y]), map.containerPointToLatLng([size.x / 2 + WIDEST / 2, y]));
    for (const { unit, length, element, words } of bars) {
      const amount = roundDown(metres / length);
      element.style.width = Math.round(WIDEST * amount * length / metres) + 'px';
      const small = unit === 'km' && amount < 1;
      words.textContent = `${number(small ? amount * 1000 : amount)} ${ui(small ? 'm' : unit)}`;
    }
  }
  map.on('zoomend moveend resize', refresh);
  bind(refresh);
}

/** @param {L.Map} map */
function zoomButtons(map) {
  const root = byId('zoom');
  /** @param {string} sign @param {string} label @param {() => void} act */
  const button = (sign, label, act) => {
    const element = node('button', { type: 'button', 'data-ui-label': label, 'data-ui-title': label }, sign);
    element.addEventListener('click', act);
    return element;
  };
  const plus = button('+', 'zoom_in', () => map.zoomIn());
  const minus = button('−', 'zoom_out', () => map.zoomOut());
  root.append(plus, minus);
  function refresh() {
    plus.disabled = map.getZoom() >= map.getMaxZoom();
    minus.disabled = map.getZoom() <= map.getMinZoom();
  }
  map.on('zoomend', refresh);
  refresh();
}

/** @param {L.Map} map */
function viewButtons(map) {
  const root = document.getElementById('views');
  if (!root) return;
  for (const named of page.views) {
    const button = node('button', { type: 'button' });
    bind(() => { button.textContent = text(named.title); });
    button.addEventListener('click', () => {
      if (phone.matches) toggle(false);
      fit(map, named.extent, true);
    });
    root.append(button);
  }
}

/** @type {(() => void)[]} */
const listeners = [];

function tip() {
  byId('panel-toggle').title = ui(panel.dataset.open === 'true' ? 'hide_legend' : 'show_legend');
}

/** Unfold the panel, or fold it away. @param {boolean} open */
function toggle(open) {
  panel.dataset.open = String(open);
  panelBox = null;
  const button = byId('panel-toggle');
  button.setAttribute('aria-expanded', String(open));
  tip();
  listeners.forEach((listener) => listener());
}

export function foldingPanel() {
  onChange(tip);
  toggle(!phone.matches);
  byId('panel-toggle').addEventListener('click', () => toggle(panel.dataset.open !== 'true'));
  phone.addEventListener('change', () => toggle(!phone.matches));
  // On a phone the day is above the folded sheet, whose height depends on its title.
  new ResizeObserver(() => {
    if (phone.matches && panel.dataset.open === 'false') one('main').style.setProperty('--sheet', `${panel.offsetHeight}px`);
  }).observe(panel);
}

/** Required attributions are fully visible on the map, on as many lines as needed; the rest is one click away. */
export function attribution() {
  const root = byId('attribution');
  const button = byId('attribution-more');
  button.hidden = false;
  let height = 0;
  // Setting it restyles everything that inherits it.
  function room() {
    if (root.offsetHeight === height) return;
    height = root.offsetHeight;
    one('main').style.setProperty('--credit', `${height}px`);
  }
  room();
  new ResizeObserver(room).observe(root);
  button.addEventListener('click', () => {
    toggle(true);
    const credits = one('.credits');
    credits.setAttribute('open', '');
    credits.scrollIntoView({ block: 'start' });
    one('summary', credits).focus({ preventScroll: true });
  });
}

/** @param {L.Map} map */
export function add(map) {
  scaleBar(map);
  zoomButtons(map);
  viewButtons(map);
}

export const isPhone = () => phone.matches;
export const foldOnPhone = () => phone.matches && toggle(false);
/** @param {() => void} listener */
export const onFold = (listener) => listeners.push(listener);

/** On a phone the map is above the text. */
export function seeMap() {
  if (isPhone()) byId('map').scrollIntoView({ block: 'start' });
}
