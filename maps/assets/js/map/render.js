/**
 * Renderer of the subject layers: SVG with paths in groups, and points in our shapes.
 */
import { outline } from './symbol.js';

/** Kinds of geometry from bottom to top. @type {Tumen.GeometryKind[]} */
export const KINDS = ['area', 'line', 'point'];

/** Pens are finer on small scales: factor of widths, dashes and symbol sizes. @param {number} zoom */
export const penAt = (zoom) => Math.min(1.1, Math.max(0.5, 0.5 + (zoom - 5) * 0.125));

/** @param {Tumen.GeometryKind} geometry @param {Tumen.Layer} layer @param {number} minZoom */
export const groupOf = (geometry, layer, minZoom) => [geometry, layer.id, minZoom].join(' ');

/** Put a path into a group by its order there: a path below another may be made after it. @param {Element} group @param {any} path */
function insert(group, path) {
  const { order = 0 } = path.options;
  path._path.order = order;
  /** @type {any} */
  let before = group.lastElementChild;
  while (before && before.order > order) before = before.previousElementSibling;
  if (before) before.after(path._path);
  else group.prepend(path._path);
}

/** SVG renderer with a <g> for each group, in the order in which groups are reserved. */
export const GroupedSvg = /** @type {any} */ (L.SVG).extend({
  /** @this {any} @param {L.RendererOptions} options */
  initialize(options) {
    /** @type {any} */ (L.SVG.prototype).initialize.call(this, options);
    this._groups = new Map();
  },
  /** @this {any} @param {any} path */
  _addPath(path) {
    insert(this._groups.get(path.options.group), path);
    path.addInteractiveTarget(path._path);
  },
  /** @this {any} @param {Tumen.GeometryKind} geometry @param {Tumen.Layer} layer @param {number} minZoom */
  reserve(geometry, layer, minZoom) {
    const group = L.SVG.create('g');
    group.setAttribute('data-layer', layer.id);
    group.setAttribute('data-min-zoom', String(minZoom));
    // Their dots are shown with their names, which are placed after the first paint.
    if (geometry === 'point' && layer.labels?.lettering === 'place') group.classList.add('of-places');
    this._groups.set(groupOf(geometry, layer, minZoom), this._rootGroup.appendChild(group));
  },
  /** Invisible paths are styled only by the stylesheet. @this {any} @param {any} path */
  _updateStyle(path) {
    if (!path.options.invisible) /** @type {any} */ (L.SVG.prototype)._updateStyle.call(this, path);
  },
  /** Put a path that is already drawn into another group. @this {any} @param {any} path @param {string} group */
  regroup(path, group) {
    if (path.options.group === group) return;
    path.options.group = group;
    insert(this._groups.get(group), path);
  },
});

/**
 * A path with the outline of another, which is on the map before it: projected, simplified and clipped once for a casing, a dash,
 * and the shape that is pointed at.
 */
export const Echo = /** @type {any} */ (L.Path).extend({
  /** @this {any} @param {any} source @param {L.PathOptions} options */
  initialize(source, options) {
    L.Util.setOptions(this, options);
    this._source = source;
  },
  _project() {},
  _updateBounds() {},
  /** @this {any} */
  _update() {
    this._path.setAttribute('d', this._source._path.getAttribute('d'));
  },
});

/** A point drawn as one of our shapes. */
export const ShapeMarker = /** @type {any} */ (L.CircleMarker).extend({
  /** @this {any} */
  _updatePath() {
    const { shape, size } = this.options;
    const radius = size * Math.max(0.72, penAt(this._map.getZoom()));
    this._renderer._setPath(this, this._empty() ? 'M0 0' : outline(shape, this._point.x, this._point.y, radius));
  },
});

/**
 * Groups of the renderers from bottom to top: areas lie under lines, lines under points, the last layer lowest.
 * @param {L.Map} map
 * @param {Tumen.Layer[]} upwards
 * @param {any[]} renderers
 */
export function reserve(map, upwards, ...renderers) {
  for (const renderer of renderers) renderer.addTo(map);
  for (const geometry of KINDS) {
    for (const layer of upwards) {
      const zooms = [...new Set(layer.symbols.map((symbol) => symbol.minZoom))].sort((a, b) => b - a);
      for (const zoom of zooms) renderers.forEach((renderer) => renderer.reserve(geometry, layer, zoom));
    }
  }
}
