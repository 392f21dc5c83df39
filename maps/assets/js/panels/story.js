/**
 * The story beside the map: where to look, and claims. All of it reads without this script too.
 */
import { every } from '../core/dom.js';
import { bind, tag } from '../core/i18n.js';
import { page } from '../core/page.js';
import * as controls from '../map/controls.js';
import { Claims } from './claims.js';

/** The story in each language; one of them is in the page. */
const sections = every('.story[lang]');
let current = sections.find((section) => !section.hidden);

/** Elements of a selector in every language. @param {string} selector */
export const all = (selector) => sections.flatMap((section) => every(selector, section));

/** The text in the language shown. */
function speak() {
  const next = sections.find((section) => section.lang === tag());
  if (!next || !current || next === current) return;
  next.hidden = false;
  current.replaceWith(next);
  current = next;
}

/** @param {L.Map} map */
function looks(map) {
  for (const button of all('[data-look]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      const look = page.looks[Number(button.dataset.look)];
      if (look) controls.fit(map, look, true);
      controls.seeMap();
    });
  }
}

/** @param {L.Map} map @param {Tumen.Subject} subject @param {Tumen.Open} open */
export function add(map, subject, open) {
  sections.filter((section) => section !== current).forEach((section) => section.remove());
  bind(speak);
  looks(map);
  if (document.querySelector('tr[data-claim]')) new Claims(map, subject, open).listen();
}
