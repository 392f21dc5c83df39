/**
 * Words in the language of the page.
 */
tumen.i18n = (function () {
  const { lang, strings } = tumen.page;
  const number = new Intl.NumberFormat(lang, { maximumFractionDigits: 3, useGrouping: 'min2' });
  const NAMES = { en: 'name', ko: 'name_ko', ru: 'name_ru', zh: 'name_zh' };
  const SCRIPTS = { en: 'en', ko: 'ko', ru: 'ru', zh: 'zh-Hans' };
  const own = (table, key) => (table && Object.hasOwn(table, key) ? table[key] : undefined);

  /** String of the interface. */
  const ui = (key) => own(strings.ui, key) ?? key;

  /** Word of a vocabulary, such as a kind or a status; the value itself when it is in none. */
  const word = (section, value) => own(strings[section], String(value)) ?? String(value);

  /** Name of a feature in the language of the page, or its English name, or that of its kind. */
  function name(properties) {
    const text = properties[NAMES[lang]] || properties.name;
    return text ? String(text) : (properties.kind ? word('kind', properties.kind) : ui('unnamed'));
  }

  /** Names in the other languages: [language tag, name]. */
  function otherNames(properties) {
    const shown = name(properties);
    return Object.keys(NAMES)
      .filter((key) => key !== lang && properties[NAMES[key]] && String(properties[NAMES[key]]) !== shown)
      .map((key) => [SCRIPTS[key], String(properties[NAMES[key]])]);
  }

  /** Number with its unit. */
  const amount = (value, unit) =>
    (typeof value === 'number' ? number.format(value) : String(value)) + (unit ? '\u202f' + word('unit', unit) : '');

  /** Length or radius in metres, as people say it. */
  function metres(value) {
    return value >= 1000 ? amount(Number((value / 1000).toPrecision(3)), 'km') : amount(value, 'm');
  }

  return { lang, ui, word, name, otherNames, amount, metres, tag: SCRIPTS[lang], number: (n) => number.format(n) };
}());
