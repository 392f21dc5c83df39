/**
 * A big layer in memory: columns as `bulk/columns.py` packs them. Vertices stay packed until a block of 64 features is looked at.
 *
 * Rows are ordered by the lowest zoom at which they show, then along a Morton curve; all coordinates are steps of the Web Mercator world.
 */
import { grown } from './scene.js';
import * as bytes from '../core/bytes.js';
import { sinceEpoch } from '../core/day.js';
import * as pieces from '../core/pieces.js';

export const POINT = 0;
export const AREA = 2;
const LOWEST_ZOOM = 3; // at which the first features show
const KEPT_CHUNKS = 12;

/** Where each of a run of lengths begins, and where the last ends. @param {ArrayLike<number>} lengths */
function sums(lengths) {
  const starts = new Uint32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i += 1) starts[i + 1] = starts[i] + lengths[i];
  return starts;
}

/** @typedef {Tumen.Layer & {bulk: Tumen.Bulk}} BulkLayer */
/**
 * Vertices and shapes of blocks, where each of them begins, and where the loaded part begins.
 * @typedef {{xy: Uint8Array, xyAt: Uint32Array, xyFrom: number, shape: Uint8Array, shapeAt: Uint32Array|null, shapeFrom: number}} Packed
 */
/**
 * Blocks whose geometry is decompressed together, at the first access to one of them.
 * @typedef {{block: number, xy: Tumen.Stream, shape?: Tumen.Stream, packed: Packed|null, opening: Promise<void>|null}} Segment
 */

export class Store {
  /** @param {BulkLayer} layer  its block  @param {string} prefix  of the ids of its pieces */
  constructor(layer, prefix) {
    const { bulk } = layer;
    this.layer = layer;
    this.prefix = prefix;
    this.about = bulk;
    this.count = bulk.count;
    this.ready = false;
    /** Rows that are shown on the day and under the filter. */
    this.alive = new Uint8Array(0);
    /** @type {Record<string, any>} */
    this.columns = {};
    /** Of the properties that are filtered by: the number of each row's word. @type {Record<string, Uint8Array>} */
    this.codes = {};
    /** How many rows of the day have each word. @type {Record<string, Uint32Array>} */
    this.counts = {};
    /** The exact geometry. @type {Segment[]} */
    this.segments = bulk.segments.map((segment) => ({ ...segment, packed: null, opening: null }));
    /** Where the bytes of each block begin. @type {Record<string, Uint32Array>} */
    this.starts = {};
    /** Called when more geometry has loaded, or with an error. @type {(error?: unknown) => void} */
    this.arrived = () => {};
    /** Blocks of many vertices as they show up to a zoom, the lowest first. @type {(Packed & {zoom: number})[]} */
    this.details = [];
    /** @type {number[]} */
    const begin = [];
    /** The block after the last that shows, from each zoom on. @type {[zoom: number, last: number][]} */
    this.lastBlock = [];
    let row = 0;
    for (const [zoom, count] of bulk.levels) {
      for (let at = 0; at < count; at += bulk.block) begin.push(row + at);
      row += count;
      this.lastBlock.push([zoom, begin.length]);
    }
    /** The first row of each block, and the row after the last. */
    this.begin = Int32Array.from([...begin, row]);
    this.names = chunkPlaces(bulk.names);
    this.properties = chunkPlaces(bulk.properties);
    /** @type {Map<string, Promise<Record<string, any[]>>>} */
    this.opened = new Map();
    /** The current block and its content. @type {{block: number, packing: Packed|null}} */
    this.seen = { block: -1, packing: null };
    this.xy = new Int32Array(4096);
    this.ends = new Int32Array(256);
    this.parts = new Int32Array(bulk.block);
    this.kinds = new Uint8Array(bulk.block);
  }

  async load() {
    for (const [name, stream] of Object.entries(this.about.streams)) this.columns[name] = await this.stream(stream);
    for (const which of ['xy', 'shape']) {
      const lengths = this.columns[`${which} lengths`];
      if (lengths) this.starts[which] = sums(lengths);
    }
    for (const segment of this.segments) {
      if (!pieces.isApart(this.prefix + segment.xy.pieces[0])) await this.open(segment);
    }
    this.details = this.about.details.map((zoom) => ({ zoom, ...this.packed(' ' + zoom) }));
    for (const key of Object.keys(this.about.words)) this.codes[key] = this.columns['code ' + key];
    this.alive = new Uint8Array(this.count).fill(1);
    this.ready = true;
  }

  /** @param {Tumen.Stream} stream */
  async stream({ type, bytes: length, pieces: [from, to] }) {
    const ids = Array.from({ length: to - from }, (_, i) => this.prefix + (from + i));
    return bytes.numbers(type, await bytes.inflate(ids, length));
  }

  /** Open the geometry of a segment. @param {Segment} segment */
  open(segment) {
    segment.opening ??= (async () => {
      const xy = /** @type {Uint8Array} */ (await this.stream(segment.xy));
      const shape = segment.shape ? /** @type {Uint8Array} */ (await this.stream(segment.shape)) : new Uint8Array(0);
      const { xy: xyAt, shape: shapeAt = null } = this.starts;
      segment.packed = { xy, xyAt, xyFrom: xyAt[segment.block], shape, shapeAt, shapeFrom: shapeAt?.[segment.block] ?? 0 };
      if (this.ready) this.arrived();
    })();
    return segment.opening;
  }

  /** The segment of a block. @param {number} block */
  segmentOf(block) {
    let [low, high] = [0, this.segments.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.segments[middle].block <= block) low = middle;
      else high = middle;
    }
    return this.segments[low];
  }

  /** When the geometry of a row is at hand. @param {number} row */
  present(row) {
    return this.open(this.segmentOf(this.blockOf(row)));
  }

  /** @param {string} suffix  of the names of its columns @returns {Packed} */
  packed(suffix) {
    const { [`xy${suffix}`]: xy, [`shape${suffix}`]: shape, [`xy${suffix} lengths`]: lengths } = this.columns;
    return { xy, xyAt: sums(lengths), xyFrom: 0, shape, shapeAt: shape ? sums(this.columns[`shape${suffix} lengths`]) : null, shapeFrom: 0 };
  }

  /** The geometry that is enough for a block at a zoom; missing parts are requested. @param {number} block @param {number} zoom @returns {Packed|null} */
  enough(block, zoom) {
    const coarse = this.details.find((detail) => zoom <= detail.zoom && detail.xyAt[block + 1] > detail.xyAt[block]);
    if (coarse) return coarse;
    const segment = this.segmentOf(block);
    if (!segment.opening) this.open(segment).catch(this.arrived);
    return segment.packed;
  }

  /** Number of blocks that show at a zoom: they come first. @param {number} zoom */
  blocksAt(zoom) {
    const level = Math.round(zoom);
    return this.lastBlock.reduce((blocks, [from, last]) => (from <= level ? last : blocks), 0);
  }

  /**
   * Call back for each block that shows at a zoom and meets a box in steps.
   * @param {number} zoom
   * @param {Tumen.Box} box
   * @param {(block: number) => void} visit
   */
  eachBlock(zoom, [west, north, east, south], visit) {
    const { boxes } = this.columns;
    const last = this.blocksAt(Math.max(zoom, LOWEST_ZOOM));
    for (let block = 0; block < last; block += 1) {
      const at = block * 4;
      if (boxes[at] <= east && boxes[at + 2] >= west && boxes[at + 1] <= south && boxes[at + 3] >= north) visit(block);
    }
  }

  /**
   * Look at a block: fills `xy`, `ends` (of each part, in vertices), `parts` (end of each feature's, in parts) and `kinds`.
   * @param {number} block
   * @param {number} [zoom]  to look from; the geometry is exact unless it is given
   * @returns {number} number of its features; 0 while its geometry is loading
   */
  look(block, zoom = Infinity) {
    const features = this.begin[block + 1] - this.begin[block];
    const packing = this.enough(block, zoom);
    if (!packing) return 0;
    if (this.seen.block === block && this.seen.packing === packing) return features;
    this.seen = { block, packing };
    const vertices = packing.shapeAt ? this.lookShape(packing.shape, packing.shapeAt[block] - packing.shapeFrom, features) : this.lookPoints(features);
    if (this.xy.length < 2 * vertices) this.xy = grown(this.xy, 2 * vertices);
    const { xy, columns: { boxes } } = this;
    const { xy: packed } = packing;
    let at = packing.xyAt[block] - packing.xyFrom;
    let x = boxes[block * 4];
    let y = boxes[block * 4 + 1];
    for (let i = 0; i < 2 * vertices; i += 2) {
      for (let axis = 0; axis < 2; axis += 1) {
        let byte = packed[at++];
        let value = byte & 0x7f;
        for (let shift = 7; byte & 0x80; shift += 7) {
          byte = packed[at++];
          value |= (byte & 0x7f) << shift;
        }
        const delta = (value >>> 1) ^ -(value & 1);
        if (axis === 0) x += delta;
        else y += delta;
      }
      xy[i] = x;
      xy[i + 1] = y;
    }
    return features;
  }

  /** @param {number} features */
  lookPoints(features) {
    for (let i = 0; i < features; i += 1) {
      this.kinds[i] = POINT;
      this.parts[i] = i + 1;
      this.ends[i] = i + 1;
    }
    return features;
  }

  /** @param {Uint8Array} shape @param {number} at @param {number} features */
  lookShape(shape, at, features) {
    const read = () => {
      let value = 0;
      let byte = 0x80;
      for (let shift = 0; byte & 0x80; shift += 7) {
        byte = shape[at++];
        value |= (byte & 0x7f) << shift;
      }
      return value;
    };
    let part = 0;
    let vertices = 0;
    for (let i = 0; i < features; i += 1) {
      const head = read();
      this.kinds[i] = head & 3;
      const last = part + (head >>> 2) + 1;
      if (this.ends.length < last) this.ends = grown(this.ends, last);
      for (; part < last; part += 1) {
        vertices += read();
        this.ends[part] = vertices;
      }
      this.parts[i] = last;
    }
    return vertices;
  }

  /** @param {number} row */
  blockOf(row) {
    let [low, high] = [0, this.begin.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.begin[middle] <= row) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Look at a row: its kind, its first part and the one after its last, its vertices and its box. @param {number} row @param {number} zoom  as of `look` */
  place(row, zoom) {
    const block = this.blockOf(row);
    this.look(block, zoom);
    const at = row - this.begin[block];
    const [part, last] = [at ? this.parts[at - 1] : 0, this.parts[at]];
    const [from, to] = [part ? this.ends[part - 1] : 0, this.ends[last - 1]];
    /** @type {Tumen.Box} */
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let v = from; v < to; v += 1) {
      for (let axis = 0; axis < 2; axis += 1) {
        const value = this.xy[2 * v + axis];
        if (value < box[axis]) box[axis] = value;
        if (value > box[axis + 2]) box[axis + 2] = value;
      }
    }
    return { kind: this.kinds[at], part, last, vertices: to - from, box };
  }

  /** Geometry of one row: its kind, and its parts as lists of [x, y]. @param {number} row @param {number} [zoom]  as of `look` */
  geometry(row, zoom = Infinity) {
    const { kind, part: first, last } = this.place(row, zoom);
    const parts = [];
    for (let part = first; part < last; part += 1) {
      /** @type {[number, number][]} */
      const points = [];
      for (let i = part ? this.ends[part - 1] : 0; i < this.ends[part]; i += 1) points.push([this.xy[2 * i], this.xy[2 * i + 1]]);
      parts.push(points);
    }
    return { kind, parts };
  }

  /**
   * Judge every row by a day and a filter; count the rows of each value on that day.
   * @param {string} day
   * @param {(properties: Tumen.Properties) => boolean} passes
   */
  judge(day, passes) {
    if (!this.ready) return;
    const today = sinceEpoch(day);
    const { valid_from: from, valid_to: to } = this.columns;
    const keys = Object.keys(this.codes);
    const verdicts = new Map();
    this.counts = Object.fromEntries(keys.map((key) => [key, new Uint32Array(this.about.words[key].length + 1)]));
    for (let row = 0; row < this.count; row += 1) {
      if (!Number.isNaN(today) && ((from && from[row] > today) || (to && to[row] < today))) {
        this.alive[row] = 0;
        continue;
      }
      let code = 0;
      for (const key of keys) {
        this.counts[key][this.codes[key][row]] += 1;
        code = code * 65 + this.codes[key][row];
      }
      let verdict = verdicts.get(code);
      if (verdict === undefined) verdicts.set(code, verdict = passes(this.coded(row)) ? 1 : 0);
      this.alive[row] = verdict;
    }
  }

  /** Properties that are filtered by. @param {number} row */
  coded(row) {
    /** @type {Tumen.Properties} */
    const properties = {};
    for (const [key, codes] of Object.entries(this.codes)) {
      const word = this.about.words[key][codes[row]];
      if (word !== undefined) properties[key] = word;
    }
    return properties;
  }

  /** How many features of the day have a value. @param {string} key @param {string} value */
  countOf(key, value) {
    const at = (this.about.words[key] || []).indexOf(value);
    return at >= 0 && this.counts[key] ? this.counts[key][at] : 0;
  }

  /** @param {number} row */
  symbolOf(row) {
    return this.columns.symbol[row];
  }

  /** @param {number} row */
  isDrawn(row) {
    return this.ready && this.alive[row] === 1;
  }

  /** Columns of a chunk of names or properties. @param {'names'|'properties'} which @param {number} number @returns {Promise<Record<string, any[]>>} */
  chunk(which, number) {
    const key = which + number;
    const opened = this.opened.get(key);
    if (opened) return opened;
    const [piece, from, to] = this[which][number];
    const chunk = pieces.text(this.prefix + piece).then((text) => bytes.json(text.slice(from, to)));
    this.opened.set(key, chunk);
    const [oldest] = this.opened.keys();
    if (this.opened.size > KEPT_CHUNKS) this.opened.delete(oldest);
    return chunk;
  }

  /** A row of chunks' columns as properties, with its id. @param {Record<string, any[]>[]} chunks @param {number} at */
  row(chunks, at) {
    /** @type {Tumen.Properties} */
    const properties = {};
    const [{ id: ids, '': numbers, ...names }, ...others] = chunks;
    for (const [name, values] of [names, ...others].flatMap(Object.entries)) {
      const value = values[at];
      if (value !== null && value !== '') properties[name] = value;
    }
    return { id: (ids && ids[at]) || `${this.about.name}/${numbers ? numbers[at] : ''}`, properties };
  }

  /** GeoJSON feature of a row, without its geometry. @param {number} row */
  async feature(row) {
    const number = Math.floor(row / this.about.chunk);
    /** @type {('names'|'properties')[]} */
    const which = this.properties.length ? ['names', 'properties'] : ['names'];
    return this.row(await Promise.all(which.map((name) => this.chunk(name, number))), row % this.about.chunk);
  }
}

/** Piece, first and last character of each chunk. @param {Tumen.Chunks[]} told @returns {[piece: number, from: number, to: number][]} */
function chunkPlaces(told) {
  return told.flatMap(({ piece, lengths }) => {
    let at = 0;
    return lengths.map((length) => /** @type {[number, number, number]} */ ([piece, at, at += length]));
  });
}
