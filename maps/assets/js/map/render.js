/**
 * What the subject is drawn with: an SVG renderer whose paths stand in groups, and points in our shapes.
 */
import { outline } from './symbol.js';

/** Pens are finer on small scales: factor of widths, dashes and symbol sizes. */
export const penAt = (zoom) => Math.min(1.1, Math.max(0.5, 0.5 + (zoom - 5) * 0.125));

export const groupOf = (geometry, layer, minZoom) => [geometry, layer.id, minZoom].join(' ');

/** SVG renderer with a <g> for each group, in the order in which groups are reserved. */
export const GroupedSvg = L.SVG.extend({
  _addPath(path) {
    this._groups.get(path.options.group).appendChild(path._path);
    path.addInteractiveTarget(path._path);
  },
  reserve(geometry, layer, minZoom) {
    this._groups = this._groups || new Map();
    const group = L.SVG.create('g');
    group.setAttribute('data-layer', layer.id);
    group.setAttribute('data-min-zoom', minZoom);
    this._groups.set(groupOf(geometry, layer, minZoom), this._rootGroup.appendChild(group));
  },
  /** Put a path that is already drawn into another group. */
  regroup(path, group) {
    if (path.options.group === group) return;
    path.options.group = group;
    this._groups.get(group).appendChild(path._path);
  },
});

/** A point drawn as one of our shapes. */
export const ShapeMarker = L.CircleMarker.extend({
  _updatePath() {
    const { shape, size } = this.options;
    const radius = size * Math.max(0.72, penAt(this._map.getZoom()));
    this._renderer._setPath(this, this._empty() ? 'M0 0' : outline(shape, this._point.x, this._point.y, radius));
  },
});

/** Groups of the renderers from bottom to top: areas lie under lines, lines under points, the last layer lowest. */
export function reserve(map, upwards, ...renderers) {
  for (const renderer of renderers) renderer.addTo(map);
  for (const geometry of ['area', 'line', 'point']) {
    for (const layer of upwards) {
      const zooms = [...new Set(layer.symbols.map((symbol) => symbol.minZoom))].sort((a, b) => b - a);
      for (const zoom of zooms) renderers.forEach((renderer) => renderer.reserve(geometry, layer, zoom));
    }
  }
}
