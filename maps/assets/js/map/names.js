/**
 * The names on the map, with their priority.
 */
import * as i18n from '../core/i18n.js';
import { toBounds, toLatLng } from '../core/lonlat.js';
import { page } from '../core/page.js';
import * as unpack from '../core/unpack.js';
import * as pointOfView from './pointofview.js';

/** @param {unknown} value */
const rankOf = (value) => (typeof value === 'number' && value > 0 ? 3 * Math.log10(value) : 0);
/** @type {Record<string, string>} */
const PLACE_MANNERS = { city: 'city', town: 'town', village: 'village' };
// From which zoom a place is named, by the people who live there.
const PLACE_ZOOM = [[1e6, 0], [3e5, 5], [1e5, 6.25], [3e4, 7.25], [5e3, 8.5], [0, 9.5]];
/** @param {unknown} population */
const placeZoom = (population) => (PLACE_ZOOM.find(([least]) => (Number(population) || 0) >= least) ?? PLACE_ZOOM[0])[1];

/** The name of an item on the map, if it has one. @param {Tumen.Item} item @returns {Tumen.MapLabel|null} */
export function fromItem(item) {
  const { labels } = item.layer;
  if (!labels) return null;
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
    // The dot of a place is shown only with its name: dots without names are useless.
    together: place && item.geometry === 'point',
    className: place ? 'label-place' : (line && item.style.arrow ? 'label-flow' : ''),
  };
}

/** @type {Record<string, number>} */
const LETTERING_PRIORITY = { country: 63.5, sea: 60, province: 46, bay: 45, note: 44 };

/** @param {Tumen.Lettering} name @param {number} index @returns {Tumen.MapLabel|null} */
function fromLettering(name, index) {
  const text = pointOfView.textOf(name);
  return text === null ? null : {
    id: 'lettering/' + index, text, manner: name.kind, priority: LETTERING_PRIORITY[name.kind],
    from: name.from, to: name.to, geometry: 'anchors', anchors: name.at.map(toLatLng), className: 'label-' + name.kind,
  };
}

/** Along what rivers are named; most of them lie beyond the view. @type {Map<Tumen.WaterName, {bounds: L.LatLngBounds[], tracks: Float64Array[]|null}>} */
const courses = new Map();

/** @param {Tumen.WaterName} name */
function courseOf(name) {
  const course = courses.get(name) ?? { bounds: name.lines.map((line) => toBounds(unpack.extentOf([line]))), tracks: null };
  courses.set(name, course);
  return course;
}

/** @param {Tumen.WaterName} name @param {number} index @returns {Tumen.MapLabel} */
function fromWater(name, index) {
  const course = courseOf(name);
  return {
    id: 'water/' + index, text: i18n.text(name.text), manner: 'river', priority: 38, from: 7, geometry: 'line', className: 'label-river', bounds: course.bounds,
    get tracks() {
      course.tracks ??= name.lines.map(unpack.onSquareOf);
      return course.tracks;
    },
  };
}

/** The most important first. @param {Tumen.MapLabel} a @param {Tumen.MapLabel} b */
export const byImportance = (a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1);

/** Names of the base map as they are now. */
export const ofBase = () => [...page.lettering.map(fromLettering), ...page.waterNames.map(fromWater)].filter((label) => label !== null);
