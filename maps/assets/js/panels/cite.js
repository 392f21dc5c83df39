/**
 * How to cite a feature: in words, and as BibTeX.
 */
import * as clipboard from '../core/clipboard.js';
import { node } from '../core/dom.js';
import * as i18n from '../core/i18n.js';
import { page } from '../core/page.js';

const { ui } = i18n;
const AUTHOR = 'The tumen contributors';
/** @type {Record<string, string>} */
const TEX = { '\\': '\\textbackslash{}', '{': '\\{', '}': '\\}', $: '\\$', '&': '\\&', '#': '\\#', '%': '\\%', _: '\\_', '^': '\\textasciicircum{}', '~': '\\textasciitilde{}' };

/** @param {string} text */
const tex = (text) => String(text).replace(/[\\{}$&#%_^~]/g, (char) => TEX[char]).replace(/\s+/g, ' ');

/** @param {Tumen.Properties} properties @returns {string[]} */
const sourcesOf = ({ sources }) => (Array.isArray(sources) ? sources : []).map((/** @type {string} */ id) => page.citations[id]).filter(Boolean)
  .map((source) => [source.title, source.publisher, source.date].filter(Boolean).join(', '));

/** @param {Tumen.Item} item @param {string} day */
export function plain(item, day) {
  const { feature, layer } = item;
  const sources = sourcesOf(feature.properties);
  return [
    `${AUTHOR}: ${i18n.name(feature.properties)} (${feature.id})`,
    `tumen, ${layer.record.title}`,
    day ? `${ui('as_of')} ${day}` : '',
    layer.record.licence,
    layer.record.attribution,
    sources.length ? `${ui('sources')}: ${sources.join('; ')}` : '',
  ].filter(Boolean).join('. ').replaceAll('..', '.') + '.';
}

/** @param {Tumen.Item} item @param {string} day */
export function bibtex(item, day) {
  const { feature, layer } = item;
  const note = [layer.record.licence, layer.record.attribution, ...sourcesOf(feature.properties)].filter(Boolean).join('; ');
  const fields = [
    ['author', `{${AUTHOR}}`],
    ['title', `{${tex(i18n.name(feature.properties))}}`],
    ['howpublished', tex(`tumen, ${layer.record.title}, ${feature.id}`)],
    ['year', day ? day.slice(0, 4) : ''],
    ['note', tex([day ? `${ui('as_of')} ${day}` : '', note].filter(Boolean).join('; '))],
  ].filter(([, value]) => value);
  const key = `tumen-${feature.id}`.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 80);
  return `@misc{${key},\n${fields.map(([name, value]) => `  ${name} = {${value}}`).join(',\n')}\n}`;
}

/** @param {string} title @param {string} text */
function block(title, text) {
  const words = node('span', {}, ui('copy'));
  const button = node('button', { type: 'button', class: 'plain' }, words, node('span', { class: 'offstage' }, ` (${title})`));
  button.addEventListener('click', () => clipboard.copyFrom(words, text));
  return node('div', { class: 'citation' }, node('p', { class: 'citation-head' }, title, button), node('pre', { tabindex: '0', role: 'region', 'aria-label': title }, text));
}

/** Part of a popup. @param {Tumen.Item} item @param {string} day  the day shown */
export const section = (item, day) => node('details', { class: 'cite' }, node('summary', {}, ui('cite')),
  block(ui('cite_plain'), plain(item, day)), block('BibTeX', bibtex(item, day)));
