/**
 * What the base map is drawn with, class by class from bottom to top. Colours are tokens of the page (`builtin/styles.toml`), each with
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
  { id: 'roads', pens: [{ colour: 'road', width: 1.4 }] },
  { id: 'boundaries', pens: [{ colour: 'boundary-band', width: 5 }, { colour: 'boundary', width: 1.3, dash: [7, 3, 1.5, 3] }] },
];

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
