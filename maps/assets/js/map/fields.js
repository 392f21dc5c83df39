/**
 * Values of user features in popups, tooltips and lists.
 */
import { byId, node } from '../core/dom.js';
import * as i18n from '../core/i18n.js';

/** An address is a link only when it is one of the web. @param {{url?: string, title: string}} source */
export function link({ url, title }) {
  let web = false;
  try {
    web = ['http:', 'https:'].includes(new URL(url ?? '').protocol);
  } catch { /* not an address: shown as text */ }
  return web ? node('a', { href: url, rel: 'noopener noreferrer', target: '_blank' }, title) : title;
}

/** Text of a value, unchanged: no digit is lost or added. @param {unknown} value */
function plainText(value) {
  if (Array.isArray(value) && value.every((part) => part === null || typeof part !== 'object')) return value.join(', ');
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * A picture in the page, with its description.
 * @param {Tumen.Picture} picture
 * @param {string} alt
 */
const picture = ({ id, type, width, height }, alt) => node('img', {
  class: 'picture', alt, width, height, src: `data:${type === 'image/png' ? type : 'image/jpeg'};base64,${byId(id).textContent}`,
});

/** Value of a field, as the theme wants it written. @param {Tumen.Field} field @param {unknown} value @param {Tumen.Properties} properties @param {Record<string, Tumen.Picture>} pictures */
function fieldValue({ format, digits, unit, label, alt }, value, properties, pictures) {
  if (format === 'picture' && typeof value === 'string' && Object.hasOwn(pictures, value)) {
    return picture(pictures[value], Object.hasOwn(properties, alt) ? plainText(properties[alt]) : i18n.text(label));
  }
  if (typeof value === 'boolean') return value ? '✓' : '–';
  const tail = unit ? '\u202f' + unit : '';
  if (typeof value === 'number' && (format === 'number' || digits >= 0)) return i18n.decimal(value, digits) + tail;
  const content = format === 'date' ? plainText(value).replace(/[T ]\d\d:.*$/, '') : plainText(value);
  if (/^https?:\/\/\S+$/i.test(content)) return link({ url: content, title: format === 'link' ? i18n.text(label) : content });
  return content + tail;
}

/**
 * Fields of a feature in a user layer that are not empty: label and value of each.
 * @param {Tumen.Field[]} list
 * @param {Tumen.Properties} properties
 * @param {Record<string, Tumen.Picture>} [pictures]
 * @returns {[string, string|HTMLElement][]}
 */
export function fields(list, properties, pictures = {}) {
  return list.filter(({ column }) => Object.hasOwn(properties, column))
    .map((field) => [i18n.text(field.label), fieldValue(field, properties[field.column], properties, pictures)]);
}

/** The title of a feature: its name, else its id. @param {Tumen.Layer} layer @param {Pick<Tumen.Feature, 'id'|'properties'>} feature */
export const called = (layer, { id, properties }) => (layer.own && !i18n.isNamed(properties) ? id : i18n.name(properties));

/** Content of the tooltip. @param {Tumen.Layer} layer @param {Pick<Tumen.Feature, 'id'|'properties'>} feature */
export function tip(layer, feature) {
  const rows = layer.own ? fields(layer.own.tooltip, feature.properties) : [];
  if (rows.length === 0) return node('span', {}, called(layer, feature));
  return node('span', {}, ...rows.map(([title, value]) => node('span', { class: 'tip-row' },
    rows.length > 1 ? title + ': ' : '', typeof value === 'string' ? value : value.textContent)));
}
