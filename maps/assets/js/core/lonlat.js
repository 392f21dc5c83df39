/**
 * The one place that flips our (lon, lat) to Leaflet's (lat, lng).
 */

/** @param {[number, number]} position  @returns {L.LatLng} */
export const toLatLng = (position) => L.latLng(position[1], position[0]);

/** Coordinates of any depth. @param {any} coordinates @returns {any} */
export const toLatLngs = (coordinates) =>
  typeof coordinates[0] === 'number' ? toLatLng(coordinates) : coordinates.map(toLatLngs);

/** @param {[number, number, number, number]} extent  west, south, east, north  @returns {L.LatLngBounds} */
export const toBounds = (extent) => L.latLngBounds(toLatLng([extent[0], extent[1]]), toLatLng([extent[2], extent[3]]));

/** Box around positions of Leaflet's. @param {L.LatLng[]} latLngs */
export const boundsOf = (latLngs) => L.latLngBounds(latLngs);

/** @param {L.LatLng} latLng  @returns {[number, number]} */
export const fromLatLng = (latLng) => [latLng.lng, latLng.lat];
