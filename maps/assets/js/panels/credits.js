/**
 * The list of sources: hundreds of rows, which are in the page only while it is unfolded or a sheet, and cost no time otherwise.
 */
import { one } from '../core/dom.js';
import { works } from '../core/page.js';

const mark = document.createComment('');

/** Put the list into the page, or take it out. @param {boolean} on */
export function show(on) {
  if (on && mark.isConnected) mark.replaceWith(/** @type {Element} */ (works));
  if (!on && works?.isConnected) works.replaceWith(mark);
}

export function add() {
  const details = one('.credits');
  const follow = () => show(details.hasAttribute('open'));
  details.addEventListener('toggle', follow);
  follow();
}
