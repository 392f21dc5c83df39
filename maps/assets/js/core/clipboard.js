/**
 * Copying, with a confirmation.
 */
import { byId, node } from './dom.js';
import { ui } from './i18n.js';

const SAID_MS = 1600;

/** For pages without access to the clipboard. @param {string} text */
function byHand(text) {
  const field = node('textarea', { class: 'offstage', readonly: true, 'aria-hidden': 'true', tabindex: '-1' });
  field.value = text;
  const before = /** @type {HTMLElement|null} */ (document.activeElement);
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (before) before.focus({ preventScroll: true });
  return done;
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return byHand(text);
  }
}

/** Announce a short text to screen readers. @param {string} text */
export function say(text) {
  byId('said').textContent = text;
}

/** Copy a text and confirm it in an element with text. @param {HTMLElement} element @param {string} text */
export async function copyFrom(element, text) {
  const words = ui((await copy(text)) ? 'copied' : 'copy_failed');
  say(words);
  const before = element.dataset.words || (element.textContent ?? '');
  element.dataset.words = before;
  element.textContent = words;
  window.setTimeout(() => {
    element.textContent = element.dataset.words ?? '';
    delete element.dataset.words;
    say('');
  }, SAID_MS);
}
