/**
 * Web Mercator: the world as a square of 256 pixels, twice as wide with each zoom level.
 */

const TILE_PX = 256;
const EQUATOR_M = 2 * Math.PI * 6378137;
const LAST_LATITUDE = 85;
const radians = (/** @type {number} */ degrees) => (degrees * Math.PI) / 180;

/** Pixels from one side of the world to the other. @param {number} zoom */
export const worldPixels = (zoom) => TILE_PX * 2 ** zoom;

/** Height over the equator, in radians of longitude; latitudes end at 85°. @param {number} latitude */
export function northing(latitude) {
  const clamped = Math.max(-LAST_LATITUDE, Math.min(LAST_LATITUDE, latitude));
  return Math.log(Math.tan(Math.PI / 4 + radians(clamped) / 2));
}

/** Length on the ground in pixels. @param {number} metres @param {number} latitude @param {number} zoom */
export const pixels = (metres, latitude, zoom) => (metres * worldPixels(zoom)) / (EQUATOR_M * Math.cos(radians(latitude)));

const EDGE = 85.0511287798; // where the square of the world ends
/** Place on the world's square, 0–1 from the west and from the north. @param {number} lon @param {number} lat @returns {[x: number, y: number]} */
export function onSquare(lon, lat) {
  const sine = Math.sin(radians(Math.max(-EDGE, Math.min(EDGE, lat))));
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}
