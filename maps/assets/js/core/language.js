/**
 * The language of a page: that of the browser, unless the address or a button sets another. Without this script the page
 * stays in its first language, and shows no switch.
 */
import { every } from './dom.js';
import * as i18n from './i18n.js';

/** A sheet requested by the address is printed in the language it was built in, in any browser. */
function preferred() {
  if (/[#&]sheet=/.test(window.location.hash)) return i18n.langs[0];
  const asked = navigator.languages.map((tag) => tag.split('-')[0].toLowerCase());
  return asked.find((lang) => i18n.langs.includes(lang)) ?? i18n.langs[0];
}

/** The language that the page opens in where its address names none. */
export const opening = preferred();

/** Open in the reader's language, and make the switch work. */
export function add() {
  const root = document.getElementById('language');
  const buttons = root ? [...root.querySelectorAll('button')] : [];
  for (const button of buttons) button.addEventListener('click', () => i18n.choose(button.dataset.lang ?? ''));
  i18n.bind(() => {
    // Setting it again, even to the same value, would restyle the whole page.
    if (document.documentElement.lang !== i18n.tag()) document.documentElement.lang = i18n.tag();
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.lang === i18n.lang()));
  });
  if (root) root.hidden = false;
  i18n.choose(opening);
}

/** The language shown as part of an address, or null when it is the one that a page opens in. */
export const part = () => (i18n.lang() === opening ? null : i18n.lang());

/** Let links to pages of the same build open in the language shown. */
export function carryOn() {
  for (const link of every('a[data-own]')) if (link instanceof HTMLAnchorElement) link.hash = part() ? `#lang=${part()}` : '';
}
