/**
 * A question to the planner as a part of the page's address: from~via~to~modes~gauge~cost~flags~load; an older one has no load.
 */
import { readPosition, writePosition } from '../core/coordinates.js';
import { decode, encode } from '../core/permalink.js';
import { COSTS, LOADS } from './form.js';

const PART = /^([^~]{1,80})~([^~]{0,80})~([^~]{1,80})~([a-z+]{3,24})~(\d{1,4})~([a-z]{4,11})~([01])([01])(?:~([a-z]{4,10}))?$/;
const LOOKS_LIKE_POSITION = /^-?\d{1,3}(?:\.\d{1,6})?,-?\d{1,2}(?:\.\d{1,6})?$/;

/** @param {Tumen.Place} place */
const placeText = (place) => (Array.isArray(place) ? writePosition(place) : encode(String(place)));

/** Text of a complete request. @param {import('./form.js').Asked} asked */
export const write = ({ from, via, to, modes, gauge, cost, bogieChange, planned, load }) => [
  placeText(from), via === null ? '' : placeText(via), placeText(to), modes.join('+'), gauge, cost, `${Number(bogieChange)}${Number(planned)}`, load,
].join('~');

/** A place that the network has, or a position on the globe; else null. @param {string} text @param {import('./router.js').Router} router @returns {string|Tumen.Position|null} */
function placeOf(text, router) {
  const place = decode(text);
  if (place === null) return null;
  if (LOOKS_LIKE_POSITION.test(place)) return readPosition(place);
  return router.nodes.some(({ id }) => id === place) ? place : null;
}

/**
 * Request from an address, which is untrusted; null when it does not fit the network.
 * @param {string} text
 * @param {import('./router.js').Router} router
 */
export function read(text, router) {
  const [, start, middle, end, by, mm, cost, changes, future, load = LOADS[0]] = PART.exec(text) || [];
  if (!start) return null;
  const [from, to] = [placeOf(start, router), placeOf(end, router)];
  const via = middle ? placeOf(middle, router) : null;
  const modes = by.split('+').filter((mode) => router.modes.includes(mode));
  const gauge = Number(mm);
  if (from === null || to === null || (middle && via === null) || !modes.length) return null;
  if (!COSTS.includes(cost) || !LOADS.includes(load) || ![0, ...router.gauges].includes(gauge)) return null;
  return { from, via, to, modes, gauge, cost, bogieChange: changes === '1', planned: future === '1', load };
}
