// Runs the tests of the npm package geojson-validation with a recorder in place of the validator, and prints its cases as JSON.
const path = require('node:path');
const Module = require('node:module');

const cases = [];
const names = [];
const validator = new Proxy({}, { get: (_, check) => (value) => ({ check, value }) });
const record = ({ check, value }, valid) => cases.push({ name: names.join(' / '), check, value, valid });
const assert = (answer) => record(answer, true);
assert.equal = (expected, answer) => record(answer, expected);
const load = Module._load;
Module._load = (id, ...others) => {
  if (id === 'assert') return assert;
  return id === '../index.js' ? validator : load(id, ...others);
};
globalThis.describe = (name, run) => {
  names.push(name);
  run();
  names.pop();
};
globalThis.it = globalThis.describe;
require(path.resolve(process.argv[2]));
process.stdout.write(JSON.stringify(cases));
