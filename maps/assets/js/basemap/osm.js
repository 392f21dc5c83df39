/**
 * The base map of an OpenStreetMap extract, over the one that ships: one canvas, and SVG on a sheet.
 */
import { OsmNames } from './osmnames.js';
import { paintOsm } from './osmpainter.js';
import { CanvasBrush, SvgBrush } from './painter.js';
import { gather } from '../bulk/gather.js';
import { Scene } from '../bulk/scene.js';
import { Store } from '../bulk/store.js';
import * as bytes from '../core/bytes.js';
import { byId, node, svg } from '../core/dom.js';
import { ui } from '../core/i18n.js';
import { page } from '../core/page.js';
import { MapCanvas } from '../map/canvas.js';
import * as controls from '../map/controls.js';
import { onColours, palette } from '../map/palette.js';

const PANE = 'tumen-osm';
const PIECES = 'tumen-osm-';
const SYMBOLS = 256;

const OsmCanvas = MapCanvas.extend({
  /** @this {any} @param {Tumen.Osm} osm @param {Store[]} stores */
  initialize(osm, stores) {
    MapCanvas.prototype.initialize.call(this, PANE, { class: 'osm' });
    const scenes = stores.map(() => new Scene());
    Object.assign(this, { osm, stores, scenes, sheet: null });
  },

  /** @this {any} @param {import('../map/canvas.js').View} view */
  paint(view) {
    const { element, osm } = this;
    this.sheet?.remove();
    this.sheet = controls.isPaper() ? this.print({ ...view, ratio: 1 }) : null;
    element.hidden = this.sheet !== null;
    if (this.sheet) return;
    const pen = element.getContext('2d');
    const colour = palette();
    pen.globalAlpha = 1;
    pen.clearRect(0, 0, element.width, element.height);
    if (page.blocks.basemap.length === 0) {
      pen.fillStyle = colour('page');
      pen.fillRect(0, 0, element.width, element.height);
    }
    element.dataset.classes = paintOsm(new CanvasBrush(pen, view.ratio, colour), osm, this.seen(view), view).join(' ');
  },

  /** Content of a view. @this {any} @param {import('../map/canvas.js').View} view @returns {Scene[]} */
  seen(view) {
    const away = Array.from({ length: SYMBOLS }, (_, symbol) => (this.osm.classes[symbol % (SYMBOLS / 2)]?.from ?? 0) > Math.round(view.zoom));
    const ready = this.stores.filter((/** @type {Store} */ store) => store.ready);
    ready.forEach((/** @type {Store} */ store, /** @type {number} */ number) => gather(store, this.scenes[number], view, away));
    return this.scenes.slice(0, ready.length);
  },

  /** The picture of a sheet. @this {any} @param {import('../map/canvas.js').View} view */
  print(view) {
    const { width, height } = view;
    const root = svg('svg', { class: 'osm', width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', focusable: 'false' });
    if (page.blocks.basemap.length === 0) root.append(svg('rect', { class: 'f-page', width, height }));
    paintOsm(new SvgBrush(root), this.osm, this.seen(view), view);
    L.DomUtil.setPosition(/** @type {any} */ (root), this._map.latLngToLayerPoint(this.corner).round());
    this.getPane().append(root);
    return root;
  },
});

/**
 * Draw the base map of an extract, when its columns are open.
 * @param {L.Map} map
 * @returns {{names: OsmNames, loaded: Promise<void>}|null}
 */
export function add(map) {
  const { osm } = page;
  if (!osm) return null;
  if (!bytes.supported) {
    byId('legend').prepend(node('p', { class: 'hint', role: 'alert' }, ui('too_old')));
    return null;
  }
  map.createPane(PANE).style.zIndex = '270'; // under tiles and the subject
  const stores = osm.stores.map((about) => new Store(/** @type {any} */ ({ bulk: about }), PIECES));
  const canvas = new OsmCanvas(osm, stores).addTo(map);
  const names = new OsmNames(map, osm);
  onColours(() => canvas.draw());
  const loaded = (async () => {
    for (const [number, store] of stores.entries()) {
      await store.load();
      await names.load(osm.stores[number].texts, PIECES);
      if (number === 0) canvas.draw(); // the small-scale content, while the rest is decompressed
    }
    canvas.draw();
    document.documentElement.dataset.osm = 'ready';
  })();
  return { names, loaded };
}
