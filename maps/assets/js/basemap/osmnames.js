/**
 * Names of the base map of an extract: those that fit a view, the most important first.
 */
import * as bytes from '../core/bytes.js';
import { byId } from '../core/dom.js';
import * as i18n from '../core/i18n.js';

const MOST = 260; // names of a view that are tried
const PRIORITY = -100; // under all names of the subject
const QUARTERS = 4;

/** @typedef {Record<string, Int32Array>} Columns */

export class OsmNames {
  /** @param {L.Map} map @param {Tumen.Osm} osm */
  constructor(map, osm) {
    this.map = map;
    this.manners = osm.manners;
    this.world = osm.stores[0].world;
    /** @type {{columns: Columns, words: Record<string, (string|null)[]>}[]} */
    this.parts = [];
  }

  /** Open the names of a part. @param {Tumen.OsmTexts} texts @param {string} prefix  of the ids of its pieces */
  async load(texts, prefix) {
    /** @type {Columns} */
    const columns = {};
    for (const [name, { type, bytes: length, pieces: [from, to] }] of Object.entries(texts.columns)) {
      const ids = Array.from({ length: to - from }, (_, i) => prefix + (from + i));
      columns[name] = /** @type {Int32Array} */ (bytes.numbers(type, await bytes.inflate(ids, length)));
    }
    const [{ piece }] = texts.words;
    this.parts.push({ columns, words: await bytes.json(byId(prefix + piece).textContent ?? '') });
  }

  /** Labels of the view, the important first. @returns {Tumen.MapLabel[]} */
  inView() {
    const { map, world } = this;
    const zoom = map.getZoom();
    const scale = (256 * 2 ** zoom) / world;
    const { min, max } = map.getPixelBounds();
    const [west, north] = [/** @type {L.Point} */ (min).x / scale, /** @type {L.Point} */ (min).y / scale];
    const [east, south] = [/** @type {L.Point} */ (max).x / scale, /** @type {L.Point} */ (max).y / scale];
    /** @type {[rank: number, part: number, row: number][]} */
    const found = [];
    this.parts.forEach(({ columns: { x, y, first, last, rank } }, part) => {
      for (let row = 0; row < x.length; row += 1) {
        if (x[row] < west || x[row] > east || y[row] < north || y[row] > south) continue;
        if (zoom * QUARTERS >= first[row] && zoom * QUARTERS < last[row]) found.push([rank[row], part, row]);
      }
    });
    return found.sort((a, b) => b[0] - a[0] || a[1] - b[1] || a[2] - b[2]).slice(0, MOST).map(([rank, part, row]) => this.label(rank, part, row, scale));
  }

  /** @param {number} rank @param {number} part @param {number} row @param {number} scale @returns {Tumen.MapLabel} */
  label(rank, part, row, scale) {
    const { columns, words } = this.parts[part];
    const manner = this.manners[columns.manner[row]];
    const along = columns.room[row] > 0;
    const point = L.point(columns.x[row], columns.y[row]).multiplyBy(scale);
    return {
      id: `osm/${part}/${row}`, text: words[i18n.lang()]?.[row] ?? words[''][row] ?? '', manner, priority: PRIORITY + rank / 100, from: 0,
      geometry: along ? 'line' : 'anchors', className: 'label-osm',
      place: { latLng: this.map.unproject(point, this.map.getZoom()), angle: columns.angle[row] * Math.PI / 1800, room: columns.room[row] * scale },
    };
  }
}
