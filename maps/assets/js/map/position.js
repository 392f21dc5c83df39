/**
 * Longitude and latitude under the pointer, or of the centre of the map; both can be copied.
 */
import * as clipboard from '../core/clipboard.js';
import { writePosition } from '../core/coordinates.js';
import { byId, node } from '../core/dom.js';
import { fromLatLng } from '../core/lonlat.js';

/** "130.64000, 42.42000": longitude first. @param {L.LatLng} latLng */
const text = (latLng) => writePosition(fromLatLng(latLng.wrap()), ', ');

/** @param {L.Map} map */
export function add(map) {
  const button = node('button', { type: 'button', 'data-ui-title': 'copy_position' });
  const words = node('span', { class: 'position-text' });
  button.append(node('span', { class: 'offstage', 'data-ui': 'copy_position' }), ' ', words);
  byId('position').append(button);
  /** @param {L.LatLng} latLng */
  const show = (latLng) => {
    if (!words.dataset.words) words.textContent = text(latLng);
  };
  const centre = () => show(map.getCenter());
  map.on('mousemove', (event) => show(event.latlng));
  map.on('mouseout moveend', centre);
  // The secondary button, or a long press, copies the position under it.
  map.on('contextmenu', (event) => {
    show(event.latlng);
    clipboard.copyFrom(words, text(event.latlng));
  });
  button.addEventListener('click', () => {
    centre();
    clipboard.copyFrom(words, text(map.getCenter()));
  });
  centre();
}
