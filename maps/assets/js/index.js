/**
 * The list of maps: its language is in the fragment of its address, `#lang=ko`, and is passed on to the maps.
 */
import * as i18n from './core/i18n.js';
import * as language from './core/language.js';

const PART = /^#lang=([a-z]{2})$/;
const follow = () => i18n.choose((PART.exec(window.location.hash) || [null, language.opening])[1]);
language.add();
follow();
i18n.bind(language.carryOn);
i18n.onChange(() => {
  try {
    window.history.replaceState(window.history.state, '', language.part() ? `#lang=${language.part()}` : window.location.pathname + window.location.search);
  } catch { /* a frame without an address of its own */ }
});
window.addEventListener('hashchange', follow);
