/**
 * Sections of a railway line as one row of the table.
 */
import * as i18n from '../core/i18n.js';

/** @typedef {Tumen.Item & {line: string, sections: Tumen.Item[]}} Line  represents all sections of a line on the map */

/** @param {Tumen.Item} item */
export const lineOf = ({ layer, feature: { properties } }) => (properties.line ? `${layer.id} ${properties.line}` : '');

/** The value that all have, if they have one. @param {Tumen.Item[]} sections @param {string} key */
function common(sections, key) {
  const values = new Set(sections.map(({ feature }) => JSON.stringify(feature.properties[key] ?? null)));
  return values.size === 1 ? sections[0].feature.properties[key] : undefined;
}

/** @param {string} line @param {Tumen.Item[]} sections @returns {Line} */
function whole(line, sections) {
  const [{ feature, layer }] = sections;
  const accuracies = sections.map((section) => section.feature.properties.accuracy_m).filter((value) => typeof value === 'number');
  const properties = {
    ...feature.properties, kind: common(sections, 'kind'), status: common(sections, 'status'), history: common(sections, 'history'),
    valid_from: common(sections, 'valid_from'), accuracy_m: accuracies.length ? Math.max(...accuracies) : undefined,
  };
  return /** @type {Line} */ (/** @type {unknown} */ ({ line, sections, layer, feature: { id: feature.properties.line, properties } }));
}

/**
 * Items, with two or more sections of a line merged into one.
 * @param {Tumen.Item[]} items
 * @returns {(Tumen.Item|Line)[]}
 */
export function folded(items) {
  /** @type {Map<string, Tumen.Item[]>} */
  const lines = new Map();
  for (const item of items) {
    const line = lineOf(item);
    if (line) lines.set(line, [...(lines.get(line) ?? []), item]);
  }
  const several = (/** @type {string} */ line) => (lines.get(line) ?? []).length > 1;
  return [...items.filter((item) => !several(lineOf(item))),
    ...[...lines].filter(([line]) => several(line)).map(([line, sections]) => whole(line, sections))];
}

/** @param {Tumen.Item} item @returns {item is Line} */
export const isLine = (item) => 'sections' in item;

/** A section by the stations at its ends, where the map has them. @param {Tumen.Item} section @param {Map<string, Tumen.Item>} byId */
export function nameOf({ feature: { properties } }, byId) {
  const ends = [properties.from_node, properties.to_node].map((id) => byId.get(id)).flatMap((end) => (end ? [i18n.name(end.feature.properties)] : []));
  return ends.length === 2 ? ends.join(' – ') : i18n.name(properties);
}
