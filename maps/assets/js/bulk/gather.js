/**
 * Unpacks blocks into the scene of a view.
 */
import { worldPixels } from '../core/mercator.js';

const MARGIN_PX = 24;

/**
 * Collect the features of a store that are in view into a scene.
 * @param {import('./store.js').Store} store
 * @param {import('./scene.js').Scene} scene
 * @param {import('../map/canvas.js').View} view
 * @param {boolean[]} away  by symbol: whether it is not drawn
 */
export function gather(store, scene, { zoom, origin, width, height, ratio }, away) {
  const scale = (worldPixels(zoom) / store.about.world) * ratio;
  const [left, top, margin] = [origin.x, origin.y, MARGIN_PX].map((length) => length * ratio);
  const [right, bottom] = [width * ratio + margin, height * ratio + margin];
  const view = { scale, left, top, pixel: ratio, box: /** @type {Tumen.Box} */ ([-margin, -margin, right, bottom]) };
  const box = /** @type {Tumen.Box} */ ([left - margin, top - margin, left + right, top + bottom].map((value) => value / scale));
  scene.clear();
  store.eachBlock(zoom, box, (block) => {
    const features = store.look(block, zoom);
    if (features === 0) return; // still loading
    const { xy, ends, parts, kinds } = store;
    scene.looked += ends[parts[features - 1] - 1];
    for (let i = 0; i < features; i += 1) {
      const row = store.begin[block] + i;
      const symbol = store.columns.symbol[row];
      if (store.alive[row] === 0 || away[symbol]) continue;
      const firstPart = i ? parts[i - 1] : 0;
      const firstVertex = firstPart ? ends[firstPart - 1] : 0;
      scene.room(ends[parts[i] - 1] - firstVertex, parts[i] - firstPart);
      scene.begin(kinds[i], symbol);
      for (let part = firstPart; part < parts[i]; part += 1) scene.strand(xy, part ? ends[part - 1] : 0, ends[part], view);
      scene.end();
    }
  });
}
