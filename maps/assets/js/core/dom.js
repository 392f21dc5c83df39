/**
 * Nodes. Text is always set as text: nothing in these pages turns data into markup.
 */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {Element} element
 * @param {Object<string, string|number|boolean>} attributes  false leaves an attribute out, true sets it empty
 * @param {Array<Node|string|null>} children  strings become text nodes, null is skipped
 */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name === 'style' || name.startsWith('on')) throw new Error('attribute not allowed: ' + name);
    element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) {
    if (child !== null && child !== undefined) element.append(child);
  }
  return element;
}

/** HTML element. */
export const node = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

/** SVG element. */
export const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
