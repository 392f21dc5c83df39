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
/** How the language shown writes numbers and sorts; made when first asked for. @type {Intl.NumberFormat|null} */
let figures = null;
/** @type {Intl.Collator|null} */
let collator = null;

function tune() {
  figures = null;
  collator = null;
}

/** Number as the language shown writes it. @param {number} value */
export function number(value) {
  if (Number.isInteger(value) && value >= 0 && value < 1000) return String(value); // the same in all languages, and at once
  figures ??= new Intl.NumberFormat(shown, { maximumFractionDigits: 3, useGrouping: 'min2' });
  return figures.format(value);
}

/** Order of two texts in the language shown. @param {string} a @param {string} b */
export function compare(a, b) {
  collator ??= new Intl.Collator(shown, { numeric: true });
  return collator.compare(a, b);
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
  (typeof value === 'number' ? number(value) : String(value)) + (unit ? '\u202f' + word('unit', unit) : '');

/** Number with as many decimals as are asked for; -1 for as many as it has. @param {number} value @param {number} digits */
export const decimal = (value, digits) => new Intl.NumberFormat(shown, digits < 0 ? { maximumFractionDigits: 12 }
  : { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

/** Length or radius in metres, as people say it. @param {number} value */
export function metres(value) {
  return value >= 1000 ? amount(Number((value / 1000).toPrecision(3)), 'km') : amount(value, 'm');
}

/** @type {Intl.DateTimeFormatOptions[]} */
const PARTS = [{ year: 'numeric' }, { year: 'numeric', month: 'long' }, { year: 'numeric', month: 'long', day: 'numeric' }];

/** How dates are written, by language and precision. @type {Map<string, Intl.DateTimeFormat>} */
const calendars = new Map();

/** An ISO 8601 date of any precision in the format of the current language; anything else is not changed. @param {unknown} date */
export function day(date) {
  if (!isDate(date)) return String(date);
  const parts = date.split('-').map(Number);
  const [year, month = 1, dayOfMonth = 1] = parts;
  const key = shown + parts.length;
  const format = calendars.get(key) ?? new Intl.DateTimeFormat(DATE_TAGS[shown] ?? TAGS[shown], { ...PARTS[parts.length - 1], timeZone: 'UTC' });
  calendars.set(key, format);
  return format.format(new Date(Date.UTC(year, month - 1, dayOfMonth)));
}

/** What an attribute of an element says it is to read: `data-ui` and its like. @type {Record<string, (key: string) => string>} */
const SAY = {
  ui,
  word: (key) => {
    const [section, value] = key.split(':');
    return word(section, value);
  },
  text: (key) => own(own(words, shown), key) ?? '',
};
/** Attribute, where its words go (into the text, or an attribute), and what it says. @type {[from: string, target: string, say: (key: string) => string][]} */
const SPOKEN = Object.entries(SAY).flatMap(([attribute, say]) => [
  /** @type {[string, string, (key: string) => string]} */ ([`data-${attribute}`, '', say]),
  ...Object.entries(ATTRIBUTES).map(([suffix, target]) => /** @type {[string, string, (key: string) => string]} */ ([`data-${attribute}-${suffix}`, target, say])),
]);
const SPEAKING = SPOKEN.map(([from]) => `[${from}]`).join();

/** Write the words of every element that names them. @param {ParentNode} [root] */
export function speak(root = document) {
  for (const element of root.querySelectorAll(SPEAKING)) {
    for (const [from, target, say] of SPOKEN) {
      const key = element.getAttribute(from);
      if (key === null) continue;
      const said = say(key);
      if (target) element.setAttribute(target, said);
      else if (element.textContent !== said) element.textContent = said;
    }
  }
}

/** Switch to one of the page's languages; any other value is ignored. @param {string} value */
export function choose(value) {
  if (value === shown || !langs.includes(value)) return;
  shown = value;
  tune();
  speak();
  listeners.forEach((listener) => listener());
}

export const lang = () => shown;
export const tag = () => TAGS[shown];

/** Called after every switch. @param {() => void} listener */
export const onChange = (listener) => listeners.push(listener);

/** Say something now, and again after every switch. @param {() => void} listener */
export function bind(listener) {
  listeners.push(listener);
  listener();
}
