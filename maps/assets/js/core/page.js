/**
 * The data of the page, read from its JSON blocks.
 */
import * as bytes from './bytes.js';
import { byId, every } from './dom.js';
import * as pieces from './pieces.js';
import * as unpack from './unpack.js';

/** @param {string} id */
const read = (id) => JSON.parse(byId(id).textContent ?? '');

/** @type {Tumen.Page} */
export const page = read('tumen-page');
/** Each source stands in the list of sources alone, where it is read without a script too. @type {Record<string, Tumen.Citation>} */
page.citations = Object.fromEntries(every('li[data-cite]').map((row) => {
  /** @param {string} tag */
  const part = (tag) => row.querySelector(tag)?.textContent ?? '';
  const { cite = '', kind = '' } = row.dataset;
  const url = row.querySelector('a')?.getAttribute('href') ?? '';
  return [cite, { id: cite, kind, url, title: part('a') || part('span'), publisher: part('b'), date: part('time'), note: part('small') }];
}));
pieces.beside(page.parts);
page.layers = page.blocks.layers.map((id) => unpack.layer(read(id)));
page.base = Object.fromEntries(page.blocks.basemap.map((name) => [name, unpack.base(read('tumen-base-' + name))]));
// Large, so it travels packed and is opened beside the rest.
const { planner } = page.blocks;
page.planner = planner ? () => bytes.json(read(planner).packed) : null;
