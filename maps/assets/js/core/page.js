/**
 * The data of the page, read from its JSON blocks.
 */
import * as bytes from './bytes.js';
import { byId } from './dom.js';
import * as unpack from './unpack.js';

/** @param {string} id */
const read = (id) => JSON.parse(byId(id).textContent ?? '');

/** @type {Tumen.Page} */
export const page = read('tumen-page');
page.layers = page.blocks.layers.map((id) => unpack.layer(read(id)));
page.base = Object.fromEntries(page.blocks.basemap.map((name) => [name, unpack.base(read('tumen-base-' + name))]));
// Large, so it travels packed and is opened beside the rest.
const { planner } = page.blocks;
page.planner = planner ? () => bytes.json(read(planner).packed) : null;
