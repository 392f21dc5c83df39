/**
 * Longitude and latitude as text.
 */

/** @typedef {[number, number]} Position  longitude and latitude in degrees */

// In an address, to the letter; as somebody types it, with room and a comma, a semicolon or a space between.
const WRITTEN = /^(-?\d{1,3}(?:\.\d{1,6})?),(-?\d{1,2}(?:\.\d{1,6})?)$/;
const TYPED = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,2}(?:\.\d+)?)\s*$/;
const DIGITS = 5;
const LAST_LATITUDE = 90;

/** Whether a text looks like coordinates, be they on the globe or not. @param {string} text */
export const looksLikePosition = (text) => TYPED.test(text);

/** @param {RegExp} pattern @param {string} text @param {number} last @returns {Position|null} */
function match(pattern, text, last) {
  const found = pattern.exec(text);
  if (!found) return null;
  const [lon, lat] = [Number(found[1]), Number(found[2])];
  return Math.abs(lon) <= 180 && Math.abs(lat) <= last ? [lon, lat] : null;
}

/**
 * Position that somebody typed.
 * @param {string} text
 * @returns {Position|null}
 */
export const typedPosition = (text) => match(TYPED, text, LAST_LATITUDE);

/**
 * Position out of an address, which anybody may have written.
 * @param {string} text
 * @param {number} [last]  the greatest latitude that is taken
 * @returns {Position|null}
 */
export const readPosition = (text, last = LAST_LATITUDE) => match(WRITTEN, text, last);

/** Text of a position for an address: about a metre. @param {Position} position @param {string} [between] */
export const writePosition = (position, between = ',') => position.map((value) => value.toFixed(DIGITS)).join(between);

/** The same as a position. @param {Position} position @returns {Position} */
export const rounded = ([lon, lat]) => [Number(lon.toFixed(DIGITS)), Number(lat.toFixed(DIGITS))];
