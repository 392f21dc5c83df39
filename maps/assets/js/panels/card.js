/**
 * The card of a feature, as nodes.
 */
import { node } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import * as language from '../core/language.js';
import { page } from '../core/page.js';
import { called, fields, link } from '../map/fields.js';
import * as cite from './cite.js';

const { ui, word, amount } = i18n;
// Told elsewhere in the popup, or of no interest to a reader.
const TOLD = new Set(['id', 'name', 'name_ko', 'name_ru', 'name_zh', 'aliases', 'kind', 'status', 'history', 'figures', 'sources',
  'note', 'accuracy_m', 'geometry_method', 'valid_from', 'valid_to', 'licence', 'from_node', 'to_node', 'node', 'scale', 'countries',
  'geonameid', 'rank', 'wpi', 'from_name', 'to_name', 'via', 'from_port', 'to_port', 'opposite', 'crossing', 'load', 'label', 'label_ko', 'label_ru', 'label_zh',
  'summary', 'summary_ko', 'summary_ru', 'summary_zh']);
const UNIT = /_(m|km|mm|kv|mw|mt|km2|bcm|musd)$/;

/** @typedef {{attribute: string, value: unknown, unit: string, used?: boolean, source: string, note?: string}} Figure */

/** @param {string} title @param {import('../core/dom.js').Child[]} children */
const section = (title, ...children) => node('section', {}, node('h3', {}, title), ...children);

/** Name of a property; one without a translation keeps its name, without its unit. @param {string} key */
function propertyName(key) {
  const translated = word('property', key);
  return translated === key ? key.replace(UNIT, '').replaceAll('_', ' ') : translated;
}

/** @param {string} key @param {any} value */
const isLineId = (key, value) => key === 'line' && String(value).startsWith('line/');

/** @param {{km: number, line: string}} place */
const chainage = ({ km, line }) => `${amount(km, 'km')} (${String(line).replace('line/', '')})`;

/** Text of a value: numbers with their unit, words of a vocabulary translated, the rest unchanged. @param {string} key @param {any} value @returns {string} */
function valueText(key, value) {
  const unit = (UNIT.exec(key) || [])[1];
  if (key === 'chainage' && Array.isArray(value)) return value.map(chainage).join(', ');
  if (Array.isArray(value)) return value.map((item) => valueText(key, item)).join(' + ');
  if (typeof value === 'number' && key !== 'number') return amount(value, unit);
  if (value !== null && typeof value === 'object') return JSON.stringify(value);
  const translated = word('value.' + key, value);
  return translated === String(value) && typeof value === 'boolean' ? (value ? '✓' : '–') : translated;
}

/** @param {Tumen.Feature} feature */
function attributes({ properties }) {
  const rows = Object.keys(properties).filter((key) => !TOLD.has(key) && properties[key] !== '' && !isLineId(key, properties[key])).sort().map((key) =>
    [node('dt', {}, propertyName(key)), node('dd', {}, valueText(key, properties[key]))]);
  if (Array.isArray(properties.countries)) {
    rows.push([node('dt', {}, word('property', 'countries')),
      node('dd', {}, properties.countries.map((code) => word('value.countries', code)).join(', '))]);
  }
  if (Array.isArray(properties.aliases) && properties.aliases.length) {
    rows.push([node('dt', {}, ui('named_also')), node('dd', {}, properties.aliases.join(', '))]);
  }
  return rows.length ? node('dl', { class: 'facts' }, ...rows.flat()) : null;
}

/** Text that the record has only in English; marked as such in other languages. @param {'p'|'span'} name @param {string} kind @param {string} text */
const english = (name, kind, text) => node(name, { class: kind + ' in-english', lang: 'en' }, text);

/** @param {Tumen.Feature} feature */
function precision({ properties }) {
  const parts = [];
  if (typeof properties.accuracy_m === 'number') parts.push('±\u202f' + i18n.metres(properties.accuracy_m));
  if (properties.geometry_method === 'schematic') parts.push(ui('schematic'));
  else if (properties.geometry_method) parts.push(word('value.geometry_method', properties.geometry_method));
  return parts.length ? node('p', { class: 'precision' }, node('span', { class: 'key' }, ui('accuracy')), ' ' + parts.join(' · ')) : null;
}

/** @param {string[]|undefined} ids @returns {Tumen.Citation[]} */
const citations = (ids) => (ids || []).map((id) => page.citations[id] || { id, title: String(id) });

/** @param {Tumen.Feature} feature */
function history({ properties }) {
  /** @type {Tumen.HistoryEntry[]} */
  const entries = Array.isArray(properties.history) ? properties.history : [];
  if (entries.length === 0) return null;
  return section(ui('history'), node('ol', { class: 'history' }, ...entries.map((entry) => node('li', {},
    node('span', { class: 'date' }, i18n.day(entry.date)), ' ',
    node('span', { class: 'state' }, word('status', entry.status)),
    entry.note ? english('span', 'small', entry.note) : null,
    node('span', { class: 'small source' }, citations(entry.sources).map((source) => source.publisher || source.title).join(', '))))));
}

/** Every published value of a quantity, side by side. @param {Tumen.Feature} feature */
function figures({ properties }) {
  /** @type {Figure[]} */
  const rows = Array.isArray(properties.figures) ? properties.figures : [];
  if (rows.length === 0) return null;
  const sorted = [...new Set(rows.map((figure) => figure.attribute))].flatMap((key) => rows.filter((figure) => figure.attribute === key));
  /** @param {string} key */
  const count = (key) => rows.filter((figure) => figure.attribute === key).length;
  /** @param {number} i */
  /** @param {Figure} figure @param {number} i */
  const line = (figure, i) => node('tr', { class: figure.used ? 'is-used' : false },
    i > 0 && sorted[i - 1].attribute === figure.attribute ? null
      : node('th', { scope: 'rowgroup', rowspan: count(figure.attribute) }, propertyName(figure.attribute)),
    node('td', { class: 'value' }, amount(figure.value, figure.unit), figure.used ? node('span', { class: 'used' }, ui('figure_used')) : null),
    node('td', {}, ...citations([figure.source]).map((source) => source.publisher || source.title),
      figure.note ? english('span', 'small', figure.note) : null));
  return section(ui('figures'), node('table', {},
    node('thead', {}, node('tr', {}, ...['quantity', 'value', 'source'].map((key) => node('th', { scope: 'col' }, ui(key))))),
    node('tbody', {}, ...sorted.map(line))));
}

/** A source as a reader knows it: who published it, and when. Its title, address and copy are one click further. @param {Tumen.Citation} source */
const citation = (source) => [source.publisher || source.title, source.date ? i18n.day(source.date) : ''].filter(Boolean).join(', ');

/** @param {Tumen.Citation} source */
export function sourceItem(source) {
  return node('li', {}, node('details', {}, node('summary', {}, citation(source),
    source.kind ? node('span', { class: 'tag' }, word('value.source_kind', source.kind)) : null),
  node('p', {}, link(source)), source.note ? english('p', 'small', source.note) : null));
}

/** @param {Tumen.Feature} feature */
function sources({ properties }) {
  const list = citations(Array.isArray(properties.sources) ? properties.sources : []);
  return list.length ? node('ul', { class: 'sources' }, ...list.map(sourceItem)) : null;
}

/** How sure the record is: method, accuracy, sources, licence. Folded, for it is for those who check. @param {Tumen.Item} item */
function provenance(item) {
  const { feature, layer } = item;
  return node('details', { class: 'fold provenance' }, node('summary', {}, ui('sources_and_accuracy')),
    precision(feature), isMethod(feature) ? noteOf(feature) : null, sources(feature),
    node('p', { class: 'fine' }, [layer.record.licence, feature.id].filter(Boolean).join(' · ')));
}

/** Whether the note of a feature is about how it was put on record: so it is in our layers, not in a user's file. @param {Tumen.Feature} feature */
const isMethod = ({ properties }) => Boolean(properties.geometry_method);

/** @param {Tumen.Feature} feature */
function noteOf({ properties: { note, kind, geometry_method: ours } }) {
  if (!note) return null;
  return ours || kind === 'claim' ? english('p', 'note', String(note)) : node('p', { class: 'note' }, String(note));
}

/** @param {Tumen.Feature} feature */
function sentence({ properties }) {
  const said = i18n.summary(properties);
  return said ? node('p', { class: 'summary', lang: said.tag }, said.text) : null;
}

/** Claims about a feature with their verdicts, and a link to the page of claims if there is one. @param {Tumen.Feature} feature */
function claims({ id }) {
  const { of, notes, page: address } = page.claims;
  const ids = Object.hasOwn(of, id) ? of[id] : [];
  if (ids.length === 0) return null;
  const lang = language.part();
  /** @param {string} claim */
  const named = (claim) => (address
    ? node('a', { href: `${address}#sel=claim/${encodeURIComponent(claim)}${lang ? '&lang=' + lang : ''}` }, claim) : node('span', {}, claim));
  return node('details', { class: 'fold' }, node('summary', {}, `${ui('claims_in_articles')} (${ids.length})`), node('ul', { class: 'claims' }, ...ids.map((claim) => node('li', {},
    named(claim), ' ', node('span', { class: 'verdict verdict-' + notes[claim].verdict }, word('value.verdict', notes[claim].verdict)),
    node('span', { class: 'small' }, i18n.text(notes[claim].said))))));
}

/** @param {Tumen.Item} item */
function head(item) {
  const { properties } = item.feature;
  const names = properties.kind === 'claim' ? [] : i18n.otherNames(properties);
  return node('div', { class: 'popup-head' },
    node('p', { class: 'kicker' }, properties.kind ? word('kind', properties.kind) : i18n.text(item.layer.title),
      properties.status ? node('span', { class: 'badge badge-' + (/^[a-z_]+$/.test(properties.status) ? properties.status : 'other') },
        word('status', properties.status)) : null),
    node('h2', { tabindex: '-1' }, i18n.name(properties)),
    names.length ? node('p', { class: 'names' }, ...names.map(([lang, text]) => node('span', { lang }, text))) : null);
}

/** A feature of a user's layer: the values of its file. @param {Tumen.Item} item @param {Tumen.Own} own */
function ownContent({ feature, layer }, own) {
  const rows = fields(own.fields, feature.properties, own.pictures).flatMap(([title, value]) => {
    const wide = value instanceof HTMLImageElement && 'wide';
    return [node('dt', { class: wide }, title), node('dd', { class: wide }, value)];
  });
  return node('article', { class: 'card' },
    node('div', { class: 'popup-head' },
      node('p', { class: 'kicker' }, i18n.text(layer.title)),
      node('h2', { tabindex: '-1' }, called(layer, feature))),
    node('div', { class: 'popup-body' },
      rows.length ? node('dl', { class: 'facts own' }, ...rows) : null,
      node('p', { class: 'fine' }, [layer.record.licence, feature.id].filter(Boolean).join(' · '))));
}

/** @param {Tumen.Item} item @param {string} day */
export function content(item, day) {
  if (item.layer.own) return ownContent(item, item.layer.own);
  const { feature } = item;
  return node('article', { class: 'card' }, head(item),
    node('div', { class: 'popup-body' },
      sentence(feature), isMethod(feature) ? null : noteOf(feature), attributes(feature), figures(feature), history(feature), claims(feature), provenance(item),
      cite.section(item, day)));
}
