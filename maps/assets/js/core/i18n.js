/**
 * Words in the language shown, which can be switched. Text in the page is rewritten in place:
 *
 *   data-ui="key"         its text is a string of the interface; data-ui-label, data-ui-title, data-ui-placeholder: that attribute
 *   data-word="vocabulary:value"   its text is a word of a vocabulary; data-word-label: that attribute
 *   data-text="key"       its text is one of the page's own words; data-text-label, data-text-content: that attribute
 *
 * Whatever is made of more than one string listens to `onChange`.
 */
import { isDate } from './day.js';
import { page } from './page.js';

const { strings, words } = page;
export const { langs } = page;
/** @type {Record<string, string>} */
const NAMES = { en: 'name', ko: 'name_ko', ru: 'name_ru', zh: 'name_zh' };
/** @type {Record<string, string>} */
const TAGS = { en: 'en', ko: 'ko', ru: 'ru', zh: 'zh-Hans' };
// Days are written as in the texts of the pages: 7 September 2026.
/** @type {Record<string, string>} */
const DATE_TAGS = { en: 'en-GB' };
const ATTRIBUTES = { label: 'aria-label', title: 'title', placeholder: 'placeholder', content: 'content' };
/**
 * @template V
 * @param {Record<string, V>|undefined} table
 * @param {string} key
 */
const own = (table, key) => (table && Object.hasOwn(table, key) ? table[key] : undefined);
/** @type {(() => void)[]} */
const listeners = [];
let shown = langs[0];
let figures = new Intl.NumberFormat();
let collator = new Intl.Collator();

function tune() {
  figures = new Intl.NumberFormat(shown, { maximumFractionDigits: 3, useGrouping: 'min2' });
  collator = new Intl.Collator(shown, { numeric: true });
}

/** String of the interface. @param {string} key */
export const ui = (key) => own(own(strings, shown)?.ui, key) ?? key;

/** Word of a vocabulary, such as a kind or a status; the value itself when it has no entry. @param {string} section @param {unknown} value */
export const word = (section, value) => own(own(strings, shown)?.[section], String(value)) ?? String(value);

/** Words that the page carries in each of its languages. @param {Tumen.Words} table */
export const text = (table) => own(table, shown) ?? '';

/** Property with the name of a feature in the current language. */
export const nameKey = () => NAMES[shown];

/** Whether a feature has a name in any language. @param {Tumen.Properties} properties */
export const isNamed = (properties) => Object.values(NAMES).some((key) => properties[key]);

/** Name of a feature in the language shown, or its English name, or that of its kind. @param {Tumen.Properties} properties */
export function name(properties) {
  const known = properties[NAMES[shown]] || properties.name;
  return known ? String(known) : (properties.kind ? word('kind', properties.kind) : ui('unnamed'));
}

/**
 * The sentence that describes a feature, in the current language or in English.
 * @param {Tumen.Properties} properties
 * @returns {{text: string, tag: string}|null}
 */
export function summary(properties) {
  const key = NAMES[shown].replace('name', 'summary');
  if (properties[key]) return { text: String(properties[key]), tag: TAGS[shown] };
  return properties.summary ? { text: String(properties.summary), tag: 'en' } : null;
}

/** Names in the other languages: [language tag, name]. @param {Tumen.Properties} properties */
export function otherNames(properties) {
  const main = name(properties);
  return Object.keys(NAMES)
    .filter((key) => key !== shown && properties[NAMES[key]] && String(properties[NAMES[key]]) !== main)
    .map((key) => [TAGS[key], String(properties[NAMES[key]])]);
}

/** Number with its unit. @param {unknown} value @param {string} [unit] */
export const amount = (value, unit) =>
  (typeof value === 'number' ? figures.format(value) : String(value)) + (unit ? '\u202f' + word('unit', unit) : '');

/** Number with as many decimals as are asked for; -1 for as many as it has. @param {number} value @param {number} digits */
export const decimal = (value, digits) => new Intl.NumberFormat(shown, digits < 0 ? { maximumFractionDigits: 12 }
  : { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

/** Length or radius in metres, as people say it. @param {number} value */
export function metres(value) {
  return value >= 1000 ? amount(Number((value / 1000).toPrecision(3)), 'km') : amount(value, 'm');
}

/** @type {Intl.DateTimeFormatOptions[]} */
const PARTS = [{ year: 'numeric' }, { year: 'numeric', month: 'long' }, { year: 'numeric', month: 'long', day: 'numeric' }];

/** An ISO 8601 date of any precision as the language shown writes it; anything else stays as it stands. @param {unknown} date */
export function day(date) {
  if (!isDate(date)) return String(date);
  const parts = date.split('-').map(Number);
  const [year, month = 1, dayOfMonth = 1] = parts;
  const format = new Intl.DateTimeFormat(DATE_TAGS[shown] ?? TAGS[shown], { ...PARTS[parts.length - 1], timeZone: 'UTC' });
  return format.format(new Date(Date.UTC(year, month - 1, dayOfMonth)));
}

/** @param {string} attribute @param {(key: string) => string} say */
function fill(attribute, say) {
  for (const element of document.querySelectorAll(`[data-${attribute}]`)) element.textContent = say(element.getAttribute(`data-${attribute}`) ?? '');
  for (const [suffix, target] of Object.entries(ATTRIBUTES)) {
    const from = `data-${attribute}-${suffix}`;
    for (const element of document.querySelectorAll(`[${from}]`)) element.setAttribute(target, say(element.getAttribute(from) ?? ''));
  }
}

/** Write the words of every element that names them. */
export function speak() {
  fill('ui', ui);
  fill('word', (key) => {
    const [section, value] = key.split(':');
    return word(section, value);
  });
  fill('text', (key) => own(own(words, shown), key) ?? '');
}

/** Switch to one of the page's languages; any other value is ignored. @param {string} value */
export function choose(value) {
  if (value === shown || !langs.includes(value)) return;
  shown = value;
  tune();
  speak();
  listeners.forEach((listener) => listener());
}

tune();

export const lang = () => shown;
export const tag = () => TAGS[shown];
/** @param {number} value */
export const number = (value) => figures.format(value);
/** @param {string} a @param {string} b */
export const compare = (a, b) => collator.compare(a, b);

/** Called after every switch. @param {() => void} listener */
export const onChange = (listener) => listeners.push(listener);

/** Say something now, and again after every switch. @param {() => void} listener */
export function bind(listener) {
  listeners.push(listener);
  listener();
}
