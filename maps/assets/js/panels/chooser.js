/**
 * Features at one place, one over the other: their number, and a link to each.
 */
import { node } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import { called } from '../map/fields.js';

/** @typedef {{map: L.Map, subject: Tumen.Subject, item: Tumen.Item, latLng: L.LatLng}} Place */

const MOST = 50;
const REACH_PX = 6;

/**
 * Items that are drawn as elements where an item is; points that wait for room to be drawn are among them.
 * @param {Place} place
 * @param {L.LatLng} latLng
 * @returns {Tumen.Item[]}
 */
function elementsAt({ map, subject, item }, latLng) {
  const spot = map.latLngToContainerPoint(latLng);
  const shown = subject.items.filter((other) => other.geometry === item.geometry && other.made && subject.isShown(other));
  if (item.geometry === 'point') {
    return shown.filter(({ points, style }) =>
      points.some((point) => map.latLngToContainerPoint(point).distanceTo(spot) <= Math.max(REACH_PX, style.size)));
  }
  const owners = new Map(shown.flatMap((other) => other.hits.map((hit) => [hit.getElement(), other])));
  const { left, top } = map.getContainer().getBoundingClientRect();
  return document.elementsFromPoint(left + spot.x, top + spot.y).flatMap((element) => owners.get(element) ?? []);
}

/** Everything of the kind of an item that lies where it was pointed at, the item among it. @param {Place} place */
async function neighbours(place) {
  const { subject, item } = place;
  const spot = item.geometry === 'point' ? item.center : place.latLng;
  /** @type {Tumen.Item[]} */
  const big = subject.bulk ? await subject.bulk.allAt(spot, MOST) : [];
  const found = [...new Set([item, ...elementsAt(place, spot), ...big])];
  return found.filter((other) => other.geometry === item.geometry).slice(0, MOST);
}

/**
 * Put a list of other features at the place into a popup.
 * @param {Place} place
 * @param {() => ?Element} card  the card of the popup, while it shows the item
 * @param {(item: Tumen.Item) => void} choose  opens another item there
 */
export async function add(place, card, choose) {
  const items = await neighbours(place);
  const element = card();
  if (items.length < 2 || !element) return;
  const named = items.map((item) => ({ item, name: called(item.layer, item.feature) })).sort((a, b) => i18n.compare(a.name, b.name));
  const list = node('ul', {}, ...named.map(({ item, name }) => {
    const button = node('button', { type: 'button', class: 'plain', 'aria-current': item === place.item ? 'true' : false }, name);
    button.addEventListener('click', (event) => {
      event.stopPropagation(); // when the event reaches the map the button is gone, and the map would handle the click itself
      choose(item);
    });
    return node('li', {}, button);
  }));
  const count = items.length === MOST ? `${MOST}+` : i18n.number(items.length);
  element.prepend(node('details', { class: 'chooser', open: Boolean(place.item.chosenBeside) },
    node('summary', {}, `${i18n.ui('on_this_spot')}: ${count}`), list));
  place.item.chosenBeside = false;
}
