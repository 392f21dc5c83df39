/**
 * Points that would cover each other, side by side: on every scale those of a stacked layer that come too near stand in rows
 * around their middle. The same view gives the same rows.
 */
import { page } from '../core/page.js';

const NEAR_PX = 30;
const CELL_PX = 16;
const WIDE = 1.5; // columns by rows

/** @typedef {[item: Tumen.Item, point: L.Point]} Member  an item and where it would stand */

/** @param {Member[]} members */
const columnsOf = (members) => Math.max(1, Math.ceil(Math.sqrt(members.length * WIDE)));
/** @param {Member[]} members */
const middleOf = (members) => members.reduce((sum, [, point]) => sum.add(point), L.point(0, 0)).divideBy(members.length);

/** Room that the rows of a group take. @param {Member[]} members */
function roomOf(members) {
  const columns = columnsOf(members);
  const half = L.point(columns, Math.ceil(members.length / columns)).multiplyBy(CELL_PX / 2);
  const middle = middleOf(members);
  return L.bounds(middle.subtract(half), middle.add(half));
}

/**
 * Items that come too near to each other, together; groups whose rows would meet become one.
 * @param {L.Map} map
 * @param {Tumen.Item[]} items
 */
function groups(map, items) {
  /** @type {Member[][]} */
  const found = [];
  for (const item of items) {
    const point = map.latLngToLayerPoint(item.points[0]);
    const near = found.find(([[, first]]) => first.distanceTo(point) < NEAR_PX);
    if (near) near.push([item, point]);
    else found.push([[item, point]]);
  }
  for (let i = 0; i < found.length; i += 1) {
    const j = found.findIndex((other, k) => k > i && roomOf(found[i]).overlaps(roomOf(other)));
    if (j < 0) continue;
    found[i].push(...found.splice(j, 1)[0]);
    i = -1; // what grew may now meet one that stood clear
  }
  return found;
}

/** How far each member of a group is moved, in pixels. @param {Member[]} members @returns {Member[]} */
function nudges(members) {
  const columns = columnsOf(members);
  const rows = Math.ceil(members.length / columns);
  const middle = middleOf(members);
  return members.map(([item, point], i) => {
    const inRow = Math.min(columns, members.length - Math.floor(i / columns) * columns);
    const slot = L.point((i % columns) - (inRow - 1) / 2, Math.floor(i / columns) - (rows - 1) / 2).multiplyBy(CELL_PX);
    return [item, members.length > 1 ? middle.add(slot).subtract(point) : L.point(0, 0)];
  });
}

/** @param {L.Map} map @param {Tumen.Item} item @param {L.Point} nudge */
function move(map, item, nudge) {
  for (const path of [...item.shapes, ...item.hits]) {
    path._project = function project() {
      this._point = this._map.latLngToLayerPoint(this._latlng).add(nudge);
      this._updateBounds();
    };
    path._reset();
  }
  item.center = map.layerPointToLatLng(map.latLngToLayerPoint(item.points[0]).add(nudge));
}

/** @param {L.Map} map @param {Tumen.Subject} subject */
export function add(map, subject) {
  const order = page.layers;
  const items = subject.items.filter((item) => item.layer.stacked && item.geometry === 'point')
    .sort((a, b) => order.indexOf(a.layer) - order.indexOf(b.layer) || (a.feature.id < b.feature.id ? -1 : 1));
  if (items.length === 0) return;
  function arrange() {
    const shown = items.filter(subject.isShown);
    for (const members of groups(map, shown)) {
      members.sort(([a], [b]) => items.indexOf(a) - items.indexOf(b));
      for (const [item, nudge] of nudges(members)) move(map, item, nudge);
    }
  }
  map.on('zoomend', arrange);
  subject.onChange(arrange);
  arrange();
}
