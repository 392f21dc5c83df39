import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Scene } from '../../../maps/assets/js/bulk/scene.js';

const VIEW = { scale: 1, left: 0, top: 0, pixel: 1, box: [0, 0, 100, 100] };

test('rings that leave the view are cut without taking ever more memory', () => {
  const scene = new Scene();
  // Triangles about a corner of the view: cut, each has more vertices than before.
  const rings = 2000;
  const xy = new Int32Array(rings * 6);
  for (let i = 0; i < rings; i += 1) xy.set([-20, 40, 40, -20, 60, 60], i * 6);
  scene.room(3 * rings, rings);
  scene.begin(2, 0);
  for (let i = 0; i < rings; i += 1) scene.strand(xy, 3 * i, 3 * i + 3, VIEW);
  scene.end();
  assert.equal(scene.strands, rings);
  assert.ok(scene.ends[0] > 3);
  assert.ok(scene.xy.length <= 4 * 2 * scene.points, `${scene.xy.length} numbers for ${scene.points} points`);
  for (let i = 0; i < 2 * scene.points; i += 1) assert.ok(scene.xy[i] >= 0 && scene.xy[i] <= 100);
});
