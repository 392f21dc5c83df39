/**
 * Words in the language shown, which can be switched. What stands in the page is rewritten in place:
 *
 *   data-ui="key"         its text is a string of the interface; data-ui-label, data-ui-title, data-ui-placeholder: that attribute
 *   data-word="vocabulary:value"   its text is a word of a vocabulary; data-word-label: that attribute
 *   data-text="key"       its text is one of the page's own words; data-text-label, data-text-content: that attribute
 *
 * Whatever is made of more than one string listens to `onChange`.
 */
tumen.i18n = (function () {
  const { langs, strings, words } = tumen.page;
  const NAMES = { en: 'name', ko: 'name_ko', ru: 'name_ru', zh: 'name_zh' };
  const TAGS = { en: 'en', ko: 'ko', ru: 'ru', zh: 'zh-Hans' };
  const ATTRIBUTES = { label: 'aria-label', title: 'title', placeholder: 'placeholder', content: 'content' };
  const own = (table, key) => (table && Object.hasOwn(table, key) ? table[key] : undefined);
  const listeners = [];
  let lang = langs[0];
  let number;
  let collator;

  function tune() {
    number = new Intl.NumberFormat(lang, { maximumFractionDigits: 3, useGrouping: 'min2' });
    collator = new Intl.Collator(lang, { numeric: true });
  }

  /** String of the interface. */
  const ui = (key) => own(own(strings, lang)?.ui, key) ?? key;

  /** Word of a vocabulary, such as a kind or a status; the value itself when it is in none. */
  const word = (section, value) => own(own(strings, lang)?.[section], String(value)) ?? String(value);

  /** Words that the page carries in each of its languages. @param {Object<string, string>} table */
  const text = (table) => own(table, lang) ?? '';

  /** Property of a feature that holds its name in the language shown. */
  const nameKey = () => NAMES[lang];

  /** Whether a feature has a name in any language. */
  const isNamed = (properties) => Object.values(NAMES).some((key) => properties[key]);

  /** Name of a feature in the language shown, or its English name, or that of its kind. */
  function name(properties) {
    const known = properties[NAMES[lang]] || properties.name;
    return known ? String(known) : (properties.kind ? word('kind', properties.kind) : ui('unnamed'));
  }

  /** Names in the other languages: [language tag, name]. */
  function otherNames(properties) {
    const shown = name(properties);
    return Object.keys(NAMES)
      .filter((key) => key !== lang && properties[NAMES[key]] && String(properties[NAMES[key]]) !== shown)
      .map((key) => [TAGS[key], String(properties[NAMES[key]])]);
  }

  /** Number with its unit. */
  const amount = (value, unit) =>
    (typeof value === 'number' ? number.format(value) : String(value)) + (unit ? '\u202f' + word('unit', unit) : '');

  /** Length or radius in metres, as people say it. */
  function metres(value) {
    return value >= 1000 ? amount(Number((value / 1000).toPrecision(3)), 'km') : amount(value, 'm');
  }

  function fill(attribute, say) {
    for (const element of document.querySelectorAll(`[data-${attribute}]`)) element.textContent = say(element.getAttribute(`data-${attribute}`));
    for (const [suffix, target] of Object.entries(ATTRIBUTES)) {
      const from = `data-${attribute}-${suffix}`;
      for (const element of document.querySelectorAll(`[${from}]`)) element.setAttribute(target, say(element.getAttribute(from)));
    }
  }

  /** Write the words of every element that names them. */
  function speak() {
    fill('ui', ui);
    fill('word', (key) => word(...key.split(':')));
    fill('text', (key) => own(own(words, lang), key) ?? '');
  }

  /** Switch to one of the page's languages; any other value does nothing. */
  function choose(value) {
    if (value === lang || !langs.includes(value)) return;
    lang = value;
    tune();
    speak();
    listeners.forEach((listener) => listener());
  }

  tune();
  return {
    langs, ui, word, text, nameKey, isNamed, name, otherNames, amount, metres, speak, choose,
    lang: () => lang,
    tag: () => TAGS[lang],
    number: (value) => number.format(value),
    compare: (a, b) => collator.compare(a, b),
    /** Called after every switch. */
    onChange: (listener) => listeners.push(listener),
    /** Say something now, and again after every switch. */
    bind(listener) {
      listeners.push(listener);
      listener();
    },
  };
}());
