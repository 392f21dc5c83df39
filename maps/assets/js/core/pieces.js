/**
 * The large texts of a page by id: elements of it, or scripts in a folder beside it, which a double-click opens as a web server does.
 */
import { node } from './dom.js';

const KEPT = 4;

/** Where the scripts are, and the build that they belong to. @type {Tumen.Parts|null} */
let parts = null;
/** @type {Map<string, (build: string, text: string) => void>} */
const waiting = new Map();
/** @type {Map<string, Promise<string>>} */
const cache = new Map();

/** Texts that are no elements are looked for in a folder. @param {Tumen.Parts|null} given */
export function beside(given) {
  parts = given;
  if (given) window.tumenPart = (build, id, content) => waiting.get(id)?.(build, content);
}

/** Whether a text is no element of the page. @param {string} id */
export const isApart = (id) => parts !== null && document.getElementById(id) === null;

/** @param {Tumen.Parts} from @param {string} id @returns {Promise<string>} */
const fetched = (from, id) => new Promise((resolve, reject) => {
  const src = `${encodeURIComponent(from.folder)}/${id}.js`;
  const script = node('script', { src });
  /** @param {string|null} content */
  const end = (content) => {
    waiting.delete(id);
    script.remove();
    if (content === null) reject(new Error(`${src} is missing, or of another build of this page`));
    else resolve(content);
  };
  waiting.set(id, (build, content) => end(build === from.build ? content : null));
  script.addEventListener('load', () => waiting.has(id) && end(null));
  script.addEventListener('error', () => end(null));
  document.head.append(script);
});

/**
 * A text by its id.
 * @param {string} id
 * @param {boolean} [last]  whether it is not read again: its element leaves the page
 * @returns {Promise<string>}
 */
export async function text(id, last = false) {
  const element = document.getElementById(id);
  if (element) {
    const content = element.textContent ?? '';
    if (last) element.remove();
    return content;
  }
  if (!parts) throw new Error(`the page has no element ${id}`);
  const promise = cache.get(id) ?? fetched(parts, id);
  if (!last) {
    cache.set(id, promise);
    const [oldest] = cache.keys();
    if (cache.size > KEPT) cache.delete(oldest);
  }
  return promise;
}
