/**
 * Put the page together.
 */
(function () {
  const { page } = tumen;
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
  tumen.filter.add(subject);
  tumen.controls.add(map);
  tumen.find.add(map, subject, open);
  tumen.findBig.add(map, subject, open);
  if (page.baseExtent) map.setMaxBounds(tumen.lonlat.toBounds(page.baseExtent));
  tumen.position.add(map);
  tumen.time.add(subject);
  tumen.table.add(map, subject, open);
  tumen.measure.add(map);
  tumen.graticule.add(map);
  tumen.scheme.schemeButton();
  tumen.scheme.fullscreenButton();
  subject.refresh();
  tumen.labels.add(map, subject);
  tumen.permalink.add(map, subject, open);
  // Paper has another shape than the screen: what is on the screen is fitted to it, and put back afterwards.
  let before = null;
  tumen.controls.paper.addEventListener('change', ({ matches }) => {
    map.closePopup();
    if (matches) before = { center: map.getCenter(), zoom: map.getZoom(), bounds: map.getBounds() };
    map.invalidateSize({ animate: false, pan: false });
    if (matches) map.fitBounds(before.bounds, { animate: false });
    else if (before) map.setView(before.center, before.zoom, { animate: false });
  });
  document.documentElement.dataset.ready = 'true';
}());
