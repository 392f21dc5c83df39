/**
 * The result of the planner as text: each leg, or why there is no route.
 */
import { node } from '../core/dom.js';
import { metres, number, ui, word } from '../core/i18n.js';
import { kilometres, nauticalMiles } from '../core/length.js';

const WATER = ['sea', 'ferry'];
/** @typedef {ReturnType<typeof import('./places.js').placesOf>} Places */

const SHORT_M = 10000;
const MOST_CLOSED = 3;

/** @param {{mode?: string}} leg */
export const goesByWater = ({ mode = '' }) => WATER.includes(mode);

/** Text of a length: kilometres, and nautical miles where ships go. @param {{length: number, mode?: string}} leg */
function long(leg) {
  const km = kilometres(leg.length, leg.length < SHORT_M ? 2 : 1);
  return goesByWater(leg) ? `${km} · ${nauticalMiles(leg.length, 0)}` : km;
}

/** @param {number} hours */
const spent = (hours) => `${number(Number(hours.toFixed(hours < 10 ? 1 : 0)))}\u202f${ui('hour_sign')}`;
/** @param {number} value */
const plusMinus = (value) => `± ${metres(Number(value.toPrecision(2)))}`;

/** @param {string} written */
function carrier(written) {
  const [mode, gauge] = written.split(':');
  return gauge ? `${gauge}\u202f${word('unit', 'mm')}` : word('mode', mode);
}

/** Summary of a leg. @param {Tumen.Leg} leg */
function notes(leg) {
  const isTransfer = leg.mode === 'transfer';
  return [
    isTransfer && leg.fromCarrier && leg.toCarrier && leg.fromCarrier !== leg.toCarrier ? `${carrier(leg.fromCarrier)} → ${carrier(leg.toCarrier)}` : null,
    leg.chainage ? `${ui('planner_chainage')} ${kilometres(leg.chainage, 1)}` : null,
    leg.gauges?.length ? `${leg.gauges.map(String).join(' + ')}\u202f${word('unit', 'mm')}` : null,
    leg.status && leg.status !== 'operating' ? word('status', leg.status) : null,
    leg.method === 'schematic' && !isTransfer ? ui('schematic') : null,
    leg.mode === 'connector' ? ui('planner_connector') : null,
    leg.mode === 'rail' && !leg.gauges?.length ? ui('planner_no_gauge') : null,
  ].filter(Boolean);
}

/**
 * Details of a leg: the reason for its hours, legal restrictions, sources.
 * @param {Tumen.Leg} leg
 * @param {Record<string, string>} sources
 */
function details(leg, sources) {
  return [
    leg.explanation || null,
    leg.assumption ? `${ui('planner_assumption')}: ${leg.assumption}` : null,
    ...leg.labels.map(({ regime, note }) => `${regime}: ${note}`),
    ...leg.sources.filter((id) => sources[id]).map((id) => `${ui('source')}: ${sources[id]}`),
  ].filter(Boolean);
}

/** @param {Tumen.Leg} leg @param {Record<string, string>} sources @param {Places} places */
function legItem(leg, sources, places) {
  const isTransfer = leg.mode === 'transfer';
  /** @param {number|{name: Tumen.Position}} place */
  const end = (place) => (typeof place === 'number' ? places.name(place) : place.name.map((value) => value.toFixed(4)).join(', '));
  const title = isTransfer ? `${word('transfer', leg.kind)}: ${end(leg.from)}` : `${end(leg.from)} → ${end(leg.to)}`;
  const [short, more] = [notes(leg), details(leg, sources)];
  return node('li', { class: `planner-leg planner-${leg.mode}` },
    node('p', { class: 'planner-way' }, node('span', { class: 'planner-mode' }, isTransfer ? '' : word('mode', leg.mode)), ' ', title),
    node('p', { class: 'planner-length' }, isTransfer ? spent(leg.hours) : `${long(leg)} ${plusMinus(leg.uncertainty)}`),
    short.length ? node('p', { class: 'small' }, short.join(' · ')) : null,
    leg.labels.length ? node('p', { class: 'planner-label' }, leg.labels.map(({ regime }) => regime).join(' · ')) : null,
    more.length ? node('details', { class: 'small' }, node('summary', {}, ui('planner_more')), ...more.map((line) => node('p', {}, line))) : null);
}

/** Why there is no route, and what would open one. @param {Tumen.Failure} found @param {string} day @param {Places} places */
function failure(found, day, places) {
  const closed = (found.closed || []).slice(0, MOST_CLOSED).map(({ edge, status }) => `${places.name(edge.from)}–${places.name(edge.to)}: ${word('status', status)}`).join('; ');
  const modes = (found.modes || []).map((mode) => word('mode', mode)).join(', ');
  /** @type {Record<string, string>} */
  const words = {
    unknown: ui('planner_unknown'), same: ui('planner_same'), disconnected: ui('planner_disconnected'),
    off_network: `${ui('planner_off')} (${found.gap ? metres(found.gap) : ''})`,
    gauge: ui('planner_gauge_closed'), load: `${ui('planner_load_closed')} ${ui(`planner_load_${found.load}`)}`, mode: `${ui('planner_mode_closed')} ${modes}`, date: `${ui('planner_date_closed')} ${day}: ${closed}`,
  };
  return words[found.error];
}

/**
 * @param {Tumen.Route|Tumen.Failure} found  the result of the router
 * @param {string} day
 * @param {Record<string, string>} sources  titles by id
 * @param {Places} places
 * @returns {Node[]}
 */
export function answerNodes(found, day, sources, places) {
  if (found.error !== undefined) return [node('p', { class: 'planner-error', role: 'alert' }, failure(found, day, places))];
  const factor = found.straight ? ` · ${ui('planner_straight')} ${metres(found.straight)} (×${number(Number((found.length / found.straight).toFixed(2)))})` : '';
  return [
    node('output', { class: 'planner-total' }, `${long({ length: found.length })} ${plusMinus(found.uncertainty)}`),
    node('p', { class: 'small' }, `${ui('planner_about')} ${spent(found.hours)}${factor}`),
    node('ol', { class: 'planner-legs' }, ...found.legs.map((leg) => legItem(leg, sources, places))),
    node('p', { class: 'fine' }, ui('planner_caution')),
  ];
}
