import assert from 'node:assert/strict';
import test from 'node:test';

import * as coordinates from '../../../maps/assets/js/core/coordinates.js';
import * as day from '../../../maps/assets/js/core/day.js';
import * as geodesic from '../../../maps/assets/js/core/geodesic.js';
import * as mercator from '../../../maps/assets/js/core/mercator.js';
import { plain } from '../../../maps/assets/js/core/plain.js';
import { placeAt } from '../../../maps/assets/js/core/polyline.js';
import { lines } from '../../../maps/assets/js/core/unpack.js';

const near = (actual, expected, within = 1e-9) => assert.ok(Math.abs(actual - expected) <= within, `${actual}, expected ${expected}`);

test('a date of any precision has a first and a last day', () => {
  assert.equal(day.firstDay('2014'), '2014-01-01');
  assert.equal(day.firstDay('2014-07'), '2014-07-01');
  assert.equal(day.firstDay('2014-07-18'), '2014-07-18');
  assert.equal(day.lastDay('2014'), '2014-12-31');
  assert.equal(day.lastDay('2016-02'), '2016-02-29');
  assert.equal(day.lastDay('1900-02'), '1900-02-28');
  assert.equal(day.lastDay('2014-07-18'), '2014-07-18');
});

test('what no calendar has is no date', () => {
  for (const text of ['', '14', '2014-13', '2014-00', '2015-02-29', '2014-7-1', '2014-07-18T00:00', ' 2014']) assert.equal(day.lastDay(text), null, text);
  assert.ok(!day.isDate(2014) && !day.isDate(null) && !day.isDay('2014-07'));
});

test('days are counted from 1970', () => {
  assert.equal(day.sinceEpoch('1970-01-01'), 0);
  assert.equal(day.sinceEpoch('1951-09-28'), -6670);
  assert.ok(Number.isNaN(day.sinceEpoch('never')));
});

test('coordinates out of an address must match to the letter', () => {
  assert.deepEqual(coordinates.readPosition('130.64000,42.42000'), [130.64, 42.42]);
  for (const text of ['130.64, 42.42', '42,130.6', '181,0', '1e2,3', '130.64,42.42;', '', '130.6400001,42']) assert.equal(coordinates.readPosition(text), null, text);
  assert.deepEqual(coordinates.readPosition('0,86'), [0, 86]);
  assert.equal(coordinates.readPosition('0,86', 85), null);
});

test('coordinates as they are typed', () => {
  assert.deepEqual(coordinates.typedPosition(' -130.64 ; 42.42 '), [-130.64, 42.42]);
  assert.ok(coordinates.looksLikePosition('200 10') && coordinates.typedPosition('200 10') === null);
  assert.ok(!coordinates.looksLikePosition('Khasan'));
  assert.equal(coordinates.writePosition([130.64, -0.5]), '130.64000,-0.50000');
  assert.deepEqual(coordinates.rounded([130.123456, 42.1]), [130.12346, 42.1]);
});

test('Web Mercator', () => {
  assert.equal(mercator.worldPixels(2), 1024);
  assert.equal(mercator.northing(0), Math.log(Math.tan(Math.PI / 4)));
  near(mercator.northing(85.0511287798066), mercator.northing(85));
  near(mercator.northing(-60), -mercator.northing(60));
  near(mercator.pixels(156543.03392804097, 0, 0), 1);
  near(mercator.pixels(1000, 60, 10), 2 * mercator.pixels(1000, 0, 10));
});

test('geodesics: the flattened meridian, and points opposite each other', () => {
  near(geodesic.distance([0, 0], [0, 90]), 10001965.729312724, 1e-6);
  near(geodesic.distance([0, 0], [180, 0]), 2 * 10001965.729312724, 1e-6);
  assert.equal(geodesic.distance([130, 42], [130, 42]), 0);
  assert.deepEqual(geodesic.along([130, 42], [130, 42], 4), [[130, 42], [130, 42]]);
  const line = geodesic.along([0, 0], [0, 90], 2);
  near(geodesic.distance(line[0], line[1]), geodesic.distance(line[1], line[2]), 1e-6);
});

test('a place at a share of a line', () => {
  const line = [[0, 0], [3, 4], [3, 14]];
  assert.deepEqual(placeAt(line, 0.5), { before: [3, 4], at: [3, 6.5] });
  assert.deepEqual(placeAt(line, 0).at, [0, 0]);
  assert.deepEqual(placeAt(line, 1).at, [3, 14]);
  assert.deepEqual(placeAt([[1, 2], [1, 2]], 0.5).at, [1, 2]);
  assert.deepEqual(placeAt([[1, 2]], 0.5).at, [1, 2]);
});

test('text is searched without its marks', () => {
  assert.equal(plain('Sŏnbong'), plain('SONBONG'));
  assert.equal(plain("Ch'ŏngjin-si"), 'chongjinsi');
  assert.notEqual(plain('Хасан'), '');
});

test('a packed line', () => {
  assert.deepEqual(lines('_p~iF~ps|U_ulLnnqC_mqNvxq`@'), [[38.5, -120.2], [40.7, -120.95], [43.252, -126.453]]);
  assert.deepEqual(lines(['', '']), [[], []]);
});
