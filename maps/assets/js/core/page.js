/**
 * The data of the page, read from its JSON blocks.
 */
import * as bytes from './bytes.js';
import { byId } from './dom.js';
import * as pieces from './pieces.js';
import * as unpack from './unpack.js';

/** @param {string} id */
const read = (id) => JSON.parse(byId(id).textContent ?? '');

/** @type {Tumen.Page} */
export const page = read('tumen-page');
/** The list of sources; readable in the page without a script. */
export const works = document.querySelector('.works');

/** Sources by id, read from their list, where each appears once. @returns {Record<string, Tumen.Citation>} */
const cited = () => Object.fromEntries([...works?.children ?? []].map((row) => {
  /** @param {string} tag */
  const part = (tag) => row.querySelector(tag)?.textContent ?? '';
  const [id, kind] = ['data-cite', 'data-kind'].map((name) => row.getAttribute(name) ?? '');
  const url = row.querySelector('a')?.getAttribute('href') ?? '';
  return [id, { id, kind, url, title: part('a') || part('span'), publisher: part('b'), date: part('time'), note: part('small') }];
}));
/** @type {Record<string, Tumen.Citation>|null} */
let citations = null;
Object.defineProperty(page, 'citations', { get: () => (citations ??= cited()) });
pieces.beside(page.parts);
page.layers = page.blocks.layers.map((id) => unpack.layer(read(id)));
page.base = Object.fromEntries(page.blocks.basemap.map((name) => [name, unpack.base(read('tumen-base-' + name))]));
// Large, so it travels packed and is opened beside the rest.
const { planner } = page.blocks;
page.planner = planner ? () => bytes.json(read(planner).packed) : null;
