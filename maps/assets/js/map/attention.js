/**
 * An item is pointed at, focused, chosen.
 */
import { tip } from './fields.js';
import { describe } from './items.js';

/**
 * Give the invisible shape its name, its place in the tab order and its keys.
 * @param {Tumen.Item} item
 * @param {Tumen.Open} open
 */
export function makeReachable(item, open) {
  item.hits.forEach((hit, index) => {
    const element = hit.getElement();
    element.setAttribute('data-id', item.feature.id);
    element.setAttribute('role', 'button');
    element.setAttribute('aria-label', describe(item));
    element.setAttribute('tabindex', index === 0 ? '0' : '-1');
    element.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      event.stopPropagation();
      open(item, item.center, element);
    });
  });
}

/**
 * Light an item up, with the circle of its accuracy, while it is pointed at or chosen.
 * @param {L.Map} map
 * @param {Tumen.Item} item
 * @param {Tumen.Open} open
 * @param {L.Renderer} halo
 */
export function attend(map, item, open, halo) {
  const { accuracy_m: accuracy } = item.feature.properties;
  /** @type {L.Circle[]} */
  let circles = [];
  /** @param {boolean} on */
  const mark = (on) => [...item.hits.map((hit) => hit.getElement()), item.label].forEach((element) => element?.classList.toggle('is-active', on));
  function enter() {
    mark(true);
    if (circles.length === 0 && typeof accuracy === 'number') {
      circles = item.points.map((latLng) => L.circle(latLng, {
        renderer: halo, radius: accuracy, interactive: false, className: 'accuracy', weight: 1.2, fillOpacity: 1,
      }).addTo(map));
    }
  }
  function leave() {
    if (item.selected) return;
    mark(false);
    circles.forEach((circle) => circle.remove());
    circles = [];
  }
  item.light = (on) => (on ? enter : leave)();
  for (const hit of item.hits) attendHit(map, item, open, hit, enter, leave);
}

/**
 * Effects of pointer and focus on a shape of an item; its tooltip is made at first use.
 * @param {L.Map} map
 * @param {Tumen.Item} item
 * @param {Tumen.Open} open
 * @param {any} hit
 * @param {() => void} enter
 * @param {() => void} leave
 */
function attendHit(map, item, open, hit, enter, leave) {
  /** @param {L.LatLng} [at] */
  function explain(at) {
    if (hit.getTooltip()) return;
    hit.bindTooltip(() => tip(item.layer, item.feature), {
      sticky: item.geometry !== 'point', className: 'tip', direction: 'top', offset: [0, -10], opacity: 1,
    });
    hit.openTooltip(at);
  }
  const element = hit.getElement();
  hit.on('mouseover', (/** @type {L.LeafletMouseEvent} */ event) => {
    enter();
    explain(item.geometry === 'point' ? undefined : event.latlng);
  });
  hit.on('mouseout', leave);
  hit.on('click', (/** @type {L.LeafletMouseEvent} */ event) => open(item, item.geometry === 'point' ? item.center : event.latlng, element));
  element.addEventListener('focus', () => {
    enter();
    // The map does not move under a pointer: a press would end beside its target.
    if (element.matches(':focus-visible') && !map.getBounds().pad(-0.05).contains(item.center)) map.panTo(item.center, { animate: false });
    explain();
  });
  element.addEventListener('blur', leave);
}
