/**
 * The subject: every feature drawn in its style, with a wide invisible shape above it to point at, and to reach by keyboard.
 *
 * @typedef {Object} Item
 * @property {Object} record      GeoJSON feature with its whole history
 * @property {Object} feature     the same as it is on the day shown
 * @property {number} symbol      index of the rule it is drawn by, -1 when it is not on the map on that day
 * @property {Object} layer       the layer's block
 * @property {Object} style       the style it is drawn in
 * @property {'point'|'line'|'area'} geometry
 * @property {L.LatLng} center    where its popup points
 * @property {L.LatLng[]} points  of a point feature
 * @property {L.Path[]} hits      the invisible shapes
 */
import * as dom from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import { toLatLngs } from '../core/lonlat.js';
import { page } from '../core/page.js';
import * as record from '../core/record.js';
import * as arrow from './arrow.js';
import { outline, styles } from './symbol.js';

const HIT_WIDTH = 18;
const HIT_RADIUS = 12;

/** Pens are finer on small scales: factor of widths, dashes and symbol sizes. */
export const penAt = (zoom) => Math.min(1.1, Math.max(0.5, 0.5 + (zoom - 5) * 0.125));

const groupOf = (geometry, layer, minZoom) => [geometry, layer.id, minZoom].join(' ');

/** SVG renderer with a <g> for each group, in the order in which groups are reserved. */
const GroupedSvg = L.SVG.extend({
  _addPath(path) {
    this._groups.get(path.options.group).appendChild(path._path);
    path.addInteractiveTarget(path._path);
  },
  reserve(geometry, layer, minZoom) {
    this._groups = this._groups || new Map();
    const group = L.SVG.create('g');
    group.setAttribute('data-layer', layer.id);
    group.setAttribute('data-min-zoom', minZoom);
    this._groups.set(groupOf(geometry, layer, minZoom), this._rootGroup.appendChild(group));
  },
  /** Put a path that is already drawn into another group. */
  regroup(path, group) {
    if (path.options.group === group) return;
    path.options.group = group;
    this._groups.get(group).appendChild(path._path);
  },
});

/** A point drawn as one of our shapes. */
const ShapeMarker = L.CircleMarker.extend({
  _updatePath() {
    const { shape, size } = this.options;
    const radius = size * Math.max(0.72, penAt(this._map.getZoom()));
    this._renderer._setPath(this, this._empty() ? 'M0 0' : outline(shape, this._point.x, this._point.y, radius));
  },
});

const KINDS = { Point: 'point', LineString: 'line', Polygon: 'area' };
const kindOf = (geometry) => KINDS[geometry.type.replace('Multi', '')];
const isMulti = (geometry) => geometry.type.startsWith('Multi');

function middle(item, map) {
  if (item.geometry === 'point') return item.points[0];
  const shape = item.hits[0];
  if (item.geometry === 'area') return shape.getBounds().getCenter();
  const strands = isMulti(item.feature.geometry) ? shape.getLatLngs() : [shape.getLatLngs()];
  const strand = strands.reduce((a, b) => (b.length > a.length ? b : a));
  if (strand.length < 2) return strand[0];
  const pixels = strand.map((latLng) => map.project(latLng, 10));
  const lengths = pixels.slice(1).map((p, i) => p.distanceTo(pixels[i]));
  let rest = lengths.reduce((a, b) => a + b, 0) / 2;
  const i = Math.max(0, lengths.findIndex((length) => (rest -= length) <= 0));
  const share = lengths[i] ? 1 + rest / lengths[i] : 0;
  return map.unproject(pixels[i].add(pixels[i + 1].subtract(pixels[i]).multiplyBy(share)), 10);
}

const COLLAPSED_PX = 14;

function visuals(items, layer, renderer) {
  const common = { renderer, interactive: false, color: 'currentColor', lineJoin: 'round' };
  const shapes = [];
  // Rules that wait for a larger scale have a group of their own.
  const placed = (item) => ({ ...common, group: groupOf(item.geometry, layer, item.minZoom) });
  const keep = (item, shape) => {
    item.shapes.push(shape);
    shapes.push(shape);
  };
  const pick = (geometry) => items.filter((item) => item.geometry === geometry);
  for (const item of pick('area')) {
    const { style } = item;
    const stroke = style.strokes[0];
    keep(item, L.polygon(toLatLngs(item.feature.geometry.coordinates), {
      ...placed(item), className: `${stroke ? 's-' + stroke.colour : ''} ${style.fill ? 'f-' + style.fill : ''}`,
      stroke: Boolean(stroke), weight: stroke ? stroke.width : 0, dashArray: stroke && stroke.dash.length ? stroke.dash.join(' ') : null,
      opacity: stroke ? stroke.opacity : 1, fill: Boolean(style.fill), fillColor: 'currentColor', fillOpacity: style.fill_opacity,
    }));
  }
  const lines = pick('line');
  const passes = Math.max(0, ...lines.map((item) => item.style.strokes.length));
  for (let pass = 0; pass < passes; pass += 1) {
    for (const item of lines) {
      const stroke = item.style.strokes[pass];
      if (!stroke) continue;
      keep(item, L.polyline(toLatLngs(item.feature.geometry.coordinates), {
        ...placed(item), className: 's-' + stroke.colour, pen: stroke, weight: stroke.width,
        opacity: stroke.opacity, lineCap: stroke.cap, smoothFactor: 0.6,
      }));
    }
  }
  for (const item of lines.filter(({ style }) => style.arrow)) {
    keep(item, arrow.head(item, { ...placed(item), scale: penAt }));
  }
  for (const item of pick('point')) {
    const { style } = item;
    const stroke = style.strokes[0];
    for (const latLng of item.points) {
      keep(item, new ShapeMarker(latLng, {
        ...placed(item), shape: style.shape || 'circle', size: style.size || 5, radius: style.size || 5,
        className: `${stroke ? 's-' + stroke.colour : ''} f-${style.fill || 'accent'}`,
        stroke: Boolean(stroke), weight: stroke ? stroke.width : 0, opacity: stroke ? stroke.opacity : 1,
        fillColor: 'currentColor', fillOpacity: style.fill_opacity,
      }));
    }
  }
  return shapes;
}

function hitsOf(item, renderer) {
  const options = {
    renderer, group: groupOf(item.geometry, item.layer, item.minZoom), color: 'transparent', opacity: 1,
    bubblingMouseEvents: false,
  };
  const { coordinates } = item.feature.geometry;
  if (item.geometry === 'point') {
    const radius = Math.max(HIT_RADIUS, (item.style.size || 5) + 5);
    return item.points.map((latLng) => L.circleMarker(latLng, {
      ...options, className: 'hit hit-point', radius, weight: 2, fill: true, fillColor: 'transparent', fillOpacity: 1,
    }));
  }
  if (item.geometry === 'line') {
    return [L.polyline(toLatLngs(coordinates), {
      ...options, className: 'hit hit-line', weight: HIT_WIDTH, lineCap: 'round', fill: false, smoothFactor: 1,
    })];
  }
  return [L.polygon(toLatLngs(coordinates), {
    ...options, className: 'hit hit-area', weight: 4, fill: true, fillColor: 'transparent', fillOpacity: 1,
  })];
}

function describe(item) {
  const { properties } = item.feature;
  const parts = [i18n.name(properties)];
  if (properties.kind) parts.push(i18n.word('kind', properties.kind));
  if (properties.status && properties.status !== 'operating') parts.push(i18n.word('status', properties.status));
  return [...new Set(parts)].join(', ');
}

/** Give the invisible shape its name, its place in the tab order and its keys. */
function makeReachable(item, open) {
  item.hits.forEach((hit, index) => {
    const element = hit.getElement();
    element.setAttribute('data-id', item.feature.id);
    element.setAttribute('role', 'button');
    element.setAttribute('aria-label', describe(item));
    element.setAttribute('tabindex', index === 0 ? '0' : '-1');
    element.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      event.stopPropagation();
      open(item, item.center, element);
    });
  });
}

/** Make an item what it was on a day; tell whether that changes how it is drawn. */
function date(item, day) {
  const before = item.symbol;
  if (item.layer.dated) {
    const properties = record.stateAt(item.record.properties, day);
    item.feature = properties ? { ...item.record, properties } : item.record;
    item.symbol = properties ? record.symbolOf(item.layer, { ...properties, geometry: item.geometry, id: item.record.id }) : -1;
  } else {
    item.symbol = item.record.symbol;
  }
  if (item.symbol >= 0) {
    item.style = styles[item.layer.symbols[item.symbol].style];
    item.minZoom = item.layer.symbols[item.symbol].minZoom;
  }
  return item.symbol !== before;
}

function itemsOf(layer) {
  return layer.features.filter((feature) => feature.geometry).map((feature) => {
    const geometry = kindOf(feature.geometry);
    const item = {
      record: feature, feature, layer, geometry, shapes: [], symbol: -1, passes: true,
      style: styles[layer.symbols[0].style],
      minZoom: layer.symbols[0].minZoom,
      points: geometry === 'point' ? [].concat(toLatLngs(feature.geometry.coordinates)) : [],
    };
    date(item, page.day);
    return item;
  });
}

const isDrawn = (item) => item.symbol >= 0 && item.passes;

/** Groups of the renderers from bottom to top: areas lie under lines, lines under points, the last layer lowest. */
function reserve(map, upwards, ...renderers) {
  for (const renderer of renderers) renderer.addTo(map);
  for (const geometry of ['area', 'line', 'point']) {
    for (const layer of upwards) {
      const zooms = [...new Set(layer.symbols.map((symbol) => symbol.minZoom))].sort((a, b) => b - a);
      for (const zoom of zooms) renderers.forEach((renderer) => renderer.reserve(geometry, layer, zoom));
    }
  }
}

/** A bridge is too short to see on a small scale: there a symbol stands for it. */
function standIn(item, renderer) {
  const { style } = item;
  return new ShapeMarker(item.center, {
    renderer, interactive: false, group: groupOf('point', item.layer, item.minZoom),
    shape: style.shape, size: style.size, radius: style.size, className: `s-halo f-${style.fill}`, color: 'currentColor', weight: 1.5,
    fillColor: 'currentColor', fillOpacity: 1,
  });
}

function collapse(map, items) {
  for (const item of items) {
    if (!item.standIn) continue;
    const box = item.hits[0].getBounds();
    const length = map.project(box.getSouthWest()).distanceTo(map.project(box.getNorthEast()));
    item.collapsed = length < COLLAPSED_PX;
    item.standIn.getElement().classList.toggle('is-hidden', !item.collapsed);
  }
}

function repen(map, items) {
  const pen = penAt(map.getZoom());
  for (const shape of items.flatMap((item) => item.shapes)) {
    if (!shape.options.pen) continue;
    const { width, dash } = shape.options.pen;
    shape.setStyle({ weight: width * pen, dashArray: dash.length ? dash.map((length) => length * pen).join(' ') : null });
  }
}

/** Draw the items of one layer anew, as they are on the day shown. */
function redraw(map, layer, items, drawn, hits) {
  for (const item of items) {
    item.shapes.forEach((shape) => shape.remove());
    if (item.standIn) item.standIn.remove();
    Object.assign(item, { shapes: [], standIn: null, collapsed: false });
  }
  const shown = items.filter(isDrawn);
  for (const shape of visuals(shown, layer, drawn)) shape.addTo(map);
  for (const item of shown) {
    if (item.geometry === 'line' && item.style.shape) item.standIn = standIn(item, drawn).addTo(map);
  }
  for (const item of items) {
    for (const hit of item.hits) {
      hits.regroup(hit, groupOf(item.geometry, layer, item.minZoom));
      hit.getElement().classList.toggle('is-away', !isDrawn(item));
      hit.getElement().setAttribute('aria-label', describe(item));
    }
  }
  collapse(map, shown);
  repen(map, shown);
}

/**
 * Draw the subject layers.
 * @param {L.Map} map
 * @param {function(Item, L.LatLng, Element): void} open  called when a feature is chosen
 */
export function add(map, open) {
  map.createPane('tumen-subject').style.zIndex = 400;
  map.createPane('tumen-halo').style.zIndex = 390;
  map.createPane('tumen-hit').style.zIndex = 620;
  const drawn = new GroupedSvg({ pane: 'tumen-subject', padding: 0.2 });
  const hits = new GroupedSvg({ pane: 'tumen-hit', padding: 0.2 });
  const halo = L.svg({ pane: 'tumen-halo', padding: 0.2 });
  const items = page.layers.flatMap(itemsOf);
  const of = (layer) => items.filter((item) => item.layer === layer);
  const upwards = [...page.layers].reverse();
  reserve(map, upwards, drawn, hits);
  for (const geometry of ['area', 'line', 'point']) {
    for (const item of upwards.flatMap(of).filter((one) => one.geometry === geometry)) {
      item.hits = hitsOf(item, hits);
      item.hits.forEach((hit) => hit.addTo(map));
      item.center = middle(item, map);
      makeReachable(item, open);
      attend(map, item, open, halo);
    }
  }
  for (const layer of upwards) redraw(map, layer, of(layer), drawn, hits);
  map.on('zoomend', () => {
    collapse(map, items);
    repen(map, items);
  });
  i18n.onChange(() => items.forEach((item) => item.hits.forEach((hit) => hit.getElement().setAttribute('aria-label', describe(item)))));
  const switches = switchable(map, upwards, drawn, hits);
  return { items, ...switches, ...changing(items, (layer) => redraw(map, layer, of(layer), drawn, hits), switches.refresh) };
}

/** What is on the map of each layer: as of a day, and as a filter lets through. */
function changing(items, draw, refresh) {
  const listeners = [];
  const others = [];
  let day = page.day;
  function update(changes) {
    others.forEach((other) => other.judge(day, filter));
    const touched = new Set(items.filter(changes).map((item) => item.layer));
    touched.forEach(draw);
    listeners.forEach((listener) => listener());
    refresh();
  }
  /** Everything after a day or a filter; a named place hidden for want of room is no change. */
  function judge(item, passes) {
    const before = item.passes;
    item.passes = passes(item.feature.properties);
    return item.passes !== before && item.symbol >= 0;
  }
  let filter = () => true;
  return {
    day: () => day,
    setDay(value) {
      day = value;
      update((item) => {
        const restyled = date(item, day);
        return judge(item, filter) || restyled;
      });
    },
    setFilter(passes) {
      filter = passes;
      update((item) => judge(item, filter));
    },
    isDrawn,
    /** Let another holder of features judge them by the same day and filter; again when it holds more. */
    join(other) {
      if (!others.includes(other)) others.push(other);
      update(() => false);
    },
    /** Called when the features themselves have changed, by a day or a filter, before `onChange`. */
    onState: (listener) => listeners.push(listener),
  };
}

function attend(map, item, open, halo) {
  const { accuracy_m: accuracy } = item.feature.properties;
  let circles = [];
  const mark = (on) => item.hits.forEach((hit) => hit.getElement().classList.toggle('is-active', on));
  function enter() {
    mark(true);
    if (circles.length === 0 && typeof accuracy === 'number') {
      circles = item.points.map((latLng) => L.circle(latLng, {
        renderer: halo, radius: accuracy, interactive: false, className: 'accuracy', weight: 1.2, fillOpacity: 1,
      }).addTo(map));
    }
  }
  function leave() {
    if (item.selected) return;
    mark(false);
    circles.forEach((circle) => circle.remove());
    circles = [];
  }
  /** Show a feature that waits for room to be named. */
  item.reveal = () => [...item.shapes, ...item.hits].forEach((shape) => shape.getElement().classList.remove('is-hidden'));
  item.select = (on) => {
    item.selected = on;
    (on ? enter : leave)();
  };
  for (const hit of item.hits) {
    hit.on('mouseover', enter).on('mouseout', leave);
    hit.on('click', (event) => open(item, item.geometry === 'point' ? item.center : event.latlng, hit.getElement()));
    hit.bindTooltip(() => dom.node('span', {}, i18n.name(item.feature.properties)), {
      sticky: item.geometry !== 'point', className: 'tip', direction: 'top', offset: [0, -10], opacity: 1,
    });
    const element = hit.getElement();
    element.addEventListener('focus', () => {
      enter();
      if (!map.getBounds().pad(-0.05).contains(item.center)) map.panTo(item.center, { animate: false });
    });
    element.addEventListener('blur', leave);
  }
}

/** Layers that can be switched off, or are off because the map is too small for them. */
function switchable(map, layers, ...renderers) {
  const on = Object.fromEntries(layers.map((layer) => [layer.id, layer.visible]));
  const listeners = [];
  const zoomShows = (layer) => map.getZoom() >= layer.minZoom;
  function refresh() {
    for (const layer of layers) {
      for (const renderer of renderers) {
        for (const group of renderer._groups.values()) {
          if (group.dataset.layer !== layer.id) continue;
          group.classList.toggle('is-hidden', !on[layer.id] || map.getZoom() < Number(group.dataset.minZoom));
        }
      }
    }
    listeners.forEach((listener) => listener());
  }
  map.on('zoomend', refresh);
  return {
    refresh,
    zoomShows,
    isOn: (layer) => on[layer.id],
    isShown: (item) => isDrawn(item) && on[item.layer.id] && map.getZoom() >= item.minZoom,
    set(layer, value) {
      on[layer.id] = value;
      refresh();
    },
    onChange: (listener) => listeners.push(listener),
  };
}
