/**
 * Measure along a line of points set by click, or by Enter at the centre of the map.
 */
import { readPosition, writePosition } from '../core/coordinates.js';
import { byId, node } from '../core/dom.js';
import * as geodesic from '../core/geodesic.js';
import { bind, ui } from '../core/i18n.js';
import { kilometres, nauticalMiles } from '../core/length.js';
import { fromLatLng, toLatLng } from '../core/lonlat.js';
import * as permalink from '../core/permalink.js';
import * as tools from '../core/tools.js';

const STEPS = 48;
const MOST = 60;
const LAST_LATITUDE = 85; // of the map

const card = () => byId('measure');

/** Length of a line of positions in metres. @param {Tumen.Position[]} positions */
const lengthOf = (positions) => positions.slice(1).reduce((sum, to, i) => sum + geodesic.distance(positions[i], to), 0);

/** Positions of "130.64000,42.42000;130.29000,42.25000", or null when it is no such list. @param {string} text */
function positionsOf(text) {
  const points = text.split(';').map((part) => readPosition(part, LAST_LATITUDE));
  return points.length <= MOST && points.every((point) => point !== null) ? points : null;
}

/** @param {number} metres */
const words = (metres) => `${kilometres(metres)} · ${nauticalMiles(metres)}`;

/** @param {L.Map} map */
function drawing(map) {
  map.createPane('tumen-measure').style.zIndex = '640';
  const renderer = L.svg({ pane: 'tumen-measure', padding: 0.2 });
  const common = { renderer, interactive: false, color: 'currentColor' };
  const group = L.layerGroup().addTo(map);
  return (/** @type {Tumen.Position[]} */ positions) => {
    group.clearLayers();
    const line = positions.slice(1).flatMap((to, i) => geodesic.along(positions[i], to, STEPS)).map(toLatLng);
    const passes = line.length ? [{ className: 's-halo', weight: 5 }, { className: 's-ink', weight: 1.75 }] : [];
    for (const look of passes) L.polyline(line, { ...common, ...look }).addTo(group);
    for (const position of positions) {
      L.circleMarker(toLatLng(position), {
        ...common, radius: 4, weight: 1.75, className: 's-ink f-page', fillColor: 'currentColor', fillOpacity: 1,
      }).addTo(group);
    }
  };
}

/** @param {L.Map} map */
export function add(map) {
  const container = map.getContainer();
  const draw = drawing(map);
  /** @type {Tumen.Position[]} */
  let positions = [];
  const total = node('output', { class: 'measure-total' });
  /** @param {string} name @param {() => void} act */
  const action = (name, act) => {
    const button = node('button', { type: 'button', class: 'plain', 'data-ui': name });
    button.addEventListener('click', act);
    return button;
  };
  const say = () => { total.textContent = `${ui('total')}: ${words(lengthOf(positions))}`; };
  const update = () => {
    draw(positions);
    say();
    [undo, clear].forEach((button) => { button.disabled = positions.length === 0; });
  };
  /** @param {Tumen.Position[]} next */
  const set = (next) => {
    positions = next.slice(-MOST);
    update();
    permalink.changed();
  };
  const undo = action('undo', () => set(positions.slice(0, -1)));
  const clear = action('clear', () => set([]));
  card().append(node('p', { class: 'small', 'data-ui': 'measure_hint' }), total, node('p', { class: 'actions' }, undo, clear));
  /** @param {L.LatLng} latLng */
  const append = (latLng) => set([...positions, fromLatLng(latLng)]);
  /** @param {L.LeafletMouseEvent} event */
  const click = (event) => append(event.latlng);
  /** @param {KeyboardEvent} event */
  function keys(event) {
    if (event.key === 'Escape') return press(false);
    if (event.target !== container) return undefined;
    if (event.key === 'Enter') append(map.getCenter());
    if (event.key === 'Backspace') set(positions.slice(0, -1));
    return undefined;
  }
  const { press } = tools.toggle('measure', false, (on) => {
    map.closePopup();
    card().hidden = !on;
    container.classList.toggle('is-measuring', on);
    map.doubleClickZoom[on ? 'disable' : 'enable']();
    map[on ? 'on' : 'off']('click', click);
    if (on) document.addEventListener('keydown', keys);
    else document.removeEventListener('keydown', keys);
    set([]);
  });
  const written = () => positions.map((position) => writePosition(position)).join(';');
  permalink.carry('ruler', () => (positions.length ? written() : null), (value) => {
    const points = positionsOf(value);
    if (!points || value === written()) return;
    press(true);
    set(points);
  });
  update();
  bind(say);
}
