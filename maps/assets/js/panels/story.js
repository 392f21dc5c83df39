/**
 * The story beside the map: where to look, and claims. All of it reads without this script too.
 */
import { every } from '../core/dom.js';
import { bind, tag } from '../core/i18n.js';
import { page } from '../core/page.js';
import * as controls from '../map/controls.js';
import { Claims } from './claims.js';

/** The text in the language shown. */
function speak() {
  for (const section of every('.story[lang]')) section.hidden = section.lang !== tag();
}

/** @param {L.Map} map */
function looks(map) {
  for (const button of every('[data-look]')) {
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
  bind(speak);
  looks(map);
  if (document.querySelector('tr[data-claim]')) new Claims(map, subject, open).listen();
}
