/**
 * The features as a list: a text alternative to the map, and a search by any name in any script.
 */
tumen.find = (function () {
  const { node } = tumen.dom;
  const { ui, word, name, otherNames, lang } = tumen.i18n;
  const DETAIL_ZOOM = 11;
  // Letters without their marks: "Sonbong" finds "Sŏnbong".
  const plain = (text) => text.normalize('NFKD').replace(/[\u0300-\u036f'’ʼ\-–\s]/g, '').toLocaleLowerCase(lang);

  function words({ properties }) {
    const aliases = Array.isArray(properties.aliases) ? properties.aliases : [];
    return plain([name(properties), properties.name, ...otherNames(properties).map(([, text]) => text), ...aliases].join(' '));
  }

  /** Show a feature, switching its layer on and going near enough to see it; `from` keeps the focus when it is given. */
  function show(map, subject, item, open, from) {
    if (!subject.isOn(item.layer)) subject.set(item.layer, true);
    const zoom = Math.max(map.getZoom(), item.minZoom, item.geometry === 'point' ? DETAIL_ZOOM : 0);
    if (item.geometry === 'point') map.setView(item.center, zoom, { animate: false });
    else map.fitBounds(item.hits[0].getBounds(), { maxZoom: 14, animate: false });
    const element = from || item.hits[0].getElement();
    item.reveal();
    if (!from) element.focus({ preventScroll: true });
    open(item, item.center, element);
  }

  function row(map, subject, item, open) {
    const { properties } = item.feature;
    const button = node('button', { type: 'button', 'data-find': item.feature.id }, node('span', {}, name(properties)),
      node('span', { class: 'small' }, properties.kind ? word('kind', properties.kind) : item.layer.title));
    button.addEventListener('click', () => {
      tumen.controls.foldOnPhone();
      show(map, subject, item, open);
    });
    return { item, element: node('li', {}, button), words: words(item.feature) };
  }

  /** Fill the list. */
  function add(map, subject, open) {
    const named = subject.items.filter(({ feature }) => feature.properties[`name_${lang}`] || feature.properties.name);
    const collator = new Intl.Collator(lang);
    const rows = named
      .sort((a, b) => collator.compare(name(a.feature.properties), name(b.feature.properties)) || (a.feature.id < b.feature.id ? -1 : 1))
      .map((item) => row(map, subject, item, open));
    const field = node('input', { type: 'search', id: 'find-text', autocomplete: 'off', 'aria-describedby': 'find-count' });
    const count = node('p', { class: 'small', id: 'find-count', role: 'status' });
    function filter() {
      const wanted = plain(field.value);
      const hits = rows.filter(({ item, element, words: text }) => !(element.hidden = !subject.isDrawn(item) || !text.includes(wanted)));
      count.textContent = `${hits.length} ${ui('found')}`;
    }
    field.addEventListener('input', filter);
    document.getElementById('find').append(node('label', { for: 'find-text' }, ui('search')), field, count,
      node('ul', {}, ...rows.map(({ element }) => element)));
    subject.onState(filter);
    filter();
  }

  return { add, show, plain, words };
}());
