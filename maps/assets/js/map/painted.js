/**
 * The first picture: what stands upon the map waits for it.
 */
/** @type {Promise<void>|null} */
let first = null;

/** When the browser has shown what the page is at the first call; a page that nobody looks at is not painted. @returns {Promise<void>} */
export function painted() {
  first ??= new Promise((resolve) => {
    if (document.hidden) resolve();
    else window.requestAnimationFrame(() => window.setTimeout(resolve));
  });
  return first;
}
