/**
 * Colours of the page for drawing on canvas, which stylesheets do not reach.
 */

/** Colours as they are now, by token. @returns {(token: string) => string} */
export function palette() {
  const computed = window.getComputedStyle(document.documentElement);
  /** @type {Map<string, string>} */
  const cache = new Map();
  return (token) => {
    const colour = cache.get(token) ?? (computed.getPropertyValue('--' + token).trim() || '#000000');
    cache.set(token, colour);
    return colour;
  };
}

/** Redraw when the colours of the page change. @param {() => void} redraw */
export function onColours(redraw) {
  new MutationObserver(redraw).observe(document.documentElement, { attributes: true, attributeFilter: ['data-scheme'] });
  for (const query of ['(prefers-color-scheme: dark)', 'print']) window.matchMedia(query).addEventListener('change', redraw);
}
