/**
 * Geodesics on the WGS 84 ellipsoid, by GeographicLib.
 */
/*! Geodesics: geographiclib-geodesic, Copyright (c) Charles Karney (2011-2022), MIT License */
import geographiclib from '../../../vendor/geographiclib-geodesic/geographiclib-geodesic.cjs';

const { DISTANCE, DISTANCE_IN, LATITUDE, LONGITUDE, WGS84 } = geographiclib.Geodesic;

/** @typedef {[number, number]} Position  longitude and latitude in degrees */

/**
 * Length of the shortest line between two positions.
 * @param {Position} from
 * @param {Position} to
 * @returns {number} metres
 */
export const distance = (from, to) => Number(WGS84.Inverse(from[1], from[0], to[1], to[0], DISTANCE).s12);

/**
 * Positions along the shortest line, to draw it by; both ends are among them.
 * @param {Position} from
 * @param {Position} to
 * @param {number} steps
 * @returns {Position[]}
 */
export function along(from, to, steps) {
  const line = WGS84.InverseLine(from[1], from[0], to[1], to[0], DISTANCE_IN | LATITUDE | LONGITUDE);
  if (line.s13 === 0) return [from, to];
  const inner = Array.from({ length: steps - 1 }, (_, i) => {
    const { lon2, lat2 } = line.Position(((i + 1) / steps) * line.s13, LATITUDE | LONGITUDE);
    return /** @type {Position} */ ([lon2, lat2]);
  });
  return [from, ...inner, to];
}
