/**
 * Features that lie on one spot, one over the other: how many there are, and a way to each.
 */
import { node } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import { called } from '../map/fields.js';

const MOST = 50;
const REACH_PX = 6;

/** Items that are drawn as elements under a position; points that wait for room to be drawn are among them. */
function elementsAt(map, subject, latLng, kind) {
  const spot = map.latLngToContainerPoint(latLng);
  const near = ({ style }) => Math.max(REACH_PX, style.size || 0);
  const shown = subject.items.filter((item) => item.geometry === kind && subject.isShown(item));
  if (kind === 'point') {
    return shown.filter((item) => item.points.some((point) => map.latLngToContainerPoint(point).distanceTo(spot) <= near(item)));
  }
  const owners = new Map(shown.flatMap((item) => item.hits.map((hit) => [hit.getElement(), item])));
  const { left, top } = map.getContainer().getBoundingClientRect();
  return document.elementsFromPoint(left + spot.x, top + spot.y).map((element) => owners.get(element)).filter(Boolean);
}

/**
 * Everything of the kind of an item that lies where it was pointed at, the item among it.
 * @returns {Promise<Array<Object>>}
 */
async function neighbours(map, subject, item, latLng) {
  const spot = item.geometry === 'point' ? item.center : latLng;
  const big = subject.bulk ? await subject.bulk.allAt(spot, MOST) : [];
  const found = [...new Set([item, ...elementsAt(map, subject, spot, item.geometry), ...big])];
  return found.filter((other) => other.geometry === item.geometry).slice(0, MOST);
}

/**
 * Put a list of what else lies there into a popup.
 * @param {{map: L.Map, subject: Object, item: Object, latLng: L.LatLng}} place
 * @param {function(): ?Element} card  the card of the popup, while it shows the item
 * @param {function(Object)} choose    opens another item there
 */
export async function add({ map, subject, item, latLng }, card, choose) {
  const items = await neighbours(map, subject, item, latLng);
  const element = card();
  if (items.length < 2 || !element) return;
  const names = items.map((other) => called(other.layer, other.feature));
  const order = items.map((other, at) => [names[at], other]).sort(([a], [b]) => i18n.compare(a, b));
  const list = node('ul', {}, ...order.map(([name, other]) => {
    const button = node('button', { type: 'button', class: 'plain', 'aria-current': other === item ? 'true' : false }, name);
    button.addEventListener('click', (event) => {
      event.stopPropagation(); // by the time it reaches the map the button is gone, and the map would take it for its own
      choose(other);
    });
    return node('li', {}, button);
  }));
  const count = items.length === MOST ? `${MOST}+` : i18n.number(items.length);
  element.prepend(node('details', { class: 'chooser', open: item.chosenBeside }, node('summary', {}, `${i18n.ui('on_this_spot')}: ${count}`), list));
  item.chosenBeside = false;
}
