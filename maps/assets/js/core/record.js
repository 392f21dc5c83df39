/**
 * The state of a feature on a given day; the same rules as `layers/history.py`, with days as ISO 8601 text.
 *
 * A date of lower precision counts from its first day when something begins and to its last day when something ends. Cut to the
 * length of such a date, a day compares with it as text.
 */
import { firstDay, isDate } from './day.js';

/** @param {string} date @param {string} day */
const begun = (date, day) => date <= day.slice(0, date.length);
/** @param {string} date @param {string} day */
const over = (date, day) => date < day.slice(0, date.length);

/**
 * Whether a fact dated from one day to another can hold on a day; an invalid date leaves its side open.
 * @param {unknown} from
 * @param {unknown} to
 * @param {string} day  YYYY-MM-DD
 */
export const mayHold = (from, to, day) => !(isDate(from) && !begun(from, day)) && !(isDate(to) && over(to, day));

/** @param {Tumen.Properties} properties @returns {Tumen.HistoryEntry[]} */
const historyOf = (properties) => (Array.isArray(properties.history) ? properties.history : []);

/**
 * Properties of a feature as they were on a day.
 * @param {Tumen.Properties} properties  those of the file of record
 * @param {string} day         YYYY-MM-DD
 * @returns {Tumen.Properties|null} null when the feature was not on the record yet, or no longer; without a status when the day lies
 *   before the first dated change of a feature without a stated beginning
 */
export function stateAt(properties, day) {
  if (!mayHold(properties.valid_from, properties.valid_to, day)) return null;
  const history = historyOf(properties);
  if (history.length === 0) return properties;
  const changes = history.filter((entry) => begun(entry.date, day));
  /** @type {Tumen.Properties} */
  const state = Object.assign(Object.create(null), properties); // no name of a property means anything else
  delete state.status;
  for (const { set } of history) if (set) Object.keys(set).forEach((key) => delete state[key]);
  for (const { status, set } of changes) Object.assign(state, { status }, set);
  return Object.assign(state, { history: changes });
}

/** Days on which something changes, sorted. @param {{properties: Tumen.Properties}[]} features */
export function changeDays(features) {
  const dates = features.flatMap(({ properties }) => [properties.valid_from, ...historyOf(properties).map((entry) => entry.date)]);
  return [...new Set(dates.filter(isDate).map(firstDay))].sort();
}

/** @param {Tumen.Condition} condition @param {Tumen.Properties} properties */
function holds(condition, properties) {
  const value = Object.hasOwn(properties, condition.property) ? properties[condition.property] : null;
  const values = Array.isArray(value) ? value : [value];
  const { all, any, none = [], least = -Infinity, most = Infinity, above = -Infinity, below = Infinity } = condition;
  const ranged = ['least', 'most', 'above', 'below'].some((end) => end in condition);
  if (!all.every((item) => values.includes(item)) || none.some((item) => values.includes(item))) return false;
  if (any.length && !any.some((item) => values.includes(item))) return false;
  if (ranged && !(typeof value === 'number' && value >= least && value <= most && (!('above' in condition) || value > above)
    && (!('below' in condition) || value < below))) return false;
  return all.length + any.length + none.length > 0 || ranged;
}

/**
 * Index of the first rule of a layer that properties meet, -1 when it does not show them.
 * @param {Pick<Tumen.Layer, 'filter'|'symbols'>} layer
 * @param {Tumen.Properties} properties
 */
export function symbolOf(layer, properties) {
  if (!layer.filter.every((condition) => holds(condition, properties))) return -1;
  return layer.symbols.findIndex((symbol) => symbol.when.every((condition) => holds(condition, properties)));
}
