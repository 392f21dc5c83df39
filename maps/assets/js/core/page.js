/**
 * The data of the page, read from its JSON blocks.
 */
tumen.page = (function () {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const page = read('tumen-page');
  page.layers = page.blocks.layers.map((id) => tumen.unpack.layer(read(id)));
  page.base = Object.fromEntries(page.blocks.basemap.map((name) => [name, tumen.unpack.base(read('tumen-base-' + name))]));
  // Large, so it travels packed and is opened beside the rest.
  const { planner } = page.blocks;
  page.planner = planner ? () => tumen.bytes.json(read(planner).packed) : null;
  return page;
}());
