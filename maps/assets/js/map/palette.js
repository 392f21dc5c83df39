/**
 * Colours of the page for what is drawn on canvas, which no stylesheet reaches.
 */

/** Colours as they are now, by token. @returns {(token: string) => string} */
export function palette() {
  const computed = window.getComputedStyle(document.documentElement);
  /** @type {Map<string, string>} */
  const known = new Map();
  return (token) => {
    const colour = known.get(token) ?? (computed.getPropertyValue('--' + token).trim() || '#000000');
    known.set(token, colour);
    return colour;
  };
}

/** Redraw when the colours of the page change. @param {() => void} redraw */
export function onColours(redraw) {
  new MutationObserver(redraw).observe(document.documentElement, { attributes: true, attributeFilter: ['data-scheme'] });
  for (const query of ['(prefers-color-scheme: dark)', 'print']) window.matchMedia(query).addEventListener('change', redraw);
}
