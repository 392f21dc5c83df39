/**
 * Scale bar, zoom buttons, named views, and the panel that folds away.
 */
import { node } from '../core/dom.js';
import { bind, number, onChange, text, ui } from '../core/i18n.js';
import { KILOMETRE_M, NAUTICAL_MILE_M } from '../core/length.js';
import { toBounds } from '../core/lonlat.js';
import { page } from '../core/page.js';

const phone = window.matchMedia('(max-width: 640px)');
export const paper = window.matchMedia('print');
const panel = document.getElementById('panel');
export const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Whether the page is laid out as a sheet; see sheet.js. */
const isPaper = () => 'sheet' in document.documentElement.dataset;

/** Pixels of the map that the panel hides: from the left on a wide screen, from below on a phone. */
export function covered(map) {
  if (isPaper()) return { x: 0, y: 0 };
  const open = panel.dataset.open === 'true';
  const box = panel.getBoundingClientRect();
  const table = document.getElementById('table').offsetHeight;
  if (table) return { x: !phone.matches && open ? box.right : 0, y: table };
  if (phone.matches) return { x: 0, y: open ? 64 : Math.min(box.height, map.getSize().y / 2) };
  return { x: open ? box.right : 0, y: 0 };
}

/** Boxes of the page that lie over the map, where no label should stand; those of a selector too. */
export function obstacles(selector) {
  const over = isPaper() ? ['scale'] : ['panel', 'zoom', 'tools', 'scale', 'position', 'time', 'table', 'attribution', 'locator'];
  const { left, top } = document.getElementById('map').getBoundingClientRect();
  const more = selector ? [...document.querySelectorAll(selector)] : [];
  return [...over.map((id) => document.getElementById(id)), ...more].map((element) => element.getBoundingClientRect())
    .filter((box) => box.width > 0).map((box) => [box.left - left - 2, box.top - top - 2, box.right - left + 2, box.bottom - top + 2]);
}

export function fit(map, extent, animate) {
  const hidden = covered(map);
  const bounds = toBounds(extent);
  const options = { paddingTopLeft: [hidden.x + 12, 12], paddingBottomRight: [12, hidden.y + 12], animate: animate && !still };
  map.fitBounds(bounds, options);
  // A wide extent on a tall screen: rather fill the screen than show where the base map ends.
  const { baseExtent } = page;
  const full = baseExtent ? map.getBoundsZoom(toBounds(baseExtent), true) : 0;
  const zoom = map.getBoundsZoom(bounds);
  if (phone.matches && full > zoom && full < zoom + 1.3) map.setView(bounds.getCenter(), full, { animate: options.animate });
}

/** The greatest 1, 2 or 5 times a power of ten that is not over a value. */
function roundDown(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  const digit = value / power;
  return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
}

function scaleBar(map) {
  const WIDEST = 110;
  const bar = (name) => node('div', { class: 'scale-bar scale-' + name }, node('span', {}));
  const bars = [['km', KILOMETRE_M, bar('km')], ['nmi', NAUTICAL_MILE_M, bar('nmi')]];
  const root = document.getElementById('scale');
  root.append(...bars.map(([, , element]) => element));
  function refresh() {
    const size = map.getSize();
    const y = size.y / 2;
    const metres = map.distance(map.containerPointToLatLng([size.x / 2 - WIDEST / 2, y]), map.containerPointToLatLng([size.x / 2 + WIDEST / 2, y]));
    for (const [unit, length, element] of bars) {
      const amount = roundDown(metres / length);
      element.style.width = Math.round(WIDEST * amount * length / metres) + 'px';
      const small = unit === 'km' && amount < 1;
      element.firstChild.textContent = `${number(small ? amount * 1000 : amount)} ${ui(small ? 'm' : unit)}`;
    }
  }
  map.on('zoomend moveend resize', refresh);
  bind(refresh);
}

function zoomButtons(map) {
  const root = document.getElementById('zoom');
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

function viewButtons(map) {
  const root = document.getElementById('views');
  if (!root) return;
  for (const view of page.views) {
    const button = node('button', { type: 'button' });
    bind(() => { button.textContent = text(view.title); });
    button.addEventListener('click', () => {
      if (phone.matches) toggle(false);
      fit(map, view.extent, true);
    });
    root.append(button);
  }
}

const listeners = [];

function tip() {
  document.getElementById('panel-toggle').title = ui(panel.dataset.open === 'true' ? 'hide_legend' : 'show_legend');
}

function toggle(open) {
  panel.dataset.open = String(open);
  const button = document.getElementById('panel-toggle');
  button.setAttribute('aria-expanded', String(open));
  tip();
  listeners.forEach((listener) => listener());
}

export function foldingPanel() {
  onChange(tip);
  toggle(!phone.matches);
  document.getElementById('panel-toggle').addEventListener('click', () => toggle(panel.dataset.open !== 'true'));
  phone.addEventListener('change', () => toggle(!phone.matches));
  // On a phone the day stands above the folded sheet, which is as high as its title is long.
  new ResizeObserver(() => {
    if (phone.matches && panel.dataset.open === 'false') document.body.style.setProperty('--sheet', `${panel.offsetHeight}px`);
  }).observe(panel);
}

export function add(map) {
  scaleBar(map);
  zoomButtons(map);
  viewButtons(map);
}

export const isPhone = () => phone.matches;
export const foldOnPhone = () => phone.matches && toggle(false);
export const onFold = (listener) => listeners.push(listener);

/** On a phone the map stands above the text. */
export function seeMap() {
  if (isPhone()) document.getElementById('map').scrollIntoView({ block: 'start' });
}
