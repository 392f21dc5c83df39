// A network small enough to work out by hand; tests/maps/browser/test_planner.py sets the real one against geo.route.
import assert from 'node:assert/strict';
import test from 'node:test';

import { distance } from '../../../maps/assets/js/core/geodesic.js';
import { Heap } from '../../../maps/assets/js/planner/heap.js';
import { isInForce, ordinal, stateOn } from '../../../maps/assets/js/planner/network.js';
import { make } from '../../../maps/assets/js/planner/router.js';

const column = (...words) => ({ words: [...new Set(words)], rows: words.map((word) => [...new Set(words)].indexOf(word)) });
const SINCE_2000 = ordinal('2000-01-01');

/** a –1435– b –1520– c, with a change of bogies at b that takes six hours; the eastern half is closed until 2000, and labelled from 2010 to 2012. */
function block() {
  return {
    nodes: { id: ['station/a', 'station/b', 'station/c'], lons: [130, 130.1, 130.2], lats: [42, 42, 42], accuracy_m: [30, 0, 40], country: ['KP', 'KP', 'RU'], names: { en: ['A', 'B', 'C'] } },
    edges: {
      from: [0, 2], to: [1, 1], mode: column('rail', 'rail'), line: column('West', 'East'), method: column('osm', 'osm'), length_m: [7000, 14000], uncertainty_m: [3, 4], systematic_m: [1, 2],
      rate: [1, 1], loads: [4, 4], hours: [null, 0.5], chainages_km: [0, 1], countries: [2, 2], sources: [3, 3], labels: [4, 5], states: [0, 1], lines: ['', ''],
    },
    lists: [[0, 7.5], [14, 0], ['KP'], ['somebody'], [], [0]],
    states: [[[1, 'operating', [1435]]], [[1, 'closed', [1520]], [SINCE_2000, 'operating', [1520]]], [[1, 'operating', []]]],
    transfers: [{ at: 1, kind: 'bogie_change', from: 'rail:1435', to: 'rail:1520', both_ways: true, hours: 6, states: [[1, 'operating', []]], labels: [], sources: [], explanation: 'by hand', assumption: '', load_hours: {}, loads: [], pairs: [] }],
    labels: [{ regime: 'R', note: 'a rule', from: '2010', to: '2012-06' }],
    sources: {}, speeds: { rail: 35, road: 45, sea: 20, ferry: 28 }, costs: { general: { rail: 1, road: 2, sea: 0.2, ferry: 0.4, per_hour: 10, bogie_change: 0, wagon: 0 } }, loads: [], max_connector_m: 50000,
  };
}

const ask = (change) => make(block()).route({
  from: 'station/a', via: null, to: 'station/c', day: '2020-01-01', modes: ['rail'], gauge: 0, bogieChange: true, planned: false, cost: 'distance', load: 'general', ...change,
});

test('a heap gives the least first', () => {
  const heap = new Heap();
  const costs = [5, 1, 4, 1, 3, 9, 2, 6];
  costs.forEach((cost, n) => heap.push([cost, n]));
  const popped = [];
  while (heap.items.length) popped.push(heap.pop()[0]);
  assert.deepEqual(popped, costs.sort((a, b) => a - b));
});

test('a state holds until the next begins', () => {
  const states = [[1, 'absent', []], [10, 'operating', [1435]], [20, 'closed', [1435, 1520]]];
  assert.deepEqual(stateOn(states, 9), { status: '', gauges: [] });
  assert.deepEqual(stateOn(states, 10), { status: 'operating', gauges: [1435] });
  assert.deepEqual(stateOn(states, 2000), { status: 'closed', gauges: [1435, 1520] });
});

test('days are counted as Python counts them', () => {
  assert.equal(ordinal('2014-11-24'), 735561);
  const [label] = block().labels;
  assert.deepEqual(['2009-12-31', '2010-01-01', '2012-06-30', '2012-07-01'].map((day) => isInForce(label, ordinal(day))), [false, true, true, false]);
});

test('legs: two railways and the change of bogies between them', () => {
  const { legs, length, hours, uncertainty, straight } = ask();
  assert.deepEqual(legs.map(({ mode, line, from, to }) => [mode, line, from, to]), [['rail', 'West', 0, 1], ['transfer', undefined, 1, 1], ['rail', 'East', 1, 2]]);
  assert.equal(length, 21000);
  assert.ok(Math.abs(hours - (7 / 35 + 6 + 0.5)) < 1e-12);
  assert.ok(Math.abs(uncertainty - Math.hypot(1 + 2, 3, 4, 30, 40)) < 1e-12);
  assert.equal(straight, distance([130, 42], [130.2, 42]));
  assert.deepEqual(legs.map(({ chainage }) => chainage), [7500, undefined, 14000]);
  assert.deepEqual([legs[2].lines[0].forward, legs[1].fromCarrier, legs[1].toCarrier], [false, 'rail:1435', 'rail:1520']);
});

test('labels of the day, and no others', () => {
  assert.deepEqual(ask({ day: '2011-05-05' }).legs.map(({ labels }) => labels.map(({ regime }) => regime)), [[], [], ['R']]);
  assert.deepEqual(ask().legs.flatMap(({ labels }) => labels), []);
});

test('a position begins with the way to its node', () => {
  const at = [130.01, 42.01];
  const { legs, length } = ask({ from: at });
  assert.equal(legs[0].mode, 'connector');
  assert.deepEqual([legs[0].from, legs[0].to], [{ name: at }, 0]);
  assert.equal(length, distance(at, [130, 42]) + 21000);
});

test('why there is no route', () => {
  assert.equal(ask({ bogieChange: false }).error, 'gauge');
  assert.equal(ask({ modes: ['sea'] }).error, 'mode');
  const closed = ask({ day: '1999-12-31' });
  assert.equal(closed.error, 'date');
  assert.deepEqual(closed.closed.map(({ edge, status }) => [edge.line, status]), [['East', 'closed']]);
  assert.equal(ask({ to: 'station/a' }).error, 'same');
  assert.equal(ask({ to: 'station/x' }).error, 'unknown');
  assert.equal(ask({ to: [0, 0] }).error, 'off_network');
});

test('via: a place on the way changes nothing', () => {
  assert.equal(ask({ via: 'station/b' }).length, 21000);
});
