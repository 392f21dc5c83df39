/**
 * Raster tiles over the base map, where the page was built with them. Where a tile fails to load, the base map stays visible.
 */
import { page } from '../core/page.js';
import * as tools from '../core/tools.js';

const DEEPEST = 22;

/** @param {L.Map} map */
export function add(map) {
  const { tiles } = page;
  if (!tiles) return;
  const pane = map.createPane('tumen-tiles');
  pane.style.zIndex = '280';
  pane.classList.toggle('is-dark', tiles.dark);
  const layer = L.tileLayer(tiles.url, {
    pane: 'tumen-tiles', subdomains: tiles.subdomains, maxNativeZoom: tiles.maxZoom, maxZoom: DEEPEST, updateWhenZooming: false,
  });
  const { press } = tools.toggle('tiles', true, (on) => (on ? layer.addTo(map) : layer.remove()));
  press(true);
}
