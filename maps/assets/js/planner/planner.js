/**
 * The route planner: where from, where to, on which day, by what; the answer leg by leg, and drawn on the map.
 */
import * as bytes from '../core/bytes.js';
import { node, svg } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import { bind, metres, number, text, ui, word } from '../core/i18n.js';
import { fromLatLng, toBounds, toLatLng } from '../core/lonlat.js';
import { page } from '../core/page.js';
import * as permalink from '../core/permalink.js';
import * as tools from '../core/tools.js';
import * as unpack from '../core/unpack.js';
import * as controls from '../map/controls.js';
import * as find from '../panels/find.js';
import * as time from '../panels/time.js';
import { make as makeRouter } from './router.js';

const COSTS = ['generalized', 'distance', 'time'];
const POSITION = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,2}(?:\.\d+)?)\s*$/;
const LOADS = ['general', 'coal', 'containers', 'passengers'];
const PART = /^([^~]{1,80})~([^~]{0,80})~([^~]{1,80})~([a-z+]{3,24})~(\d{1,4})~([a-z]{4,11})~([01])([01])(?:~([a-z]{4,10}))?$/;
const NEAR_PX = 18;
const MOST_HITS = 8;
const DIGITS = 5;
const NAUTICAL_MILE_M = 1852;
const WATER = ['sea', 'ferry'];

const card = () => document.getElementById('planner');

/** Text of a length: kilometres, and nautical miles where ships go. */
function long(leg) {
  const km = `${number(Number((leg.length / 1000).toFixed(leg.length < 10000 ? 2 : 1)))}\u202f${word('unit', 'km')}`;
  return WATER.includes(leg.mode) ? `${km} · ${number(Math.round(leg.length / NAUTICAL_MILE_M))}\u202f${ui('nmi')}` : km;
}

const spent = (hours) => `${number(Number(hours.toFixed(hours < 10 ? 1 : 0)))}\u202f${ui('hour_sign')}`;

/** Line of a leg in the direction of travel. */
function lineOf({ lines }) {
  const joined = lines.map(({ packed, plain, forward }) => {
    const line = plain || unpack.lines(packed);
    return forward === false ? [...line].reverse() : line;
  });
  return joined.flat();
}

function drawing(map) {
  map.createPane('tumen-route').style.zIndex = 620;
  const renderer = L.svg({ pane: 'tumen-route', padding: 0.3 });
  const group = L.layerGroup().addTo(map);
  const stroke = (line, className, weight, dashArray) => L.polyline(line, { renderer, interactive: false, color: 'currentColor', className, weight, dashArray }).addTo(group);
  return (legs) => {
    group.clearLayers();
    const drawn = legs.map((leg) => ({ leg, line: lineOf(leg).map(toLatLng) })).filter(({ line }) => line.length > 1);
    drawn.forEach(({ line }) => stroke(line, 's-halo', 9));
    drawn.forEach(({ leg, line }) => stroke(line, 's-accent', 4.5, WATER.includes(leg.mode) ? '9 7' : leg.mode === 'connector' ? '2 7' : null));
    const ends = drawn.length ? [drawn[0].line[0], drawn[drawn.length - 1].line.at(-1)] : [];
    ends.forEach((at, n) => L.circleMarker(at, {
      renderer, interactive: false, radius: 7, weight: 3, color: 'currentColor', className: n ? 's-accent f-accent' : 's-accent f-page', fillColor: 'currentColor', fillOpacity: 1,
    }).addTo(group));
    const positions = legs.flatMap(lineOf);
    const sorted = [0, 1].map((axis) => positions.map((position) => position[axis]).sort((a, b) => a - b));
    return positions.length ? toBounds([...sorted.map((values) => values[0]), ...sorted.map((values) => values.at(-1))]) : null;
  };
}

/** A field that takes a name in any script, or longitude and latitude. */
function placeField(id, label, places, onPlace) {
  const input = node('input', {
    type: 'text', id: `planner-${id}`, role: 'combobox', autocomplete: 'off', spellcheck: 'false', maxlength: 80, 'aria-autocomplete': 'list',
    'aria-expanded': 'false', 'aria-controls': `planner-${id}-list`, 'data-ui-placeholder': 'planner_place',
  });
  const list = node('ul', { id: `planner-${id}-list`, class: 'planner-hits', role: 'listbox', 'data-ui-label': label, hidden: true });
  const pick = node('button', { type: 'button', class: 'planner-pick', 'aria-pressed': 'false', 'data-ui-label': `planner_pick_${id}`, 'data-ui-title': `planner_pick_${id}` },
    svg('svg', { viewBox: '0 0 20 20', width: 18, height: 18, class: 'icon', 'aria-hidden': 'true' }, svg('path', { d: 'M10,3a5,5 0 0,1 5,5c0,4 -5,9 -5,9s-5,-5 -5,-9a5,5 0 0,1 5,-5ZM10,6.6v2.8M8.6,8h2.8' })));
  let hits = [];
  let active = -1;

  function mark(n) {
    active = n;
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === n)));
    if (n >= 0) input.setAttribute('aria-activedescendant', list.children[n].id);
    else input.removeAttribute('aria-activedescendant');
  }
  function open(found) {
    hits = found;
    list.replaceChildren(...hits.map((hit, n) => {
      const item = node('li', { role: 'option', id: `planner-${id}-${n}`, 'aria-selected': 'false' }, hit.name, node('span', { class: 'small' }, hit.detail));
      item.addEventListener('pointerdown', (event) => {
        event.preventDefault();
        choose(hit);
      });
      return item;
    }));
    list.hidden = !hits.length;
    input.setAttribute('aria-expanded', String(hits.length > 0));
    mark(-1);
  }
  function choose(hit) {
    open([]);
    onPlace(hit.place);
  }
  /** What stands in the field, taken as a place: a chosen hit, the first one, or a position. */
  function take() {
    const [, lon, lat] = (POSITION.exec(input.value) || []).map(Number);
    if (lon !== undefined) {
      open([]);
      onPlace(Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : { wrong: input.value });
      return;
    }
    const [first] = active >= 0 ? [hits[active]] : places.search(input.value, 1);
    if (input.value.trim()) choose(first || { place: { wrong: input.value } });
    else choose({ place: null });
  }
  input.addEventListener('input', () => open(POSITION.test(input.value) ? [] : places.search(input.value, MOST_HITS)));
  input.addEventListener('change', take);
  input.addEventListener('blur', () => open([]));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && hits.length) {
      open([]);
      event.stopPropagation();
    }
    if (!['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key)) return;
    if (event.key === 'Enter') take();
    else if (hits.length) mark((active + (event.key === 'ArrowDown' ? 1 : hits.length)) % hits.length);
    event.preventDefault();
  });
  const row = node('div', { class: 'planner-place' }, node('label', { for: input.id, 'data-ui': label }), node('div', { class: 'planner-field' }, input, pick, list));
  return { row, input, pick, show: (place) => { input.value = places.label(place); } };
}

/** Names of the nodes in the language shown, and the search over all of them. */
function placesOf(block, router) {
  const { plain } = find;
  const langs = Object.keys(block.nodes.names);
  const all = router.nodes.map(({ id, number: n }) => ({ id, n, words: langs.map((lang) => plain(block.nodes.names[lang][n])) }));
  const name = (n) => text(Object.fromEntries(langs.map((lang) => [lang, block.nodes.names[lang][n]])));
  const kind = (id) => word('node', id.split('/')[0]);
  return {
    name,
    search(written, most) {
      const wanted = plain(written);
      if (!wanted) return [];
      const rank = ({ words }) => Math.min(...words.map((one) => (one === wanted ? 0 : one.startsWith(wanted) ? 1 : one.includes(wanted) ? 2 : 3)));
      return all.map((one) => [rank(one), one]).filter(([found]) => found < 3)
        .sort(([a, one], [b, other]) => a - b || one.words[0].length - other.words[0].length || (one.id < other.id ? 1 : -1))
        .slice(0, most).map(([, { id, n }]) => ({ name: name(n), detail: kind(id), place: id }));
    },
    label(place) {
      if (place === null) return '';
      if (place.wrong !== undefined) return place.wrong;
      return Array.isArray(place) ? place.map((value) => value.toFixed(DIGITS)).join(', ') : name(router.nodes.find(({ id }) => id === place).number);
    },
  };
}

/** Words of the answer. */
function answerNodes(found, question, block, places) {
  const end = (place) => (typeof place === 'number' ? places.name(place) : place.name.map((value) => value.toFixed(4)).join(', '));
  const status = (value) => word('status', value);
  if (found.error) return [node('p', { class: 'planner-error', role: 'alert' }, failure(found, question, places))];
  const title = (leg) => {
    if (leg.mode === 'transfer') return `${word('transfer', leg.kind)}: ${end(leg.from)}`;
    return `${end(leg.from)} → ${end(leg.to)}`;
  };
  const notes = (leg) => [
    leg.mode === 'transfer' && leg.fromCarrier && leg.toCarrier && leg.fromCarrier !== leg.toCarrier ? `${carrier(leg.fromCarrier)} → ${carrier(leg.toCarrier)}` : null,
    leg.chainage ? `${ui('planner_chainage')} ${number(Number((leg.chainage / 1000).toFixed(1)))}\u202f${word('unit', 'km')}` : null,
    leg.gauges?.length ? `${leg.gauges.map(String).join(' + ')}\u202f${word('unit', 'mm')}` : null,
    leg.status && leg.status !== 'operating' ? status(leg.status) : null,
    leg.method === 'schematic' && leg.mode !== 'transfer' ? ui('schematic') : null,
    leg.mode === 'connector' ? ui('planner_connector') : null,
    leg.mode === 'rail' && !leg.gauges.length ? ui('planner_no_gauge') : null,
  ].filter(Boolean);
  const more = (leg) => [
    leg.explanation || null,
    leg.assumption ? `${ui('planner_assumption')}: ${leg.assumption}` : null,
    ...leg.labels.map(({ regime, note }) => `${regime}: ${note}`),
    ...leg.sources.filter((id) => block.sources[id]).map((id) => `${ui('source')}: ${block.sources[id]}`),
  ].filter(Boolean);
  const item = (leg) => {
    const length = leg.mode === 'transfer' ? spent(leg.hours) : `${long(leg)} ± ${metres(Number(leg.uncertainty.toPrecision(2)))}`;
    const details = more(leg);
    return node('li', { class: `planner-leg planner-${leg.mode}` },
      node('p', { class: 'planner-way' }, node('span', { class: 'planner-mode' }, leg.mode === 'transfer' ? '' : word('mode', leg.mode)), ' ', title(leg)),
      node('p', { class: 'planner-length' }, length),
      notes(leg).length ? node('p', { class: 'small' }, notes(leg).join(' · ')) : null,
      leg.labels.length ? node('p', { class: 'planner-label' }, leg.labels.map(({ regime }) => regime).join(' · ')) : null,
      details.length ? node('details', { class: 'small' }, node('summary', {}, ui('planner_more')), ...details.map((line) => node('p', {}, line))) : null);
  };
  const factor = found.straight ? ` · ${ui('planner_straight')} ${metres(found.straight)} (×${number(Number((found.length / found.straight).toFixed(2)))})` : '';
  return [
    node('output', { class: 'planner-total' }, `${long({ length: found.length })} ± ${metres(Number(found.uncertainty.toPrecision(2)))}`),
    node('p', { class: 'small' }, `${ui('planner_about')} ${spent(found.hours)}${factor}`),
    node('ol', { class: 'planner-legs' }, ...found.legs.map(item)),
    node('p', { class: 'fine' }, ui('planner_caution')),
  ];
}

function carrier(written) {
  const [mode, gauge] = written.split(':');
  return gauge ? `${gauge}\u202f${word('unit', 'mm')}` : word('mode', mode);
}

/** Why there is no route, and what would open one. */
function failure(found, question, places) {
  const day = question.day;
  const closed = (found.closed || []).slice(0, 3).map(({ edge, status }) => `${places.name(edge.from)}–${places.name(edge.to)}: ${word('status', status)}`).join('; ');
  const modes = (found.modes || []).map((mode) => word('mode', mode)).join(', ');
  const told = {
    unknown: ui('planner_unknown'), same: ui('planner_same'), disconnected: ui('planner_disconnected'),
    off_network: `${ui('planner_off')} (${found.gap ? metres(found.gap) : ''})`,
    gauge: ui('planner_gauge_closed'), load: `${ui('planner_load_closed')} ${word('load', question.load)}`, mode: `${ui('planner_mode_closed')} ${modes}`, date: `${ui('planner_date_closed')} ${day}: ${closed}`,
  };
  return told[found.error];
}

/**
 * The card, once the network is there.
 * @returns {{show: function(boolean): void, ask: function(string): boolean, written: function(): string|null, look: function(): void}}
 */
function make(map, subject, block) {
  const router = makeRouter(block);
  const places = placesOf(block, router);
  const draw = drawing(map);
  const opening = { from: null, via: null, to: null, modes: router.modes, load: LOADS[0], gauge: 0, cost: COSTS[0], bogieChange: true, planned: false };
  let asked = { ...opening };
  let armed = '';
  let found = null;
  let bounds = null;

  const set = (change, look = true) => {
    asked = { ...asked, ...change };
    refresh(look);
    permalink.changed();
  };
  const from = placeField('from', 'planner_from', places, (place) => set({ from: place }));
  const via = placeField('via', 'planner_via', places, (place) => set({ via: place }));
  const to = placeField('to', 'planner_to', places, (place) => set({ to: place }));
  const swap = button('planner_swap', () => set({ from: asked.to, to: asked.from }));
  const day = node('input', { type: 'text', id: 'planner-day', inputmode: 'numeric', maxlength: 10, autocomplete: 'off', spellcheck: 'false' });
  day.addEventListener('change', () => {
    const last = time.lastDay(day.value.trim());
    if (last) time.go(last);
    day.value = subject.day();
  });
  const choice = (id, values, name, onChange) => {
    const select = node('select', { id: `planner-${id}` }, ...values.map((value) => node('option', { value: String(value) })));
    select.addEventListener('change', () => onChange(select.value));
    return { select, say: () => [...select.options].forEach((option, n) => { option.textContent = name(values[n]); }) };
  };
  const gauge = choice('gauge', [0, ...router.gauges], (mm) => (mm ? `${mm}\u202f${word('unit', 'mm')}` : ui('planner_any')), (value) => set({ gauge: Number(value) }));
  const load = choice('load', LOADS, (name) => word('load', name), (value) => set({ load: value }));
  const cost = choice('cost', COSTS, (name) => ui(`planner_${name}`), (value) => set({ cost: value }));
  const box = (id, checked, label, onChange) => {
    const input = node('input', { type: 'checkbox', id: `planner-${id}`, checked });
    const words = node('span', {});
    input.addEventListener('change', () => onChange(input.checked));
    return { input, say: () => { words.textContent = label(); }, row: node('label', { for: input.id }, input, words) };
  };
  const modes = router.modes.map((mode) => ({ mode, ...box(mode, opening.modes.includes(mode), () => word('mode', mode), () => set({ modes: modes.filter(({ input }) => input.checked).map((one) => one.mode) })) }));
  const bogies = box('bogies', true, () => ui('planner_bogies'), (value) => set({ bogieChange: value }));
  const planned = box('planned', false, () => ui('planner_planned'), (value) => set({ planned: value }));
  const answer = node('div', { class: 'planner-answer', 'aria-live': 'polite' });
  const zoom = button('planner_zoom', () => bounds && map.fitBounds(bounds, { padding: [40, 40], animate: false }));
  const clear = button('clear', () => set({ ...opening }));
  const labelled = (label, input) => node('div', { class: 'planner-option' }, node('label', { for: input.id, 'data-ui': label }), input);
  card().append(
    node('form', { class: 'planner-form', novalidate: true }, from.row, via.row, to.row,
      node('div', { class: 'planner-options' }, labelled('planner_day', day), labelled('planner_gauge', gauge.select), labelled('planner_load', load.select), labelled('planner_cost', cost.select)),
      node('fieldset', { class: 'planner-boxes' }, node('legend', { class: 'offstage', 'data-ui': 'planner_modes' }), ...modes.map(({ row }) => row), bogies.row, planned.row)),
    answer, node('p', { class: 'actions' }, swap, zoom, clear));
  card().querySelector('form').addEventListener('submit', (event) => event.preventDefault());

  function button(name, act) {
    const element = node('button', { type: 'button', class: 'plain', 'data-ui': name });
    element.addEventListener('click', act);
    return element;
  }

  function arm(which) {
    armed = armed === which ? '' : which;
    for (const [id, { pick }] of [['from', from], ['via', via], ['to', to]]) pick.setAttribute('aria-pressed', String(armed === id));
    map.getContainer().classList.toggle('is-measuring', Boolean(armed));
  }
  from.pick.addEventListener('click', () => arm('from'));
  via.pick.addEventListener('click', () => arm('via'));
  to.pick.addEventListener('click', () => arm('to'));
  const picked = (latLng) => {
    const at = map.latLngToContainerPoint(latLng);
    const near = router.nodesOn(subject.day()).map((one) => [map.latLngToContainerPoint(toLatLng(one.at)).distanceTo(at), one]).filter(([px]) => px <= NEAR_PX)
      .sort(([a], [b]) => a - b);
    const place = near.length ? near[0][1].id : fromLatLng(latLng.wrap()).map((value) => Number(value.toFixed(DIGITS)));
    const which = armed;
    arm(armed);
    set({ [which]: place }, false);
  };
  map.on('click', ({ latlng }) => armed && picked(latlng));
  map.getContainer().addEventListener('keydown', (event) => {
    if (!armed || event.target !== map.getContainer()) return;
    if (event.key === 'Enter') picked(map.getCenter());
    if (event.key === 'Escape') arm(armed);
  });

  function refresh(look) {
    from.show(asked.from);
    via.show(asked.via);
    to.show(asked.to);
    day.value = subject.day();
    gauge.select.value = String(asked.gauge);
    cost.select.value = asked.cost;
    load.select.value = asked.load;
    modes.forEach(({ mode, input }) => { input.checked = asked.modes.includes(mode); });
    bogies.input.checked = asked.bogieChange;
    planned.input.checked = asked.planned;
    const wrong = [asked.from, asked.via, asked.to].find((place) => place && place.wrong !== undefined);
    const ready = asked.from !== null && asked.to !== null;
    if (wrong) found = { error: 'unknown' };
    else if (!ready) found = null;
    else if (!asked.modes.length) found = { error: 'mode', modes: router.modes };
    else found = router.route({ ...asked, day: subject.day() });
    bounds = found && !found.error ? draw(found.legs) : (draw([]), null);
    say();
    if (look && bounds) {
      const { x, y } = controls.covered(map);
      const [right, below] = controls.isPhone() ? [24, 24] : [card().offsetWidth + 90, y + 110];
      map.fitBounds(bounds, { paddingTopLeft: [x + 30, 30], paddingBottomRight: [right, below], maxZoom: 13, animate: false });
    }
  }
  function say() {
    [gauge, load, cost, ...modes, bogies, planned].forEach((part) => part.say());
    from.show(asked.from);
    via.show(asked.via);
    to.show(asked.to);
    zoom.disabled = !bounds;
    swap.disabled = asked.from === null && asked.to === null;
    answer.replaceChildren(...(found ? answerNodes(found, { ...asked, day: subject.day() }, block, places) : [node('p', { class: 'small' }, ui('planner_hint'))]));
  }

  const show = (on) => {
    card().hidden = !on;
    map.invalidateSize({ animate: false, pan: false });
    if (!on && armed) arm(armed);
    if (on) refresh(false);
    else draw([]);
  };
  subject.onState(() => {
    if (!card().hidden) refresh(false);
  });

  const placeText = (place) => (Array.isArray(place) ? place.map((value) => value.toFixed(DIGITS)).join(',') : encodeURIComponent(place).replaceAll('%2F', '/'));
  const known = (value) => {
    const [, lon, lat] = (/^(-?\d{1,3}(?:\.\d{1,6})?),(-?\d{1,2}(?:\.\d{1,6})?)$/.exec(value) || []).map(Number);
    if (lon !== undefined) return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : null;
    return router.nodes.some(({ id }) => id === value) ? value : null;
  };
  const written = () => (found && !found.error
    ? [placeText(asked.from), asked.via === null ? '' : placeText(asked.via), placeText(asked.to), asked.modes.join('+'), asked.gauge, asked.cost, `${Number(asked.bogieChange)}${Number(asked.planned)}`, asked.load].join('~')
    : null);
  /** Ask what an address asks; whether it was a question. */
  const ask = (value) => {
    const [, one, between, other, by, mm, how, changes, future, what = LOADS[0]] = PART.exec(value) || [];
    if (!one || value === written()) return false;
    const [start, middle, end] = [one, between, other].map((place) => {
      try {
        return known(decodeURIComponent(place));
      } catch {
        return null;
      }
    });
    const chosen = by.split('+').filter((mode) => router.modes.includes(mode));
    if (start === null || end === null || (between && middle === null) || !chosen.length || !COSTS.includes(how) || !LOADS.includes(what) || ![0, ...router.gauges].includes(Number(mm))) return false;
    asked = { from: start, via: middle, to: end, modes: chosen, gauge: Number(mm), load: what, cost: how, bogieChange: changes === '1', planned: future === '1' };
    return true;
  };
  bind(say);
  i18n.speak();
  return { show, ask, written: () => (card().hidden ? null : written()), look: () => refresh(true) };
}

export function add(map, subject) {
  const { planner: open } = page;
  if (!open) return;
  let made = null;
  let wanted = false;
  let address = null;
  const { press } = tools.toggle('planner', false, (on) => {
    wanted = on;
    if (made) made.show(on);
    else if (!bytes.supported) tell(on);
  });
  function tell(on) {
    card().hidden = !on;
    card().replaceChildren(node('p', {}, ui('too_old')));
  }
  function ask(value) {
    if (!made) {
      address = value;
      return;
    }
    if (!made.ask(value)) return;
    press(true);
    if (!/[#&]view=/.test(window.location.hash)) made.look();
  }
  permalink.carry('route', () => made && made.written(), ask);
  if (!controls.isPhone()) press(true);
  if (!bytes.supported) return;
  open().then((block) => {
    made = make(map, subject, block);
    if (wanted) made.show(true);
    if (address !== null) ask(address);
    card().dataset.ready = 'true';
  });
}
