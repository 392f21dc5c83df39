/**
 * The story beside the map: where to look, and claims. All of it reads without this script too.
 */
import { bind, tag } from '../core/i18n.js';
import { page } from '../core/page.js';
import * as controls from '../map/controls.js';
import { Claims } from './claims.js';

/** The text in the language shown. */
function speak() {
  for (const section of document.querySelectorAll('.story[lang]')) section.hidden = section.lang !== tag();
}

function looks(map) {
  for (const button of document.querySelectorAll('[data-look]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      map.closePopup();
      controls.fit(map, page.looks[Number(button.dataset.look)], true);
      controls.seeMap();
    });
  }
}

export function add(map, subject, open) {
  bind(speak);
  looks(map);
  if (document.querySelector('tr[data-claim]')) new Claims(map, subject, open).listen();
}
