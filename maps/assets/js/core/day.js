/**
 * Days as ISO 8601 text, and dates of lower precision: 2014 and 2014-07 mean all of their days.
 */

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86400000;

/** Whether a text is a day. @param {string} text */
export const isDay = (text) => DAY.test(text);

/** Whether a value is written as a date of any precision. @param {unknown} value @returns {value is string} */
export const isDate = (value) => typeof value === 'string' && DATE.test(value);

/** First day of a date of any precision. @param {string} date */
export const firstDay = (date) => date + '-01-01'.slice(date.length - 4);

/**
 * Last day of a date of any precision.
 * @param {string} text
 * @returns {string|null} null when no calendar has it
 */
export function lastDay(text) {
  const [, year, month, day] = DATE.exec(text) || [];
  if (!year || (month && !(Number(month) >= 1 && Number(month) <= 12))) return null;
  const days = new Date(Date.UTC(Number(year), Number(month || 12), 0)).getUTCDate();
  if (day && !(Number(day) >= 1 && Number(day) <= days)) return null;
  return `${year}-${month || '12'}-${day || String(days).padStart(2, '0')}`;
}

/** Days from 1 January 1970 to a day; NaN for an invalid day. @param {string} day */
export const sinceEpoch = (day) => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
