/**
 * The first paint: names and symbols on the map wait for it.
 */
/** @type {Promise<void>|null} */
let first = null;

/** Resolves when the browser has painted the page as it is at the first call; a hidden page is not painted. @returns {Promise<void>} */
export function painted() {
  first ??= new Promise((resolve) => {
    if (document.hidden) resolve();
    else window.requestAnimationFrame(() => window.setTimeout(resolve));
  });
  return first;
}
