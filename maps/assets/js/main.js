/**
 * Put the page together.
 */
(function () {
  const { page } = tumen;
  tumen.language.add();
  tumen.controls.foldingPanel();
  tumen.tools.add();
  const map = L.map('map', {
    zoomControl: false, attributionControl: false, zoomSnap: 0.25, wheelPxPerZoomLevel: 90, minZoom: 3, maxZoom: 17,
    zoomAnimation: !tumen.controls.still, fadeAnimation: false, markerZoomAnimation: false, inertia: !tumen.controls.still,
    maxBoundsViscosity: 0.8,
  });
  // Popups pan the map to fit; Leaflet animates that whatever the reader asked for.
  if (tumen.controls.still) map.panBy = (offset, options) => L.Map.prototype.panBy.call(map, offset, { ...options, animate: false });
  tumen.controls.fit(map, page.extent, false);
  tumen.basemap.add(map);
  const open = tumen.popup.opener(map);
  const subject = tumen.layers.add(map, open);
  open.follow(subject);
  tumen.bulk.add(map, subject, open);
  tumen.legend.add(subject);
  tumen.uncertainty.add(map, subject);
  tumen.filter.add(subject);
  tumen.controls.add(map);
  tumen.find.add(map, subject, open);
  tumen.findBig.add(map, subject, open);
  if (page.baseExtent) map.setMaxBounds(tumen.lonlat.toBounds(page.baseExtent));
  tumen.position.add(map);
  tumen.locator.add(map);
  tumen.time.add(subject);
  tumen.table.add(map, subject, open);
  tumen.measure.add(map);
  const graticule = tumen.graticule.add(map);
  tumen.tiles.add(map);
  tumen.planner.add(map, subject);
  tumen.scheme.schemeButton();
  tumen.scheme.fullscreenButton();
  tumen.i18n.speak();
  tumen.i18n.bind(tumen.language.carryOn);
  subject.refresh();
  tumen.stack.add(map, subject);
  tumen.labels.add(map, subject);
  tumen.story.add(map, subject, open);
  tumen.permalink.add(map, subject, open);
  tumen.sheet.add(map, graticule);
  document.documentElement.dataset.ready = 'true';
}());
