/**
 * Features by status, kind and type of zone, below the legend.
 */
tumen.filter = (function () {
  const { node } = tumen.dom;
  const { ui, word, lang } = tumen.i18n;
  const NONE = '';
  // Property, and the section of words its values are in.
  const STATUSES = ['operating', 'suspended', 'under_construction', 'planned', 'proposed', 'studied', 'cancelled', 'closed'];
  const collator = new Intl.Collator(lang);
  const FIELDS = [['status', 'status'], ['kind', 'kind'], ['zone_type', 'value.zone_type']];

  const valueOf = (properties, key) => (properties[key] === undefined || properties[key] === null ? NONE : String(properties[key]));

  /** Every value of a property on any day: a status by the life of a thing, others by their words. */
  function valuesOf({ items, bulk: { stores } }, key, section) {
    const found = new Set(stores.flatMap((store) => store.about.words[key] || []));
    for (const { layer, record: { properties } } of items) {
      if (properties[key] !== undefined) found.add(valueOf(properties, key));
      if (key === 'status' && layer.dated) (properties.history || []).forEach((entry) => found.add(String(entry.status)));
    }
    const rank = (value) => (key === 'status' && STATUSES.includes(value) ? STATUSES.indexOf(value) : STATUSES.length);
    return [...found].filter((value) => value !== NONE)
      .sort((a, b) => rank(a) - rank(b) || collator.compare(word(section, a), word(section, b)));
  }

  function add(subject) {
    const hidden = new Map(FIELDS.map(([key]) => [key, new Set()]));
    const boxes = [];
    const counts = [];
    const passes = (properties) => FIELDS.every(([key]) => !hidden.get(key).has(valueOf(properties, key)));
    function apply() {
      reset.hidden = [...hidden.values()].every((set) => set.size === 0);
      subject.setFilter(passes);
    }
    const reset = node('button', { type: 'button', class: 'plain', hidden: true }, ui('filter_all'));
    reset.addEventListener('click', () => {
      hidden.forEach((set) => set.clear());
      boxes.forEach((box) => { box.checked = true; });
      summary.focus();
      apply();
    });
    function choice(key, section, value) {
      const box = node('input', { type: 'checkbox', checked: true, 'data-filter': key, value });
      const count = node('span', { class: 'count' });
      box.addEventListener('change', () => {
        hidden.get(key)[box.checked ? 'delete' : 'add'](value);
        apply();
      });
      boxes.push(box);
      counts.push([count, ({ feature, symbol }) => symbol >= 0 && valueOf(feature.properties, key) === value, key, value]);
      return node('li', {}, node('label', {}, box, node('span', {}, word(section, value)), count));
    }
    const fields = FIELDS.map(([key, section]) => [key, section, valuesOf(subject, key, section)]).filter(([, , values]) => values.length > 1);
    if (fields.length === 0) return;
    const summary = node('summary', {}, ui('filter'));
    document.getElementById('legend').append(node('details', { class: 'filter' }, summary,
      ...fields.map(([key, section, values]) => node('fieldset', {}, node('legend', {}, ui('filter_' + key)),
        node('ul', {}, ...values.map((value) => choice(key, section, value))))), reset));
    function count() {
      for (const [element, counted, key, value] of counts) {
        const many = subject.bulk.stores.reduce((sum, store) => sum + store.countOf(key, value), 0);
        element.textContent = tumen.i18n.number(subject.items.filter(counted).length + many);
      }
    }
    subject.onState(count);
    count();
  }

  return { add };
}());
