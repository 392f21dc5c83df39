import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { changeDays, stateAt, symbolOf } from '../../../maps/assets/js/core/record.js';

const { cases } = JSON.parse(readFileSync(new URL('../../fixtures/state_on_day.json', import.meta.url), 'utf8'));
const isNothing = (value) => value === null || value === undefined || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
const said = (state) => state && Object.fromEntries(Object.entries(state).filter(([, value]) => !isNothing(value)));

for (const { rule, properties, states } of cases) {
  test(rule, () => {
    const before = structuredClone(properties);
    for (const [day, state] of Object.entries(states)) assert.deepEqual(said(stateAt(properties, day)), state, day);
    assert.deepEqual(properties, before);
  });
}

test('days of change are first days, sorted, each once', () => {
  const features = [
    { properties: { valid_from: '2014', history: [{ date: '2014-01' }, { date: '2013-09-22' }] } },
    { properties: { valid_from: 'soon' } },
    { properties: {} },
  ];
  assert.deepEqual(changeDays(features), ['2013-09-22', '2014-01-01']);
});

test('the first rule that properties meet gives the symbol', () => {
  const when = (property, ...any) => ({ property, any, all: [] });
  const layer = {
    filter: [when('kind', 'rail', 'road')],
    symbols: [{ when: [{ property: 'gauge', any: [], all: [1435, 1520] }] }, { when: [when('status', null)] }, { when: [] }],
  };
  assert.equal(symbolOf(layer, { kind: 'rail', gauge: [1435, 1520], status: 'operating' }), 0);
  assert.equal(symbolOf(layer, { kind: 'rail', gauge: [1520] }), 1);
  assert.equal(symbolOf(layer, { kind: 'road', status: 'operating' }), 2);
  assert.equal(symbolOf(layer, { kind: 'sea' }), -1);
});
