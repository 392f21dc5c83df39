/**
 * Lettering without collisions. Labels are placed greedily, the most important first; each has a few candidate positions, and
 * the first that meets neither a label nor a point symbol is taken. The same view gives the same labels.
 */
import { svg } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import { toLatLng, toLatLngs } from '../core/lonlat.js';
import { page } from '../core/page.js';
import * as unpack from '../core/unpack.js';
import * as controls from './controls.js';

export const FAMILY = '"Avenir Next", "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Noto Sans CJK KR", "Apple SD Gothic Neo", '
  + '"Malgun Gothic", "PingFang SC", "Microsoft YaHei", Arial, sans-serif';
// Manner: size in px, weight, letter spacing in em, italics, capitals. page.css colours them.
export const MANNERS = {
  country: { size: 15, weight: 500, spacing: 0.32, caps: true },
  sea: { size: 14, weight: 400, spacing: 0.14, italic: true },
  province: { size: 12, weight: 500, spacing: 0.16 },
  bay: { size: 11.5, weight: 400, spacing: 0.06, italic: true },
  river: { size: 11.5, weight: 400, spacing: 0.08, italic: true },
  city: { size: 13.5, weight: 600, spacing: 0.005 },
  town: { size: 12, weight: 500, spacing: 0.005 },
  village: { size: 11, weight: 400, spacing: 0.01 },
  feature: { size: 12, weight: 600, spacing: 0 },
  line: { size: 11, weight: 500, spacing: 0.02 },
  note: { size: 11.5, weight: 500, spacing: 0.01, italic: true },
};
const GAP = 4;
const LINE_HEIGHT = 1.18;
const pen = document.createElement('canvas').getContext('2d');
const widths = new Map();

function width(text, manner) {
  const key = manner + '\n' + text;
  if (!widths.has(key)) {
    const { size, weight, spacing, italic } = MANNERS[manner];
    pen.font = `${italic ? 'italic ' : ''}${weight} ${size}px ${FAMILY}`;
    widths.set(key, pen.measureText(text).width + spacing * size * [...text].length);
  }
  return widths.get(key);
}

const WRAPPED = new Set(['feature', 'note', 'city', 'town', 'village']);
const WRAP_WIDTH = 118;

/** A long name on two lines, cut at the space that leaves them most alike. */
function halves(text, manner) {
  const cuts = [...text.matchAll(/ |(?<=[–—/])/g)].map(({ index }) => [text.slice(0, index).trimEnd(), text.slice(index).trimStart()])
    .filter((lines) => lines.every(Boolean));
  const longest = (lines) => Math.max(...lines.map((line) => width(line, manner)));
  return cuts.reduce((best, lines) => (longest(lines) < longest(best) ? lines : best), [text]);
}

/** Lines of a text and their box. */
function measure(text, manner) {
  const { caps, size } = MANNERS[manner];
  const words = caps ? text.toLocaleUpperCase(i18n.lang()) : text;
  const lines = WRAPPED.has(manner) && width(words, manner) > WRAP_WIDTH ? halves(words, manner) : words.split('\n');
  return { lines, width: Math.max(...lines.map((line) => width(line, manner))), height: lines.length * size * LINE_HEIGHT };
}

const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
const boxAt = (x, y, w, h) => [x - w / 2, y - h / 2, x + w / 2, y + h / 2];

/** Where a label may stand around a point: beside it, above, below, then at the corners. */
function aroundPoint(point, size, radius) {
  const dx = radius + GAP + size.width / 2;
  const dy = radius + 2 + size.height / 2;
  const side = radius * 0.7 + GAP + size.width / 2;
  const up = radius * 0.6 + size.height / 2;
  const quarter = size.width / 4;
  return [[dx, 0], [side, -up], [side, up], [-dx, 0], [-side, -up], [-side, up], [0, -dy], [0, dy],
    [-quarter, -dy], [quarter, -dy], [-quarter, dy], [quarter, dy]]
    .map(([x, y]) => ({ x: point.x + x, y: point.y + y, angle: 0, align: Math.abs(x) > size.width / 3 ? Math.sign(x) : 0 }));
}

const rotated = (size, angle) => {
  const [c, s] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  return { width: size.width * c + size.height * s, height: size.width * s + size.height * c };
};

/** The longest run of a line inside the view. */
function visibleRun(points, view) {
  let best = [];
  let run = [];
  for (const point of points) {
    if (view.contains(point)) run.push(point);
    else run = [];
    if (run.length > best.length) best = run;
  }
  return best;
}

const STEP = 8;
const MAX_BEND = 5;

function densify(points, step = STEP) {
  const result = [];
  for (let i = 1; i < points.length; i += 1) {
    const [a, b] = [points[i - 1], points[i]];
    const steps = Math.min(600, Math.max(1, Math.ceil(a.distanceTo(b) / step)));
    for (let k = 0; k < steps; k += 1) result.push(a.add(b.subtract(a).multiplyBy(k / steps)));
  }
  if (points.length) result.push(points[points.length - 1]);
  return result;
}

/** Along a line: at the middle of what is seen of it, above or below it, turned as it runs. */
function alongLine(strands, size, view, thickness, upon = false) {
  const run = strands.map((strand) => visibleRun(densify(strand), view)).reduce((a, b) => (b.length > a.length ? b : a), []);
  const reach = Math.ceil(size.width / (2 * STEP));
  if (run.length < 2 * reach + 1) return [];
  const result = [];
  for (const share of [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8]) {
    const at = Math.round((run.length - 1) * share);
    if (at < reach || at >= run.length - reach) continue;
    const [a, b, middle] = [run[at - reach], run[at + reach], run[at]];
    let angle = Math.atan2(b.y - a.y, b.x - a.x);
    // Where the line winds, words laid along it would leave it.
    const under = run.slice(at - reach, at + reach + 1);
    if (Math.max(...under.map((point) => L.LineUtil.pointToSegmentDistance(point, a, b))) > MAX_BEND) continue;
    if (Math.abs(angle) > Math.PI / 2) angle -= Math.sign(angle) * Math.PI;
    const off = size.height / 2 + thickness;
    for (const side of upon ? [0] : [-1, 1]) {
      result.push({ x: middle.x - Math.sin(angle) * off * side, y: middle.y + Math.cos(angle) * off * side, angle });
    }
  }
  return result;
}

const rankOf = (value) => (typeof value === 'number' && value > 0 ? 3 * Math.log10(value) : 0);
const SHIFTS = [[0, 0], [0, -22], [0, 22], [-40, 0], [40, 0], [-40, -22], [40, 22], [0, -44], [0, 44]];
const PLACE_MANNERS = { city: 'city', town: 'town', village: 'village' };
// From which zoom a place is named, by the people who live there.
const PLACE_ZOOM = [[1e6, 0], [3e5, 5], [1e5, 6.25], [3e4, 7.25], [5e3, 8.5], [0, 9.5]];
const placeZoom = (population) => PLACE_ZOOM.find(([least]) => (population || 0) >= least)[1];

function fromItem(item) {
  const { labels } = item.layer;
  const { properties } = item.feature;
  const spoken = labels.property === 'name' || labels.property === 'label';
  const text = spoken ? properties[i18n.lang() === 'en' ? labels.property : `${labels.property}_${i18n.lang()}`] || properties[labels.property]
    : properties[labels.property === 'name_en' ? 'name' : labels.property];
  if (!text) return null;
  const place = labels.lettering === 'place';
  const line = item.geometry === 'line' && labels.lettering !== 'feature';
  const rank = labels.rank_by ? rankOf(properties[labels.rank_by]) : 0;
  return {
    id: item.layer.id + '/' + item.feature.id,
    text: String(text), item,
    manner: place ? PLACE_MANNERS[properties.kind] || 'village' : (line ? 'line' : (labels.lettering === 'line' ? 'feature' : labels.lettering)),
    priority: labels.priority + rank + (properties.kind === 'border_station' ? 5 : 0) + (properties.status === 'operating' ? 2 : 0) - (line && labels.lettering === 'note' ? 8 : 0),
    from: Math.max(labels.min_zoom, place ? placeZoom(properties.population) : 0),
    geometry: line ? 'line' : 'point',
    // The dot of a place stands only where its name does: more dots than names say nothing.
    together: place && item.geometry === 'point',
    className: place ? 'label-place' : (line && item.style.arrow ? 'label-flow' : ''),
  };
}

const LETTERING_PRIORITY = { country: 63.5, sea: 60, province: 46, bay: 45 };

function fromLettering(name, index) {
  return {
    id: 'lettering/' + index, text: i18n.text(name.text), manner: name.kind, priority: LETTERING_PRIORITY[name.kind],
    from: name.from, to: name.to, geometry: 'anchors', anchors: name.at.map(toLatLng), className: 'label-' + name.kind,
  };
}

function fromWater(name, index) {
  return {
    id: 'water/' + index, text: i18n.text(name.text), manner: 'river', priority: 38, from: 7, geometry: 'line', className: 'label-river', latLngs: unpack.lines(name.lines).map(toLatLngs),
  };
}

function candidates(label, size, map, view) {
  const place = (latLng) => map.latLngToContainerPoint(latLng);
  if (label.geometry === 'anchors') {
    return label.anchors.flatMap((anchor) => SHIFTS.map(([x, y]) => {
      const point = place(anchor);
      return { x: point.x + x, y: point.y + y, angle: 0 };
    }));
  }
  if (label.geometry === 'line') {
    const latLngs = label.latLngs || strandsOf(label.item);
    return alongLine(latLngs.map((strand) => strand.map(place)), size, view, label.item ? 6 : 3, Boolean(label.item && label.item.style.arrow));
  }
  const { item } = label;
  const radius = item.geometry === 'point' || item.collapsed ? (item.style.size || 5) : 6;
  const around = aroundPoint(place(item.center), size, radius);
  return item.geometry === 'area' ? [{ x: place(item.center).x, y: place(item.center).y, angle: 0 }, ...around] : around;
}

function strandsOf(item) {
  const latLngs = item.hits[0].getLatLngs();
  return Array.isArray(latLngs[0]) ? latLngs : [latLngs];
}

function write(label, spot, size) {
  const { manner } = label;
  const style = MANNERS[manner];
  const degrees = Math.round(spot.angle * 1800 / Math.PI) / 10;
  const text = svg('text', {
    class: `label label-${manner} ${label.className}`, 'font-size': style.size,
    // Lines of one name are flush on the side of their point.
    'text-anchor': { '-1': 'end', 1: 'start' }[spot.align] || 'middle',
    transform: `translate(${Math.round(spot.x)} ${Math.round(spot.y)})${degrees ? ` rotate(${degrees})` : ''}`,
  });
  const first = -((size.lines.length - 1) / 2) * style.size * LINE_HEIGHT + style.size * 0.35;
  size.lines.forEach((line, i) => {
    // The spacing after the last letter would push the words off their middle.
    text.append(svg('tspan', { x: (style.spacing * style.size) / 2 - ((spot.align || 0) * size.width) / 2, y: first + i * style.size * LINE_HEIGHT }, line));
  });
  return text;
}

const CELL = 6;

/** Where the lines of the subject run, in cells: a label had better not stand on them. */
function inkOf(items, map, shown, size) {
  const ink = new Set();
  for (const item of items) {
    if (item.geometry !== 'line' || !shown(item)) continue;
    for (const strand of strandsOf(item)) {
      for (const point of densify(strand.map((latLng) => map.latLngToContainerPoint(latLng)), CELL)) {
        if (point.x >= 0 && point.y >= 0 && point.x <= size.x && point.y <= size.y) {
          ink.add(Math.floor(point.x / CELL) * 10000 + Math.floor(point.y / CELL));
        }
      }
    }
  }
  return ink;
}

function inkUnder(box, ink) {
  let count = 0;
  for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x += 1) {
    for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y += 1) {
      if (ink.has(x * 10000 + y)) count += 1;
    }
  }
  return count;
}

function obstaclesOf(items, map, shown) {
  return items.filter((item) => (item.geometry === 'point' || item.collapsed) && shown(item)).flatMap((item) =>
    (item.collapsed || item.layer.stacked ? [item.center] : item.points).map((latLng) => {
      const point = map.latLngToContainerPoint(latLng);
      const reach = (item.style.size || 5) + 1;
      return { item, box: boxAt(point.x, point.y, 2 * reach, 2 * reach) };
    }));
}

/**
 * Keep the labels of the subject and the base map in place.
 * @param {L.Map} map
 * @param {Object} subject  what layers.add gave
 */
export function add(map, subject) {
  const pane = map.createPane('tumen-label');
  pane.style.zIndex = 610;
  const root = svg('svg', { class: 'labels leaflet-zoom-hide', 'aria-hidden': 'true', focusable: 'false' });
  pane.append(root);
  let labels = [];
  let places = new Set();
  /** Names of what is on the map: a feature may have gained another status, or none. */
  function collect() {
    labels = [...subject.items.filter((item) => item.layer.labels).map(fromItem).filter(Boolean),
      ...page.lettering.map(fromLettering), ...page.waterNames.map(fromWater)]
      .sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
    places = new Set(labels.filter((label) => label.together).map((label) => label.item));
  }

  /** The best free place of a label: few lines under it, and early in the list of its candidates. */
  function choose(label, extent, context) {
    const { size, view, taken, obstacles, ink } = context;
    let best = null;
    candidates(label, extent, map, view).forEach((candidate, order) => {
      const turned = rotated(extent, candidate.angle);
      const box = boxAt(candidate.x, candidate.y, turned.width + 6, turned.height + 2);
      if (box[0] < 0 || box[1] < 0 || box[2] > size.x || box[3] > size.y) return;
      if (taken.some((other) => overlap(box, other))) return;
      const struck = obstacles.filter((obstacle) => obstacle.item !== label.item && overlap(box, obstacle.box)).length;
      if (struck && label.geometry !== 'anchors') return;
      const cost = order + 6 * struck + (candidate.angle ? 0 : 1.2 * inkUnder(box, ink));
      if (!best || cost < best.cost) best = { ...candidate, box, cost };
    });
    return best;
  }

  function layout() {
    const zoom = map.getZoom();
    const size = map.getSize();
    const context = {
      size,
      view: L.bounds([2, 2], [size.x - 2, size.y - 2]),
      obstacles: obstaclesOf(subject.items.filter((item) => !places.has(item)), map, subject.isShown).filter(({ box }) => overlap(box, [0, 0, size.x, size.y])),
      ink: inkOf(subject.items, map, subject.isShown, size),
      taken: controls.obstacles('.degrees, .sheet-north'),
    };
    const written = [];
    const said = [];
    const shown = new Set();
    for (const label of labels) {
      if (zoom < label.from || (label.to !== undefined && zoom >= label.to)) continue;
      if (label.item && !subject.isShown(label.item)) continue;
      const extent = measure(label.text, label.manner);
      const dot = label.together ? obstaclesOf([label.item], map, () => true)[0].box : null;
      const spot = dot && context.taken.some((other) => overlap(dot, other)) ? null : choose(label, extent, context);
      if (!spot) continue;
      // A name once in one place: a town and its station do not both need it.
      const near = label.geometry === 'line' ? 500 : 150;
      if (said.some((other) => other.text === label.text && Math.hypot(other.x - spot.x, other.y - spot.y) < near)) continue;
      said.push({ text: label.text, x: spot.x, y: spot.y });
      context.taken.push(spot.box);
      if (dot) {
        context.taken.push(dot);
        shown.add(label.item);
      }
      written.push(write(label, spot, extent));
    }
    for (const item of places) {
      for (const path of [...item.shapes, ...item.hits]) path.getElement().classList.toggle('is-hidden', !shown.has(item) && !item.selected);
    }
    L.DomUtil.setPosition(root, map.containerPointToLayerPoint([0, 0]));
    root.setAttribute('width', size.x);
    root.setAttribute('height', size.y);
    root.replaceChildren(...written);
  }
  map.on('moveend zoomend resize', layout);
  subject.onState(collect);
  i18n.onChange(() => {
    collect();
    layout();
  });
  subject.onChange(layout);
  controls.onFold(layout);
  collect();
  layout();
  return { layout };
}
