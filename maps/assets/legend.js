/**
 * One legend for the whole map, which is also the switch of its layers.
 */
tumen.legend = (function () {
  const { node } = tumen.dom;
  const { ui } = tumen.i18n;
  const { swatch } = tumen.symbol;

  /** Rules that stand for a feature of the map; rules with the same words share a row. */
  function rowsOf(layer) {
    const rows = [];
    for (const symbol of layer.symbols) {
      if (symbol.geometries.length === 0) continue;
      const last = rows[rows.length - 1];
      const row = last && last.label === symbol.label ? last : { label: symbol.label, looks: [] };
      if (row !== last) rows.push(row);
      row.looks.push(...symbol.geometries.map((geometry) => [symbol.style, geometry]));
    }
    return rows;
  }

  function entry(layer, subject) {
    const rows = rowsOf(layer);
    const plain = rows.length === 1 && (!rows[0].label || rows[0].label === layer.title);
    const box = node('input', { type: 'checkbox', checked: subject.isOn(layer), 'data-layer': layer.id });
    box.addEventListener('change', () => subject.set(layer, box.checked));
    const hint = node('span', { class: 'hint' });
    const item = node('li', { class: 'layer' },
      node('label', {}, box, plain ? swatch(rows[0].looks) : null, node('span', { class: 'layer-title' }, layer.title), hint),
      plain ? null : node('ul', { class: 'rules' }, ...rows.map((row) => node('li', {}, swatch(row.looks), node('span', {}, row.label)))));
    function refresh() {
      item.classList.toggle('is-off', !subject.isOn(layer));
      hint.textContent = subject.isOn(layer) && !subject.zoomShows(layer) ? ui('zoom_to_see') : '';
    }
    subject.onChange(refresh);
    refresh();
    return item;
  }

  /** Fill the legend. */
  function add(subject) {
    const { groups, layers } = tumen.page;
    const root = document.getElementById('legend');
    for (const group of groups) {
      const own = layers.filter((layer) => layer.group === group.id && layer.features.length);
      if (own.length === 0) continue;
      root.append(node('fieldset', {}, node('legend', {}, group.title),
        node('ul', { class: 'layers' }, ...own.map((layer) => entry(layer, subject)))));
    }
  }

  return { add };
}());
