import assert from 'node:assert/strict';
import test from 'node:test';

import { atZoom, isShown, LOOKS } from '../../../maps/assets/js/basemap/classes.js';
import * as clip from '../../../maps/assets/js/basemap/clip.js';
import { paintOsm } from '../../../maps/assets/js/basemap/osmpainter.js';
import { lines, rings, SvgPath } from '../../../maps/assets/js/basemap/trace.js';

const BOX = [0, 0, 10, 10];
const FRAME = { scale: 1, left: 0, top: 0, box: BOX };

/** Twice the area of a ring, with the sign of its direction. */
const area = (ring) => ring.reduce((sum, value, at) => (at % 2 ? sum : sum + value * ring[(at + 3) % ring.length] - ring[(at + 2) % ring.length] * ring[at + 1]), 0);

/** A track of plain coordinates. */
function track(...values) {
  const [xs, ys] = [0, 1].map((axis) => values.filter((_, at) => at % 2 === axis));
  return { values: Float64Array.from(values), box: { west: Math.min(...xs), north: Math.min(...ys), east: Math.max(...xs), south: Math.max(...ys) } };
}

/** Lines as pieces of SVG, by how far along their line they begin. */
function pieces(tracks, dashed) {
  const found = [];
  lines((along) => {
    const path = new SvgPath();
    found.push([along, path]);
    return path;
  }, tracks, FRAME, dashed);
  return found.map(([along, path]) => [along, path.d]);
}

test('a ring is cut to a box, and keeps its direction', () => {
  const around = [-5, -5, 15, -5, 15, 15, -5, 15];
  assert.equal(area(clip.ringWithin(around, BOX)), 200);
  assert.equal(area(clip.ringWithin([-5, 15, 15, 15, 15, -5, -5, -5], BOX)), -200);
  assert.equal(area(clip.ringWithin([5, 5, 15, 5, 15, 15, 5, 15], BOX)), 50);
  assert.deepEqual(clip.ringWithin([1, 1, 2, 1, 2, 2], BOX), [1, 1, 2, 1, 2, 2]);
  assert.deepEqual(clip.ringWithin([20, 1, 21, 1, 21, 2], BOX), []);
  // A diagonal cuts a corner off.
  assert.equal(area(clip.ringWithin([5, -5, 15, 5, 5, 15, -5, 5], BOX)), 200);
  assert.equal(area(clip.ringWithin([0, -5, 15, 10, 0, 10], BOX)), 200 - 25);
});

test('vertices that fall on one another are left out, the last stays', () => {
  const path = new SvgPath();
  rings(path, [track(1, 1, 1.2, 1.1, 5, 1, 5, 5), track(50, 50, 60, 50, 60, 60)], FRAME);
  assert.equal(path.d, 'M1.0 1.0L5.0 1.0L5.0 5.0Z');
  assert.deepEqual(pieces([track(1, 1, 9, 1, 9.1, 1)], false), [[0, 'M1.0 1.0L9.0 1.0L9.1 1.0']]);
});

test('what is beyond the view is no part of a line; dashes go on where it comes back', () => {
  const away = track(2, 2, 2, -8, 6, -8, 6, 2, 6, 8);
  assert.deepEqual(pieces([away], false), [[0, 'M2.0 2.0L2.0 -8.0M6.0 -8.0L6.0 2.0L6.0 8.0']]);
  assert.deepEqual(pieces([away], true), [[0, 'M2.0 2.0L2.0 -8.0'], [14, 'M6.0 -8.0L6.0 2.0L6.0 8.0']]);
  assert.deepEqual(pieces([track(20, 20, 30, 30)], true), []);
});

test('classes have a range of scales, widths change between them', () => {
  assert.ok(isShown({ id: 'a', pens: [] }, 3) && isShown({ id: 'a', from: 11, pens: [] }, 11));
  assert.ok(!isShown({ id: 'a', from: 11, pens: [] }, 10.75) && !isShown({ id: 'a', to: 9, pens: [] }, 9));
  assert.equal(atZoom(1.5, 7), 1.5);
  assert.deepEqual([4, 5, 7, 8, 20].map((zoom) => atZoom([[5, 1], [9, 3]], zoom)), [1, 1, 2, 2.5, 3]);
});

test('streets open into each other, bridges lie above all, what is no class yet is not drawn', () => {
  const classes = ['land', 'street', 'primary', 'rail'].map((id) => ({ id, from: 0 }));
  const osm = { box: [0, 0, 1, 1], classes, manners: [], stores: [] };
  /** A scene of one line of two points for each symbol. */
  const scene = (...symbols) => ({
    features: symbols.length, symbols: Uint8Array.from(symbols), kinds: Uint8Array.from(symbols, (symbol) => (symbol === 0 ? 2 : 1)),
    lasts: Int32Array.from(symbols, (_, at) => at + 1), ends: Int32Array.from(symbols, (_, at) => 2 * (at + 1)), xy: new Float32Array(4 * symbols.length),
  });
  const drawn = [];
  const brush = {
    path: () => new SvgPath(),
    fill: (_, token) => drawn.push(token),
    stroke: (_, { colour }) => drawn.push(colour),
  };
  const shown = paintOsm(brush, osm, [scene(0, 1, 1 + 128), scene(2, 3)], { zoom: 16, origin: { x: 0, y: 0 }, width: 10, height: 10, ratio: 1 });
  assert.deepEqual(shown, ['land', 'street', 'primary', 'rail']);
  const pens = (id) => LOOKS[id].pens.map(({ colour }) => colour);
  const [[streetEdge, street], [primaryEdge, primary]] = [pens('street'), pens('primary')];
  assert.deepEqual(drawn, ['sea', 'land', streetEdge, primaryEdge, street, primary, ...pens('rail'), streetEdge, street, 'rule']);
});

test('a road has edges on both sides wherever it is more than a line', () => {
  for (const id of ['street', 'secondary', 'primary', 'motorway']) {
    const [edge, core] = LOOKS[id].pens;
    for (let zoom = 13; zoom <= 17; zoom += 0.25) {
      const more = atZoom(edge.width, zoom) - atZoom(core.width, zoom);
      assert.ok(more > 0.6 && more < 2, `${id} at ${zoom}: ${more}`);
    }
  }
});
