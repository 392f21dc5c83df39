/**
 * Put the page together.
 */
import * as basemap from './basemap/basemap.js';
import * as osm from './basemap/osm.js';
import * as bulk from './bulk/bulk.js';
import * as i18n from './core/i18n.js';
import * as language from './core/language.js';
import * as lonlat from './core/lonlat.js';
import { page } from './core/page.js';
import * as permalink from './core/permalink.js';
import * as tools from './core/tools.js';
import * as callouts from './map/callouts.js';
import * as controls from './map/controls.js';
import * as graticule from './map/graticule.js';
import * as labels from './map/labels.js';
import * as layers from './map/layers.js';
import * as locator from './map/locator.js';
import * as pointOfView from './map/pointofview.js';
import * as position from './map/position.js';
import * as scheme from './map/scheme.js';
import * as stack from './map/stack.js';
import * as tiles from './map/tiles.js';
import * as uncertainty from './map/uncertainty.js';
import * as compare from './panels/compare.js';
import * as credits from './panels/credits.js';
import * as filter from './panels/filter.js';
import * as find from './panels/find.js';
import * as findBig from './panels/findbig.js';
import * as legend from './panels/legend.js';
import * as measure from './panels/measure.js';
import * as popup from './panels/popup.js';
import * as sheet from './panels/sheet.js';
import * as story from './panels/story.js';
import * as table from './panels/table.js';
import * as time from './panels/time.js';
import * as tour from './panels/tour.js';
import * as planner from './planner/planner.js';

language.add();
controls.foldingPanel();
controls.attribution(); // its height before there is a map that would be restyled
tools.add();
const map = L.map('map', {
  zoomControl: false, attributionControl: false, zoomSnap: 0.25, wheelPxPerZoomLevel: 90, minZoom: page.extent[2] - page.extent[0] > 120 ? 1 : 3, maxZoom: 17,
  zoomAnimation: !controls.still, fadeAnimation: false, markerZoomAnimation: false, inertia: !controls.still,
  maxBoundsViscosity: 0.8,
});
// Popups pan the map to fit; Leaflet animates that even when the reader prefers no motion.
if (controls.still) map.panBy = (offset, options) => L.Map.prototype.panBy.call(map, offset, { ...options, animate: false });
controls.fit(map, page.extent, false);
if (page.baseExtent) map.setMaxBounds(lonlat.toBounds(page.baseExtent)); // before anything is drawn, for it may move the map
const widen = basemap.add(map);
const below = osm.add(map);
const open = popup.opener(map);
const subject = layers.add(map, open);
open.follow(subject);
bulk.add(map, subject, open);
legend.add(map, subject);
uncertainty.add(map, subject);
filter.add(subject);
pointOfView.add();
controls.add(map);
find.add(map, subject, open);
findBig.add(map, subject, open);
position.add(map);
const locate = locator.add(map);
time.add(subject);
table.add(map, subject, open);
measure.add(map);
const degrees = graticule.add(map);
tiles.add(map);
planner.add(map, subject);
scheme.schemeButton();
scheme.fullscreenButton();
i18n.bind(language.carryOn);
subject.refresh();
stack.add(map, subject, open);
callouts.add(map, subject); // before the labels, which avoid them
const lettered = labels.add(map, subject, undefined, below);
story.add(map, subject, open);
credits.add();
tour.add(map, subject);
compare.add(map, subject, open);
i18n.speak();
permalink.add(map, subject, open);
sheet.add(map, degrees);
lettered.then(() => {
  document.documentElement.dataset.ready = 'true';
  performance.mark('tumen-ready');
  window.setTimeout(() => { // the room for a pan can wait for the first picture
    widen();
    locate();
    subject.complete().then(() => { document.documentElement.dataset.complete = 'true'; });
  });
});
