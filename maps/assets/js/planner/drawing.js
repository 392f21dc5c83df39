/**
 * A route on the map.
 */
import { toBounds, toLatLng } from '../core/lonlat.js';
import * as unpack from '../core/unpack.js';
import { goesByWater } from './answer.js';

/** Line of a leg in the direction of travel. @param {Tumen.Leg} leg @returns {Tumen.Position[]} */
function lineOf({ lines }) {
  const joined = lines.map(({ packed, plain, forward }) => {
    /** @type {Tumen.Position[]} */
    const line = plain || unpack.lines(packed ?? '');
    return forward === false ? [...line].reverse() : line;
  });
  return joined.flat();
}

/** Dashes of a leg: by water, and between a position and the network. @param {Tumen.Leg} leg */
const dashOf = (leg) => (goesByWater(leg) ? '9 7' : leg.mode === 'connector' ? '2 7' : '');

/**
 * @param {L.Map} map
 * @returns {(legs: Tumen.Leg[]) => L.LatLngBounds|null} draws legs in place of those drawn before, and gives the box around them
 */
export function drawing(map) {
  map.createPane('tumen-route').style.zIndex = '620';
  const renderer = L.svg({ pane: 'tumen-route', padding: 0.3 });
  const group = L.layerGroup().addTo(map);
  /** @param {L.LatLng[]} line @param {string} className @param {number} weight @param {string} [dashArray] */
  const stroke = (line, className, weight, dashArray = '') => L.polyline(line, { renderer, interactive: false, color: 'currentColor', className, weight, dashArray }).addTo(group);
  return (legs) => {
    group.clearLayers();
    const drawn = legs.map((leg) => ({ leg, line: lineOf(leg).map(toLatLng) })).filter(({ line }) => line.length > 1);
    drawn.forEach(({ line }) => stroke(line, 's-halo', 9));
    drawn.forEach(({ leg, line }) => stroke(line, 's-accent', 4.5, dashOf(leg)));
    const ends = drawn.length ? [drawn[0].line[0], drawn[drawn.length - 1].line[drawn[drawn.length - 1].line.length - 1]] : [];
    ends.forEach((at, n) => L.circleMarker(at, {
      renderer, interactive: false, radius: 7, weight: 3, color: 'currentColor', className: n ? 's-accent f-accent' : 's-accent f-page', fillColor: 'currentColor', fillOpacity: 1,
    }).addTo(group));
    const positions = legs.flatMap(lineOf);
    const sorted = [0, 1].map((axis) => positions.map((position) => position[axis]).sort((a, b) => a - b));
    const [[west, south], [east, north]] = [0, -1].map((end) => sorted.map((values) => values.at(end) ?? 0));
    return positions.length ? toBounds([west, south, east, north]) : null;
  };
}
