/**
 * Styles of the base map, class by class from bottom to top: `CLASSES` of the layers that ship, `LOOKS` of an extract. Colours are tokens of the page (`builtin/styles.toml`), each with
 * its value for light, dark and print; a width or an opacity is a number, or its values at zoom levels, between which it changes evenly.
 */

/** @type {Tumen.BaseClass[]} */
export const CLASSES = [
  { id: 'land', fill: 'land', pens: [{ colour: 'coast', width: 0.9 }] },
  { id: 'shore', from: 11, fill: 'land', pens: [{ colour: 'coast', width: 0.9 }] },
  { id: 'admin1', pens: [{ colour: 'admin', width: 0.9, dash: [1, 3] }] },
  { id: 'lakes', fill: 'lake', outlined: true, pens: [{ colour: 'coast', width: 0.6 }] },
  { id: 'water_areas', fill: 'lake', pens: [{ colour: 'river', width: 1.1 }] },
  { id: 'rivers', pens: [{ colour: 'river', width: 1.1 }] },
  // Chords up to 3 km off: on larger scales they would be read as roads that run straight.
  { id: 'roads', from: 6.5, to: 8, pens: [{ colour: 'road', width: 1.4 }] },
  { id: 'boundaries', pens: [{ colour: 'boundary-band', width: 5 }, { colour: 'boundary', width: 1.3, dash: [7, 3, 1.5, 3] }] },
];

/**
 * A road: a line, and from a zoom level on a band between two edges.
 * @param {string} edge
 * @param {string} core
 * @param {[zoom: number, width: number][]} width
 * @param {number} from
 * @returns {Tumen.BaseLook}
 */
function road(edge, core, width, from) {
  /** @type {[number, number][]} */
  const around = width.filter(([zoom]) => zoom > from).map(([zoom, px]) => [zoom, px + 1.4]);
  return { family: 'road', pens: [{ colour: edge, width: [[from - 0.01, 0], [from, atZoom(width, from) + 1.1], ...around] }, { colour: core, width }] };
}

/**
 * How the classes of an OpenStreetMap extract look; `builtin/basemap.toml` lists the objects of each, from which zoom level it is drawn,
 * and their order. Neighbours of one family are drawn pen by pen, so that streets open into each other.
 * @type {Record<string, Tumen.BaseLook>}
 */
export const LOOKS = {
  land: { fill: 'land', pens: [] },
  residential: { fill: 'map-built', pens: [] },
  commercial: { fill: 'map-trade', pens: [] },
  industrial: { fill: 'map-industry', pens: [] },
  farmland: { fill: 'map-field', pens: [] },
  grass: { fill: 'map-grass', pens: [] },
  scrub: { fill: 'map-scrub', pens: [] },
  park: { fill: 'map-park', pens: [] },
  wood: { fill: 'map-wood', pens: [] },
  sand: { fill: 'map-sand', pens: [] },
  rock: { fill: 'map-rock', pens: [] },
  wetland: { fill: 'map-marsh', pens: [] },
  ice: { fill: 'map-ice', pens: [{ colour: 'coast', width: 0.5 }] },
  water: { fill: 'lake', pens: [{ colour: 'coast', width: [[9, 0.3], [14, 0.7], [17, 0.9]] }] },
  pitch: { fill: 'map-pitch', pens: [{ colour: 'map-grass', width: 0.8 }] },
  pavement: { fill: 'map-pavement', pens: [{ colour: 'map-street-edge', width: [[14, 0.3], [17, 0.6]] }] },
  building: { fill: 'map-building', pens: [{ colour: 'map-building-edge', width: [[14, 0.2], [15, 0.5], [17, 0.8]] }] },
  coast: { pens: [{ colour: 'coast', width: [[5, 0.6], [12, 1], [17, 1.2]] }] },
  stream: { pens: [{ colour: 'river', width: [[13, 0.6], [17, 1.8]] }] },
  river: { pens: [{ colour: 'river', width: [[7, 0.6], [11, 1.1], [14, 2], [17, 3.4]] }] },
  'tunnel-rail': { pens: [{ colour: 'map-tunnel', width: [[14, 0.9], [17, 2]], dash: [4, 3] }] },
  'tunnel-road': { pens: [{ colour: 'map-tunnel', width: [[12, 0.9], [15, 2], [17, 4]], dash: [3, 3] }] },
  runway: { pens: [{ colour: 'map-tunnel', width: [[11, 0.8], [13, 2.5], [17, 16]] }] },
  pier: { pens: [{ colour: 'coast', width: [[13, 0.8], [17, 2.4]] }] },
  path: { pens: [{ colour: 'map-path', width: [[15, 0.7], [17, 1.3]], dash: [3.5, 2] }] },
  service: road('map-street-edge', 'map-street', [[15, 0.9], [16, 1.7], [17, 3.6]], 15),
  pedestrian: road('map-street-edge', 'map-pavement', [[14, 0.8], [15, 2.2], [17, 6]], 14.5),
  street: road('map-street-edge', 'map-street', [[12, 0.5], [13, 1], [14, 1.7], [15, 3.2], [17, 8]], 13),
  link: road('map-street-edge', 'map-secondary', [[12, 0.6], [14, 1.8], [15, 3], [17, 6.5]], 13),
  tertiary: road('map-street-edge', 'map-street', [[11, 0.6], [13, 2], [15, 4.4], [17, 9.6]], 12),
  secondary: road('map-street-edge', 'map-secondary', [[9, 0.5], [11, 1.3], [13, 2.7], [15, 5.2], [17, 11]], 10),
  'motorway-link': road('map-motorway-edge', 'map-motorway', [[10, 0.8], [13, 1.8], [15, 3.4], [17, 8]], 11),
  primary: road('map-primary-edge', 'map-primary', [[8, 0.7], [11, 1.8], [13, 3.2], [15, 6], [17, 12.5]], 8),
  trunk: road('map-trunk-edge', 'map-trunk', [[6, 0.7], [9, 1.4], [11, 2.2], [13, 3.6], [15, 6.6], [17, 13.5]], 7),
  motorway: road('map-motorway-edge', 'map-motorway', [[5, 0.7], [9, 1.6], [11, 2.5], [13, 4], [15, 7], [17, 14.5]], 6),
  tram: { pens: [{ colour: 'map-railway', width: [[14, 0.5], [17, 1.1]] }] },
  siding: { pens: [{ colour: 'map-railway', width: [[13, 0.5], [17, 1.4]] }] },
  rail: {
    family: 'rail',
    pens: [{ colour: 'map-railway', width: [[7, 0.7], [12, 1.3], [14, 1.9], [17, 2.8]] },
      { colour: 'map-pavement', width: [[12.99, 0], [13, 0.8], [17, 1.4]], dash: [6, 6] }],
  },
  ferry: { pens: [{ colour: 'water-ink', width: 0.8, dash: [5, 4], opacity: 0.7 }] },
  'power-line': { pens: [{ colour: 'map-power', width: [[13, 0.5], [17, 0.9]] }] },
  province: { pens: [{ colour: 'admin', width: [[5, 0.7], [12, 1.2]], dash: [1, 3] }] },
  country: { pens: [{ colour: 'boundary-band', width: [[3, 3], [12, 6]] }, { colour: 'boundary', width: 1.3, dash: [7, 3, 1.5, 3] }] },
};

/** Whether a class is drawn on a scale. @param {Tumen.BaseClass} look @param {number} zoom */
export const isShown = ({ from = 0, to = Infinity }, zoom) => zoom >= from && zoom < to;

/** A number at a zoom level. @param {Tumen.AtZoom} value @param {number} zoom */
export function atZoom(value, zoom) {
  if (typeof value === 'number') return value;
  const after = value.findIndex(([level]) => level > zoom);
  if (after === 0) return value[0][1];
  if (after < 0) return value[value.length - 1][1];
  const [[low, least], [high, most]] = [value[after - 1], value[after]];
  return least + ((zoom - low) / (high - low)) * (most - least);
}
